CREATE TABLE "figure_household" (
	"household_id" uuid NOT NULL,
	"half" date NOT NULL,
	"to_half" date,
	"area_id" integer NOT NULL,
	"reached" boolean NOT NULL,
	CONSTRAINT "figure_household_household_id_half_pk" PRIMARY KEY("household_id","half")
);
--> statement-breakpoint
ALTER TABLE "figure_household" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "figure_change" ADD COLUMN "household_id" uuid;--> statement-breakpoint
CREATE INDEX "figure_household_area_idx" ON "figure_household" USING btree ("area_id","half");--> statement-breakpoint
CREATE POLICY "figure_household_select" ON "figure_household" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_household_insert" ON "figure_household" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_household_update" ON "figure_household" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_household_delete" ON "figure_household" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_household_system" ON "figure_household" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "figure_household_public" ON "figure_household" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
-- by hand
ALTER TABLE figure_household FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Who lives together changed: the household is counted anew, whoever left it.
CREATE FUNCTION note_household_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN INSERT INTO figure_change (household_id) VALUES (OLD.household_id); END IF;
  IF TG_OP = 'INSERT' THEN INSERT INTO figure_change (household_id) VALUES (NEW.household_id);
  ELSIF TG_OP = 'UPDATE' AND NEW.household_id <> OLD.household_id THEN INSERT INTO figure_change (household_id) VALUES (NEW.household_id);
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION note_household_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO figure_change (household_id) VALUES (NEW.id);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER figure_household_changed AFTER INSERT OR UPDATE OR DELETE ON household_member FOR EACH ROW EXECUTE FUNCTION note_household_changed();--> statement-breakpoint
CREATE TRIGGER figure_household_moved AFTER UPDATE ON household FOR EACH ROW
  WHEN (OLD.area_id IS DISTINCT FROM NEW.area_id) EXECUTE FUNCTION note_household_moved();--> statement-breakpoint
ALTER TABLE figure_change NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO figure_change DEFAULT VALUES;--> statement-breakpoint
ALTER TABLE figure_change FORCE ROW LEVEL SECURITY;
