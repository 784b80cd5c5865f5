CREATE TABLE "slip_attempt" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"address" "inet" NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "slip_attempt" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "slip_attempt_address_idx" ON "slip_attempt" USING btree ("address","at");--> statement-breakpoint
CREATE INDEX "slip_attempt_at_idx" ON "slip_attempt" USING btree ("at");--> statement-breakpoint
CREATE POLICY "slip_attempt_select" ON "slip_attempt" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "slip_attempt_insert" ON "slip_attempt" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "slip_attempt_update" ON "slip_attempt" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "slip_attempt_delete" ON "slip_attempt" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "slip_attempt_system" ON "slip_attempt" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "slip_attempt_public" ON "slip_attempt" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);