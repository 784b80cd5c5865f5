ALTER TABLE "visit_request" DROP CONSTRAINT "visit_request_asked_by_known";--> statement-breakpoint
ALTER TABLE "visit_request" ADD CONSTRAINT "visit_request_asked_by_known" CHECK (asked_by in ('self', 'relative', 'staff', 'desk'));--> statement-breakpoint
-- by hand
-- As before, and also by what was said at the door of a task, or by an organiser who left them alone: the dead and those who moved (also as long as only
-- somebody at the door said so), and, as 'paused', whoever is left alone for a while, alone or with their household. Who asks themselves since may be visited, unless it was not safe there.
CREATE OR REPLACE FUNCTION visit_stopped(wanted uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
  WHERE may_areas('visit.plan') IS NOT NULL OR may_areas('visit.record') IS NOT NULL
$$;--> statement-breakpoint
-- Whom somebody said to be dead at the door of a task, and nobody has said otherwise since: rung and written to no more.
INSERT INTO message_choice (person_id, no_calls_at)
SELECT d.person_id, max(d.at) FROM (
  SELECT w.person_id, w.at FROM task_work w WHERE w.outcome = 'died' AND w.person_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM task_work c WHERE c.fact = w.id::text AND c.kind = 'correct' AND c.outcome = 'done')
    AND NOT EXISTS (SELECT FROM audit_event a WHERE a.subject_kind = 'person' AND a.subject_id = w.person_id::text AND a.action = 'person.correct' AND a.at > w.at)
  UNION ALL
  SELECT u.person_id, u.at FROM person_pause u WHERE u.reason = 'died' AND u.person_id IS NOT NULL AND u.ended_at IS NULL) d
GROUP BY d.person_id
ON CONFLICT (person_id) DO UPDATE SET zalo = false, sms = false, email = null, no_calls_at = coalesce(message_choice.no_calls_at, excluded.no_calls_at), changed_at = now();
