CREATE TABLE "signup_sighting" (
	"enrolment_id" uuid PRIMARY KEY NOT NULL,
	"class_id" text NOT NULL,
	"network" text,
	"why" text,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "signup_sighting_why_known" CHECK (why in ('network', 'class'))
);
--> statement-breakpoint
ALTER TABLE "signup_sighting" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "equality_answer" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"question" text NOT NULL,
	"answer" boolean NOT NULL,
	"consent_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "equality_answer_question_known" CHECK (question in ('ethnic_minority', 'disability', 'poor_household'))
);
--> statement-breakpoint
ALTER TABLE "equality_answer" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "enrolment_event" DROP CONSTRAINT "enrolment_event_reason_known";--> statement-breakpoint
ALTER TABLE "enrolment" ADD COLUMN "party_id" uuid;--> statement-breakpoint
ALTER TABLE "enrolment" ADD COLUMN "unconfirmed_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "consent" ADD COLUMN "witness" text;--> statement-breakpoint
ALTER TABLE "signup_sighting" ADD CONSTRAINT "signup_sighting_enrolment_id_enrolment_id_fk" FOREIGN KEY ("enrolment_id") REFERENCES "public"."enrolment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "signup_sighting" ADD CONSTRAINT "signup_sighting_class_id_class_id_fk" FOREIGN KEY ("class_id") REFERENCES "public"."class"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "equality_answer" ADD CONSTRAINT "equality_answer_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "equality_answer" ADD CONSTRAINT "equality_answer_consent_id_consent_id_fk" FOREIGN KEY ("consent_id") REFERENCES "public"."consent"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "signup_sighting_network_idx" ON "signup_sighting" USING btree ("network","at");--> statement-breakpoint
CREATE INDEX "signup_sighting_class_idx" ON "signup_sighting" USING btree ("class_id","at");--> statement-breakpoint
CREATE INDEX "signup_sighting_at_idx" ON "signup_sighting" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "equality_answer_one_idx" ON "equality_answer" USING btree ("person_id","question");--> statement-breakpoint
CREATE INDEX "equality_answer_consent_idx" ON "equality_answer" USING btree ("consent_id");--> statement-breakpoint
CREATE INDEX "enrolment_unconfirmed_idx" ON "enrolment" USING btree ("class_id","unconfirmed_until") WHERE unconfirmed_until is not null and status in ('waitlisted', 'offered', 'confirmed');--> statement-breakpoint
ALTER TABLE "enrolment_event" ADD CONSTRAINT "enrolment_event_reason_known" CHECK (reason_code in ('signed_up', 'left', 'turn', 'turn_missed', 'turn_group', 'accepted', 'declined', 'expired', 'class_cancelled', 'moved', 'merged', 'overbooked', 'unconfirmed', 'undone'));--> statement-breakpoint
CREATE POLICY "signup_sighting_select" ON "signup_sighting" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "signup_sighting_insert" ON "signup_sighting" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "signup_sighting_update" ON "signup_sighting" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "signup_sighting_delete" ON "signup_sighting" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "signup_sighting_system" ON "signup_sighting" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "signup_sighting_public" ON "signup_sighting" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "equality_answer_select" ON "equality_answer" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "equality_answer_insert" ON "equality_answer" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "equality_answer_update" ON "equality_answer" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "equality_answer_delete" ON "equality_answer" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "equality_answer_system" ON "equality_answer" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "equality_answer_public" ON "equality_answer" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);