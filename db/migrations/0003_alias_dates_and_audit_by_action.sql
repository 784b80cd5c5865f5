ALTER TABLE "area_alias" ADD COLUMN "valid_to" date;--> statement-breakpoint
CREATE INDEX "audit_event_action_idx" ON "audit_event" USING btree ("action","at");