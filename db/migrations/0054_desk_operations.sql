CREATE TABLE "desk_operation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"desk_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"assist_id" uuid NOT NULL,
	"content" jsonb NOT NULL,
	"content_hash" text NOT NULL,
	"device_time" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"outcome" text NOT NULL,
	"reason" text,
	CONSTRAINT "desk_operation_kind_known" CHECK (kind in ('assist', 'undo')),
	CONSTRAINT "desk_operation_outcome_known" CHECK (outcome in ('applied', 'held')),
	CONSTRAINT "desk_operation_names_itself" CHECK (kind <> 'assist' or assist_id = id)
);
--> statement-breakpoint
ALTER TABLE "desk_operation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "desk_operation" ADD CONSTRAINT "desk_operation_desk_id_desk_id_fk" FOREIGN KEY ("desk_id") REFERENCES "public"."desk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_operation" ADD CONSTRAINT "desk_operation_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_operation" ADD CONSTRAINT "desk_operation_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "desk_operation_desk_idx" ON "desk_operation" USING btree ("desk_id");--> statement-breakpoint
CREATE INDEX "desk_operation_area_idx" ON "desk_operation" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "desk_operation_account_idx" ON "desk_operation" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "desk_operation_assist_idx" ON "desk_operation" USING btree ("assist_id");--> statement-breakpoint
CREATE POLICY "desk_operation_select" ON "desk_operation" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('desk.log')), '{}')));--> statement-breakpoint
CREATE POLICY "desk_operation_insert" ON "desk_operation" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "desk_operation_update" ON "desk_operation" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "desk_operation_delete" ON "desk_operation" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "desk_operation_system" ON "desk_operation" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "desk_operation_public" ON "desk_operation" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
-- by hand
ALTER TABLE desk_operation FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- What a device sent stays as it was sent; only what became of it is said anew when more is known.
CREATE FUNCTION desk_operation_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF to_jsonb(NEW) - 'outcome' - 'reason' = to_jsonb(OLD) - 'outcome' - 'reason' THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'what a device sent is not changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER desk_operation_stays BEFORE UPDATE ON desk_operation FOR EACH ROW EXECUTE FUNCTION desk_operation_stays();
