CREATE TABLE "class_skipped_day" (
	"class_id" text NOT NULL,
	"day" date NOT NULL,
	"area_id" integer NOT NULL,
	"reason" text NOT NULL,
	"because" text DEFAULT '' NOT NULL,
	CONSTRAINT "class_skipped_day_class_id_day_pk" PRIMARY KEY("class_id","day"),
	CONSTRAINT "class_skipped_day_reason_known" CHECK (reason in ('chosen', 'dayOff', 'venueTaken', 'past'))
);
--> statement-breakpoint
ALTER TABLE "class_skipped_day" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "day_off" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"area_id" integer NOT NULL,
	"kind" text NOT NULL,
	"weekday" integer,
	"first_day" date,
	"last_day" date,
	"reason" text NOT NULL,
	"name" text NOT NULL,
	CONSTRAINT "day_off_kind_known" CHECK (kind in ('weekly', 'dates', 'exception')),
	CONSTRAINT "day_off_reason_known" CHECK (reason in ('holiday', 'harvest', 'market', 'flood', 'weekly', 'other')),
	CONSTRAINT "day_off_weekday_range" CHECK (weekday between 1 and 7),
	CONSTRAINT "day_off_weekly_has_weekday" CHECK ((kind = 'weekly') = (weekday is not null)),
	CONSTRAINT "day_off_dates_has_days" CHECK (kind = 'weekly' or (first_day is not null and last_day is not null)),
	CONSTRAINT "day_off_days_in_order" CHECK (last_day >= first_day),
	CONSTRAINT "day_off_named" CHECK (name <> '')
);
--> statement-breakpoint
ALTER TABLE "day_off" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "venue" ADD COLUMN "power" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "venue" ADD COLUMN "wifi" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "venue" ADD COLUMN "retired_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "class_skipped_day" ADD CONSTRAINT "class_skipped_day_class_id_class_id_fk" FOREIGN KEY ("class_id") REFERENCES "public"."class"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_skipped_day" ADD CONSTRAINT "class_skipped_day_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "day_off" ADD CONSTRAINT "day_off_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "class_skipped_day_area_idx" ON "class_skipped_day" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "day_off_area_idx" ON "day_off" USING btree ("area_id","last_day");--> statement-breakpoint
CREATE POLICY "class_skipped_day_select" ON "class_skipped_day" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.read')), '{}')));--> statement-breakpoint
CREATE POLICY "class_skipped_day_insert" ON "class_skipped_day" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) and exists (select from class c where c.id = class_skipped_day.class_id and c.area_id = class_skipped_day.area_id));--> statement-breakpoint
CREATE POLICY "class_skipped_day_update" ON "class_skipped_day" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "class_skipped_day_delete" ON "class_skipped_day" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "class_skipped_day_system" ON "class_skipped_day" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "class_skipped_day_public" ON "class_skipped_day" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "day_off_select" ON "day_off" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (true);--> statement-breakpoint
CREATE POLICY "day_off_insert" ON "day_off" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('calendar.write')), '{}')));--> statement-breakpoint
CREATE POLICY "day_off_update" ON "day_off" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('calendar.write')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('calendar.write')), '{}')));--> statement-breakpoint
CREATE POLICY "day_off_delete" ON "day_off" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('calendar.write')), '{}')));--> statement-breakpoint
CREATE POLICY "day_off_system" ON "day_off" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "day_off_public" ON "day_off" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
-- by hand
-- What people carry in their calendars says where a meeting is: it rises when the place is called otherwise.
CREATE FUNCTION count_venue_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE class_session SET revision = revision + 1, revised_at = greatest(now(), revised_at + interval '1 second')
  WHERE venue_id = NEW.id AND ends_at > now();
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER venue_revised AFTER UPDATE ON venue FOR EACH ROW
  WHEN ((OLD.name, OLD.address) IS DISTINCT FROM (NEW.name, NEW.address)) EXECUTE FUNCTION count_venue_revision();--> statement-breakpoint
-- The days a rule left out had no reason of their own until now.
ALTER TABLE class NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
INSERT INTO class_skipped_day (class_id, day, area_id, reason)
SELECT c.id, left_out::date, c.area_id, 'chosen' FROM class c CROSS JOIN jsonb_array_elements_text(c.weekly_rule -> 'leftOut') AS left_out;--> statement-breakpoint
UPDATE class SET weekly_rule = weekly_rule - 'leftOut' WHERE weekly_rule ? 'leftOut';--> statement-breakpoint
ALTER TABLE class FORCE ROW LEVEL SECURITY;
