CREATE TABLE "register_sheet" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"code" text NOT NULL,
	"people" uuid[] NOT NULL,
	"skills" text[] NOT NULL,
	"made_at" timestamp with time zone DEFAULT now() NOT NULL,
	"made_by" uuid,
	CONSTRAINT "register_sheet_code_unique" UNIQUE("code"),
	CONSTRAINT "register_sheet_sizes" CHECK (cardinality(people) <= 500 and cardinality(skills) <= 20)
);
--> statement-breakpoint
ALTER TABLE "register_sheet" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "register_sheet" ADD CONSTRAINT "register_sheet_session_id_class_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."class_session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_sheet" ADD CONSTRAINT "register_sheet_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_sheet" ADD CONSTRAINT "register_sheet_made_by_account_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "register_sheet_session_idx" ON "register_sheet" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "register_sheet_area_idx" ON "register_sheet" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "register_sheet_made_by_idx" ON "register_sheet" USING btree ("made_by");--> statement-breakpoint
CREATE POLICY "register_sheet_select" ON "register_sheet" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('roster.read')), '{}')));--> statement-breakpoint
CREATE POLICY "register_sheet_insert" ON "register_sheet" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}')) and exists (select from class_session s where s.id = register_sheet.session_id and s.area_id = register_sheet.area_id));--> statement-breakpoint
CREATE POLICY "register_sheet_update" ON "register_sheet" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "register_sheet_delete" ON "register_sheet" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "register_sheet_system" ON "register_sheet" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "register_sheet_public" ON "register_sheet" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);