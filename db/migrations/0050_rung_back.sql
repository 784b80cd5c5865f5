ALTER TABLE "visit" ADD COLUMN "rung_back_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "visit" ADD COLUMN "rung_back_by" uuid;--> statement-breakpoint
ALTER TABLE "visit" ADD CONSTRAINT "visit_rung_back_by_account_id_fk" FOREIGN KEY ("rung_back_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "visit_rung_back_by_idx" ON "visit" USING btree ("rung_back_by");