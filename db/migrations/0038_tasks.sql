CREATE TABLE "person_pause" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid,
	"household_id" uuid,
	"area_id" integer NOT NULL,
	"reason" text NOT NULL,
	"until" timestamp with time zone,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by" uuid,
	"ended_at" timestamp with time zone,
	"ended_by" uuid,
	CONSTRAINT "person_pause_of_one" CHECK (num_nonnulls(person_id, household_id) = 1),
	CONSTRAINT "person_pause_reason_known" CHECK (reason in ('refused', 'away', 'later', 'unsafe', 'moved', 'died', 'other')),
	CONSTRAINT "person_pause_for_good" CHECK (until is not null or reason in ('moved', 'died'))
);
--> statement-breakpoint
ALTER TABLE "person_pause" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "task_given" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"person_id" uuid,
	"fact" text NOT NULL,
	"area_id" integer NOT NULL,
	"member_id" uuid,
	"account_id" uuid,
	"given_at" timestamp with time zone DEFAULT now() NOT NULL,
	"given_by" uuid,
	"until" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" uuid,
	CONSTRAINT "task_given_key_shape" CHECK (kind ~ '^[a-z][a-z_]{1,29}$' and char_length(fact) between 1 and 120),
	CONSTRAINT "task_given_to_somebody" CHECK (num_nonnulls(member_id, account_id) > 0),
	CONSTRAINT "task_given_for_a_while" CHECK (until > given_at and until <= given_at + interval '62 days')
);
--> statement-breakpoint
ALTER TABLE "task_given" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "task_work" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"person_id" uuid,
	"fact" text NOT NULL,
	"area_id" integer NOT NULL,
	"outcome" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by" uuid,
	CONSTRAINT "task_work_key_shape" CHECK (kind ~ '^[a-z][a-z_]{1,29}$' and char_length(fact) between 1 and 120),
	CONSTRAINT "task_work_outcome_known" CHECK (outcome in ('done', 'not_home', 'refused', 'moved', 'died', 'unsafe', 'wrong_details'))
);
--> statement-breakpoint
ALTER TABLE "task_work" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "person_pause" ADD CONSTRAINT "person_pause_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_pause" ADD CONSTRAINT "person_pause_household_id_household_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."household"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_pause" ADD CONSTRAINT "person_pause_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_pause" ADD CONSTRAINT "person_pause_by_account_id_fk" FOREIGN KEY ("by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_pause" ADD CONSTRAINT "person_pause_ended_by_account_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_given" ADD CONSTRAINT "task_given_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_given" ADD CONSTRAINT "task_given_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_given" ADD CONSTRAINT "task_given_member_id_team_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."team_member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_given" ADD CONSTRAINT "task_given_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_given" ADD CONSTRAINT "task_given_given_by_account_id_fk" FOREIGN KEY ("given_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_given" ADD CONSTRAINT "task_given_ended_by_account_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_work" ADD CONSTRAINT "task_work_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_work" ADD CONSTRAINT "task_work_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_work" ADD CONSTRAINT "task_work_by_account_id_fk" FOREIGN KEY ("by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "person_pause_person_idx" ON "person_pause" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "person_pause_household_idx" ON "person_pause" USING btree ("household_id");--> statement-breakpoint
CREATE INDEX "person_pause_area_idx" ON "person_pause" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "person_pause_by_idx" ON "person_pause" USING btree ("by");--> statement-breakpoint
CREATE INDEX "person_pause_ended_by_idx" ON "person_pause" USING btree ("ended_by");--> statement-breakpoint
CREATE INDEX "task_given_person_idx" ON "task_given" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "task_given_fact_idx" ON "task_given" USING btree ("fact");--> statement-breakpoint
CREATE INDEX "task_given_area_idx" ON "task_given" USING btree ("area_id","given_at");--> statement-breakpoint
CREATE INDEX "task_given_member_idx" ON "task_given" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "task_given_account_idx" ON "task_given" USING btree ("account_id","until");--> statement-breakpoint
CREATE INDEX "task_given_given_by_idx" ON "task_given" USING btree ("given_by");--> statement-breakpoint
CREATE INDEX "task_given_ended_by_idx" ON "task_given" USING btree ("ended_by");--> statement-breakpoint
CREATE INDEX "task_work_person_idx" ON "task_work" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "task_work_fact_idx" ON "task_work" USING btree ("fact");--> statement-breakpoint
CREATE INDEX "task_work_area_idx" ON "task_work" USING btree ("area_id","at");--> statement-breakpoint
CREATE INDEX "task_work_by_idx" ON "task_work" USING btree ("by");--> statement-breakpoint
CREATE POLICY "person_pause_select" ON "person_pause" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}')));--> statement-breakpoint
CREATE POLICY "person_pause_insert" ON "person_pause" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}')) and by = (SELECT caller_account()) and (person_id is null or person_in_reach(person_id) or exists (select from task_given given where given.person_id = person_pause.person_id and given.account_id = (SELECT caller_account()) and given.ended_at is null and given.until > now())));--> statement-breakpoint
CREATE POLICY "person_pause_update" ON "person_pause" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}')));--> statement-breakpoint
CREATE POLICY "person_pause_delete" ON "person_pause" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "person_pause_system" ON "person_pause" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "person_pause_public" ON "person_pause" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "task_given_select" ON "task_given" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) or account_id = (SELECT caller_account()));--> statement-breakpoint
CREATE POLICY "task_given_insert" ON "task_given" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) and given_by = (SELECT caller_account()) and (person_id is null or person_in_reach(person_id)));--> statement-breakpoint
CREATE POLICY "task_given_update" ON "task_given" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "task_given_delete" ON "task_given" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "task_given_system" ON "task_given" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "task_given_public" ON "task_given" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "task_work_select" ON "task_work" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) or by = (SELECT caller_account()));--> statement-breakpoint
CREATE POLICY "task_work_insert" ON "task_work" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}')) and by = (SELECT caller_account()) and (person_id is null or person_in_reach(person_id) or exists (select from task_given given where given.person_id = task_work.person_id and given.account_id = (SELECT caller_account()) and given.ended_at is null and given.until > now())));--> statement-breakpoint
CREATE POLICY "task_work_update" ON "task_work" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "task_work_delete" ON "task_work" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "task_work_system" ON "task_work" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "task_work_public" ON "task_work" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
ALTER POLICY "person_select" ON "person" TO camtay_app USING (area_id = ANY (COALESCE((SELECT may_areas('person.read')), '{}')) or id = ANY (COALESCE((SELECT outside_people()), '{}')) or exists (select from enrolment e where e.person_id = person.id) or exists (select from attendance a where a.person_id = person.id) or exists (select from task_given given where given.person_id = person.id and given.account_id = (SELECT caller_account()) and given.ended_at is null and given.until > now()));--> statement-breakpoint
-- by hand
ALTER TABLE task_work FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE task_given FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE person_pause FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- What is given to a member is their account's to see, if they have one.
CREATE FUNCTION task_given_says_whose() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NEW.member_id IS NOT NULL THEN
    NEW.account_id := (SELECT m.account_id FROM team_member m WHERE m.id = NEW.member_id);
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER task_given_says_whose BEFORE INSERT ON task_given
  FOR EACH ROW EXECUTE FUNCTION task_given_says_whose();
