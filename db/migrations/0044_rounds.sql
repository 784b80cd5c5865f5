CREATE TABLE "visit_operation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"visit_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"content" jsonb NOT NULL,
	"content_hash" text NOT NULL,
	"device_time" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"outcome" text NOT NULL,
	"reason" text,
	CONSTRAINT "visit_operation_kind_known" CHECK (kind in ('outcome', 'skill', 'steps')),
	CONSTRAINT "visit_operation_outcome_known" CHECK (outcome in ('applied', 'merged', 'held', 'conflict'))
);
--> statement-breakpoint
ALTER TABLE "visit_operation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "visit_round" ADD COLUMN "desk_id" uuid;--> statement-breakpoint
ALTER TABLE "visit_operation" ADD CONSTRAINT "visit_operation_visit_id_visit_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_operation" ADD CONSTRAINT "visit_operation_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_operation" ADD CONSTRAINT "visit_operation_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "visit_operation_visit_idx" ON "visit_operation" USING btree ("visit_id");--> statement-breakpoint
CREATE INDEX "visit_operation_area_idx" ON "visit_operation" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "visit_operation_account_idx" ON "visit_operation" USING btree ("account_id");--> statement-breakpoint
ALTER TABLE "visit_round" ADD CONSTRAINT "visit_round_desk_id_desk_id_fk" FOREIGN KEY ("desk_id") REFERENCES "public"."desk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "visit_round_desk_idx" ON "visit_round" USING btree ("desk_id");--> statement-breakpoint
CREATE UNIQUE INDEX "visit_round_point_idx" ON "visit_round" USING btree ("desk_id","day") WHERE called_off_at is null;--> statement-breakpoint
CREATE POLICY "visit_operation_select" ON "visit_operation" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (exists (select from visit v where v.id = visit_operation.visit_id));--> statement-breakpoint
CREATE POLICY "visit_operation_insert" ON "visit_operation" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "visit_operation_update" ON "visit_operation" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "visit_operation_delete" ON "visit_operation" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "visit_operation_system" ON "visit_operation" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "visit_operation_public" ON "visit_operation" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
ALTER POLICY "visit_round_insert" ON "visit_round" TO camtay_app WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')) and (desk_id is null or exists (select from desk d where d.id = visit_round.desk_id and d.area_id = visit_round.area_id)));--> statement-breakpoint
ALTER POLICY "visit_round_update" ON "visit_round" TO camtay_app USING (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')) and (desk_id is null or exists (select from desk d where d.id = visit_round.desk_id and d.area_id = visit_round.area_id))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')) and (desk_id is null or exists (select from desk d where d.id = visit_round.desk_id and d.area_id = visit_round.area_id)));--> statement-breakpoint
-- by hand
ALTER TABLE visit_operation FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- What a device sent stays as it was sent; only what became of it is said anew when more is known.
CREATE FUNCTION visit_operation_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF to_jsonb(NEW) - 'outcome' - 'reason' = to_jsonb(OLD) - 'outcome' - 'reason' THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'what a device sent is not changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER visit_operation_stays BEFORE UPDATE ON visit_operation FOR EACH ROW EXECUTE FUNCTION visit_operation_stays();
