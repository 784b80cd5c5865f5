-- by hand, before the columns: both tables are derived and are counted anew below
TRUNCATE figure_help, figure_household;--> statement-breakpoint
ALTER TABLE "figure_help" DROP CONSTRAINT "figure_help_pkey";--> statement-breakpoint
ALTER TABLE "figure_help" ADD COLUMN "amount" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_help" ADD CONSTRAINT "figure_help_help_id_measure_pk" PRIMARY KEY("help_id","measure");--> statement-breakpoint
ALTER TABLE "figure_household" ADD COLUMN "able" boolean NOT NULL;--> statement-breakpoint
-- by hand
-- An assist was logged or taken back: it counts, and so may the duty it was logged in.
CREATE OR REPLACE FUNCTION note_assist_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO figure_change (help_id) SELECT OLD.id UNION ALL
      SELECT d.id FROM desk_shift d WHERE d.desk_id = OLD.desk_id AND d.starts_at BETWEEN OLD.at - interval '16 hours' AND OLD.at;
  END IF;
  IF TG_OP = 'INSERT' OR TG_OP = 'UPDATE' AND (OLD.desk_id, OLD.at) IS DISTINCT FROM (NEW.desk_id, NEW.at) THEN
    INSERT INTO figure_change (help_id) SELECT NEW.id UNION ALL
      SELECT d.id FROM desk_shift d WHERE d.desk_id = NEW.desk_id AND d.starts_at BETWEEN NEW.at - interval '16 hours' AND NEW.at;
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
DROP TRIGGER figure_assist_changed ON desk_assist;--> statement-breakpoint
CREATE TRIGGER figure_assist_changed AFTER INSERT OR DELETE OR UPDATE OF area_id, desk_id, need_code, minutes, at, logged_by, undone_at ON desk_assist
  FOR EACH ROW EXECUTE FUNCTION note_assist_changed();--> statement-breakpoint
-- Duty was planned, called off or changed: it may count, and what was logged at that time counts by itself, or no more.
CREATE FUNCTION note_shift_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO figure_change (help_id) SELECT OLD.id UNION ALL
      SELECT e.id FROM desk_assist e WHERE e.desk_id = OLD.desk_id AND e.at BETWEEN OLD.starts_at AND OLD.ends_at;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO figure_change (help_id) SELECT NEW.id UNION ALL
      SELECT e.id FROM desk_assist e WHERE e.desk_id = NEW.desk_id AND e.at BETWEEN NEW.starts_at AND NEW.ends_at;
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER figure_shift_changed AFTER INSERT OR UPDATE OR DELETE ON desk_shift FOR EACH ROW EXECUTE FUNCTION note_shift_changed();--> statement-breakpoint
-- Something was recorded of a visit: it may count now, and those who went on its round.
CREATE FUNCTION note_outcome_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE changed uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.visit_id ELSE NEW.visit_id END;
BEGIN
  INSERT INTO figure_change (help_id) SELECT changed UNION ALL
    SELECT h.id FROM visit v JOIN visit_round_helper h ON h.round_id = v.round_id WHERE v.id = changed;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER figure_outcome_changed AFTER INSERT OR DELETE ON visit_outcome FOR EACH ROW EXECUTE FUNCTION note_outcome_changed();--> statement-breakpoint
CREATE FUNCTION note_help_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO figure_change (help_id) VALUES (CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER figure_visit_changed AFTER DELETE OR UPDATE OF area_id, day ON visit FOR EACH ROW EXECUTE FUNCTION note_help_changed();--> statement-breakpoint
CREATE TRIGGER figure_round_helper_changed AFTER INSERT OR UPDATE OR DELETE ON visit_round_helper FOR EACH ROW EXECUTE FUNCTION note_help_changed();--> statement-breakpoint
CREATE FUNCTION note_round_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO figure_change (help_id) SELECT h.id FROM visit_round_helper h WHERE h.round_id = NEW.id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER figure_round_changed AFTER UPDATE ON visit_round FOR EACH ROW EXECUTE FUNCTION note_round_changed();--> statement-breakpoint
ALTER TABLE figure_change NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO figure_change DEFAULT VALUES;--> statement-breakpoint
ALTER TABLE figure_change FORCE ROW LEVEL SECURITY;
