CREATE TABLE "class_recording" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"class_id" text NOT NULL,
	"area_id" integer NOT NULL,
	"language" text NOT NULL,
	"media_type" text NOT NULL,
	"content" "bytea" NOT NULL,
	"content_hash" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "class_recording_language_known" CHECK (language in ('vi', 'bru', 'pako')),
	CONSTRAINT "class_recording_type_known" CHECK (media_type in ('audio/mpeg', 'audio/ogg', 'audio/mp4', 'audio/wav')),
	CONSTRAINT "class_recording_small" CHECK (octet_length(content) between 1 and 1572864),
	CONSTRAINT "class_recording_hash_shape" CHECK (content_hash ~ '^[0-9a-f]{32}$')
);
--> statement-breakpoint
ALTER TABLE "class_recording" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "class_session" ADD COLUMN "revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "class_session" ADD COLUMN "revised_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "class" ADD COLUMN "revision" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "class" ADD COLUMN "revised_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "class_recording" ADD CONSTRAINT "class_recording_class_id_class_id_fk" FOREIGN KEY ("class_id") REFERENCES "public"."class"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_recording" ADD CONSTRAINT "class_recording_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_recording" ADD CONSTRAINT "class_recording_recorded_by_account_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "class_recording_language_idx" ON "class_recording" USING btree ("class_id","language");--> statement-breakpoint
CREATE INDEX "class_recording_area_idx" ON "class_recording" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "class_recording_by_idx" ON "class_recording" USING btree ("recorded_by");--> statement-breakpoint
CREATE POLICY "class_recording_select" ON "class_recording" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.read')), '{}')) or exists (select from class c where c.id = class_recording.class_id and c.status <> 'draft'));--> statement-breakpoint
CREATE POLICY "class_recording_insert" ON "class_recording" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) and exists (select from class c where c.id = class_recording.class_id and c.area_id = class_recording.area_id));--> statement-breakpoint
CREATE POLICY "class_recording_update" ON "class_recording" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) and exists (select from class c where c.id = class_recording.class_id and c.area_id = class_recording.area_id)) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) and exists (select from class c where c.id = class_recording.class_id and c.area_id = class_recording.area_id));--> statement-breakpoint
CREATE POLICY "class_recording_delete" ON "class_recording" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "class_recording_system" ON "class_recording" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "class_recording_public" ON "class_recording" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (exists (select from class c where c.id = class_recording.class_id and c.status <> 'draft'));--> statement-breakpoint
-- Sound does not get smaller by compressing it again.
ALTER TABLE class_recording ALTER COLUMN content SET STORAGE EXTERNAL;--> statement-breakpoint
-- What people carry in their calendars rises with every change they must hear of, whoever makes it and from wherever: the number by one, the
-- moment by at least a second (calendars know no smaller part).
CREATE FUNCTION count_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.revision := OLD.revision + 1;
  NEW.revised_at := greatest(now(), OLD.revised_at + interval '1 second');
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER class_session_revised BEFORE UPDATE ON class_session FOR EACH ROW
  WHEN ((OLD.starts_at, OLD.ends_at, OLD.venue_id, OLD.lesson_id, OLD.status_reason, OLD.status IN ('cancelled', 'did_not_happen'))
    IS DISTINCT FROM (NEW.starts_at, NEW.ends_at, NEW.venue_id, NEW.lesson_id, NEW.status_reason, NEW.status IN ('cancelled', 'did_not_happen')))
  EXECUTE FUNCTION count_revision();--> statement-breakpoint
-- Its seats change with every enrolment: they are no news to a calendar.
-- After the update, by a second one, not before it: with any row trigger before the update, Postgres 18 gives the statement that waited
-- for the row a stale "old" to return, and the statement that takes a seat decides by it (tests/enrolment/seats.test.ts).
CREATE FUNCTION count_class_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE class SET revision = revision + 1, revised_at = greatest(now(), revised_at + interval '1 second') WHERE id = NEW.id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER class_revised AFTER UPDATE ON class FOR EACH ROW
  WHEN ((OLD.course_id, OLD.venue_id, OLD.team_id, OLD.language, OLD.note, OLD.hotline, OLD.status, OLD.status_reason)
    IS DISTINCT FROM (NEW.course_id, NEW.venue_id, NEW.team_id, NEW.language, NEW.note, NEW.hotline, NEW.status, NEW.status_reason))
  EXECUTE FUNCTION count_class_revision();
