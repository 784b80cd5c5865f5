ALTER TABLE "account_grant" DROP CONSTRAINT "account_grant_dates_in_order";--> statement-breakpoint
ALTER TABLE "area_alias" ADD COLUMN "valid_to" date;--> statement-breakpoint
CREATE INDEX "audit_event_action_idx" ON "audit_event" USING btree ("action","at");--> statement-breakpoint
ALTER TABLE "account_grant" ADD CONSTRAINT "account_grant_dates_in_order" CHECK (valid_to is null or valid_to >= valid_from - 1);