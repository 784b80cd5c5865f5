CREATE TABLE "door_visit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"home" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"day" date NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"minutes" integer NOT NULL,
	"met" boolean NOT NULL,
	"by" uuid NOT NULL,
	"visit_id" uuid,
	"round_helper_id" uuid,
	"elsewhere" text,
	CONSTRAINT "door_visit_minutes" CHECK (minutes between 5 and 240),
	CONSTRAINT "door_visit_elsewhere_known" CHECK (elsewhere in ('session', 'shift'))
);
--> statement-breakpoint
ALTER TABLE "door_visit" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "team" ADD COLUMN "closed_on" date;--> statement-breakpoint
ALTER TABLE "team_member" ADD COLUMN "left_with_team" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "door_visit" ADD CONSTRAINT "door_visit_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "door_visit" ADD CONSTRAINT "door_visit_by_account_id_fk" FOREIGN KEY ("by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "door_visit" ADD CONSTRAINT "door_visit_visit_id_visit_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "door_visit" ADD CONSTRAINT "door_visit_round_helper_id_visit_round_helper_id_fk" FOREIGN KEY ("round_helper_id") REFERENCES "public"."visit_round_helper"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "door_visit_once_idx" ON "door_visit" USING btree ("by","home","day");--> statement-breakpoint
CREATE INDEX "door_visit_home_idx" ON "door_visit" USING btree ("home","day");--> statement-breakpoint
CREATE INDEX "door_visit_area_idx" ON "door_visit" USING btree ("area_id","day");--> statement-breakpoint
CREATE INDEX "door_visit_visit_idx" ON "door_visit" USING btree ("visit_id");--> statement-breakpoint
CREATE INDEX "door_visit_round_helper_idx" ON "door_visit" USING btree ("round_helper_id");--> statement-breakpoint
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_left_with_team" CHECK (not left_with_team or left_on is not null);--> statement-breakpoint
CREATE POLICY "door_visit_select" ON "door_visit" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')) or by = (SELECT caller_account()));--> statement-breakpoint
CREATE POLICY "door_visit_insert" ON "door_visit" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}')) and by = (SELECT caller_account()));--> statement-breakpoint
CREATE POLICY "door_visit_update" ON "door_visit" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}')) and by = (SELECT caller_account())) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}')) and by = (SELECT caller_account()));--> statement-breakpoint
CREATE POLICY "door_visit_delete" ON "door_visit" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "door_visit_system" ON "door_visit" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "door_visit_public" ON "door_visit" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
-- by hand
ALTER TABLE door_visit FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Somebody went to a home for tasks: it may count, and so may others who went there that day.
CREATE FUNCTION note_door_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO figure_change (help_id) SELECT OLD.id UNION SELECT w.id FROM door_visit w WHERE w.home = OLD.home AND w.day = OLD.day;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO figure_change (help_id) SELECT w.id FROM door_visit w WHERE w.home = NEW.home AND w.day = NEW.day;
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER figure_door_changed AFTER INSERT OR UPDATE OR DELETE ON door_visit FOR EACH ROW EXECUTE FUNCTION note_door_changed();--> statement-breakpoint
-- As before, and those who went to that home for tasks on that day, or were on that round.
CREATE OR REPLACE FUNCTION note_outcome_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE changed uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.visit_id ELSE NEW.visit_id END;
BEGIN
  INSERT INTO figure_change (help_id) SELECT changed
    UNION SELECT h.id FROM visit v JOIN visit_round_helper h ON h.round_id = v.round_id WHERE v.id = changed
    UNION SELECT w.id FROM visit v JOIN visit_round_helper h ON h.round_id = v.round_id JOIN door_visit w ON w.round_helper_id = h.id WHERE v.id = changed
    UNION SELECT w.id FROM door_visit o JOIN door_visit w ON w.home = o.home AND w.day = o.day WHERE o.visit_id = changed;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION note_round_helper_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE changed uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END;
BEGIN
  INSERT INTO figure_change (help_id) SELECT changed UNION SELECT w.id FROM door_visit w WHERE w.round_helper_id = changed;
  RETURN NULL;
END $$;--> statement-breakpoint
DROP TRIGGER figure_round_helper_changed ON visit_round_helper;--> statement-breakpoint
CREATE TRIGGER figure_round_helper_changed AFTER INSERT OR UPDATE OR DELETE ON visit_round_helper FOR EACH ROW EXECUTE FUNCTION note_round_helper_changed();--> statement-breakpoint
CREATE OR REPLACE FUNCTION note_round_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO figure_change (help_id) SELECT h.id FROM visit_round_helper h WHERE h.round_id = NEW.id
    UNION SELECT w.id FROM visit_round_helper h JOIN door_visit w ON w.round_helper_id = h.id WHERE h.round_id = NEW.id;
  RETURN NULL;
END $$;--> statement-breakpoint
-- A team that is closed is given nothing new: whoever plans with it at that moment waits, and is refused.
CREATE FUNCTION team_is_open() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM team WHERE id = NEW.team_id AND closed_on IS NULL FOR SHARE;
  IF NOT FOUND THEN RAISE EXCEPTION 'the team is closed' USING ERRCODE = 'check_violation', CONSTRAINT = 'team_closed'; END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
-- Afterwards: no trigger touches a class's row before its seats are counted.
CREATE TRIGGER class_of_an_open_team AFTER INSERT ON class FOR EACH ROW EXECUTE FUNCTION team_is_open();--> statement-breakpoint
CREATE TRIGGER class_goes_to_an_open_team AFTER UPDATE OF team_id ON class FOR EACH ROW
  WHEN (OLD.team_id IS DISTINCT FROM NEW.team_id) EXECUTE FUNCTION team_is_open();--> statement-breakpoint
CREATE TRIGGER round_of_an_open_team AFTER INSERT ON visit_round FOR EACH ROW EXECUTE FUNCTION team_is_open();--> statement-breakpoint
CREATE TRIGGER member_of_an_open_team AFTER INSERT ON team_member FOR EACH ROW WHEN (NEW.left_on IS NULL) EXECUTE FUNCTION team_is_open();--> statement-breakpoint
CREATE TRIGGER member_back_in_an_open_team AFTER UPDATE OF left_on ON team_member FOR EACH ROW
  WHEN (OLD.left_on IS NOT NULL AND NEW.left_on IS NULL) EXECUTE FUNCTION team_is_open();
