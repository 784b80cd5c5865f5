ALTER TABLE "course" ADD COLUMN "series_id" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "course" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "course" ADD COLUMN "replaced_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "course" ADD COLUMN "retired_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "course" ADD COLUMN "copied_from" uuid;--> statement-breakpoint
ALTER TABLE "course" ADD COLUMN "learners_per_helper" integer DEFAULT 4 NOT NULL;--> statement-breakpoint
ALTER TABLE "course" ADD COLUMN "lessons_required" integer;--> statement-breakpoint
ALTER TABLE "course" ADD COLUMN "changed_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "course" ADD COLUMN "changed_by" uuid;--> statement-breakpoint
ALTER TABLE "lesson" ADD COLUMN "lineage_id" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "lesson" ADD COLUMN "minutes" integer DEFAULT 90 NOT NULL;--> statement-breakpoint
ALTER TABLE "lesson_skill" ADD COLUMN "required" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "course" ADD CONSTRAINT "course_copied_from_course_id_fk" FOREIGN KEY ("copied_from") REFERENCES "public"."course"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course" ADD CONSTRAINT "course_changed_by_account_id_fk" FOREIGN KEY ("changed_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "course_version_idx" ON "course" USING btree ("series_id","version");--> statement-breakpoint
CREATE UNIQUE INDEX "course_current_idx" ON "course" USING btree ("series_id") WHERE replaced_at is null;--> statement-breakpoint
CREATE INDEX "course_copied_idx" ON "course" USING btree ("copied_from");--> statement-breakpoint
CREATE INDEX "course_changed_by_idx" ON "course" USING btree ("changed_by");--> statement-breakpoint
CREATE UNIQUE INDEX "lesson_lineage_idx" ON "lesson" USING btree ("lineage_id","course_id");--> statement-breakpoint
ALTER TABLE "course" ADD CONSTRAINT "course_version_counts" CHECK (version >= 1);--> statement-breakpoint
ALTER TABLE "course" ADD CONSTRAINT "course_helpers_range" CHECK (learners_per_helper between 1 and 30);--> statement-breakpoint
ALTER TABLE "course" ADD CONSTRAINT "course_lessons_required_range" CHECK (lessons_required between 1 and 40);--> statement-breakpoint
ALTER TABLE "lesson" ADD CONSTRAINT "lesson_minutes_range" CHECK (minutes between 15 and 480);--> statement-breakpoint
ALTER POLICY "course_insert" ON "course" TO camtay_app WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('course.write')), '{}')));--> statement-breakpoint
ALTER POLICY "course_update" ON "course" TO camtay_app USING (area_id = ANY (COALESCE((SELECT may_areas('course.write')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('course.write')), '{}')));--> statement-breakpoint
ALTER POLICY "lesson_insert" ON "lesson" TO camtay_app WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('course.write')), '{}')) and exists (select from course c where c.id = lesson.course_id and c.area_id = lesson.area_id));--> statement-breakpoint
ALTER POLICY "lesson_update" ON "lesson" TO camtay_app USING (area_id = ANY (COALESCE((SELECT may_areas('course.write')), '{}')) and exists (select from course c where c.id = lesson.course_id and c.area_id = lesson.area_id)) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('course.write')), '{}')) and exists (select from course c where c.id = lesson.course_id and c.area_id = lesson.area_id));--> statement-breakpoint
ALTER POLICY "lesson_delete" ON "lesson" TO camtay_app USING (area_id = ANY (COALESCE((SELECT may_areas('course.write')), '{}')));--> statement-breakpoint
ALTER POLICY "lesson_skill_insert" ON "lesson_skill" TO camtay_app WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('course.write')), '{}')) and exists (select from lesson l where l.id = lesson_skill.lesson_id and l.area_id = lesson_skill.area_id));--> statement-breakpoint
ALTER POLICY "lesson_skill_delete" ON "lesson_skill" TO camtay_app USING (area_id = ANY (COALESCE((SELECT may_areas('course.write')), '{}')));--> statement-breakpoint
-- by hand
-- Courses from before are first versions; what their catalogue calls core is what one must be able to do alone.
ALTER TABLE course NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE lesson NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE lesson_skill NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE skill_version NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE course SET series_id = id;--> statement-breakpoint
UPDATE lesson SET lineage_id = id;--> statement-breakpoint
UPDATE lesson_skill SET required = v.core FROM skill_version v WHERE v.skill_code = lesson_skill.skill_code AND v.valid_to IS NULL;--> statement-breakpoint
ALTER TABLE course FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE lesson FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE lesson_skill FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE skill_version FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE FUNCTION begin_course_series() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.version = 1 THEN NEW.series_id := NEW.id; END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER course_series BEFORE INSERT ON course FOR EACH ROW EXECUTE FUNCTION begin_course_series();--> statement-breakpoint
-- A next version follows one of the same owner: nobody takes over another's series. AFTER, so that the wall is asked first.
CREATE FUNCTION check_course_follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM course o WHERE o.series_id = NEW.series_id AND o.version = NEW.version - 1 AND o.area_id = NEW.area_id) THEN
    RAISE EXCEPTION 'course % follows no version of the same owner', NEW.id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER course_follows AFTER INSERT ON course FOR EACH ROW WHEN (NEW.version > 1) EXECUTE FUNCTION check_course_follows();--> statement-breakpoint
-- A version that a class uses stays as it is, not even the system role changes it. Locked FOR UPDATE: a class that is just being planned
-- holds the course by its foreign key, so one of the two waits and then sees the other.
CREATE FUNCTION keep_used_course() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE wanted uuid[];
BEGIN
  IF TG_TABLE_NAME = 'course' THEN wanted := ARRAY[NEW.id];
  ELSIF TG_TABLE_NAME = 'lesson' THEN
    wanted := CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.course_id] WHEN 'DELETE' THEN ARRAY[OLD.course_id] ELSE ARRAY[OLD.course_id, NEW.course_id] END;
  ELSE
    SELECT array_agg(l.course_id) INTO wanted FROM lesson l
    WHERE l.id = CASE TG_OP WHEN 'DELETE' THEN OLD.lesson_id ELSE NEW.lesson_id END;
  END IF;
  PERFORM FROM course c WHERE c.id = ANY (wanted) ORDER BY c.id FOR UPDATE;
  IF EXISTS (SELECT FROM class k WHERE k.course_id = ANY (wanted)) THEN
    RAISE EXCEPTION 'a version of a course that a class uses is not changed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER course_kept AFTER UPDATE ON course FOR EACH ROW WHEN (
  (OLD.id, OLD.area_id, OLD.series_id, OLD.version, OLD.copied_from, OLD.title_vi, OLD.title_en, OLD.summary_vi, OLD.summary_en, OLD.bring_vi,
   OLD.bring_en, OLD.learners_per_helper, OLD.lessons_required)
  IS DISTINCT FROM
  (NEW.id, NEW.area_id, NEW.series_id, NEW.version, NEW.copied_from, NEW.title_vi, NEW.title_en, NEW.summary_vi, NEW.summary_en, NEW.bring_vi,
   NEW.bring_en, NEW.learners_per_helper, NEW.lessons_required)
) EXECUTE FUNCTION keep_used_course();--> statement-breakpoint
CREATE TRIGGER lesson_kept AFTER INSERT OR UPDATE OR DELETE ON lesson FOR EACH ROW EXECUTE FUNCTION keep_used_course();--> statement-breakpoint
CREATE TRIGGER lesson_skill_kept AFTER INSERT OR UPDATE OR DELETE ON lesson_skill FOR EACH ROW EXECUTE FUNCTION keep_used_course();
