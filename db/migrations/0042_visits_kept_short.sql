-- by hand, before what asks it
-- The day it is in Vietnam, whatever zone the connection has: what rights, rounds and cards begin and end by. Has no settings of its own, so
-- that it is written into whatever asks it.
CREATE FUNCTION portal_day() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
$$;--> statement-breakpoint
-- Whoever may leave a person or a household alone for a while: they have to do with the person, or with somebody who lives there.
CREATE FUNCTION may_pause(wanted_person uuid, wanted_household uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM (
      SELECT wanted_person AS id UNION ALL
      SELECT h.person_id FROM household_member h WHERE h.household_id = wanted_household AND h.left_at IS NULL) w
    WHERE w.id IS NOT NULL AND (person_in_reach(w.id) OR EXISTS (
      SELECT FROM task_given g WHERE g.person_id = w.id AND g.account_id = caller_account() AND g.ended_at IS NULL AND g.until > now()
        AND g.area_id = ANY (COALESCE(may_areas('register.write'), '{}')))))
$$;--> statement-breakpoint
-- generated
CREATE TABLE "visit_request_sighting" (
	"request_id" uuid PRIMARY KEY NOT NULL,
	"network" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "visit_request_sighting" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "visit_request" DROP CONSTRAINT "visit_request_closed_known";--> statement-breakpoint
ALTER TABLE "account_grant" ALTER COLUMN "valid_from" SET DEFAULT portal_day();--> statement-breakpoint
ALTER TABLE "visit_request_sighting" ADD CONSTRAINT "visit_request_sighting_request_id_visit_request_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."visit_request"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "visit_request_sighting_at_idx" ON "visit_request_sighting" USING btree ("at");--> statement-breakpoint
ALTER TABLE "visit_request" ADD CONSTRAINT "visit_request_closed_known" CHECK (closed_because in ('withdrawn', 'done', 'refused', 'moved', 'died', 'wrong_details', 'not_needed', 'expired'));--> statement-breakpoint
CREATE POLICY "visit_request_sighting_select" ON "visit_request_sighting" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "visit_request_sighting_insert" ON "visit_request_sighting" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "visit_request_sighting_update" ON "visit_request_sighting" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "visit_request_sighting_delete" ON "visit_request_sighting" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "visit_request_sighting_system" ON "visit_request_sighting" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "visit_request_sighting_public" ON "visit_request_sighting" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
ALTER POLICY "consent_select" ON "consent" TO camtay_app USING (purpose <> 'need' and exists (select from person p where p.id = consent.person_id and p.area_id = ANY (COALESCE((SELECT may_areas('person.read')), '{}'))) and not person_id = ANY (COALESCE((SELECT outside_people()), '{}')));--> statement-breakpoint
ALTER POLICY "person_pause_update" ON "person_pause" TO camtay_app USING (area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}')) and may_pause(person_id, household_id)) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}')) and may_pause(person_id, household_id));--> statement-breakpoint
-- by hand
ALTER TABLE visit_request_sighting FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- What decides by the day, by the portal's.
CREATE OR REPLACE FUNCTION may_areas(wanted text) RETURNS integer[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT array_agg(DISTINCT t.area_id)
  FROM account_grant g
  JOIN role_capability r ON r.role = g.role AND r.capability = wanted
  JOIN area_tree t ON t.ancestor_id = g.area_id
  WHERE g.account_id = caller_account()
    AND g.valid_from <= portal_day() AND (g.valid_to IS NULL OR g.valid_to >= portal_day())
$$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION caller() RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object(
    'accountId', a.id, 'fullName', a.full_name, 'username', a.username, 'areaId', a.area_id,
    'sessionId', (
      SELECT id FROM (
        SELECT id, token_hash FROM auth_session UNION ALL SELECT id, token_hash FROM job) held
      WHERE held.token_hash = sha256(convert_to(nullif(current_setting('camtay.token', true), ''), 'UTF8'))),
    'grants', COALESCE((
      SELECT jsonb_agg(jsonb_build_object('role', g.role, 'areaId', g.area_id, 'areaNameVi', ar.full_name_vi, 'areaNameEn', ar.full_name_en))
      FROM account_grant g JOIN area ar ON ar.id = g.area_id
      WHERE g.account_id = a.id AND g.valid_from <= portal_day() AND (g.valid_to IS NULL OR g.valid_to >= portal_day())), '[]'),
    'capabilities', COALESCE((
      SELECT jsonb_agg(DISTINCT r.capability)
      FROM account_grant g JOIN role_capability r ON r.role = g.role
      WHERE g.account_id = a.id AND g.valid_from <= portal_day() AND (g.valid_to IS NULL OR g.valid_to >= portal_day())), '[]'))
  FROM account a WHERE a.id = (SELECT caller_account())
$$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION rebuild_area_tree() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM area_tree;
  INSERT INTO area_tree (ancestor_id, area_id, depth)
  WITH RECURSIVE line (ancestor_id, area_id, depth) AS (
    SELECT id, id, 0 FROM area
    UNION ALL
    SELECT p.parent_id, line.area_id, line.depth + 1
    FROM line JOIN area_parent p ON p.area_id = line.ancestor_id
    WHERE p.valid_from <= portal_day() AND (p.valid_to IS NULL OR p.valid_to > portal_day()) AND line.depth < 12
  )
  SELECT ancestor_id, area_id, min(depth) FROM line GROUP BY ancestor_id, area_id;
END $$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION target_areas() RETURNS integer[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT array_agg(DISTINCT t.area_id)
  FROM account_grant g
  JOIN role_capability r ON r.role = g.role AND r.capability = 'target.write'
  JOIN area_tree t ON t.ancestor_id = g.area_id AND (t.depth > 0 OR g.role <> 'unit_leader')
  WHERE g.account_id = caller_account()
    AND g.valid_from <= portal_day() AND (g.valid_to IS NULL OR g.valid_to >= portal_day())
$$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION period_over(period text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN period LIKE 'k%' THEN first + 14 ELSE (first + interval '1 month')::date END
    <= portal_day()
  FROM (SELECT make_date(substr(bare, 1, 4)::int, CASE
      WHEN length(bare) = 4 THEN 12
      WHEN bare LIKE '%q%' THEN 3 * right(bare, 1)::int
      ELSE right(bare, 2)::int END, 1) AS first
    FROM (SELECT ltrim(period, 'k') AS bare) b) f
$$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION helper_card_ends_with_membership() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE helper_card SET revoked_at = now(), revoked_because = 'left'
  WHERE member_id = NEW.id AND revoked_at IS NULL AND valid_until >= portal_day();
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION my_rounds() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT array_agg(h.round_id) FROM team_member m JOIN visit_round_helper h ON h.member_id = m.id JOIN visit_round r ON r.id = h.round_id
  WHERE m.account_id = caller_account() AND m.left_on IS NULL AND h.called_off_at IS NULL AND r.called_off_at IS NULL
    AND r.day BETWEEN portal_day() - 7 AND portal_day() + 7
    AND r.area_id = ANY (COALESCE(may_areas('visit.record'), '{}'))
$$;--> statement-breakpoint
-- What withdrawals left behind until now: why a request was settled, what was noted of visits, an objection in the log.
UPDATE visit_request SET closed_note = '' WHERE closed_note <> '' AND (full_name = '' OR closed_because = 'withdrawn');--> statement-breakpoint
UPDATE visit_outcome SET words = '' WHERE words <> '' AND visit_id IN (
  SELECT v.id FROM visit v JOIN visit_request q ON q.id = v.request_id WHERE v.person_id IS NULL AND q.closed_because = 'withdrawn');--> statement-breakpoint
DROP TRIGGER audit_event_appended ON audit_event;--> statement-breakpoint
UPDATE audit_event e SET details = details - 'objection' WHERE action = 'person.openObject' AND details ? 'objection' AND EXISTS (
  SELECT FROM consent c WHERE c.person_id::text = e.subject_id AND c.purpose = 'class' AND c.withdrawn_at IS NOT NULL
    AND NOT EXISTS (SELECT FROM consent d WHERE d.person_id = c.person_id AND d.purpose = 'class' AND d.given AND d.withdrawn_at IS NULL));--> statement-breakpoint
-- The log stays as it was written; whoever withdraws takes along what an objection said of them.
CREATE FUNCTION audit_event_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_user = 'camtay_system' AND OLD.action = 'person.openObject' AND NEW.details = OLD.details - 'objection'
    AND to_jsonb(NEW) - 'details' = to_jsonb(OLD) - 'details' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'audit_event is append-only' USING ERRCODE = 'restrict_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER audit_event_appended BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_event_stays();
