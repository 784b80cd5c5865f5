CREATE TABLE "team_member_away" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"member_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"first_day" date NOT NULL,
	"last_day" date NOT NULL,
	"said_at" timestamp with time zone DEFAULT now() NOT NULL,
	"said_by" uuid,
	CONSTRAINT "team_member_away_length" CHECK (last_day >= first_day and last_day < first_day + 366)
);
--> statement-breakpoint
ALTER TABLE "team_member_away" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "team_member_free" (
	"member_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"weekday" integer NOT NULL,
	"part" text NOT NULL,
	CONSTRAINT "team_member_free_member_id_weekday_part_pk" PRIMARY KEY("member_id","weekday","part"),
	CONSTRAINT "team_member_free_weekday_range" CHECK (weekday between 1 and 7),
	CONSTRAINT "team_member_free_part_known" CHECK (part in ('morning', 'afternoon', 'evening'))
);
--> statement-breakpoint
ALTER TABLE "team_member_free" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "team_member_training" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"member_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"title" text NOT NULL,
	"held_on" date NOT NULL,
	"given_by" text NOT NULL,
	"minutes" integer NOT NULL,
	"noted_at" timestamp with time zone DEFAULT now() NOT NULL,
	"noted_by" uuid,
	CONSTRAINT "team_member_training_minutes_range" CHECK (minutes between 30 and 6000),
	CONSTRAINT "team_member_training_says_what" CHECK (title <> '' and given_by <> '')
);
--> statement-breakpoint
ALTER TABLE "team_member_training" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "team_member_away" ADD CONSTRAINT "team_member_away_member_id_team_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."team_member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_member_away" ADD CONSTRAINT "team_member_away_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_member_away" ADD CONSTRAINT "team_member_away_said_by_account_id_fk" FOREIGN KEY ("said_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_member_free" ADD CONSTRAINT "team_member_free_member_id_team_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."team_member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_member_free" ADD CONSTRAINT "team_member_free_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_member_training" ADD CONSTRAINT "team_member_training_member_id_team_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."team_member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_member_training" ADD CONSTRAINT "team_member_training_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_member_training" ADD CONSTRAINT "team_member_training_noted_by_account_id_fk" FOREIGN KEY ("noted_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "team_member_away_member_idx" ON "team_member_away" USING btree ("member_id","last_day");--> statement-breakpoint
CREATE INDEX "team_member_away_area_idx" ON "team_member_away" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "team_member_away_said_by_idx" ON "team_member_away" USING btree ("said_by");--> statement-breakpoint
CREATE INDEX "team_member_free_area_idx" ON "team_member_free" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "team_member_training_member_idx" ON "team_member_training" USING btree ("member_id","held_on");--> statement-breakpoint
CREATE INDEX "team_member_training_area_idx" ON "team_member_training" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "team_member_training_noted_by_idx" ON "team_member_training" USING btree ("noted_by");--> statement-breakpoint
CREATE POLICY "team_member_away_select" ON "team_member_away" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.read')), '{}')) or member_id = ANY (ARRAY(SELECT m.id FROM team_member m WHERE m.account_id = (SELECT caller_account()) AND m.left_on IS NULL)));--> statement-breakpoint
CREATE POLICY "team_member_away_insert" ON "team_member_away" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK ((area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) or member_id = ANY (ARRAY(SELECT m.id FROM team_member m WHERE m.account_id = (SELECT caller_account()) AND m.left_on IS NULL))) and exists (select from team_member m where m.id = team_member_away.member_id and m.area_id = team_member_away.area_id));--> statement-breakpoint
CREATE POLICY "team_member_away_update" ON "team_member_away" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "team_member_away_delete" ON "team_member_away" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) or member_id = ANY (ARRAY(SELECT m.id FROM team_member m WHERE m.account_id = (SELECT caller_account()) AND m.left_on IS NULL)));--> statement-breakpoint
CREATE POLICY "team_member_away_system" ON "team_member_away" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "team_member_away_public" ON "team_member_away" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "team_member_free_select" ON "team_member_free" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.read')), '{}')) or member_id = ANY (ARRAY(SELECT m.id FROM team_member m WHERE m.account_id = (SELECT caller_account()) AND m.left_on IS NULL)));--> statement-breakpoint
CREATE POLICY "team_member_free_insert" ON "team_member_free" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK ((area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) or member_id = ANY (ARRAY(SELECT m.id FROM team_member m WHERE m.account_id = (SELECT caller_account()) AND m.left_on IS NULL))) and exists (select from team_member m where m.id = team_member_free.member_id and m.area_id = team_member_free.area_id));--> statement-breakpoint
CREATE POLICY "team_member_free_update" ON "team_member_free" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "team_member_free_delete" ON "team_member_free" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) or member_id = ANY (ARRAY(SELECT m.id FROM team_member m WHERE m.account_id = (SELECT caller_account()) AND m.left_on IS NULL)));--> statement-breakpoint
CREATE POLICY "team_member_free_system" ON "team_member_free" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "team_member_free_public" ON "team_member_free" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "team_member_training_select" ON "team_member_training" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.read')), '{}')) or member_id = ANY (ARRAY(SELECT m.id FROM team_member m WHERE m.account_id = (SELECT caller_account()) AND m.left_on IS NULL)));--> statement-breakpoint
CREATE POLICY "team_member_training_insert" ON "team_member_training" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) and exists (select from team_member m where m.id = team_member_training.member_id and m.area_id = team_member_training.area_id));--> statement-breakpoint
CREATE POLICY "team_member_training_update" ON "team_member_training" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "team_member_training_delete" ON "team_member_training" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "team_member_training_system" ON "team_member_training" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "team_member_training_public" ON "team_member_training" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
-- by hand
ALTER TABLE team_member_free FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE team_member_away FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE team_member_training FORCE ROW LEVEL SECURITY;
