CREATE TABLE "model" (
	"id" uuid PRIMARY KEY NOT NULL,
	"area_id" integer NOT NULL,
	"family_id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"copied_from" uuid,
	"copied_version" integer,
	"status" text DEFAULT 'draft' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"name" text NOT NULL,
	"what" text NOT NULL,
	"audience" text[] NOT NULL,
	"for_whom" text DEFAULT '' NOT NULL,
	"materials" text[] DEFAULT '{}' NOT NULL,
	"adapted" text DEFAULT '' NOT NULL,
	"course_id" uuid NOT NULL,
	"weekdays" integer[] NOT NULL,
	"start_time" time NOT NULL,
	"minutes" integer NOT NULL,
	"sessions" integer NOT NULL,
	"capacity" integer NOT NULL,
	"minimum_to_run" integer NOT NULL,
	"venue_kind" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"changed_by" uuid,
	"published_at" timestamp with time zone,
	CONSTRAINT "model_says_what" CHECK (name <> '' and what <> ''),
	CONSTRAINT "model_state_known" CHECK (status in ('draft', 'published', 'put_away')),
	CONSTRAINT "model_state_whole" CHECK (status <> 'published' or published_at is not null),
	CONSTRAINT "model_version_counts" CHECK (version >= 1),
	CONSTRAINT "model_audience_known" CHECK (audience <@ array['everyone', 'older', 'families', 'women', 'youth', 'farmers', 'traders', 'workers', 'minority', 'disability', 'poor'] and cardinality(audience) > 0),
	CONSTRAINT "model_materials_few" CHECK (cardinality(materials) <= 30),
	CONSTRAINT "model_copied_whole" CHECK ((copied_from is null) = (copied_version is null) and copied_from <> id),
	CONSTRAINT "model_weekdays_range" CHECK (weekdays <@ array[1, 2, 3, 4, 5, 6, 7] and cardinality(weekdays) between 1 and 7),
	CONSTRAINT "model_minutes_range" CHECK (minutes between 30 and 480),
	CONSTRAINT "model_sessions_range" CHECK (sessions between 1 and 60),
	CONSTRAINT "model_capacity_range" CHECK (capacity between 1 and 500 and minimum_to_run between 1 and capacity),
	CONSTRAINT "model_venue_known" CHECK (venue_kind in ('culture_house', 'service_centre', 'market', 'school', 'home', 'worship', 'elsewhere'))
);
--> statement-breakpoint
ALTER TABLE "model" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "model_class" (
	"class_id" text PRIMARY KEY NOT NULL,
	"model_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"version" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by" uuid
);
--> statement-breakpoint
ALTER TABLE "model_class" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "model_round" (
	"round_id" uuid PRIMARY KEY NOT NULL,
	"model_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"version" integer NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by" uuid
);
--> statement-breakpoint
ALTER TABLE "model_round" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "model" ADD CONSTRAINT "model_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model" ADD CONSTRAINT "model_family_id_model_id_fk" FOREIGN KEY ("family_id") REFERENCES "public"."model"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model" ADD CONSTRAINT "model_copied_from_model_id_fk" FOREIGN KEY ("copied_from") REFERENCES "public"."model"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model" ADD CONSTRAINT "model_course_id_course_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."course"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model" ADD CONSTRAINT "model_created_by_account_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model" ADD CONSTRAINT "model_changed_by_account_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_class" ADD CONSTRAINT "model_class_class_id_class_id_fk" FOREIGN KEY ("class_id") REFERENCES "public"."class"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_class" ADD CONSTRAINT "model_class_model_id_model_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."model"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_class" ADD CONSTRAINT "model_class_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_class" ADD CONSTRAINT "model_class_by_account_id_fk" FOREIGN KEY ("by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_round" ADD CONSTRAINT "model_round_round_id_visit_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."visit_round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_round" ADD CONSTRAINT "model_round_model_id_model_id_fk" FOREIGN KEY ("model_id") REFERENCES "public"."model"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_round" ADD CONSTRAINT "model_round_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "model_round" ADD CONSTRAINT "model_round_by_account_id_fk" FOREIGN KEY ("by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "model_area_idx" ON "model" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "model_family_idx" ON "model" USING btree ("family_id");--> statement-breakpoint
CREATE UNIQUE INDEX "model_copied_once_idx" ON "model" USING btree ("copied_from","area_id") WHERE status <> 'put_away';--> statement-breakpoint
CREATE INDEX "model_copied_idx" ON "model" USING btree ("copied_from");--> statement-breakpoint
CREATE INDEX "model_course_idx" ON "model" USING btree ("course_id");--> statement-breakpoint
CREATE INDEX "model_created_by_idx" ON "model" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "model_changed_by_idx" ON "model" USING btree ("changed_by");--> statement-breakpoint
CREATE INDEX "model_class_model_idx" ON "model_class" USING btree ("model_id");--> statement-breakpoint
CREATE INDEX "model_class_area_idx" ON "model_class" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "model_class_by_idx" ON "model_class" USING btree ("by");--> statement-breakpoint
CREATE INDEX "model_round_model_idx" ON "model_round" USING btree ("model_id");--> statement-breakpoint
CREATE INDEX "model_round_area_idx" ON "model_round" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "model_round_by_idx" ON "model_round" USING btree ("by");--> statement-breakpoint
CREATE POLICY "model_select" ON "model" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) or published_at is not null and (SELECT COALESCE(cardinality(may_areas('figures.read')), 0) > 0));--> statement-breakpoint
CREATE POLICY "model_insert" ON "model" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) and exists (select from course c join area_tree t on t.ancestor_id = c.area_id where c.id = model.course_id and t.area_id = model.area_id));--> statement-breakpoint
CREATE POLICY "model_update" ON "model" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) and exists (select from course c join area_tree t on t.ancestor_id = c.area_id where c.id = model.course_id and t.area_id = model.area_id)) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) and exists (select from course c join area_tree t on t.ancestor_id = c.area_id where c.id = model.course_id and t.area_id = model.area_id));--> statement-breakpoint
CREATE POLICY "model_delete" ON "model" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "model_system" ON "model" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "model_public" ON "model" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "model_class_select" ON "model_class" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.read')), '{}')));--> statement-breakpoint
CREATE POLICY "model_class_insert" ON "model_class" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) and exists (select from class c where c.id = model_class.class_id and c.area_id = model_class.area_id) and exists (select from model m join area_tree t on t.ancestor_id = m.area_id where m.id = model_class.model_id and t.area_id = model_class.area_id));--> statement-breakpoint
CREATE POLICY "model_class_update" ON "model_class" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "model_class_delete" ON "model_class" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "model_class_system" ON "model_class" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "model_class_public" ON "model_class" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "model_round_select" ON "model_round" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')));--> statement-breakpoint
CREATE POLICY "model_round_insert" ON "model_round" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')) and exists (select from visit_round r where r.id = model_round.round_id and r.area_id = model_round.area_id) and exists (select from model m join area_tree t on t.ancestor_id = m.area_id where m.id = model_round.model_id and t.area_id = model_round.area_id));--> statement-breakpoint
CREATE POLICY "model_round_update" ON "model_round" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "model_round_delete" ON "model_round" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')));--> statement-breakpoint
CREATE POLICY "model_round_system" ON "model_round" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "model_round_public" ON "model_round" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
-- by hand
ALTER TABLE model FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE model_class FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE model_round FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Whose family a model is of follows from what it was copied from, which must be there for everybody to copy; neither ever changes.
CREATE FUNCTION model_of_its_family() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (OLD.id, OLD.area_id, OLD.family_id, OLD.copied_from, OLD.copied_version) IS DISTINCT FROM
       (NEW.id, NEW.area_id, NEW.family_id, NEW.copied_from, NEW.copied_version) OR NEW.version < OLD.version THEN
      RAISE EXCEPTION 'whose a model is, and what it was copied from, never changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
  END IF;
  NEW.family_id := NEW.id;
  IF NEW.copied_from IS NOT NULL THEN
    SELECT m.family_id, m.version INTO NEW.family_id, NEW.copied_version FROM model m WHERE m.id = NEW.copied_from AND m.status = 'published';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'only a published model is copied' USING ERRCODE = 'insufficient_privilege';
    END IF;
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER model_of_its_family BEFORE INSERT OR UPDATE ON model FOR EACH ROW EXECUTE FUNCTION model_of_its_family();
