-- A class whose team was closed is given no more sessions: neither new ones, nor called-off ones back, nor any later than they were. What lies behind is left alone,
-- since registers are corrected long after. Afterwards, as for classes.
CREATE FUNCTION session_of_an_open_team() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM class c JOIN team t ON t.id = c.team_id WHERE c.id = NEW.class_id AND t.closed_on IS NULL FOR SHARE OF t;
  IF NOT FOUND THEN RAISE EXCEPTION 'the team is closed' USING ERRCODE = 'check_violation', CONSTRAINT = 'team_closed'; END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER session_of_an_open_team AFTER INSERT ON class_session FOR EACH ROW
  WHEN (NEW.status IN ('planned', 'published') AND NEW.ends_at > now()) EXECUTE FUNCTION session_of_an_open_team();--> statement-breakpoint
CREATE TRIGGER session_back_in_an_open_team AFTER UPDATE OF status, starts_at, ends_at ON class_session FOR EACH ROW
  WHEN (NEW.status IN ('planned', 'published') AND NEW.ends_at > now() AND (OLD.status NOT IN ('planned', 'published') OR NEW.ends_at > OLD.ends_at))
  EXECUTE FUNCTION session_of_an_open_team();--> statement-breakpoint
-- Nor is anybody of a closed team put on duty. Beforehand, and by its name before the others: the team is held before the hours of whoever goes there.
CREATE FUNCTION desk_shift_of_an_open_team() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM team_member m JOIN team t ON t.id = m.team_id WHERE m.id = NEW.member_id AND t.closed_on IS NULL FOR SHARE OF t;
  IF NOT FOUND THEN RAISE EXCEPTION 'the team is closed' USING ERRCODE = 'check_violation', CONSTRAINT = 'team_closed'; END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER desk_shift_of_an_open_team BEFORE INSERT ON desk_shift FOR EACH ROW
  WHEN (NEW.member_id IS NOT NULL AND NEW.called_off_at IS NULL AND NEW.ends_at > now()) EXECUTE FUNCTION desk_shift_of_an_open_team();
