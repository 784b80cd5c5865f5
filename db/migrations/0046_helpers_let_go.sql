-- by hand
-- As before, but who was let go of a round is free, whether or not the round goes ahead with others.
CREATE OR REPLACE FUNCTION visit_round_helper_follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  SELECT r.area_id, r.starts_at, r.ends_at, coalesce(r.called_off_at, NEW.called_off_at) INTO NEW.area_id, NEW.starts_at, NEW.ends_at, NEW.called_off_at
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
END $$;
