CREATE TABLE "postponement" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"press_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"first_day" date NOT NULL,
	"last_day" date NOT NULL,
	"instead" text NOT NULL,
	"reason" text NOT NULL,
	"changes" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by" uuid NOT NULL,
	"undone_at" timestamp with time zone,
	"undone_by" uuid,
	CONSTRAINT "postponement_instead_known" CHECK (instead in ('move', 'cancel')),
	CONSTRAINT "postponement_days_in_order" CHECK (last_day >= first_day),
	CONSTRAINT "postponement_undone_by_somebody" CHECK ((undone_at is null) = (undone_by is null))
);
--> statement-breakpoint
ALTER TABLE "postponement" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "class_session" ADD COLUMN "note" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "class_session" ADD COLUMN "moved_from" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "class" ADD COLUMN "run_anyway_from" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "postponement" ADD CONSTRAINT "postponement_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postponement" ADD CONSTRAINT "postponement_by_account_id_fk" FOREIGN KEY ("by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "postponement" ADD CONSTRAINT "postponement_undone_by_account_id_fk" FOREIGN KEY ("undone_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "postponement_area_idx" ON "postponement" USING btree ("area_id","at");--> statement-breakpoint
CREATE INDEX "postponement_press_idx" ON "postponement" USING btree ("press_id");--> statement-breakpoint
CREATE INDEX "postponement_by_idx" ON "postponement" USING btree ("by");--> statement-breakpoint
CREATE INDEX "postponement_undone_by_idx" ON "postponement" USING btree ("undone_by");--> statement-breakpoint
CREATE POLICY "postponement_select" ON "postponement" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.read')), '{}')));--> statement-breakpoint
CREATE POLICY "postponement_insert" ON "postponement" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.postpone')), '{}')));--> statement-breakpoint
CREATE POLICY "postponement_update" ON "postponement" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.postpone')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.postpone')), '{}')));--> statement-breakpoint
CREATE POLICY "postponement_delete" ON "postponement" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "postponement_system" ON "postponement" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "postponement_public" ON "postponement" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
-- by hand
-- What is told of just one session is news to a calendar as well.
DROP TRIGGER class_session_revised ON class_session;--> statement-breakpoint
CREATE TRIGGER class_session_revised BEFORE UPDATE ON class_session FOR EACH ROW
  WHEN ((OLD.starts_at, OLD.ends_at, OLD.venue_id, OLD.lesson_id, OLD.note, OLD.status_reason, OLD.status IN ('cancelled', 'did_not_happen'))
    IS DISTINCT FROM (NEW.starts_at, NEW.ends_at, NEW.venue_id, NEW.lesson_id, NEW.note, NEW.status_reason, NEW.status IN ('cancelled', 'did_not_happen')))
  EXECUTE FUNCTION count_revision();
