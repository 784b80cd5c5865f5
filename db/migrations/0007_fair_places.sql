CREATE TABLE "person_need" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"consent_id" uuid NOT NULL,
	"recorded_by" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "person_need_kind_known" CHECK (kind in ('disability', 'poor_household'))
);
--> statement-breakpoint
ALTER TABLE "person_need" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "class" DROP CONSTRAINT "class_never_oversold";--> statement-breakpoint
DROP INDEX "enrolment_event_enrolment_idx";--> statement-breakpoint
ALTER TABLE "class" ADD COLUMN "reserved_places" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "class" ADD COLUMN "reserved_for" text;--> statement-breakpoint
ALTER TABLE "class" ADD COLUMN "reserved_released_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "enrolment" ADD COLUMN "reserved" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "enrolment" ADD COLUMN "offer_by" text;--> statement-breakpoint
ALTER TABLE "enrolment_event" ADD COLUMN "step" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "enrolment_event" ADD COLUMN "on_behalf_of" uuid;--> statement-breakpoint
ALTER TABLE "enrolment_event" ADD COLUMN "reason_code" text;--> statement-breakpoint
ALTER TABLE "enrolment_event" ADD COLUMN "idempotency_key" uuid;--> statement-breakpoint
ALTER TABLE "person_need" ADD CONSTRAINT "person_need_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_need" ADD CONSTRAINT "person_need_consent_id_consent_id_fk" FOREIGN KEY ("consent_id") REFERENCES "public"."consent"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_need" ADD CONSTRAINT "person_need_recorded_by_account_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "person_need_one_idx" ON "person_need" USING btree ("person_id","kind") WHERE withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "person_need_person_idx" ON "person_need" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "person_need_consent_idx" ON "person_need" USING btree ("consent_id");--> statement-breakpoint
CREATE INDEX "person_need_recorded_by_idx" ON "person_need" USING btree ("recorded_by") WHERE recorded_by is not null;--> statement-breakpoint
ALTER TABLE "enrolment_event" ADD CONSTRAINT "enrolment_event_on_behalf_of_person_id_fk" FOREIGN KEY ("on_behalf_of") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "enrolment_offer_idx" ON "enrolment" USING btree ("offer_expires_at") WHERE status = 'offered';--> statement-breakpoint
-- Steps already written are numbered in their order; the table is append-only for everybody else.
ALTER TABLE enrolment_event NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE enrolment_event DISABLE TRIGGER enrolment_event_appended;--> statement-breakpoint
UPDATE enrolment_event v SET step = n.step FROM (
  SELECT id, row_number() OVER (PARTITION BY enrolment_id ORDER BY at, from_status IS NOT NULL, id) AS step FROM enrolment_event) n
WHERE n.id = v.id;--> statement-breakpoint
ALTER TABLE enrolment_event ENABLE TRIGGER enrolment_event_appended;--> statement-breakpoint
ALTER TABLE enrolment_event FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE UNIQUE INDEX "enrolment_event_step_idx" ON "enrolment_event" USING btree ("enrolment_id","step");--> statement-breakpoint
CREATE UNIQUE INDEX "enrolment_event_key_idx" ON "enrolment_event" USING btree ("idempotency_key") WHERE idempotency_key is not null;--> statement-breakpoint
CREATE INDEX "enrolment_event_on_behalf_idx" ON "enrolment_event" USING btree ("on_behalf_of") WHERE on_behalf_of is not null;--> statement-breakpoint
ALTER TABLE "class" ADD CONSTRAINT "class_overbooked_capped" CHECK (seats_overbooked <= greatest(2, capacity / 10));--> statement-breakpoint
ALTER TABLE "class" ADD CONSTRAINT "class_offer_hours_range" CHECK (offer_hours between 0 and 168);--> statement-breakpoint
ALTER TABLE "class" ADD CONSTRAINT "class_reserved_for_known" CHECK (reserved_for in ('over_60', 'own_village', 'disability', 'poor_household'));--> statement-breakpoint
ALTER TABLE "class" ADD CONSTRAINT "class_reserved_whole" CHECK (reserved_places between 0 and capacity and (reserved_places > 0) = (reserved_for is not null));--> statement-breakpoint
ALTER TABLE "class" ADD CONSTRAINT "class_never_oversold" CHECK (seats_confirmed + seats_offered + seats_held + seats_reserved <= capacity + seats_overbooked);--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_offer_whole" CHECK ((status = 'offered') = (offer_expires_at is not null) and (status = 'offered') = (offer_by is not null));--> statement-breakpoint
ALTER TABLE "enrolment_event" ADD CONSTRAINT "enrolment_event_reason_known" CHECK (reason_code in ('signed_up', 'left', 'turn', 'turn_missed', 'turn_group', 'accepted', 'declined', 'expired', 'class_cancelled', 'moved', 'merged', 'overbooked'));--> statement-breakpoint
CREATE POLICY "person_need_select" ON "person_need" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "person_need_insert" ON "person_need" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "person_need_update" ON "person_need" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "person_need_delete" ON "person_need" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "person_need_system" ON "person_need" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "person_need_public" ON "person_need" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
-- The table of transitions, as lib/enrolment/rules.ts has it (tests/enrolment/steps.test.ts compares all pairs).
CREATE FUNCTION enrolment_step_allowed(was text, becomes text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN was IS NULL THEN becomes IN ('waitlisted', 'confirmed')
    WHEN was = 'waitlisted' THEN becomes IN ('offered', 'confirmed', 'cancelled', 'class_cancelled', 'moved')
    WHEN was = 'offered' THEN becomes IN ('confirmed', 'offer_declined', 'offer_expired', 'cancelled', 'class_cancelled', 'moved')
    WHEN was = 'confirmed' THEN becomes IN ('completed', 'partial', 'no_show', 'cancelled', 'class_cancelled', 'moved')
    ELSE false
  END
$$;--> statement-breakpoint
-- Numbers the steps of an enrolment and refuses one that is not allowed, or does not begin where the last one ended.
CREATE FUNCTION check_enrolment_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last record;
BEGIN
  IF NOT enrolment_step_allowed(NEW.from_status, NEW.to_status) THEN
    RAISE EXCEPTION 'no enrolment goes from % to %', NEW.from_status, NEW.to_status USING ERRCODE = 'check_violation';
  END IF;
  NEW.step := 1;
  IF NEW.from_status IS NOT NULL THEN
    SELECT v.step, v.to_status INTO last FROM enrolment_event v WHERE v.enrolment_id = NEW.enrolment_id ORDER BY v.step DESC LIMIT 1;
    IF last.to_status IS DISTINCT FROM NEW.from_status THEN
      RAISE EXCEPTION 'the enrolment stands at %, not at %', last.to_status, NEW.from_status USING ERRCODE = 'check_violation';
    END IF;
    NEW.step := last.step + 1;
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER enrolment_event_step BEFORE INSERT ON enrolment_event FOR EACH ROW EXECUTE FUNCTION check_enrolment_step();--> statement-breakpoint
-- The copy follows the same table, whoever changes it.
CREATE FUNCTION check_enrolment_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT enrolment_step_allowed(OLD.status, NEW.status) THEN
    RAISE EXCEPTION 'no enrolment goes from % to %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
-- After, not before: see class_revised.
CREATE TRIGGER enrolment_state_step AFTER UPDATE OF status ON enrolment FOR EACH ROW WHEN (OLD.status <> NEW.status) EXECUTE FUNCTION check_enrolment_state();
