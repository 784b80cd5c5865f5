CREATE TABLE "helper_card" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"member_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"code" text NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date NOT NULL,
	"issued_at" timestamp with time zone DEFAULT now() NOT NULL,
	"issued_by" uuid,
	"revoked_at" timestamp with time zone,
	"revoked_by" uuid,
	"revoked_because" text,
	"revoked_note" text DEFAULT '' NOT NULL,
	CONSTRAINT "helper_card_code_unique" UNIQUE("code"),
	CONSTRAINT "helper_card_code_shape" CHECK (code ~ '^[2346789ACDEFGHJKMNPQRTWXY]{10}$'),
	CONSTRAINT "helper_card_a_year" CHECK (valid_until >= valid_from and valid_until < valid_from + interval '1 year'),
	CONSTRAINT "helper_card_end_known" CHECK (revoked_because in ('replaced', 'left', 'lost', 'mistake', 'other')),
	CONSTRAINT "helper_card_revocation_whole" CHECK ((revoked_at is null) = (revoked_because is null))
);
--> statement-breakpoint
ALTER TABLE "helper_card" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "team" DROP CONSTRAINT "team_organisation_known";--> statement-breakpoint
ALTER TABLE "helper_card" ADD CONSTRAINT "helper_card_member_id_team_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."team_member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "helper_card" ADD CONSTRAINT "helper_card_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "helper_card" ADD CONSTRAINT "helper_card_issued_by_account_id_fk" FOREIGN KEY ("issued_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "helper_card" ADD CONSTRAINT "helper_card_revoked_by_account_id_fk" FOREIGN KEY ("revoked_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "helper_card_member_idx" ON "helper_card" USING btree ("member_id","issued_at");--> statement-breakpoint
CREATE INDEX "helper_card_area_idx" ON "helper_card" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "helper_card_issued_by_idx" ON "helper_card" USING btree ("issued_by");--> statement-breakpoint
CREATE INDEX "helper_card_revoked_by_idx" ON "helper_card" USING btree ("revoked_by");--> statement-breakpoint
ALTER TABLE "team" ADD CONSTRAINT "team_organisation_known" CHECK (organisation in ('front', 'youth', 'women', 'farmers', 'veterans', 'trade_union', 'elderly', 'study_promotion', 'police', 'border_guard', 'telecom', 'school', 'government', 'other'));--> statement-breakpoint
CREATE POLICY "helper_card_select" ON "helper_card" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "helper_card_insert" ON "helper_card" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) and exists (select from team_member m where m.id = helper_card.member_id and m.area_id = helper_card.area_id and m.left_on is null));--> statement-breakpoint
CREATE POLICY "helper_card_update" ON "helper_card" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "helper_card_delete" ON "helper_card" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "helper_card_system" ON "helper_card" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "helper_card_public" ON "helper_card" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
-- by hand
ALTER TABLE helper_card FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Two cards of one member never hold on one day, whoever issues them; one whose time is over stands in nobody's way.
ALTER TABLE helper_card ADD CONSTRAINT helper_card_one_at_a_time EXCLUDE USING gist (
  member_id WITH =, daterange(valid_from, valid_until, '[]') WITH &&
) WHERE (revoked_at IS NULL);--> statement-breakpoint
-- What is printed on a card does not change, and what was revoked stays revoked.
CREATE FUNCTION helper_card_stands() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF OLD.revoked_at IS NOT NULL
    OR (OLD.member_id, OLD.area_id, OLD.code, OLD.valid_from, OLD.valid_until, OLD.issued_at)
      IS DISTINCT FROM (NEW.member_id, NEW.area_id, NEW.code, NEW.valid_from, NEW.valid_until, NEW.issued_at) THEN
    RAISE EXCEPTION 'a card of a helper is only ever revoked, once' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER helper_card_stands BEFORE UPDATE ON helper_card FOR EACH ROW EXECUTE FUNCTION helper_card_stands();--> statement-breakpoint
-- Whoever leaves a team goes to nobody in its name from that moment on, however they came to leave.
CREATE FUNCTION helper_card_ends_with_membership() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE helper_card SET revoked_at = now(), revoked_because = 'left'
  WHERE member_id = NEW.id AND revoked_at IS NULL AND valid_until >= (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER helper_card_ends_with_membership AFTER UPDATE ON team_member FOR EACH ROW
  WHEN (OLD.left_on IS NULL AND NEW.left_on IS NOT NULL) EXECUTE FUNCTION helper_card_ends_with_membership();
