CREATE TABLE "desk" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"area_id" integer NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	"way_there" text DEFAULT '' NOT NULL,
	"retired_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	CONSTRAINT "desk_kind_known" CHECK (kind in ('service_centre', 'culture_house', 'mobile_point'))
);
--> statement-breakpoint
ALTER TABLE "desk" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "desk_assist" (
	"id" uuid PRIMARY KEY NOT NULL,
	"desk_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"need_code" text NOT NULL,
	"need_version" integer NOT NULL,
	"level" integer NOT NULL,
	"minutes" integer NOT NULL,
	"referred_to" text,
	"person_id" uuid,
	"invite" boolean DEFAULT false NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"logged_by" uuid,
	"undone_at" timestamp with time zone,
	CONSTRAINT "desk_assist_level_range" CHECK (level between 0 and 4),
	CONSTRAINT "desk_assist_minutes_range" CHECK (minutes between 1 and 240),
	CONSTRAINT "desk_assist_referred_known" CHECK (referred_to in ('police', 'one_stop', 'bank', 'telecom', 'class', 'home_visit', 'elsewhere')),
	CONSTRAINT "desk_assist_invites_somebody" CHECK (person_id is not null or not invite)
);
--> statement-breakpoint
ALTER TABLE "desk_assist" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "desk_dismissal" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"area_id" integer NOT NULL,
	"desk_id" uuid,
	"need_code" text NOT NULL,
	"reason" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"by" uuid,
	CONSTRAINT "desk_dismissal_says_why" CHECK (reason <> '')
);
--> statement-breakpoint
ALTER TABLE "desk_dismissal" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "desk_hours" (
	"desk_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"weekday" integer NOT NULL,
	"opens" time NOT NULL,
	"closes" time NOT NULL,
	CONSTRAINT "desk_hours_desk_id_weekday_opens_pk" PRIMARY KEY("desk_id","weekday","opens"),
	CONSTRAINT "desk_hours_weekday_range" CHECK (weekday between 1 and 7),
	CONSTRAINT "desk_hours_in_order" CHECK (closes > opens)
);
--> statement-breakpoint
ALTER TABLE "desk_hours" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "desk_need" (
	"code" text NOT NULL,
	"version" integer NOT NULL,
	"position" integer NOT NULL,
	"name_vi" text NOT NULL,
	"name_en" text NOT NULL,
	"hint_vi" text DEFAULT '' NOT NULL,
	"hint_en" text DEFAULT '' NOT NULL,
	"course_id" uuid,
	"used_from" timestamp with time zone DEFAULT now() NOT NULL,
	"replaced_at" timestamp with time zone,
	CONSTRAINT "desk_need_code_version_pk" PRIMARY KEY("code","version"),
	CONSTRAINT "desk_need_code_shape" CHECK (code ~ '^[a-z][a-z_]{1,29}$')
);
--> statement-breakpoint
ALTER TABLE "desk_need" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "desk_shift" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"desk_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"account_id" uuid,
	"member_id" uuid,
	"who_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"planned_at" timestamp with time zone DEFAULT now() NOT NULL,
	"planned_by" uuid,
	"called_off_at" timestamp with time zone,
	"called_off_by" uuid,
	CONSTRAINT "desk_shift_one_person" CHECK (num_nonnulls(account_id, member_id) = 1),
	CONSTRAINT "desk_shift_length" CHECK (ends_at > starts_at and ends_at <= starts_at + interval '16 hours'),
	CONSTRAINT "desk_shift_called_off_whole" CHECK (called_off_by is null or called_off_at is not null)
);
--> statement-breakpoint
ALTER TABLE "desk_shift" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "desk" ADD CONSTRAINT "desk_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk" ADD CONSTRAINT "desk_created_by_account_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_assist" ADD CONSTRAINT "desk_assist_desk_id_desk_id_fk" FOREIGN KEY ("desk_id") REFERENCES "public"."desk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_assist" ADD CONSTRAINT "desk_assist_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_assist" ADD CONSTRAINT "desk_assist_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_assist" ADD CONSTRAINT "desk_assist_logged_by_account_id_fk" FOREIGN KEY ("logged_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_assist" ADD CONSTRAINT "desk_assist_need_code_need_version_desk_need_code_version_fk" FOREIGN KEY ("need_code","need_version") REFERENCES "public"."desk_need"("code","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_dismissal" ADD CONSTRAINT "desk_dismissal_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_dismissal" ADD CONSTRAINT "desk_dismissal_desk_id_desk_id_fk" FOREIGN KEY ("desk_id") REFERENCES "public"."desk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_dismissal" ADD CONSTRAINT "desk_dismissal_by_account_id_fk" FOREIGN KEY ("by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_hours" ADD CONSTRAINT "desk_hours_desk_id_desk_id_fk" FOREIGN KEY ("desk_id") REFERENCES "public"."desk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_hours" ADD CONSTRAINT "desk_hours_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_need" ADD CONSTRAINT "desk_need_course_id_course_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."course"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_shift" ADD CONSTRAINT "desk_shift_desk_id_desk_id_fk" FOREIGN KEY ("desk_id") REFERENCES "public"."desk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_shift" ADD CONSTRAINT "desk_shift_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_shift" ADD CONSTRAINT "desk_shift_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_shift" ADD CONSTRAINT "desk_shift_member_id_team_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."team_member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_shift" ADD CONSTRAINT "desk_shift_planned_by_account_id_fk" FOREIGN KEY ("planned_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_shift" ADD CONSTRAINT "desk_shift_called_off_by_account_id_fk" FOREIGN KEY ("called_off_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "desk_area_idx" ON "desk" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "desk_created_by_idx" ON "desk" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "desk_assist_desk_idx" ON "desk_assist" USING btree ("desk_id","at");--> statement-breakpoint
CREATE INDEX "desk_assist_area_idx" ON "desk_assist" USING btree ("area_id","at");--> statement-breakpoint
CREATE INDEX "desk_assist_need_idx" ON "desk_assist" USING btree ("need_code","need_version");--> statement-breakpoint
CREATE INDEX "desk_assist_person_idx" ON "desk_assist" USING btree ("person_id") WHERE person_id is not null;--> statement-breakpoint
CREATE INDEX "desk_assist_logged_by_idx" ON "desk_assist" USING btree ("logged_by","at");--> statement-breakpoint
CREATE INDEX "desk_dismissal_area_idx" ON "desk_dismissal" USING btree ("area_id","need_code","at");--> statement-breakpoint
CREATE INDEX "desk_dismissal_desk_idx" ON "desk_dismissal" USING btree ("desk_id");--> statement-breakpoint
CREATE INDEX "desk_dismissal_by_idx" ON "desk_dismissal" USING btree ("by");--> statement-breakpoint
CREATE INDEX "desk_hours_area_idx" ON "desk_hours" USING btree ("area_id");--> statement-breakpoint
CREATE UNIQUE INDEX "desk_need_current_idx" ON "desk_need" USING btree ("code") WHERE replaced_at is null;--> statement-breakpoint
CREATE INDEX "desk_need_course_idx" ON "desk_need" USING btree ("course_id");--> statement-breakpoint
CREATE INDEX "desk_shift_desk_idx" ON "desk_shift" USING btree ("desk_id","starts_at");--> statement-breakpoint
CREATE INDEX "desk_shift_area_idx" ON "desk_shift" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "desk_shift_account_idx" ON "desk_shift" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "desk_shift_member_idx" ON "desk_shift" USING btree ("member_id");--> statement-breakpoint
CREATE INDEX "desk_shift_planned_by_idx" ON "desk_shift" USING btree ("planned_by");--> statement-breakpoint
CREATE INDEX "desk_shift_called_off_by_idx" ON "desk_shift" USING btree ("called_off_by");--> statement-breakpoint
CREATE POLICY "desk_select" ON "desk" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('desk.log')), '{}')));--> statement-breakpoint
CREATE POLICY "desk_insert" ON "desk" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('desk.manage')), '{}')));--> statement-breakpoint
CREATE POLICY "desk_update" ON "desk" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('desk.manage')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('desk.manage')), '{}')));--> statement-breakpoint
CREATE POLICY "desk_delete" ON "desk" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "desk_system" ON "desk" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "desk_public" ON "desk" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "desk_assist_select" ON "desk_assist" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('desk.log')), '{}')));--> statement-breakpoint
CREATE POLICY "desk_assist_insert" ON "desk_assist" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('desk.log')), '{}')) and exists (select from desk d where d.id = desk_assist.desk_id and d.area_id = desk_assist.area_id) and (person_id is null or person_in_reach(person_id)));--> statement-breakpoint
CREATE POLICY "desk_assist_update" ON "desk_assist" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('desk.log')), '{}')) and logged_by = (SELECT caller_account()) and (person_id is null or person_in_reach(person_id))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('desk.log')), '{}')) and logged_by = (SELECT caller_account()) and (person_id is null or person_in_reach(person_id)));--> statement-breakpoint
CREATE POLICY "desk_assist_delete" ON "desk_assist" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "desk_assist_system" ON "desk_assist" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "desk_assist_public" ON "desk_assist" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "desk_dismissal_select" ON "desk_dismissal" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('desk.log')), '{}')));--> statement-breakpoint
CREATE POLICY "desk_dismissal_insert" ON "desk_dismissal" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('desk.manage')), '{}')) and (desk_id is null or exists (select from desk d where d.id = desk_dismissal.desk_id and d.area_id = desk_dismissal.area_id)));--> statement-breakpoint
CREATE POLICY "desk_dismissal_update" ON "desk_dismissal" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "desk_dismissal_delete" ON "desk_dismissal" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "desk_dismissal_system" ON "desk_dismissal" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "desk_dismissal_public" ON "desk_dismissal" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "desk_hours_select" ON "desk_hours" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('desk.log')), '{}')));--> statement-breakpoint
CREATE POLICY "desk_hours_insert" ON "desk_hours" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('desk.manage')), '{}')) and exists (select from desk d where d.id = desk_hours.desk_id and d.area_id = desk_hours.area_id));--> statement-breakpoint
CREATE POLICY "desk_hours_update" ON "desk_hours" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "desk_hours_delete" ON "desk_hours" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('desk.manage')), '{}')));--> statement-breakpoint
CREATE POLICY "desk_hours_system" ON "desk_hours" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "desk_hours_public" ON "desk_hours" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "desk_need_select" ON "desk_need" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (true);--> statement-breakpoint
CREATE POLICY "desk_need_insert" ON "desk_need" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "desk_need_update" ON "desk_need" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "desk_need_delete" ON "desk_need" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "desk_need_system" ON "desk_need" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "desk_need_public" ON "desk_need" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "desk_shift_select" ON "desk_shift" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('desk.log')), '{}')));--> statement-breakpoint
CREATE POLICY "desk_shift_insert" ON "desk_shift" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('desk.manage')), '{}')) and exists (select from desk d where d.id = desk_shift.desk_id and d.area_id = desk_shift.area_id));--> statement-breakpoint
CREATE POLICY "desk_shift_update" ON "desk_shift" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('desk.manage')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('desk.manage')), '{}')));--> statement-breakpoint
CREATE POLICY "desk_shift_delete" ON "desk_shift" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "desk_shift_system" ON "desk_shift" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "desk_shift_public" ON "desk_shift" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
-- by hand
ALTER TABLE desk_need FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE desk FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE desk_hours FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE desk_shift FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE desk_assist FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE desk_dismissal FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- A member who has an account is the same person as the account.
CREATE FUNCTION desk_shift_says_who() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.who_id := coalesce(NEW.account_id, (SELECT m.account_id FROM team_member m WHERE m.id = NEW.member_id), NEW.member_id);
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER desk_shift_says_who BEFORE INSERT OR UPDATE ON desk_shift
  FOR EACH ROW EXECUTE FUNCTION desk_shift_says_who();--> statement-breakpoint
-- Nobody is on duty at two desks at once, whoever plans it and wherever the desks are.
ALTER TABLE desk_shift ADD CONSTRAINT desk_shift_free EXCLUDE USING gist (
  who_id WITH =, tstzrange(starts_at, ends_at) WITH &&
) WHERE (called_off_at IS NULL);--> statement-breakpoint
-- A desk's hours of one day do not overlap.
ALTER TABLE desk_hours ADD CONSTRAINT desk_hours_apart EXCLUDE USING gist (
  desk_id WITH =, weekday WITH =, int4range(extract(epoch FROM opens)::int, extract(epoch FROM closes)::int) WITH &&
);
