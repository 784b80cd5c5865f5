-- by hand
-- What a device sent stays as it was sent, but for the plain hash of an earlier build: a keyed one takes its place, once
-- (`keyOldHashes` in lib/register/keyed.ts, which alone knows the key).
CREATE OR REPLACE FUNCTION visit_operation_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF to_jsonb(NEW) - 'outcome' - 'reason' = to_jsonb(OLD) - 'outcome' - 'reason' THEN RETURN NEW; END IF;
  IF OLD.content_hash ~ '^[0-9a-f]{64}$' AND NEW.content_hash !~ '^[0-9a-f]{64}$' AND to_jsonb(NEW) - 'content_hash' = to_jsonb(OLD) - 'content_hash' THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'what a device sent is not changed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
