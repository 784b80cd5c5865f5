CREATE TABLE "person_merge" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kept_id" uuid NOT NULL,
	"merged_id" uuid NOT NULL,
	"moved" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by" uuid NOT NULL,
	"undone_at" timestamp with time zone,
	"undone_by" uuid,
	CONSTRAINT "person_merge_two_people" CHECK (kept_id <> merged_id),
	CONSTRAINT "person_merge_undone_whole" CHECK ((undone_at is null) = (undone_by is null))
);
--> statement-breakpoint
ALTER TABLE "person_merge" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "person_pair" (
	"low_id" uuid NOT NULL,
	"high_id" uuid NOT NULL,
	"state" text NOT NULL,
	"later_until" timestamp with time zone,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"decided_by" uuid,
	CONSTRAINT "person_pair_low_id_high_id_pk" PRIMARY KEY("low_id","high_id"),
	CONSTRAINT "person_pair_in_order" CHECK (low_id < high_id),
	CONSTRAINT "person_pair_state_known" CHECK (state in ('not_same', 'later')),
	CONSTRAINT "person_pair_later_whole" CHECK ((state = 'later') = (later_until is not null))
);
--> statement-breakpoint
ALTER TABLE "person_pair" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "person_merge" ADD CONSTRAINT "person_merge_kept_id_person_id_fk" FOREIGN KEY ("kept_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_merge" ADD CONSTRAINT "person_merge_merged_id_person_id_fk" FOREIGN KEY ("merged_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_merge" ADD CONSTRAINT "person_merge_by_account_id_fk" FOREIGN KEY ("by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_merge" ADD CONSTRAINT "person_merge_undone_by_account_id_fk" FOREIGN KEY ("undone_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_pair" ADD CONSTRAINT "person_pair_low_id_person_id_fk" FOREIGN KEY ("low_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_pair" ADD CONSTRAINT "person_pair_high_id_person_id_fk" FOREIGN KEY ("high_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_pair" ADD CONSTRAINT "person_pair_decided_by_account_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "person_merge_standing_idx" ON "person_merge" USING btree ("merged_id") WHERE undone_at is null;--> statement-breakpoint
CREATE INDEX "person_merge_kept_idx" ON "person_merge" USING btree ("kept_id","at");--> statement-breakpoint
CREATE INDEX "person_merge_merged_idx" ON "person_merge" USING btree ("merged_id");--> statement-breakpoint
CREATE INDEX "person_merge_by_idx" ON "person_merge" USING btree ("by");--> statement-breakpoint
CREATE INDEX "person_merge_undone_by_idx" ON "person_merge" USING btree ("undone_by");--> statement-breakpoint
CREATE INDEX "person_pair_high_idx" ON "person_pair" USING btree ("high_id");--> statement-breakpoint
CREATE INDEX "person_pair_decided_by_idx" ON "person_pair" USING btree ("decided_by");--> statement-breakpoint
CREATE POLICY "person_merge_select" ON "person_merge" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "person_merge_insert" ON "person_merge" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "person_merge_update" ON "person_merge" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "person_merge_delete" ON "person_merge" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "person_merge_system" ON "person_merge" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "person_merge_public" ON "person_merge" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "person_pair_select" ON "person_pair" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "person_pair_insert" ON "person_pair" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "person_pair_update" ON "person_pair" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "person_pair_delete" ON "person_pair" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "person_pair_system" ON "person_pair" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "person_pair_public" ON "person_pair" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
-- by hand
ALTER TABLE person_pair FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE person_merge FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- An observation is never changed or taken away. Whose it is may be found to be somebody else (a merge, or its undoing), and its
-- words are erased with those of somebody who withdrew; both by the system role alone.
CREATE FUNCTION refuse_change_but_whose() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_user = 'camtay_system' THEN
    IF to_jsonb(NEW) - 'person_id' - 'help' = to_jsonb(OLD) - 'person_id' - 'help' AND NEW.help IN (OLD.help, '') THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;--> statement-breakpoint
DROP TRIGGER skill_observation_appended ON skill_observation;--> statement-breakpoint
CREATE TRIGGER skill_observation_appended BEFORE UPDATE OR DELETE ON skill_observation FOR EACH ROW EXECUTE FUNCTION refuse_change_but_whose();--> statement-breakpoint
-- A device that knows somebody by the record that was merged away speaks of the one that was kept; who is not known yet walks in later.
CREATE FUNCTION register_operation_of_kept() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.person_id := coalesce((SELECT p.merged_into FROM person p WHERE p.id = NEW.person_id), NEW.person_id);
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER register_operation_of_kept BEFORE INSERT ON register_operation FOR EACH ROW
  WHEN (NEW.person_id IS NOT NULL) EXECUTE FUNCTION register_operation_of_kept();--> statement-breakpoint
-- The one way back from a final state: a place that ended because its owner stood twice in one class comes back when it turns
-- out that they were two people.
CREATE OR REPLACE FUNCTION check_enrolment_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last_step integer; last_status text; last_reason text;
BEGIN
  NEW.step := 1;
  IF NEW.from_status IS NOT NULL THEN
    SELECT v.step, v.to_status, v.reason_code INTO last_step, last_status, last_reason FROM enrolment_event v WHERE v.enrolment_id = NEW.enrolment_id ORDER BY v.step DESC LIMIT 1;
    IF last_status IS DISTINCT FROM NEW.from_status THEN
      RAISE EXCEPTION 'the enrolment stands at %, not at %', last_status, NEW.from_status USING ERRCODE = 'check_violation';
    END IF;
    NEW.step := last_step + 1;
  END IF;
  IF NOT (enrolment_step_allowed(NEW.from_status, NEW.to_status)
      OR NEW.from_status = 'cancelled' AND last_reason IS NOT DISTINCT FROM 'merged' AND NEW.reason_code IS NOT DISTINCT FROM 'undone'
        AND NEW.to_status IN ('waitlisted', 'offered', 'confirmed')) THEN
    RAISE EXCEPTION 'no enrolment goes from % to %', NEW.from_status, NEW.to_status USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION check_enrolment_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF enrolment_step_allowed(OLD.status, NEW.status) THEN RETURN NEW; END IF;
  IF OLD.status = 'cancelled' THEN
    PERFORM FROM (SELECT v.to_status, v.reason_code, v.from_status FROM enrolment_event v WHERE v.enrolment_id = NEW.id ORDER BY v.step DESC LIMIT 1) v
      WHERE v.to_status = NEW.status AND v.from_status = 'cancelled' AND v.reason_code = 'undone';
    IF FOUND THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION 'no enrolment goes from % to %', OLD.status, NEW.status USING ERRCODE = 'check_violation';
END $$;
