ALTER POLICY "person_select" ON "person" TO camtay_app USING (area_id = ANY (COALESCE((SELECT may_areas('person.read')), '{}')) or id = ANY (COALESCE((SELECT outside_people()), '{}')) or exists (select from enrolment e where e.person_id = person.id) or exists (select from attendance a where a.person_id = person.id) or exists (select from task_given given where given.person_id = person.id and given.account_id = (SELECT caller_account()) and given.ended_at is null and given.until > now() and given.area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}'))));--> statement-breakpoint
ALTER POLICY "step_record_select" ON "step_record" TO camtay_app USING (exists (select from person p where p.id = step_record.person_id) and not person_id = ANY (COALESCE((SELECT outside_people()), '{}')));--> statement-breakpoint
ALTER POLICY "person_pause_insert" ON "person_pause" TO camtay_app WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}')) and by = (SELECT caller_account()) and (person_id is null or person_in_reach(person_id) or exists (select from task_given given where given.person_id = person_pause.person_id and given.account_id = (SELECT caller_account()) and given.ended_at is null and given.until > now() and given.area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}')))));--> statement-breakpoint
ALTER POLICY "task_work_insert" ON "task_work" TO camtay_app WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}')) and by = (SELECT caller_account()) and (person_id is null or person_in_reach(person_id) or exists (select from task_given given where given.person_id = task_work.person_id and given.account_id = (SELECT caller_account()) and given.ended_at is null and given.until > now() and given.area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}')))));--> statement-breakpoint
-- by hand
-- Rounds are the caller's only where they may record visits: elsewhere an earlier right does not come back with another one.
CREATE OR REPLACE FUNCTION my_rounds() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT array_agg(h.round_id) FROM team_member m JOIN visit_round_helper h ON h.member_id = m.id JOIN visit_round r ON r.id = h.round_id
  WHERE m.account_id = caller_account() AND m.left_on IS NULL AND h.called_off_at IS NULL AND r.called_off_at IS NULL
    AND r.day BETWEEN (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - 7 AND (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + 7
    AND r.area_id = ANY (COALESCE(may_areas('visit.record'), '{}'))
$$;
--> statement-breakpoint
-- Steps of referrals stay as they were; whoever withdraws takes their words along.
CREATE FUNCTION referral_step_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND current_user = 'camtay_system' AND NEW.note = '' AND to_jsonb(NEW) - 'note' = to_jsonb(OLD) - 'note' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'referral_step is append-only' USING ERRCODE = 'restrict_violation';
END $$;--> statement-breakpoint
DROP TRIGGER referral_step_appended ON referral_step;--> statement-breakpoint
CREATE TRIGGER referral_step_appended BEFORE UPDATE OR DELETE ON referral_step FOR EACH ROW EXECUTE FUNCTION referral_step_stays();
