CREATE TABLE "visit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"round_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"day" date NOT NULL,
	"request_id" uuid,
	"person_id" uuid,
	"pin" text NOT NULL,
	"told_at" timestamp with time zone,
	"told_by" uuid,
	"planned_at" timestamp with time zone DEFAULT now() NOT NULL,
	"taken_off_at" timestamp with time zone,
	CONSTRAINT "visit_pin_shape" CHECK (pin ~ '^[0-9]{4}$'),
	CONSTRAINT "visit_of_somebody" CHECK (request_id is not null or person_id is not null)
);
--> statement-breakpoint
ALTER TABLE "visit" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "visit_check_attempt" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"area_id" integer NOT NULL,
	"address" "inet" NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "visit_check_attempt" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "visit_outcome" (
	"id" uuid PRIMARY KEY NOT NULL,
	"visit_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"outcome" text NOT NULL,
	"minutes" integer,
	"next_on" date,
	"words" text DEFAULT '' NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"recorded_by" uuid,
	CONSTRAINT "visit_outcome_known" CHECK (outcome in ('done', 'not_home', 'refused', 'moved', 'died', 'unsafe', 'wrong_details')),
	CONSTRAINT "visit_outcome_minutes_range" CHECK (minutes between 1 and 600)
);
--> statement-breakpoint
ALTER TABLE "visit_outcome" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "visit_request" (
	"id" uuid PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"area_id" integer NOT NULL,
	"asked_by" text NOT NULL,
	"full_name" text NOT NULL,
	"birth_year" integer,
	"phone" text,
	"phone_of" text,
	"needs" text[] NOT NULL,
	"times" text[] DEFAULT '{}' NOT NULL,
	"words" text DEFAULT '' NOT NULL,
	"consent_version" integer,
	"person_id" uuid,
	"idempotency_key" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"closed_at" timestamp with time zone,
	"closed_because" text,
	"closed_by" uuid,
	"closed_note" text DEFAULT '' NOT NULL,
	CONSTRAINT "visit_request_code_unique" UNIQUE("code"),
	CONSTRAINT "visit_request_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "visit_request_asked_by_known" CHECK (asked_by in ('self', 'relative', 'staff')),
	CONSTRAINT "visit_request_phone_shape" CHECK (phone ~ '^\+[0-9]{8,15}$'),
	CONSTRAINT "visit_request_phone_of_somebody" CHECK ((phone is null) = (phone_of is null) and phone_of in ('self', 'relative')),
	CONSTRAINT "visit_request_birth_year_range" CHECK (birth_year between 1900 and 2100),
	CONSTRAINT "visit_request_needs_known" CHECK (needs <@ array['phone', 'vneid', 'service', 'payment', 'safety', 'other'] and cardinality(needs) > 0),
	CONSTRAINT "visit_request_times_known" CHECK (times <@ array['morning', 'afternoon', 'evening']),
	CONSTRAINT "visit_request_closed_known" CHECK (closed_because in ('withdrawn', 'done', 'refused', 'moved', 'died', 'wrong_details', 'not_needed')),
	CONSTRAINT "visit_request_closed_whole" CHECK ((closed_at is null) = (closed_because is null)),
	CONSTRAINT "visit_request_agreed" CHECK (asked_by = 'staff' or consent_version is not null)
);
--> statement-breakpoint
ALTER TABLE "visit_request" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "visit_round" (
	"id" uuid PRIMARY KEY NOT NULL,
	"area_id" integer NOT NULL,
	"team_id" uuid NOT NULL,
	"day" date NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"planned_at" timestamp with time zone DEFAULT now() NOT NULL,
	"planned_by" uuid,
	"called_off_at" timestamp with time zone,
	"called_off_by" uuid,
	CONSTRAINT "visit_round_length" CHECK (ends_at > starts_at and ends_at <= starts_at + interval '12 hours'),
	CONSTRAINT "visit_round_of_its_day" CHECK ((starts_at at time zone 'Asia/Ho_Chi_Minh')::date = day)
);
--> statement-breakpoint
ALTER TABLE "visit_round" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "visit_round_helper" (
	"id" uuid PRIMARY KEY NOT NULL,
	"round_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"member_id" uuid NOT NULL,
	"who_id" uuid NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"called_off_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "visit_round_helper" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "skill_observation" ADD COLUMN "visit_id" uuid;--> statement-breakpoint
ALTER TABLE "visit" ADD CONSTRAINT "visit_round_id_visit_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."visit_round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit" ADD CONSTRAINT "visit_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit" ADD CONSTRAINT "visit_request_id_visit_request_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."visit_request"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit" ADD CONSTRAINT "visit_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit" ADD CONSTRAINT "visit_told_by_account_id_fk" FOREIGN KEY ("told_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_check_attempt" ADD CONSTRAINT "visit_check_attempt_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_outcome" ADD CONSTRAINT "visit_outcome_visit_id_visit_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_outcome" ADD CONSTRAINT "visit_outcome_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_outcome" ADD CONSTRAINT "visit_outcome_recorded_by_account_id_fk" FOREIGN KEY ("recorded_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_request" ADD CONSTRAINT "visit_request_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_request" ADD CONSTRAINT "visit_request_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_request" ADD CONSTRAINT "visit_request_created_by_account_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_request" ADD CONSTRAINT "visit_request_closed_by_account_id_fk" FOREIGN KEY ("closed_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_round" ADD CONSTRAINT "visit_round_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_round" ADD CONSTRAINT "visit_round_team_id_team_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."team"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_round" ADD CONSTRAINT "visit_round_planned_by_account_id_fk" FOREIGN KEY ("planned_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_round" ADD CONSTRAINT "visit_round_called_off_by_account_id_fk" FOREIGN KEY ("called_off_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_round_helper" ADD CONSTRAINT "visit_round_helper_round_id_visit_round_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."visit_round"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_round_helper" ADD CONSTRAINT "visit_round_helper_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visit_round_helper" ADD CONSTRAINT "visit_round_helper_member_id_team_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."team_member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "visit_pin_idx" ON "visit" USING btree ("area_id","day","pin");--> statement-breakpoint
CREATE INDEX "visit_round_idx" ON "visit" USING btree ("round_id");--> statement-breakpoint
CREATE UNIQUE INDEX "visit_round_person_idx" ON "visit" USING btree ("round_id","person_id") WHERE taken_off_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "visit_round_request_idx" ON "visit" USING btree ("round_id","request_id") WHERE taken_off_at is null;--> statement-breakpoint
CREATE INDEX "visit_request_idx" ON "visit" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "visit_person_idx" ON "visit" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "visit_told_by_idx" ON "visit" USING btree ("told_by");--> statement-breakpoint
CREATE INDEX "visit_check_attempt_address_idx" ON "visit_check_attempt" USING btree ("address","at");--> statement-breakpoint
CREATE INDEX "visit_check_attempt_area_idx" ON "visit_check_attempt" USING btree ("area_id","at");--> statement-breakpoint
CREATE INDEX "visit_check_attempt_at_idx" ON "visit_check_attempt" USING btree ("at");--> statement-breakpoint
CREATE INDEX "visit_outcome_visit_idx" ON "visit_outcome" USING btree ("visit_id","at");--> statement-breakpoint
CREATE INDEX "visit_outcome_area_idx" ON "visit_outcome" USING btree ("area_id","at");--> statement-breakpoint
CREATE INDEX "visit_outcome_recorded_by_idx" ON "visit_outcome" USING btree ("recorded_by");--> statement-breakpoint
CREATE INDEX "visit_request_area_idx" ON "visit_request" USING btree ("area_id","created_at");--> statement-breakpoint
CREATE INDEX "visit_request_phone_idx" ON "visit_request" USING btree ("phone");--> statement-breakpoint
CREATE INDEX "visit_request_person_idx" ON "visit_request" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "visit_request_created_by_idx" ON "visit_request" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "visit_request_closed_by_idx" ON "visit_request" USING btree ("closed_by");--> statement-breakpoint
CREATE INDEX "visit_round_area_idx" ON "visit_round" USING btree ("area_id","day");--> statement-breakpoint
CREATE INDEX "visit_round_team_idx" ON "visit_round" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "visit_round_planned_by_idx" ON "visit_round" USING btree ("planned_by");--> statement-breakpoint
CREATE INDEX "visit_round_called_off_by_idx" ON "visit_round" USING btree ("called_off_by");--> statement-breakpoint
CREATE UNIQUE INDEX "visit_round_helper_once_idx" ON "visit_round_helper" USING btree ("round_id","member_id");--> statement-breakpoint
CREATE INDEX "visit_round_helper_member_idx" ON "visit_round_helper" USING btree ("member_id","starts_at");--> statement-breakpoint
CREATE INDEX "visit_round_helper_area_idx" ON "visit_round_helper" USING btree ("area_id");--> statement-breakpoint
ALTER TABLE "skill_observation" ADD CONSTRAINT "skill_observation_visit_id_visit_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visit"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "skill_observation_visit_idx" ON "skill_observation" USING btree ("visit_id") WHERE visit_id is not null;--> statement-breakpoint
ALTER TABLE "skill_observation" ADD CONSTRAINT "skill_observation_visit_named" CHECK ((source = 'visit') = (visit_id is not null));--> statement-breakpoint
-- by hand, before the walls that ask it
-- The rounds the caller goes on, from a week before their day to a week after it.
CREATE FUNCTION my_rounds() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT array_agg(h.round_id) FROM team_member m JOIN visit_round_helper h ON h.member_id = m.id JOIN visit_round r ON r.id = h.round_id
  WHERE m.account_id = caller_account() AND m.left_on IS NULL AND h.called_off_at IS NULL AND r.called_off_at IS NULL
    AND r.day BETWEEN (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - 7 AND (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + 7
    AND may_areas('visit.record') IS NOT NULL
$$;--> statement-breakpoint
CREATE POLICY "visit_select" ON "visit" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')) or round_id = ANY (COALESCE((SELECT my_rounds()), '{}')));--> statement-breakpoint
CREATE POLICY "visit_insert" ON "visit" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')) and (person_id is null or person_in_reach(person_id)));--> statement-breakpoint
CREATE POLICY "visit_update" ON "visit" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')) and (person_id is null or person_in_reach(person_id))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')) and (person_id is null or person_in_reach(person_id)));--> statement-breakpoint
CREATE POLICY "visit_delete" ON "visit" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "visit_system" ON "visit" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "visit_public" ON "visit" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "visit_check_attempt_select" ON "visit_check_attempt" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "visit_check_attempt_insert" ON "visit_check_attempt" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "visit_check_attempt_update" ON "visit_check_attempt" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "visit_check_attempt_delete" ON "visit_check_attempt" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "visit_check_attempt_system" ON "visit_check_attempt" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "visit_check_attempt_public" ON "visit_check_attempt" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "visit_outcome_select" ON "visit_outcome" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (exists (select from visit v where v.id = visit_outcome.visit_id));--> statement-breakpoint
CREATE POLICY "visit_outcome_insert" ON "visit_outcome" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (recorded_by = (SELECT caller_account()) and exists (select from visit v where v.id = visit_outcome.visit_id and v.area_id = visit_outcome.area_id));--> statement-breakpoint
CREATE POLICY "visit_outcome_update" ON "visit_outcome" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "visit_outcome_delete" ON "visit_outcome" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "visit_outcome_system" ON "visit_outcome" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "visit_outcome_public" ON "visit_outcome" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "visit_request_select" ON "visit_request" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')) or id = ANY (ARRAY(SELECT v.request_id FROM visit v WHERE v.round_id = ANY (COALESCE((SELECT my_rounds()), '{}')))));--> statement-breakpoint
CREATE POLICY "visit_request_insert" ON "visit_request" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')) and asked_by = 'staff' and (person_id is null or person_in_reach(person_id)));--> statement-breakpoint
CREATE POLICY "visit_request_update" ON "visit_request" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')) and (person_id is null or person_in_reach(person_id))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')) and (person_id is null or person_in_reach(person_id)));--> statement-breakpoint
CREATE POLICY "visit_request_delete" ON "visit_request" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "visit_request_system" ON "visit_request" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "visit_request_public" ON "visit_request" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "visit_round_select" ON "visit_round" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')) or id = ANY (COALESCE((SELECT my_rounds()), '{}')));--> statement-breakpoint
CREATE POLICY "visit_round_insert" ON "visit_round" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')));--> statement-breakpoint
CREATE POLICY "visit_round_update" ON "visit_round" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')));--> statement-breakpoint
CREATE POLICY "visit_round_delete" ON "visit_round" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "visit_round_system" ON "visit_round" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "visit_round_public" ON "visit_round" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "visit_round_helper_select" ON "visit_round_helper" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')) or round_id = ANY (COALESCE((SELECT my_rounds()), '{}')));--> statement-breakpoint
CREATE POLICY "visit_round_helper_insert" ON "visit_round_helper" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')));--> statement-breakpoint
CREATE POLICY "visit_round_helper_update" ON "visit_round_helper" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "visit_round_helper_delete" ON "visit_round_helper" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "visit_round_helper_system" ON "visit_round_helper" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "visit_round_helper_public" ON "visit_round_helper" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
-- by hand
ALTER TABLE visit_request FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE visit_round FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE visit_round_helper FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE visit FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE visit_outcome FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE visit_check_attempt FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- One person by all their names: a member who has an account is the account.
CREATE FUNCTION who_goes(member uuid) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT coalesce(m.account_id, m.id) FROM team_member m WHERE m.id = member
$$;--> statement-breakpoint
-- When, where and who is the round's and the member's to say. Whoever is at a desk or at a class then does not go; all three ask one
-- after the other about one person, so that two who plan at once cannot both be right.
CREATE FUNCTION visit_round_helper_follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  SELECT r.area_id, r.starts_at, r.ends_at, r.called_off_at INTO NEW.area_id, NEW.starts_at, NEW.ends_at, NEW.called_off_at
  FROM visit_round r WHERE r.id = NEW.round_id FOR SHARE;
  NEW.who_id := who_goes(NEW.member_id);
  PERFORM pg_advisory_xact_lock(hashtextextended('camtay.where.' || NEW.who_id, 42));
  IF NEW.called_off_at IS NULL AND (EXISTS (
      SELECT FROM desk_shift d WHERE d.who_id = NEW.who_id AND d.called_off_at IS NULL
        AND tstzrange(d.starts_at, d.ends_at) && tstzrange(NEW.starts_at, NEW.ends_at))
    OR EXISTS (SELECT FROM session_helper h WHERE who_goes(h.member_id) = NEW.who_id AND h.state <> 'no' AND NOT h.called_off
        AND h.starts_at < NEW.ends_at AND h.ends_at > NEW.starts_at)) THEN
    RAISE EXCEPTION 'expected elsewhere at that time' USING ERRCODE = 'exclusion_violation';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER visit_round_helper_follows BEFORE INSERT OR UPDATE ON visit_round_helper
  FOR EACH ROW EXECUTE FUNCTION visit_round_helper_follows();--> statement-breakpoint
-- Nobody goes on two rounds at once, whoever plans them.
ALTER TABLE visit_round_helper ADD CONSTRAINT visit_round_helper_free EXCLUDE USING gist (
  who_id WITH =, tstzrange(starts_at, ends_at) WITH &&
) WHERE (called_off_at IS NULL);--> statement-breakpoint
CREATE FUNCTION visit_round_called_off() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE visit_round_helper SET called_off_at = NEW.called_off_at WHERE round_id = NEW.id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER visit_round_called_off AFTER UPDATE ON visit_round FOR EACH ROW
  WHEN (OLD.called_off_at IS DISTINCT FROM NEW.called_off_at) EXECUTE FUNCTION visit_round_called_off();--> statement-breakpoint
-- A round stays where and when it was planned: the household was told.
CREATE FUNCTION visit_round_stays() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (OLD.area_id, OLD.day, OLD.starts_at, OLD.ends_at, OLD.team_id) IS DISTINCT FROM (NEW.area_id, NEW.day, NEW.starts_at, NEW.ends_at, NEW.team_id) THEN
    RAISE EXCEPTION 'a round is called off and planned anew' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER visit_round_stays BEFORE UPDATE ON visit_round FOR EACH ROW EXECUTE FUNCTION visit_round_stays();--> statement-breakpoint
-- A desk asks likewise. The name sorts behind desk_shift_says_who, which says who it is.
CREATE FUNCTION desk_shift_stays_away() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('camtay.where.' || NEW.who_id, 42));
  IF NEW.called_off_at IS NULL AND EXISTS (
      SELECT FROM visit_round_helper v WHERE v.who_id = NEW.who_id AND v.called_off_at IS NULL
        AND tstzrange(v.starts_at, v.ends_at) && tstzrange(NEW.starts_at, NEW.ends_at)) THEN
    RAISE EXCEPTION 'on a round at that time' USING ERRCODE = 'exclusion_violation';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER desk_shift_stays_away BEFORE INSERT ON desk_shift FOR EACH ROW EXECUTE FUNCTION desk_shift_stays_away();--> statement-breakpoint
-- So does a session; behind session_helper_follows, which says when it is. One that moves onto a round lets its helper off.
CREATE FUNCTION session_helper_not_on_round() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE who uuid := who_goes(NEW.member_id);
BEGIN
  IF NEW.state = 'no' OR NEW.called_off THEN RETURN NEW; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('camtay.where.' || who, 42));
  IF EXISTS (SELECT FROM visit_round_helper v WHERE v.who_id = who AND v.called_off_at IS NULL
      AND tstzrange(v.starts_at, v.ends_at) && tstzrange(NEW.starts_at, NEW.ends_at)) THEN
    IF TG_OP = 'INSERT' OR (OLD.starts_at, OLD.ends_at, OLD.called_off) IS NOT DISTINCT FROM (NEW.starts_at, NEW.ends_at, NEW.called_off) THEN
      RAISE EXCEPTION 'on a round at that time' USING ERRCODE = 'exclusion_violation';
    END IF;
    NEW.state := 'no';
    NEW.no_because := 'clash';
    NEW.absent_at := NULL;
    NEW.absent_by := NULL;
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER session_helper_not_on_round BEFORE INSERT OR UPDATE ON session_helper
  FOR EACH ROW EXECUTE FUNCTION session_helper_not_on_round();--> statement-breakpoint
-- Why somebody is not to be visited or asked any more, by what was recorded last of them (or of a record merged into theirs); null
-- where they may be. Who refused or moved may ask again, and then may be visited.
CREATE FUNCTION visit_stopped(wanted uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH same AS (SELECT p.id FROM person p WHERE wanted IN (p.id, p.merged_into)),
    last AS (
      SELECT o.outcome, o.at FROM visit v LEFT JOIN visit_request q ON q.id = v.request_id
        CROSS JOIN LATERAL (SELECT o.outcome, o.at, o.received_at, o.id FROM visit_outcome o WHERE o.visit_id = v.id ORDER BY o.at DESC, o.id DESC LIMIT 1) o
      WHERE coalesce(v.person_id, q.person_id) IN (SELECT id FROM same) ORDER BY o.at DESC, o.id DESC LIMIT 1)
  SELECT l.outcome FROM last l
  WHERE (may_areas('visit.plan') IS NOT NULL OR may_areas('visit.record') IS NOT NULL) AND (l.outcome = 'died' OR l.outcome IN ('refused', 'moved') AND NOT EXISTS (
    SELECT FROM visit_request q WHERE q.person_id IN (SELECT id FROM same) AND q.created_at > l.at))
$$;--> statement-breakpoint
-- What was recorded stays: corrections are further rows.
CREATE FUNCTION visit_outcome_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'what was recorded of a visit is corrected by another row' USING ERRCODE = 'integrity_constraint_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER visit_outcome_stays BEFORE UPDATE ON visit_outcome FOR EACH ROW
  WHEN ((OLD.outcome, OLD.minutes, OLD.next_on, OLD.at, OLD.visit_id, OLD.recorded_by) IS DISTINCT FROM (NEW.outcome, NEW.minutes, NEW.next_on, NEW.at, NEW.visit_id, NEW.recorded_by))
  EXECUTE FUNCTION visit_outcome_stays();
