-- Two sessions never meet at one venue: refused by the database, whoever plans them and from wherever.
ALTER TABLE class_session ADD CONSTRAINT class_session_venue_free EXCLUDE USING gist (
  venue_id WITH =, tstzrange(starts_at, ends_at) WITH &&
) WHERE (status IN ('planned', 'published', 'held'));--> statement-breakpoint
CREATE INDEX class_search_idx ON class USING gin (search_folded gin_trgm_ops);--> statement-breakpoint
-- Facts that are appended, never changed or taken away, not even by the system role.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER audit_event_appended BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER enrolment_event_appended BEFORE UPDATE OR DELETE ON enrolment_event FOR EACH ROW EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER skill_observation_appended BEFORE UPDATE OR DELETE ON skill_observation FOR EACH ROW EXECUTE FUNCTION refuse_change();
