-- by hand
-- A home is put on a round of its very place, and only of a request of areas where the caller plans visits: else its number, name and phone would be told to whoever goes there.
CREATE FUNCTION may_put_on(wanted_round uuid, wanted_area integer, wanted_request uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM visit_round r WHERE r.id = wanted_round AND r.area_id = wanted_area)
    AND (wanted_request IS NULL OR EXISTS (SELECT FROM visit_request q WHERE q.id = wanted_request AND q.area_id = ANY (COALESCE(may_areas('visit.plan'), '{}'))))
$$;--> statement-breakpoint
ALTER POLICY "visit_insert" ON "visit" TO camtay_app WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')) and (person_id is null or person_in_reach(person_id)) and may_put_on(round_id, area_id, request_id));--> statement-breakpoint
ALTER POLICY "visit_round_helper_insert" ON "visit_round_helper" TO camtay_app WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')) and exists (select from team_member m where m.id = visit_round_helper.member_id and m.area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}'))));--> statement-breakpoint
-- by hand
-- What a home on a round is of and on stays, for whoever plans: another is put on instead. Areas that are merged are the system's.
CREATE FUNCTION visit_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF current_user <> 'camtay_app' THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'a home stays on its round' USING ERRCODE = 'integrity_constraint_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER visit_stays BEFORE UPDATE ON visit FOR EACH ROW
  WHEN ((OLD.round_id, OLD.area_id, OLD.day, OLD.request_id, OLD.pin) IS DISTINCT FROM (NEW.round_id, NEW.area_id, NEW.day, NEW.request_id, NEW.pin))
  EXECUTE FUNCTION visit_stays();
