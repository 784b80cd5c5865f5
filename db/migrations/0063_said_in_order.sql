ALTER TABLE "report" ADD CONSTRAINT "report_closes_with_period" CHECK (closes_on = make_date(substr(period, 2, 4)::integer, case when length(period) = 5 then 12 when period like '%q%' then 3 * right(period, 1)::integer else right(period, 2)::integer end, 15));--> statement-breakpoint
-- by hand
-- Of what is only ever appended the newest row counts: when it was said and in which order is the database's to say, or a row of the far future would stand for good, since none is
-- taken away. As the owner, since callers may not draw from the sequence.
CREATE FUNCTION in_order() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF current_setting('role') = 'camtay_app' THEN
    NEW.at := now();
    NEW.id := nextval(pg_get_serial_sequence(TG_TABLE_SCHEMA || '.' || TG_TABLE_NAME, 'id'));
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER declared_figure_in_order BEFORE INSERT ON declared_figure FOR EACH ROW EXECUTE FUNCTION in_order();--> statement-breakpoint
CREATE TRIGGER eligible_in_order BEFORE INSERT ON eligible FOR EACH ROW EXECUTE FUNCTION in_order();--> statement-breakpoint
CREATE TRIGGER target_in_order BEFORE INSERT ON target FOR EACH ROW EXECUTE FUNCTION in_order();
