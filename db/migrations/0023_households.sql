CREATE TABLE "household" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"area_id" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid
);
--> statement-breakpoint
ALTER TABLE "household" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "household_member" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"household_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"joined_at" timestamp with time zone DEFAULT now() NOT NULL,
	"added_by" uuid,
	"left_at" timestamp with time zone,
	"removed_by" uuid,
	CONSTRAINT "household_member_in_order" CHECK (left_at >= joined_at),
	CONSTRAINT "household_member_removed_whole" CHECK (removed_by is null or left_at is not null)
);
--> statement-breakpoint
ALTER TABLE "household_member" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "household" ADD CONSTRAINT "household_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household" ADD CONSTRAINT "household_created_by_account_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_member" ADD CONSTRAINT "household_member_household_id_household_id_fk" FOREIGN KEY ("household_id") REFERENCES "public"."household"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_member" ADD CONSTRAINT "household_member_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_member" ADD CONSTRAINT "household_member_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_member" ADD CONSTRAINT "household_member_added_by_account_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "household_member" ADD CONSTRAINT "household_member_removed_by_account_id_fk" FOREIGN KEY ("removed_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "household_area_idx" ON "household" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "household_created_by_idx" ON "household" USING btree ("created_by");--> statement-breakpoint
CREATE UNIQUE INDEX "household_member_one_idx" ON "household_member" USING btree ("person_id") WHERE left_at is null;--> statement-breakpoint
CREATE INDEX "household_member_household_idx" ON "household_member" USING btree ("household_id");--> statement-breakpoint
CREATE INDEX "household_member_person_idx" ON "household_member" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "household_member_area_idx" ON "household_member" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "household_member_added_by_idx" ON "household_member" USING btree ("added_by");--> statement-breakpoint
CREATE INDEX "household_member_removed_by_idx" ON "household_member" USING btree ("removed_by");--> statement-breakpoint
CREATE POLICY "household_select" ON "household" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('person.read')), '{}')));--> statement-breakpoint
CREATE POLICY "household_insert" ON "household" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('person.write')), '{}')));--> statement-breakpoint
CREATE POLICY "household_update" ON "household" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('person.write')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('person.write')), '{}')));--> statement-breakpoint
CREATE POLICY "household_delete" ON "household" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "household_system" ON "household" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "household_public" ON "household" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "household_member_select" ON "household_member" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('person.read')), '{}')));--> statement-breakpoint
CREATE POLICY "household_member_insert" ON "household_member" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('person.write')), '{}')) and person_in_reach(person_id) and exists (select from household h where h.id = household_member.household_id and h.area_id = household_member.area_id));--> statement-breakpoint
CREATE POLICY "household_member_update" ON "household_member" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('person.write')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('person.write')), '{}')));--> statement-breakpoint
CREATE POLICY "household_member_delete" ON "household_member" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "household_member_system" ON "household_member" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "household_member_public" ON "household_member" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (person_id = (SELECT card_person()));--> statement-breakpoint
-- by hand
ALTER TABLE household FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE household_member FORCE ROW LEVEL SECURITY;
