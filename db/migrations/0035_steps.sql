CREATE TABLE "step" (
	"code" text PRIMARY KEY NOT NULL,
	"position" integer NOT NULL,
	"name_vi" text NOT NULL,
	"name_en" text NOT NULL,
	"ask_vi" text NOT NULL,
	"ask_en" text NOT NULL,
	"next_vi" text NOT NULL,
	"next_en" text NOT NULL,
	"how_vi" text NOT NULL,
	"how_en" text NOT NULL,
	"retired_at" timestamp with time zone,
	CONSTRAINT "step_code_shape" CHECK (code ~ '^[a-z][a-z_]{1,29}$')
);
--> statement-breakpoint
ALTER TABLE "step" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "step_record" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"step_code" text NOT NULL,
	"answer" text NOT NULL,
	"source" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" uuid,
	"key" uuid NOT NULL,
	CONSTRAINT "step_record_answer_known" CHECK (answer in ('yes', 'no', 'unknown')),
	CONSTRAINT "step_record_source_known" CHECK (source in ('self', 'seen', 'relative', 'list'))
);
--> statement-breakpoint
ALTER TABLE "step_record" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "step_record" ADD CONSTRAINT "step_record_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "step_record" ADD CONSTRAINT "step_record_step_code_step_code_fk" FOREIGN KEY ("step_code") REFERENCES "public"."step"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "step_record" ADD CONSTRAINT "step_record_recorded_by_account_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "step_record_key_idx" ON "step_record" USING btree ("key","step_code");--> statement-breakpoint
CREATE INDEX "step_record_newest_idx" ON "step_record" USING btree ("person_id","step_code","at","recorded_at","id");--> statement-breakpoint
CREATE INDEX "step_record_step_idx" ON "step_record" USING btree ("step_code");--> statement-breakpoint
CREATE INDEX "step_record_recorded_by_idx" ON "step_record" USING btree ("recorded_by");--> statement-breakpoint
CREATE POLICY "step_select" ON "step" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (true);--> statement-breakpoint
CREATE POLICY "step_insert" ON "step" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "step_update" ON "step" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "step_delete" ON "step" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "step_system" ON "step" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "step_public" ON "step" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (true);--> statement-breakpoint
CREATE POLICY "step_record_select" ON "step_record" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (exists (select from person p where p.id = step_record.person_id));--> statement-breakpoint
CREATE POLICY "step_record_insert" ON "step_record" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK ((SELECT COALESCE(cardinality(may_areas('register.write')), 0) > 0) and person_in_reach(person_id));--> statement-breakpoint
CREATE POLICY "step_record_update" ON "step_record" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "step_record_delete" ON "step_record" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "step_record_system" ON "step_record" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "step_record_public" ON "step_record" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (person_id = (SELECT card_person()));--> statement-breakpoint
-- by hand
ALTER TABLE step FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE step_record FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TRIGGER step_record_in_own_name BEFORE INSERT ON step_record FOR EACH ROW EXECUTE FUNCTION in_own_name();--> statement-breakpoint
-- What was answered stays. The portal alone may say whose answer it is (records are merged and taken apart) and erase it (consent withdrawn).
CREATE FUNCTION step_record_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'camtay_system' THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF to_jsonb(NEW) - 'person_id' = to_jsonb(OLD) - 'person_id' THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER step_record_appended BEFORE UPDATE OR DELETE ON step_record FOR EACH ROW EXECUTE FUNCTION step_record_stays();
