-- All of this is derived: emptied, and counted anew at the first run.
TRUNCATE figure, figure_session, figure_person, figure_core, figure_change, figure_run;--> statement-breakpoint
CREATE TABLE "figure_block" (
	"area_id" integer NOT NULL,
	"year" integer NOT NULL,
	"family" text NOT NULL,
	"decision" jsonb NOT NULL,
	CONSTRAINT "figure_block_area_id_year_family_pk" PRIMARY KEY("area_id","year","family")
);--> statement-breakpoint
ALTER TABLE "figure_block" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "figure_exact" (
	"area_id" integer NOT NULL,
	"period" text NOT NULL,
	"measure" text NOT NULL,
	"grp" text NOT NULL,
	"value" integer NOT NULL,
	"denominator" integer NOT NULL,
	CONSTRAINT "figure_exact_area_id_period_measure_grp_pk" PRIMARY KEY("area_id","period","measure","grp"),
	CONSTRAINT "figure_exact_part_of_whole" CHECK (period like 's%' or value between 0 and denominator and denominator > 0)
);--> statement-breakpoint
ALTER TABLE "figure_exact" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "figure_mark" (
	"session_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"grp" text NOT NULL,
	"area_id" integer NOT NULL,
	"half" date NOT NULL,
	"marked" integer NOT NULL,
	"came" integer NOT NULL,
	"excused" integer NOT NULL,
	CONSTRAINT "figure_mark_session_id_year_grp_pk" PRIMARY KEY("session_id","year","grp")
);--> statement-breakpoint
ALTER TABLE "figure_mark" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "figure_member" (
	"member_id" uuid PRIMARY KEY NOT NULL,
	"team_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"half" date NOT NULL,
	"to_half" date,
	"kind" text NOT NULL,
	"organisation" text NOT NULL
);--> statement-breakpoint
ALTER TABLE "figure_member" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "figure_own" (
	"area_id" integer NOT NULL,
	"period" text NOT NULL,
	"measure" text NOT NULL,
	"grp" text NOT NULL,
	"value" integer NOT NULL,
	"denominator" integer NOT NULL,
	CONSTRAINT "figure_own_area_id_period_measure_grp_pk" PRIMARY KEY("area_id","period","measure","grp"),
	CONSTRAINT "figure_own_period_shape" CHECK (period ~ '^(k?20[0-9]{2}(-(q[1-4]|0[1-9]|1[0-2]))?|s20[0-9]{2}-(0[1-9]|1[0-2])-(01|15))$'),
	CONSTRAINT "figure_own_part_of_whole" CHECK (period like 's%' or value between 0 and denominator and denominator > 0)
);--> statement-breakpoint
ALTER TABLE "figure_own" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "figure_skill" (
	"person_id" uuid NOT NULL,
	"skill_code" text NOT NULL,
	"half" date NOT NULL,
	"to_half" date,
	"area_id" integer NOT NULL,
	"birth_year" integer,
	"sex" text NOT NULL,
	"ethnic_minority" boolean NOT NULL,
	"disability" boolean NOT NULL,
	"poor_household" boolean NOT NULL,
	"good" boolean NOT NULL,
	"first" boolean NOT NULL,
	"rechecks" integer NOT NULL,
	"retained" integer NOT NULL,
	CONSTRAINT "figure_skill_person_id_skill_code_half_pk" PRIMARY KEY("person_id","skill_code","half")
);--> statement-breakpoint
ALTER TABLE "figure_skill" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "figure" DROP CONSTRAINT "figure_period_shape";--> statement-breakpoint
DROP INDEX "figure_core_area_idx";--> statement-breakpoint
DROP INDEX "figure_person_area_idx";--> statement-breakpoint
DROP INDEX "figure_session_area_idx";--> statement-breakpoint
ALTER TABLE "figure_core" DROP CONSTRAINT "figure_core_person_id_from_month_pk";--> statement-breakpoint
ALTER TABLE "figure_person" DROP CONSTRAINT "figure_person_person_id_period_pk";--> statement-breakpoint
ALTER TABLE "figure" ALTER COLUMN "value" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "figure" ALTER COLUMN "denominator" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_change" ADD COLUMN "team_id" uuid;--> statement-breakpoint
ALTER TABLE "figure_change" ADD COLUMN "tree" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_core" ADD COLUMN "half" date NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_core" ADD COLUMN "to_half" date;--> statement-breakpoint
ALTER TABLE "figure_core" ADD COLUMN "sex" text NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_core" ADD COLUMN "ethnic_minority" boolean NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_core" ADD COLUMN "disability" boolean NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_core" ADD COLUMN "poor_household" boolean NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_person" ADD COLUMN "half" date NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_person" ADD COLUMN "sex" text NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_person" ADD COLUMN "ethnic_minority" boolean NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_person" ADD COLUMN "disability" boolean NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_person" ADD COLUMN "poor_household" boolean NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_person" ADD COLUMN "seen" boolean NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_person" ADD COLUMN "guided" boolean NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_person" ADD COLUMN "new_core" boolean NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_run" ADD COLUMN "half" date NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_run" ADD COLUMN "checked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "figure_session" ADD COLUMN "half" date NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_session" ADD COLUMN "late" boolean NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_session" ADD COLUMN "helper_minutes" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_session" ADD COLUMN "helper_agreed" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_session" ADD COLUMN "class_area_id" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "figure_session" ADD COLUMN "shock_team_id" uuid;--> statement-breakpoint
ALTER TABLE "figure_session" ADD COLUMN "shock_area_id" integer;--> statement-breakpoint
ALTER TABLE "figure_core" ADD CONSTRAINT "figure_core_person_id_half_pk" PRIMARY KEY("person_id","half");--> statement-breakpoint
ALTER TABLE "figure_person" ADD CONSTRAINT "figure_person_person_id_half_pk" PRIMARY KEY("person_id","half");--> statement-breakpoint
CREATE INDEX "figure_mark_area_idx" ON "figure_mark" USING btree ("area_id","half");--> statement-breakpoint
CREATE INDEX "figure_member_area_idx" ON "figure_member" USING btree ("area_id","half");--> statement-breakpoint
CREATE INDEX "figure_member_team_idx" ON "figure_member" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "figure_skill_area_idx" ON "figure_skill" USING btree ("area_id","half");--> statement-breakpoint
CREATE INDEX "figure_skill_code_idx" ON "figure_skill" USING btree ("area_id","skill_code","half");--> statement-breakpoint
CREATE INDEX "figure_session_class_area_idx" ON "figure_session" USING btree ("class_area_id","half");--> statement-breakpoint
CREATE INDEX "figure_session_shock_area_idx" ON "figure_session" USING btree ("shock_area_id","half") WHERE shock_area_id is not null;--> statement-breakpoint
CREATE INDEX "figure_core_area_idx" ON "figure_core" USING btree ("area_id","half");--> statement-breakpoint
CREATE INDEX "figure_person_area_idx" ON "figure_person" USING btree ("area_id","half");--> statement-breakpoint
CREATE INDEX "figure_session_area_idx" ON "figure_session" USING btree ("area_id","half");--> statement-breakpoint
ALTER TABLE "figure_core" DROP COLUMN "from_month";--> statement-breakpoint
ALTER TABLE "figure_core" DROP COLUMN "to_month";--> statement-breakpoint
ALTER TABLE "figure_core" DROP COLUMN "woman";--> statement-breakpoint
ALTER TABLE "figure_person" DROP COLUMN "period";--> statement-breakpoint
ALTER TABLE "figure_person" DROP COLUMN "woman";--> statement-breakpoint
ALTER TABLE "figure_person" DROP COLUMN "skills_seen";--> statement-breakpoint
ALTER TABLE "figure_person" DROP COLUMN "skills_attained";--> statement-breakpoint
ALTER TABLE "figure_run" DROP COLUMN "month";--> statement-breakpoint
ALTER TABLE "figure_session" DROP COLUMN "month";--> statement-breakpoint
ALTER TABLE "figure_session" DROP COLUMN "marked";--> statement-breakpoint
ALTER TABLE "figure_session" DROP COLUMN "came";--> statement-breakpoint
ALTER TABLE "figure_session" DROP COLUMN "excused";--> statement-breakpoint
ALTER TABLE "figure" ADD CONSTRAINT "figure_hidden_whole" CHECK ((value is null) = (denominator is null));--> statement-breakpoint
ALTER TABLE "figure" ADD CONSTRAINT "figure_period_shape" CHECK (period ~ '^k?20[0-9]{2}(-(q[1-4]|0[1-9]|1[0-2]))?$');--> statement-breakpoint
CREATE POLICY "figure_block_select" ON "figure_block" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_block_insert" ON "figure_block" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_block_update" ON "figure_block" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_block_delete" ON "figure_block" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_block_system" ON "figure_block" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "figure_block_public" ON "figure_block" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "figure_exact_select" ON "figure_exact" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('figures.read')), '{}')) and area_id = ANY (COALESCE((SELECT may_areas('person.read')), '{}')));--> statement-breakpoint
CREATE POLICY "figure_exact_insert" ON "figure_exact" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_exact_update" ON "figure_exact" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_exact_delete" ON "figure_exact" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_exact_system" ON "figure_exact" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "figure_exact_public" ON "figure_exact" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "figure_mark_select" ON "figure_mark" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_mark_insert" ON "figure_mark" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_mark_update" ON "figure_mark" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_mark_delete" ON "figure_mark" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_mark_system" ON "figure_mark" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "figure_mark_public" ON "figure_mark" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "figure_member_select" ON "figure_member" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_member_insert" ON "figure_member" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_member_update" ON "figure_member" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_member_delete" ON "figure_member" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_member_system" ON "figure_member" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "figure_member_public" ON "figure_member" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "figure_own_select" ON "figure_own" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_own_insert" ON "figure_own" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_own_update" ON "figure_own" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_own_delete" ON "figure_own" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_own_system" ON "figure_own" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "figure_own_public" ON "figure_own" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "figure_skill_select" ON "figure_skill" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_skill_insert" ON "figure_skill" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_skill_update" ON "figure_skill" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_skill_delete" ON "figure_skill" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_skill_system" ON "figure_skill" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "figure_skill_public" ON "figure_skill" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
-- by hand
SET check_function_bodies = off;--> statement-breakpoint
-- What a register or a helper's hour says depends on more of the session by now.
CREATE OR REPLACE FUNCTION note_session_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO figure_change (session_id)
  SELECT id FROM after JOIN before USING (id)
  WHERE (after.status, after.starts_at, after.ends_at, after.area_id, after.class_id, after.lesson_id, after.register_finished_at)
    IS DISTINCT FROM (before.status, before.starts_at, before.ends_at, before.area_id, before.class_id, before.lesson_id, before.register_finished_at);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION note_class_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO figure_change (session_id) SELECT s.id FROM class_session s WHERE s.class_id = NEW.id AND s.status <> 'planned';
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION note_team_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO figure_change (team_id) VALUES (NEW.id);
  INSERT INTO figure_change (session_id)
  SELECT s.id FROM class c JOIN class_session s ON s.class_id = c.id WHERE c.team_id = NEW.id AND s.status <> 'planned';
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION note_member_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN INSERT INTO figure_change (team_id) VALUES (OLD.team_id); END IF;
  IF TG_OP = 'INSERT' THEN INSERT INTO figure_change (team_id) VALUES (NEW.team_id);
  ELSIF TG_OP = 'UPDATE' AND NEW.team_id <> OLD.team_id THEN INSERT INTO figure_change (team_id) VALUES (NEW.team_id);
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION note_helper_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN INSERT INTO figure_change (session_id) VALUES (OLD.session_id); END IF;
  IF TG_OP = 'INSERT' THEN INSERT INTO figure_change (session_id) VALUES (NEW.session_id);
  ELSIF TG_OP = 'UPDATE' AND NEW.session_id <> OLD.session_id THEN INSERT INTO figure_change (session_id) VALUES (NEW.session_id);
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION note_person_of_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN INSERT INTO figure_change (person_id) VALUES (OLD.person_id); END IF;
  IF TG_OP = 'INSERT' THEN INSERT INTO figure_change (person_id) VALUES (NEW.person_id);
  ELSIF TG_OP = 'UPDATE' AND NEW.person_id <> OLD.person_id THEN INSERT INTO figure_change (person_id) VALUES (NEW.person_id);
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
-- The tree changes which areas lie in which, not what was counted for each: totals follow, no row is read again.
CREATE OR REPLACE FUNCTION note_tree_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO figure_change (tree) VALUES (true);
  RETURN NULL;
END $$;--> statement-breakpoint
-- How things stand is kept as changes by half-month: the key of the last that counts in a period; null where it has not begun.
CREATE FUNCTION standing_until(period text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN (CASE WHEN k THEN begins - interval '1 month' + interval '14 days' ELSE begins END)
      <= (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')
    THEN 's' || to_char(ends, 'YYYY-MM') || CASE WHEN k THEN '-01' ELSE '-15' END END
  FROM (
    SELECT period LIKE 'k%' AS k,
      make_date(y, CASE WHEN part = '' THEN 1 WHEN part LIKE 'q%' THEN 3 * right(part, 1)::int - 2 ELSE part::int END, 1) AS begins,
      make_date(y, CASE WHEN part = '' THEN 12 WHEN part LIKE 'q%' THEN 3 * right(part, 1)::int ELSE part::int END, 1) AS ends
    FROM (SELECT left(ltrim(period, 'k'), 4)::int AS y, substr(ltrim(period, 'k'), 6) AS part) b) f
$$;--> statement-breakpoint
RESET check_function_bodies;--> statement-breakpoint
DROP TRIGGER figure_tree_changed ON area_tree;--> statement-breakpoint
CREATE TRIGGER figure_tree_changed AFTER INSERT OR DELETE ON area_tree FOR EACH STATEMENT EXECUTE FUNCTION note_tree_changed();--> statement-breakpoint
CREATE TRIGGER figure_skill_moved AFTER UPDATE ON skill FOR EACH ROW
  WHEN (OLD.domain_code IS DISTINCT FROM NEW.domain_code) EXECUTE FUNCTION note_everything_changed();--> statement-breakpoint
-- A class is written with every seat taken: looked at by row, so that nothing at all happens then.
CREATE TRIGGER figure_class_changed AFTER UPDATE ON class FOR EACH ROW
  WHEN ((OLD.area_id, OLD.team_id) IS DISTINCT FROM (NEW.area_id, NEW.team_id)) EXECUTE FUNCTION note_class_changed();--> statement-breakpoint
CREATE TRIGGER figure_team_changed AFTER UPDATE ON team FOR EACH ROW
  WHEN ((OLD.area_id, OLD.kind, OLD.organisation) IS DISTINCT FROM (NEW.area_id, NEW.kind, NEW.organisation)) EXECUTE FUNCTION note_team_changed();--> statement-breakpoint
CREATE TRIGGER figure_member_changed AFTER INSERT OR UPDATE OR DELETE ON team_member FOR EACH ROW EXECUTE FUNCTION note_member_changed();--> statement-breakpoint
CREATE TRIGGER figure_helper_changed AFTER INSERT OR UPDATE OR DELETE ON session_helper FOR EACH ROW EXECUTE FUNCTION note_helper_changed();--> statement-breakpoint
CREATE TRIGGER figure_equality_changed AFTER INSERT OR UPDATE OR DELETE ON equality_answer FOR EACH ROW EXECUTE FUNCTION note_person_of_row();--> statement-breakpoint
CREATE TRIGGER figure_consent_changed AFTER UPDATE ON consent FOR EACH ROW
  WHEN (OLD.purpose = 'equality' AND (OLD.given, OLD.withdrawn_at, OLD.person_id) IS DISTINCT FROM (NEW.given, NEW.withdrawn_at, NEW.person_id))
  EXECUTE FUNCTION note_person_of_row();--> statement-breakpoint
CREATE TRIGGER figure_observation_moved AFTER UPDATE ON skill_observation FOR EACH ROW
  WHEN (OLD.person_id IS DISTINCT FROM NEW.person_id AND NEW.source <> 'own_claim') EXECUTE FUNCTION note_person_of_row();--> statement-breakpoint
ALTER TABLE figure_change NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO figure_change DEFAULT VALUES;--> statement-breakpoint
ALTER TABLE figure_change FORCE ROW LEVEL SECURITY;
