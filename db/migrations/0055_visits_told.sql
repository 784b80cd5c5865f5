CREATE TABLE "member_choice" (
	"member_id" uuid PRIMARY KEY NOT NULL,
	"zalo" boolean DEFAULT false NOT NULL,
	"sms" boolean DEFAULT false NOT NULL,
	"email" text,
	"no_calls_at" timestamp with time zone,
	"wrong_phone" text,
	"changed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "member_choice_email_shape" CHECK (email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and length(email) <= 200)
);
--> statement-breakpoint
ALTER TABLE "member_choice" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "message" DROP CONSTRAINT "message_purpose_known";--> statement-breakpoint
ALTER TABLE "message" ALTER COLUMN "person_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "message" ALTER COLUMN "enrolment_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "message" ALTER COLUMN "class_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "visit_id" uuid;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "member_id" uuid;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "round_helper_id" uuid;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "ask_ids" uuid[];--> statement-breakpoint
ALTER TABLE "member_choice" ADD CONSTRAINT "member_choice_member_id_team_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."team_member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_visit_id_visit_id_fk" FOREIGN KEY ("visit_id") REFERENCES "public"."visit"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_member_id_team_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."team_member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_round_helper_id_visit_round_helper_id_fk" FOREIGN KEY ("round_helper_id") REFERENCES "public"."visit_round_helper"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_visit_idx" ON "message" USING btree ("visit_id");--> statement-breakpoint
CREATE INDEX "message_member_idx" ON "message" USING btree ("member_id","class_id");--> statement-breakpoint
CREATE INDEX "message_round_helper_idx" ON "message" USING btree ("round_helper_id");--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_of_one" CHECK ((purpose in ('offer', 'place', 'change', 'class_off', 'evening', 'morning')) = (enrolment_id is not null) and (purpose in ('visit', 'visit_off', 'visit_soon')) = (visit_id is not null) and (purpose in ('ask', 'let_go', 'round', 'round_off')) = (member_id is not null) and (purpose in ('round', 'round_off')) = (round_helper_id is not null) and (enrolment_id is not null or purpose in ('ask', 'let_go')) = (class_id is not null) and (enrolment_id is null or person_id is not null) and (member_id is null or person_id is null));--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_purpose_known" CHECK (purpose in ('offer', 'place', 'change', 'class_off', 'evening', 'morning', 'visit', 'visit_off', 'visit_soon', 'ask', 'let_go', 'round', 'round_off'));--> statement-breakpoint
CREATE POLICY "member_choice_select" ON "member_choice" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (exists (select from team_member t where t.id = member_choice.member_id and (t.account_id = (SELECT caller_account()) or t.area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')))));--> statement-breakpoint
CREATE POLICY "member_choice_insert" ON "member_choice" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "member_choice_update" ON "member_choice" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "member_choice_delete" ON "member_choice" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "member_choice_system" ON "member_choice" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "member_choice_public" ON "member_choice" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
ALTER POLICY "message_select" ON "message" TO camtay_app USING (enrolment_id is not null and area_id = ANY (COALESCE((SELECT may_areas('contact.read')), '{}'))
  or (visit_id is not null or round_helper_id is not null) and area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}'))
  or member_id is not null and round_helper_id is null and area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
ALTER POLICY "message_attempt_select" ON "message_attempt" TO camtay_app USING (exists (select from message m where m.id = message_attempt.message_id));--> statement-breakpoint
ALTER POLICY "message_call_select" ON "message_call" TO camtay_app USING (exists (select from message m where m.id = message_call.message_id));--> statement-breakpoint
-- by hand
ALTER TABLE member_choice FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Why somebody is not to be visited or told of visits any more, as before (`visit_stopped`): for whoever sees the rows it follows from; those who plan ask
-- `visit_stopped`, which tells of people they do not see all rows of.
CREATE FUNCTION visit_stopped_of(wanted uuid) RETURNS text LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  WITH same AS (SELECT p.id FROM person p WHERE wanted IN (p.id, p.merged_into)),
    last AS (
      SELECT o.outcome, o.at FROM visit v LEFT JOIN visit_request q ON q.id = v.request_id
        CROSS JOIN LATERAL (SELECT o.outcome, o.at, o.received_at, o.id FROM visit_outcome o WHERE o.visit_id = v.id ORDER BY o.at DESC, o.id DESC LIMIT 1) o
      WHERE coalesce(v.person_id, q.person_id) IN (SELECT id FROM same) ORDER BY o.at DESC, o.id DESC LIMIT 1),
    stopped (reason, at) AS (
      SELECT l.outcome, l.at FROM last l WHERE l.outcome IN ('died', 'refused', 'moved')
      UNION ALL
      SELECT w.outcome, w.at FROM task_work w WHERE w.person_id IN (SELECT id FROM same) AND w.outcome IN ('died', 'moved')
        AND NOT EXISTS (SELECT FROM task_work d WHERE d.fact = w.id::text AND d.kind = 'correct' AND d.outcome = 'done')
        AND NOT EXISTS (SELECT FROM audit_event a WHERE a.subject_kind = 'person' AND a.subject_id = w.person_id::text AND a.action = 'person.correct' AND a.at > w.at)
      UNION ALL
      SELECT u.reason, u.at FROM person_pause u WHERE u.person_id IN (SELECT id FROM same) AND u.reason IN ('died', 'moved') AND u.ended_at IS NULL)
  SELECT CASE WHEN EXISTS (SELECT FROM stopped s WHERE s.reason = 'died') THEN 'died' ELSE coalesce(
    (SELECT s.reason FROM stopped s WHERE NOT EXISTS (
        SELECT FROM visit_request q WHERE q.person_id IN (SELECT id FROM same) AND q.created_at > s.at) ORDER BY s.at DESC LIMIT 1),
    (SELECT 'paused' FROM person_pause u
      WHERE u.reason NOT IN ('died', 'moved') AND u.ended_at IS NULL AND u.until > now()
        AND (u.person_id IN (SELECT id FROM same) OR u.household_id IN (
          SELECT h.household_id FROM household_member h WHERE h.person_id IN (SELECT id FROM same) AND h.left_at IS NULL))
        AND (u.reason = 'unsafe' OR NOT EXISTS (SELECT FROM visit_request q
          WHERE q.person_id IN (SELECT id FROM same) AND q.created_at > u.at AND q.asked_by <> 'staff')) LIMIT 1)) END
$$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION visit_stopped(wanted uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT visit_stopped_of(wanted) WHERE may_areas('visit.plan') IS NOT NULL OR may_areas('visit.record') IS NOT NULL
$$;--> statement-breakpoint
-- From when a message goes out: in ten minutes, so that what was a slip is put right before anybody is told; at once where what it is about begins soon.
CREATE FUNCTION told_from(starts_at timestamptz) RETURNS timestamptz LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN starts_at > now() + interval '6 hours' THEN now() + interval '10 minutes' ELSE now() END
$$;--> statement-breakpoint
-- A home was put on a round, or taken off: its household is to be told, in the same transaction, whoever did it. Who was told by hand already needs
-- nothing more.
CREATE FUNCTION visits_told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO message (key, purpose, person_id, visit_id, area_id, unit_id, not_before, due_at, expires_at)
  SELECT k.purpose || ':' || NEW.id, k.purpose, coalesce(NEW.person_id, (SELECT q.person_id FROM visit_request q WHERE q.id = NEW.request_id)), NEW.id,
    NEW.area_id, unit_of(NEW.area_id), told_from(r.starts_at), told_from(r.starts_at), r.ends_at
  FROM visit_round r, (SELECT CASE TG_OP WHEN 'INSERT' THEN 'visit' ELSE 'visit_off' END AS purpose) k
  WHERE r.id = NEW.round_id AND r.called_off_at IS NULL AND r.ends_at > now() AND (TG_OP = 'UPDATE' OR NEW.told_at IS NULL AND NEW.taken_off_at IS NULL)
  ON CONFLICT (key) DO NOTHING;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER visits_told AFTER INSERT ON visit FOR EACH ROW EXECUTE FUNCTION visits_told();--> statement-breakpoint
CREATE TRIGGER visits_off_told AFTER UPDATE OF taken_off_at ON visit FOR EACH ROW
  WHEN (OLD.taken_off_at IS NULL AND NEW.taken_off_at IS NOT NULL) EXECUTE FUNCTION visits_told();--> statement-breakpoint
CREATE FUNCTION rounds_told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO message (key, purpose, person_id, visit_id, area_id, unit_id, not_before, due_at, expires_at)
  SELECT 'visit_off:' || v.id, 'visit_off', coalesce(v.person_id, q.person_id), v.id, v.area_id, unit_of(v.area_id), told_from(NEW.starts_at), told_from(NEW.starts_at), NEW.ends_at
  FROM visit v LEFT JOIN visit_request q ON q.id = v.request_id
  WHERE v.round_id = NEW.id AND v.taken_off_at IS NULL AND NEW.ends_at > now() AND NOT EXISTS (SELECT FROM visit_outcome o WHERE o.visit_id = v.id)
  ON CONFLICT (key) DO NOTHING;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER rounds_told AFTER UPDATE OF called_off_at ON visit_round FOR EACH ROW
  WHEN (OLD.called_off_at IS NULL AND NEW.called_off_at IS NOT NULL) EXECUTE FUNCTION rounds_told();--> statement-breakpoint
-- The mark that a home was told, or rung back, follows from the message that told them, by machine or by hand; what came back as undelivered told nobody.
-- Told of a new day instead of an old one, they know that on the old one nobody comes.
CREATE FUNCTION visit_marks_follow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  told boolean := NEW.state IN ('sent', 'delivered', 'told');
  moment timestamptz := coalesce(NEW.settled_at, now());
  caller uuid := (SELECT l.by FROM message_call l WHERE NEW.state = 'told' AND l.message_id = NEW.id AND l.outcome IN ('reached', 'by_hand') ORDER BY l.at DESC LIMIT 1);
BEGIN
  IF told = (OLD.state IN ('sent', 'delivered', 'told')) THEN RETURN NULL; END IF;
  IF NEW.purpose = 'visit' THEN
    UPDATE visit SET told_at = CASE WHEN told THEN moment END, told_by = CASE WHEN told THEN caller END
    WHERE id = NEW.visit_id AND (told_at IS NULL) = told AND told_by IS NULL;
    IF told AND coalesce(NEW.values->>'was', '') <> '' THEN
      UPDATE visit o SET rung_back_at = moment, rung_back_by = caller
      FROM visit_round r, visit v LEFT JOIN visit_request q ON q.id = v.request_id
      WHERE v.id = NEW.visit_id AND o.id <> v.id AND r.id = o.round_id AND o.told_at IS NOT NULL AND o.rung_back_at IS NULL
        AND (o.taken_off_at IS NOT NULL OR r.called_off_at IS NOT NULL) AND r.ends_at > now()
        AND (o.request_id = v.request_id OR coalesce(o.person_id, (SELECT p.person_id FROM visit_request p WHERE p.id = o.request_id)) = coalesce(v.person_id, q.person_id));
    END IF;
  ELSE
    UPDATE visit SET rung_back_at = CASE WHEN told THEN moment END, rung_back_by = CASE WHEN told THEN caller END
    WHERE id = NEW.visit_id AND (rung_back_at IS NULL) = told AND rung_back_by IS NULL;
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER visit_marks_follow AFTER UPDATE OF state ON message FOR EACH ROW
  WHEN (NEW.purpose IN ('visit', 'visit_off') AND OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION visit_marks_follow();--> statement-breakpoint
-- It was said of whom a request is: what they are told is theirs.
CREATE FUNCTION messages_follow_request() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE message m SET person_id = NEW.person_id FROM visit v WHERE v.request_id = NEW.id AND m.visit_id = v.id AND m.person_id IS NULL;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER messages_follow_request AFTER UPDATE OF person_id ON visit_request FOR EACH ROW
  WHEN (OLD.person_id IS NULL AND NEW.person_id IS NOT NULL) EXECUTE FUNCTION messages_follow_request();--> statement-breakpoint
-- A helper goes on a round, or does not any more.
CREATE FUNCTION round_helpers_told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO message (key, purpose, member_id, round_helper_id, area_id, unit_id, not_before, due_at, expires_at)
  SELECT k.purpose || ':' || NEW.id || ':' || pg_current_xact_id(), k.purpose, NEW.member_id, NEW.id, NEW.area_id, unit_of(NEW.area_id),
    told_from(NEW.starts_at), told_from(NEW.starts_at), NEW.ends_at
  FROM (SELECT CASE WHEN NEW.called_off_at IS NULL THEN 'round' ELSE 'round_off' END AS purpose) k
  WHERE NEW.ends_at > now() AND (TG_OP = 'UPDATE' OR NEW.called_off_at IS NULL)
  ON CONFLICT (key) DO NOTHING;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER round_helpers_told AFTER INSERT ON visit_round_helper FOR EACH ROW EXECUTE FUNCTION round_helpers_told();--> statement-breakpoint
CREATE TRIGGER round_helpers_off_told AFTER UPDATE ON visit_round_helper FOR EACH ROW
  WHEN ((OLD.called_off_at IS NULL) IS DISTINCT FROM (NEW.called_off_at IS NULL)) EXECUTE FUNCTION round_helpers_told();--> statement-breakpoint
-- Somebody is asked for sessions, asked anew, or let go: one message for all that one transaction asks of them for a class. Of whoever was let go those are kept who
-- had said yes, or could see the question on their own page for ten minutes; who was told of it by message is found when it goes out.
CREATE FUNCTION asks_told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO message AS m (key, purpose, member_id, class_id, area_id, unit_id, not_before, due_at, expires_at)
  SELECT 'ask:' || n.member_id || ':' || s.class_id || ':' || pg_current_xact_id(), 'ask', n.member_id, s.class_id, c.area_id, unit_of(c.area_id),
    told_from(min(n.starts_at)), told_from(min(n.starts_at)), max(n.starts_at)
  FROM asked_rows n JOIN class_session s ON s.id = n.session_id JOIN class c ON c.id = s.class_id
  WHERE n.state = 'asked' AND NOT n.called_off AND n.starts_at > now()
  GROUP BY n.member_id, s.class_id, c.area_id
  ON CONFLICT (key) DO UPDATE SET expires_at = greatest(m.expires_at, excluded.expires_at);
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER asks_told AFTER INSERT ON session_helper REFERENCING NEW TABLE AS asked_rows FOR EACH STATEMENT EXECUTE FUNCTION asks_told();--> statement-breakpoint
CREATE FUNCTION asks_changed_told() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO message AS m (key, purpose, member_id, class_id, ask_ids, area_id, unit_id, not_before, due_at, expires_at)
  SELECT k.purpose || ':' || k.member_id || ':' || s.class_id || ':' || pg_current_xact_id(), k.purpose, k.member_id, s.class_id,
    CASE k.purpose WHEN 'let_go' THEN coalesce(array_agg(k.id) FILTER (WHERE k.knew), '{}') END, c.area_id, unit_of(c.area_id),
    told_from(min(k.starts_at)), told_from(min(k.starts_at)), max(k.starts_at)
  FROM (
    SELECT n.*, CASE WHEN n.state = 'asked' AND NOT n.called_off THEN 'ask' ELSE 'let_go' END AS purpose,
      o.state = 'yes' OR o.asked_at < now() - interval '10 minutes' AND EXISTS (SELECT FROM team_member t WHERE t.id = n.member_id AND t.account_id IS NOT NULL) AS knew
    FROM old_rows o JOIN new_rows n ON n.id = o.id
    WHERE n.starts_at > now() AND (
      n.state = 'asked' AND NOT n.called_off AND (o.state, o.called_off, o.starts_at, o.asked_at) IS DISTINCT FROM (n.state, n.called_off, n.starts_at, n.asked_at)
      OR o.state <> 'no' AND NOT o.called_off AND (n.called_off OR n.state = 'no' AND n.no_because <> 'said'))
  ) k JOIN class_session s ON s.id = k.session_id JOIN class c ON c.id = s.class_id
  GROUP BY k.purpose, k.member_id, s.class_id, c.area_id
  ON CONFLICT (key) DO UPDATE SET expires_at = greatest(m.expires_at, excluded.expires_at), ask_ids = m.ask_ids || excluded.ask_ids;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER asks_changed_told AFTER UPDATE ON session_helper REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION asks_changed_told();
