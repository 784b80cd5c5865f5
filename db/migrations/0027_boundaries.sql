CREATE TABLE "area_boundary" (
	"area_id" integer PRIMARY KEY NOT NULL,
	"path" text NOT NULL,
	"box" integer[] NOT NULL,
	"spot" integer[] NOT NULL,
	"source" text NOT NULL,
	"imported_by" uuid NOT NULL,
	"imported_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "area_boundary_path_shape" CHECK (path ~ '^(M[0-9]+ [0-9]+(L[0-9]+ [0-9]+)+Z)+$'),
	CONSTRAINT "area_boundary_box_shape" CHECK (cardinality(box) = 4 and box[1] <= box[3] and box[2] <= box[4]),
	CONSTRAINT "area_boundary_spot_shape" CHECK (cardinality(spot) = 3 and spot[3] >= 0),
	CONSTRAINT "area_boundary_source_told" CHECK (source <> '')
);
--> statement-breakpoint
ALTER TABLE "area_boundary" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "boundary_draft" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"id" uuid DEFAULT gen_random_uuid() NOT NULL,
	"source" text NOT NULL,
	"file_name" text NOT NULL,
	"shapes" jsonb NOT NULL,
	"unmatched" text[] NOT NULL,
	"points_before" integer NOT NULL,
	"points_after" integer NOT NULL,
	"sent_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "boundary_draft_id" UNIQUE("id")
);
--> statement-breakpoint
ALTER TABLE "boundary_draft" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "area_boundary" ADD CONSTRAINT "area_boundary_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "area_boundary" ADD CONSTRAINT "area_boundary_imported_by_account_id_fk" FOREIGN KEY ("imported_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "boundary_draft" ADD CONSTRAINT "boundary_draft_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "area_boundary_by_idx" ON "area_boundary" USING btree ("imported_by");--> statement-breakpoint
CREATE POLICY "area_boundary_select" ON "area_boundary" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (true);--> statement-breakpoint
CREATE POLICY "area_boundary_insert" ON "area_boundary" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK ((SELECT COALESCE(cardinality(may_areas('area.manage')), 0) > 0));--> statement-breakpoint
CREATE POLICY "area_boundary_update" ON "area_boundary" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "area_boundary_delete" ON "area_boundary" AS PERMISSIVE FOR DELETE TO "camtay_app" USING ((SELECT COALESCE(cardinality(may_areas('area.manage')), 0) > 0));--> statement-breakpoint
CREATE POLICY "area_boundary_system" ON "area_boundary" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "area_boundary_public" ON "area_boundary" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (true);--> statement-breakpoint
CREATE POLICY "boundary_draft_select" ON "boundary_draft" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (account_id = (SELECT caller_account()));--> statement-breakpoint
CREATE POLICY "boundary_draft_insert" ON "boundary_draft" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (account_id = (SELECT caller_account()) and (SELECT COALESCE(cardinality(may_areas('area.manage')), 0) > 0));--> statement-breakpoint
CREATE POLICY "boundary_draft_update" ON "boundary_draft" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "boundary_draft_delete" ON "boundary_draft" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (account_id = (SELECT caller_account()));--> statement-breakpoint
CREATE POLICY "boundary_draft_system" ON "boundary_draft" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "boundary_draft_public" ON "boundary_draft" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);