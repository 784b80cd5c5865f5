CREATE TABLE "outside_hit" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"search_id" uuid NOT NULL,
	"person_id" uuid NOT NULL
);
--> statement-breakpoint
ALTER TABLE "outside_hit" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "outside_reading" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"reader_area_id" integer NOT NULL,
	"owner_area_id" integer NOT NULL,
	"why" text NOT NULL,
	"words" text NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" uuid,
	"objection" text,
	"objected_at" timestamp with time zone,
	"objected_by" uuid,
	CONSTRAINT "outside_reading_why_known" CHECK (why in ('asks_class', 'asks_help', 'moved_here', 'duplicate', 'relative', 'other')),
	CONSTRAINT "outside_reading_three_hours" CHECK (until > opened_at and until <= opened_at + interval '3 hours'),
	CONSTRAINT "outside_reading_ended_whole" CHECK (ended_by is null or ended_at is not null),
	CONSTRAINT "outside_reading_objected_whole" CHECK ((objection is null) = (objected_at is null))
);
--> statement-breakpoint
ALTER TABLE "outside_reading" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "outside_search" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"found" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "outside_search" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "person_residence" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"from_area_id" integer NOT NULL,
	"area_id" integer NOT NULL,
	"how" text NOT NULL,
	"since" date NOT NULL,
	"referral_id" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by" uuid,
	CONSTRAINT "person_residence_how_known" CHECK (how in ('moved', 'corrected')),
	CONSTRAINT "person_residence_two_places" CHECK (from_area_id <> area_id)
);
--> statement-breakpoint
ALTER TABLE "person_residence" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "referral" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"from_area_id" integer NOT NULL,
	"to_area_id" integer NOT NULL,
	"why" text NOT NULL,
	"asks" text NOT NULL,
	"course_id" uuid,
	"note" text DEFAULT '' NOT NULL,
	"consent_id" uuid NOT NULL,
	"share_phone" boolean DEFAULT false NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"state_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_at" timestamp with time zone DEFAULT now() NOT NULL,
	"sent_by" uuid,
	"expires_at" timestamp with time zone NOT NULL,
	"taken_by" text,
	CONSTRAINT "referral_state_known" CHECK (state in ('open', 'accepted', 'rejected', 'withdrawn', 'done')),
	CONSTRAINT "referral_why_known" CHECK (why in ('work', 'studies', 'lives_there', 'wants_class', 'other')),
	CONSTRAINT "referral_asks_known" CHECK (asks in ('class', 'visit', 'desk')),
	CONSTRAINT "referral_course_of_class" CHECK (course_id is null or asks = 'class'),
	CONSTRAINT "referral_two_units" CHECK (from_area_id <> to_area_id),
	CONSTRAINT "referral_expires_after" CHECK (expires_at > sent_at)
);
--> statement-breakpoint
ALTER TABLE "referral" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "referral_step" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"referral_id" uuid NOT NULL,
	"to_state" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by" uuid,
	"note" text DEFAULT '' NOT NULL,
	CONSTRAINT "referral_step_state_known" CHECK (to_state in ('open', 'accepted', 'rejected', 'withdrawn', 'done'))
);
--> statement-breakpoint
ALTER TABLE "referral_step" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "outside_hit" ADD CONSTRAINT "outside_hit_search_id_outside_search_id_fk" FOREIGN KEY ("search_id") REFERENCES "public"."outside_search"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outside_hit" ADD CONSTRAINT "outside_hit_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outside_reading" ADD CONSTRAINT "outside_reading_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outside_reading" ADD CONSTRAINT "outside_reading_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outside_reading" ADD CONSTRAINT "outside_reading_reader_area_id_area_id_fk" FOREIGN KEY ("reader_area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outside_reading" ADD CONSTRAINT "outside_reading_owner_area_id_area_id_fk" FOREIGN KEY ("owner_area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outside_reading" ADD CONSTRAINT "outside_reading_ended_by_account_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outside_reading" ADD CONSTRAINT "outside_reading_objected_by_account_id_fk" FOREIGN KEY ("objected_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outside_search" ADD CONSTRAINT "outside_search_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_residence" ADD CONSTRAINT "person_residence_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_residence" ADD CONSTRAINT "person_residence_from_area_id_area_id_fk" FOREIGN KEY ("from_area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_residence" ADD CONSTRAINT "person_residence_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_residence" ADD CONSTRAINT "person_residence_referral_id_referral_id_fk" FOREIGN KEY ("referral_id") REFERENCES "public"."referral"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_residence" ADD CONSTRAINT "person_residence_by_account_id_fk" FOREIGN KEY ("by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral" ADD CONSTRAINT "referral_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral" ADD CONSTRAINT "referral_from_area_id_area_id_fk" FOREIGN KEY ("from_area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral" ADD CONSTRAINT "referral_to_area_id_area_id_fk" FOREIGN KEY ("to_area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral" ADD CONSTRAINT "referral_course_id_course_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."course"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral" ADD CONSTRAINT "referral_consent_id_consent_id_fk" FOREIGN KEY ("consent_id") REFERENCES "public"."consent"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral" ADD CONSTRAINT "referral_sent_by_account_id_fk" FOREIGN KEY ("sent_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_step" ADD CONSTRAINT "referral_step_referral_id_referral_id_fk" FOREIGN KEY ("referral_id") REFERENCES "public"."referral"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_step" ADD CONSTRAINT "referral_step_by_account_id_fk" FOREIGN KEY ("by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "outside_hit_one_idx" ON "outside_hit" USING btree ("search_id","person_id");--> statement-breakpoint
CREATE INDEX "outside_hit_person_idx" ON "outside_hit" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "outside_reading_account_idx" ON "outside_reading" USING btree ("account_id","until");--> statement-breakpoint
CREATE INDEX "outside_reading_person_idx" ON "outside_reading" USING btree ("person_id","opened_at");--> statement-breakpoint
CREATE INDEX "outside_reading_reader_idx" ON "outside_reading" USING btree ("reader_area_id");--> statement-breakpoint
CREATE INDEX "outside_reading_owner_idx" ON "outside_reading" USING btree ("owner_area_id","opened_at");--> statement-breakpoint
CREATE INDEX "outside_reading_ended_by_idx" ON "outside_reading" USING btree ("ended_by");--> statement-breakpoint
CREATE INDEX "outside_reading_objected_by_idx" ON "outside_reading" USING btree ("objected_by");--> statement-breakpoint
CREATE INDEX "outside_search_account_idx" ON "outside_search" USING btree ("account_id","at");--> statement-breakpoint
CREATE INDEX "outside_search_at_idx" ON "outside_search" USING btree ("at");--> statement-breakpoint
CREATE INDEX "person_residence_person_idx" ON "person_residence" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "person_residence_from_idx" ON "person_residence" USING btree ("from_area_id");--> statement-breakpoint
CREATE INDEX "person_residence_area_idx" ON "person_residence" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "person_residence_referral_idx" ON "person_residence" USING btree ("referral_id");--> statement-breakpoint
CREATE INDEX "person_residence_by_idx" ON "person_residence" USING btree ("by");--> statement-breakpoint
CREATE UNIQUE INDEX "referral_standing_idx" ON "referral" USING btree ("person_id","to_area_id") WHERE state in ('open', 'accepted');--> statement-breakpoint
CREATE INDEX "referral_person_idx" ON "referral" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "referral_from_idx" ON "referral" USING btree ("from_area_id","state");--> statement-breakpoint
CREATE INDEX "referral_to_idx" ON "referral" USING btree ("to_area_id","state");--> statement-breakpoint
CREATE INDEX "referral_course_idx" ON "referral" USING btree ("course_id");--> statement-breakpoint
CREATE INDEX "referral_consent_idx" ON "referral" USING btree ("consent_id");--> statement-breakpoint
CREATE INDEX "referral_sent_by_idx" ON "referral" USING btree ("sent_by");--> statement-breakpoint
CREATE INDEX "referral_step_referral_idx" ON "referral_step" USING btree ("referral_id","at");--> statement-breakpoint
CREATE INDEX "referral_step_by_idx" ON "referral_step" USING btree ("by");--> statement-breakpoint
CREATE POLICY "outside_hit_select" ON "outside_hit" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "outside_hit_insert" ON "outside_hit" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "outside_hit_update" ON "outside_hit" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "outside_hit_delete" ON "outside_hit" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "outside_hit_system" ON "outside_hit" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "outside_hit_public" ON "outside_hit" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "outside_reading_select" ON "outside_reading" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (account_id = (SELECT caller_account()) or owner_area_id = ANY (COALESCE((SELECT may_areas('person.write')), '{}')) or exists (select from person p where p.id = outside_reading.person_id and p.area_id = ANY (COALESCE((SELECT may_areas('person.write')), '{}'))));--> statement-breakpoint
CREATE POLICY "outside_reading_insert" ON "outside_reading" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "outside_reading_update" ON "outside_reading" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "outside_reading_delete" ON "outside_reading" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "outside_reading_system" ON "outside_reading" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "outside_reading_public" ON "outside_reading" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "outside_search_select" ON "outside_search" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (account_id = (SELECT caller_account()));--> statement-breakpoint
CREATE POLICY "outside_search_insert" ON "outside_search" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "outside_search_update" ON "outside_search" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "outside_search_delete" ON "outside_search" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "outside_search_system" ON "outside_search" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "outside_search_public" ON "outside_search" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "person_residence_select" ON "person_residence" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (exists (select from person p where p.id = person_residence.person_id and p.area_id = ANY (COALESCE((SELECT may_areas('person.read')), '{}'))));--> statement-breakpoint
CREATE POLICY "person_residence_insert" ON "person_residence" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "person_residence_update" ON "person_residence" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "person_residence_delete" ON "person_residence" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "person_residence_system" ON "person_residence" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "person_residence_public" ON "person_residence" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (person_id = (SELECT card_person()));--> statement-breakpoint
CREATE POLICY "referral_select" ON "referral" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (from_area_id = ANY (COALESCE((SELECT may_areas('person.write')), '{}')) or to_area_id = ANY (COALESCE((SELECT may_areas('person.write')), '{}')));--> statement-breakpoint
CREATE POLICY "referral_insert" ON "referral" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "referral_update" ON "referral" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "referral_delete" ON "referral" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "referral_system" ON "referral" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "referral_public" ON "referral" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (person_id = (SELECT card_person()));--> statement-breakpoint
CREATE POLICY "referral_step_select" ON "referral_step" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (exists (select from referral f where f.id = referral_step.referral_id));--> statement-breakpoint
CREATE POLICY "referral_step_insert" ON "referral_step" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "referral_step_update" ON "referral_step" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "referral_step_delete" ON "referral_step" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "referral_step_system" ON "referral_step" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "referral_step_public" ON "referral_step" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
-- by hand
SET check_function_bodies = off;--> statement-breakpoint
-- Whom of other units the caller may read at this moment, and by what: a reading they opened for three hours, or a referral to their unit
-- that stands. Who was merged is the record that was kept. Ends with the clock, the grant, the session, the owning unit's word.
CREATE FUNCTION outside_rights() RETURNS TABLE (id uuid, kind text, person_id uuid, why text) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT r.id, 'reading', coalesce(p.merged_into, p.id), r.why
  FROM outside_reading r JOIN person p ON p.id = r.person_id
  WHERE r.account_id = (SELECT caller_account()) AND r.ended_at IS NULL AND r.opened_at <= now() AND r.until > now()
    AND r.reader_area_id = ANY (COALESCE((SELECT may_areas('person.read')), '{}'))
  UNION ALL
  SELECT f.id, 'referral', coalesce(p.merged_into, p.id), f.asks
  FROM referral f JOIN person p ON p.id = f.person_id
  WHERE f.state IN ('open', 'accepted') AND f.expires_at > now()
    AND f.to_area_id = ANY (COALESCE((SELECT may_areas('person.write')), '{}'))
$$;--> statement-breakpoint
-- Of those, whose reading stands in the log of this very transaction, under the caller's name and by that right. A transaction that has written
-- nothing (every page that only reads) has nobody, and pays nothing for it.
CREATE FUNCTION outside_people() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN pg_current_xact_id_if_assigned() IS NULL THEN NULL ELSE (
    SELECT array_agg(r.person_id)
    FROM audit_event e JOIN outside_rights() r ON e.subject_id = r.person_id::text AND e.details->>'outside' = r.id::text
    WHERE e.account_id = (SELECT caller_account()) AND e.at = now() AND e.xmin = pg_current_xact_id_if_assigned()::xid
      AND e.action = 'person.read' AND e.subject_kind = 'person') END
$$;--> statement-breakpoint
RESET check_function_bodies;--> statement-breakpoint
-- A reading is closed and answered, never prolonged or rewritten; its words go when the person does.
CREATE FUNCTION keep_outside_reading() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE'
    OR (NEW.id, NEW.person_id, NEW.account_id, NEW.reader_area_id, NEW.owner_area_id, NEW.why, NEW.opened_at, NEW.until)
      IS DISTINCT FROM (OLD.id, OLD.person_id, OLD.account_id, OLD.reader_area_id, OLD.owner_area_id, OLD.why, OLD.opened_at, OLD.until)
    OR NEW.words NOT IN (OLD.words, '')
    OR OLD.ended_at IS NOT NULL AND (NEW.ended_at, NEW.ended_by) IS DISTINCT FROM (OLD.ended_at, OLD.ended_by) THEN
    RAISE EXCEPTION 'a reading stays as it was opened' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER outside_reading_kept BEFORE UPDATE OR DELETE ON outside_reading FOR EACH ROW EXECUTE FUNCTION keep_outside_reading();--> statement-breakpoint
CREATE TRIGGER referral_step_appended BEFORE UPDATE OR DELETE ON referral_step FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
-- A referral goes one way, between the two units it was written for. It is sent again by a new one.
CREATE FUNCTION check_referral_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.from_area_id, NEW.to_area_id, NEW.why, NEW.asks, NEW.consent_id, NEW.sent_at)
      IS DISTINCT FROM (OLD.from_area_id, OLD.to_area_id, OLD.why, OLD.asks, OLD.consent_id, OLD.sent_at) THEN
    RAISE EXCEPTION 'a referral stays as it was sent' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state <> OLD.state AND NOT (
    OLD.state = 'open' AND NEW.state IN ('accepted', 'rejected', 'withdrawn')
    OR OLD.state = 'accepted' AND NEW.state IN ('done', 'withdrawn')) THEN
    RAISE EXCEPTION 'no referral goes from % to %', OLD.state, NEW.state USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER referral_state BEFORE UPDATE ON referral FOR EACH ROW EXECUTE FUNCTION check_referral_state();--> statement-breakpoint
ALTER TABLE outside_search FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE outside_hit FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE outside_reading FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE referral FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE referral_step FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE person_residence FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER POLICY "enrolment_select" ON "enrolment" TO camtay_app USING (area_id = ANY (COALESCE((SELECT may_areas('roster.read')), '{}')) or person_id = ANY (COALESCE((SELECT outside_people()), '{}')));--> statement-breakpoint
ALTER POLICY "consent_select" ON "consent" TO camtay_app USING (exists (select from person p where p.id = consent.person_id) and not person_id = ANY (COALESCE((SELECT outside_people()), '{}')));--> statement-breakpoint
ALTER POLICY "person_select" ON "person" TO camtay_app USING (area_id = ANY (COALESCE((SELECT may_areas('person.read')), '{}')) or id = ANY (COALESCE((SELECT outside_people()), '{}')) or exists (select from enrolment e where e.person_id = person.id) or exists (select from attendance a where a.person_id = person.id));--> statement-breakpoint
ALTER POLICY "attendance_select" ON "attendance" TO camtay_app USING (area_id = ANY (COALESCE((SELECT may_areas('roster.read')), '{}')) or person_id = ANY (COALESCE((SELECT outside_people()), '{}')));--> statement-breakpoint
ALTER POLICY "skill_observation_select" ON "skill_observation" TO camtay_app USING (area_id = ANY (COALESCE((SELECT may_areas('roster.read')), '{}')) or person_id = ANY (COALESCE((SELECT outside_people()), '{}')));