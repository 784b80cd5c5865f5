CREATE TABLE "card" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"code" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"ended_at" timestamp with time zone,
	"ended_why" text,
	CONSTRAINT "card_code_unique" UNIQUE("code"),
	CONSTRAINT "card_code_shape" CHECK (code ~ '^[2346789ACDEFGHJKMNPQRTWXY]{9}$'),
	CONSTRAINT "card_end_known" CHECK (ended_why in ('replaced', 'withdrawn') and ended_at is not null or ended_why is null and ended_at is null)
);
--> statement-breakpoint
ALTER TABLE "card" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "card_attempt" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid,
	"wrong" boolean NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "card_attempt" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "register_operation" ALTER COLUMN "account_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "card" ADD CONSTRAINT "card_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card" ADD CONSTRAINT "card_created_by_account_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card_attempt" ADD CONSTRAINT "card_attempt_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "card_one_standing_idx" ON "card" USING btree ("person_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "card_person_idx" ON "card" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "card_created_by_idx" ON "card" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "card_attempt_person_idx" ON "card_attempt" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "card_attempt_at_idx" ON "card_attempt" USING btree ("at");--> statement-breakpoint
-- Whose card was proven in this transaction (`presentCard`): nobody's once it was replaced or withdrawn. SECURITY DEFINER, since the
-- policies that ask are those of the tables it looks at.
CREATE FUNCTION card_person() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT COALESCE(p.merged_into, p.id) FROM card k JOIN person p ON p.id = k.person_id
  WHERE k.code = nullif(current_setting('camtay.card', true), '') AND k.ended_at IS NULL
$$;--> statement-breakpoint
CREATE POLICY "card_select" ON "card" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (exists (select from person p where p.id = card.person_id and p.area_id = ANY (COALESCE((SELECT may_areas('person.read')), '{}'))));--> statement-breakpoint
CREATE POLICY "card_insert" ON "card" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "card_update" ON "card" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "card_delete" ON "card" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "card_system" ON "card" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "card_public" ON "card" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (person_id = (SELECT card_person()));--> statement-breakpoint
CREATE POLICY "card_attempt_select" ON "card_attempt" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "card_attempt_insert" ON "card_attempt" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "card_attempt_update" ON "card_attempt" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "card_attempt_delete" ON "card_attempt" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "card_attempt_system" ON "card_attempt" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "card_attempt_public" ON "card_attempt" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
ALTER POLICY "enrolment_public" ON "enrolment" TO camtay_public USING (person_id = (SELECT card_person()) or code = nullif(current_setting('camtay.code', true), ''));--> statement-breakpoint
ALTER POLICY "enrolment_event_public" ON "enrolment_event" TO camtay_public USING (exists (select from enrolment e where e.id = enrolment_id and e.person_id = (SELECT card_person())));--> statement-breakpoint
ALTER POLICY "consent_public" ON "consent" TO camtay_public USING (person_id = (SELECT card_person()));--> statement-breakpoint
ALTER POLICY "person_public" ON "person" TO camtay_public USING (id = (SELECT card_person()) or exists (select from enrolment e where e.person_id = person.id));--> statement-breakpoint
ALTER POLICY "person_phone_public" ON "person_phone" TO camtay_public USING (person_id = (SELECT card_person()));--> statement-breakpoint
ALTER POLICY "attendance_public" ON "attendance" TO camtay_public USING (person_id = (SELECT card_person()));--> statement-breakpoint
ALTER POLICY "skill_observation_public" ON "skill_observation" TO camtay_public USING (person_id = (SELECT card_person()));