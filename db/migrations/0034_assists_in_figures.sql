CREATE TABLE "figure_help" (
	"help_id" uuid PRIMARY KEY NOT NULL,
	"area_id" integer NOT NULL,
	"half" date NOT NULL,
	"measure" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "figure_help" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "figure_change" ADD COLUMN "help_id" uuid;--> statement-breakpoint
CREATE INDEX "figure_help_area_idx" ON "figure_help" USING btree ("area_id","measure","half");--> statement-breakpoint
CREATE POLICY "figure_help_select" ON "figure_help" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_help_insert" ON "figure_help" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_help_update" ON "figure_help" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_help_delete" ON "figure_help" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_help_system" ON "figure_help" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "figure_help_public" ON "figure_help" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
-- by hand
ALTER TABLE figure_help FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- An assist was logged or taken back.
CREATE FUNCTION note_assist_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO figure_change (help_id) VALUES (CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER figure_assist_changed AFTER INSERT OR DELETE OR UPDATE OF area_id, need_code, at, undone_at ON desk_assist FOR EACH ROW EXECUTE FUNCTION note_assist_changed();--> statement-breakpoint
ALTER TABLE figure_change NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO figure_change DEFAULT VALUES;--> statement-breakpoint
ALTER TABLE figure_change FORCE ROW LEVEL SECURITY;
