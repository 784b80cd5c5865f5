CREATE TABLE "figure" (
	"area_id" integer NOT NULL,
	"period" text NOT NULL,
	"measure" text NOT NULL,
	"grp" text NOT NULL,
	"value" integer NOT NULL,
	"denominator" integer NOT NULL,
	"computed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "figure_area_id_period_measure_grp_pk" PRIMARY KEY("area_id","period","measure","grp"),
	CONSTRAINT "figure_period_shape" CHECK (period ~ '^[0-9]{4}(-[0-9]{2})?$'),
	CONSTRAINT "figure_part_of_whole" CHECK (value between 0 and denominator and denominator > 0)
);
--> statement-breakpoint
ALTER TABLE "figure" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "figure_change" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "figure_change_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"session_id" uuid,
	"person_id" uuid
);
--> statement-breakpoint
ALTER TABLE "figure_change" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "figure_core" (
	"person_id" uuid NOT NULL,
	"from_month" text NOT NULL,
	"to_month" text,
	"area_id" integer NOT NULL,
	"birth_year" integer,
	"woman" boolean NOT NULL,
	"attained" boolean NOT NULL,
	CONSTRAINT "figure_core_person_id_from_month_pk" PRIMARY KEY("person_id","from_month")
);
--> statement-breakpoint
ALTER TABLE "figure_core" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "figure_person" (
	"person_id" uuid NOT NULL,
	"period" text NOT NULL,
	"area_id" integer NOT NULL,
	"birth_year" integer,
	"woman" boolean NOT NULL,
	"marked" integer NOT NULL,
	"came" integer NOT NULL,
	"skills_seen" integer NOT NULL,
	"skills_attained" integer NOT NULL,
	CONSTRAINT "figure_person_person_id_period_pk" PRIMARY KEY("person_id","period")
);
--> statement-breakpoint
ALTER TABLE "figure_person" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "figure_run" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"fresh_at" timestamp with time zone NOT NULL,
	"month" text NOT NULL,
	CONSTRAINT "figure_run_one_row" CHECK (only)
);
--> statement-breakpoint
ALTER TABLE "figure_run" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "figure_session" (
	"session_id" uuid PRIMARY KEY NOT NULL,
	"class_id" text NOT NULL,
	"area_id" integer NOT NULL,
	"month" text NOT NULL,
	"held" boolean NOT NULL,
	"marked" integer NOT NULL,
	"came" integer NOT NULL,
	"excused" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "figure_session" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "figure" ADD CONSTRAINT "figure_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "figure_core_area_idx" ON "figure_core" USING btree ("area_id","from_month");--> statement-breakpoint
CREATE INDEX "figure_person_area_idx" ON "figure_person" USING btree ("area_id","period");--> statement-breakpoint
CREATE INDEX "figure_session_area_idx" ON "figure_session" USING btree ("area_id","month");--> statement-breakpoint
CREATE POLICY "figure_select" ON "figure" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('figures.read')), '{}')));--> statement-breakpoint
CREATE POLICY "figure_insert" ON "figure" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_update" ON "figure" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_delete" ON "figure" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_system" ON "figure" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "figure_public" ON "figure" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "figure_change_select" ON "figure_change" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_change_insert" ON "figure_change" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_change_update" ON "figure_change" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_change_delete" ON "figure_change" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_change_system" ON "figure_change" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "figure_change_public" ON "figure_change" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "figure_core_select" ON "figure_core" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_core_insert" ON "figure_core" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_core_update" ON "figure_core" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_core_delete" ON "figure_core" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_core_system" ON "figure_core" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "figure_core_public" ON "figure_core" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "figure_person_select" ON "figure_person" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_person_insert" ON "figure_person" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_person_update" ON "figure_person" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_person_delete" ON "figure_person" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_person_system" ON "figure_person" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "figure_person_public" ON "figure_person" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "figure_run_select" ON "figure_run" AS PERMISSIVE FOR SELECT TO "camtay_app" USING ((SELECT COALESCE(cardinality(may_areas('figures.read')), 0) > 0));--> statement-breakpoint
CREATE POLICY "figure_run_insert" ON "figure_run" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_run_update" ON "figure_run" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_run_delete" ON "figure_run" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_run_system" ON "figure_run" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "figure_run_public" ON "figure_run" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "figure_session_select" ON "figure_session" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_session_insert" ON "figure_session" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_session_update" ON "figure_session" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "figure_session_delete" ON "figure_session" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "figure_session_system" ON "figure_session" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "figure_session_public" ON "figure_session" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
-- Registers not taken are asked for by the clock, not by a change: read from the sessions themselves.
CREATE INDEX class_session_awaiting_idx ON class_session (area_id, ends_at) WHERE status = 'published';--> statement-breakpoint
SET check_function_bodies = off;--> statement-breakpoint
-- What a writer changes is noted once per statement, in the writer's transaction, by insert only: no two registers meet on a
-- row. SECURITY DEFINER, since whoever marks a register must not read or write figures.
CREATE FUNCTION note_attendance_added() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO figure_change (session_id) SELECT DISTINCT session_id FROM after;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION note_attendance_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO figure_change (session_id)
  SELECT session_id FROM (
    (SELECT session_id, person_id, state FROM before EXCEPT ALL SELECT session_id, person_id, state FROM after)
    UNION ALL
    (SELECT session_id, person_id, state FROM after EXCEPT ALL SELECT session_id, person_id, state FROM before)) d
  GROUP BY session_id;
  -- A mark that went to somebody else no longer leads from the session to whom it was taken from.
  INSERT INTO figure_change (person_id) SELECT person_id FROM before EXCEPT SELECT person_id FROM after;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION note_attendance_removed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO figure_change (session_id) SELECT DISTINCT session_id FROM before;
  INSERT INTO figure_change (person_id) SELECT DISTINCT person_id FROM before;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION note_observation_added() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO figure_change (person_id) SELECT DISTINCT person_id FROM after WHERE source <> 'own_claim';
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION note_session_added() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO figure_change (session_id) SELECT id FROM after WHERE status <> 'planned';
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION note_session_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO figure_change (session_id)
  SELECT id FROM after JOIN before USING (id)
  WHERE (after.status, after.starts_at, after.area_id, after.class_id)
    IS DISTINCT FROM (before.status, before.starts_at, before.area_id, before.class_id);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION note_session_removed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO figure_change (session_id) SELECT id FROM before WHERE status <> 'planned';
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION note_person_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO figure_change (person_id)
  SELECT p.id
  FROM after JOIN before USING (id), LATERAL (VALUES (id), (before.merged_into), (after.merged_into)) p (id)
  WHERE (after.area_id, after.birth_year, after.gender, after.merged_into)
    IS DISTINCT FROM (before.area_id, before.birth_year, before.gender, before.merged_into)
    AND p.id IS NOT NULL
  GROUP BY p.id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE FUNCTION note_everything_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO figure_change DEFAULT VALUES;
  RETURN NULL;
END $$;--> statement-breakpoint
RESET check_function_bodies;--> statement-breakpoint
CREATE TRIGGER figure_attendance_added AFTER INSERT ON attendance REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_attendance_added();--> statement-breakpoint
CREATE TRIGGER figure_attendance_changed AFTER UPDATE ON attendance REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_attendance_changed();--> statement-breakpoint
CREATE TRIGGER figure_attendance_removed AFTER DELETE ON attendance REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION note_attendance_removed();--> statement-breakpoint
CREATE TRIGGER figure_observation_added AFTER INSERT ON skill_observation REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_observation_added();--> statement-breakpoint
CREATE TRIGGER figure_session_added AFTER INSERT ON class_session REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_session_added();--> statement-breakpoint
CREATE TRIGGER figure_session_changed AFTER UPDATE ON class_session REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_session_changed();--> statement-breakpoint
CREATE TRIGGER figure_session_removed AFTER DELETE ON class_session REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION note_session_removed();--> statement-breakpoint
CREATE TRIGGER figure_person_changed AFTER UPDATE ON person REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION note_person_changed();--> statement-breakpoint
CREATE TRIGGER figure_skills_changed AFTER INSERT OR UPDATE OR DELETE ON skill_version FOR EACH STATEMENT EXECUTE FUNCTION note_everything_changed();--> statement-breakpoint
CREATE TRIGGER figure_tree_changed AFTER INSERT OR DELETE ON area_tree FOR EACH STATEMENT EXECUTE FUNCTION note_everything_changed();--> statement-breakpoint
-- Whatever was written before the figures existed is counted at the first run.
INSERT INTO figure_change DEFAULT VALUES;
