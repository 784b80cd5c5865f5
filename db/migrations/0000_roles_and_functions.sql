-- Roles of the doors. They own nothing, log in nowhere and bypass nothing; CREATE ROLE is for the whole cluster, so several
-- databases of one cluster (and two migrations at once) may meet here.
DO $$
DECLARE wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['camtay_app', 'camtay_public', 'camtay_system'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT', wanted);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END LOOP;
END $$;--> statement-breakpoint
DO $$
BEGIN
  EXECUTE format('GRANT camtay_app, camtay_public, camtay_system TO %I', current_user);
EXCEPTION WHEN unique_violation OR object_in_use THEN NULL;
END $$;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gist;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS pg_trgm;--> statement-breakpoint
SET check_function_bodies = off;--> statement-breakpoint
-- The account behind the caller's session token, if the session still runs and the account is not disabled. The token is a
-- transaction-local setting; after COMMIT such a setting reads '', hence nullif.
CREATE FUNCTION caller_account() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT s.account_id
  FROM auth_session s JOIN account a ON a.id = s.account_id
  WHERE s.token_hash = sha256(convert_to(nullif(current_setting('camtay.token', true), ''), 'UTF8'))
    AND s.ended_at IS NULL AND s.expires_at > now() AND a.disabled_at IS NULL
$$;--> statement-breakpoint
-- Every area where the caller's grants of today carry the capability, those below included. Policies compare with it by
-- `= ANY (COALESCE((SELECT may_areas(…)), '{}'))`, which runs once per query and keeps the index usable.
CREATE FUNCTION may_areas(wanted text) RETURNS integer[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT array_agg(DISTINCT t.area_id)
  FROM account_grant g
  JOIN role_capability r ON r.role = g.role AND r.capability = wanted
  JOIN area_tree t ON t.ancestor_id = g.area_id
  WHERE g.account_id = caller_account()
    AND g.valid_from <= current_date AND (g.valid_to IS NULL OR g.valid_to >= current_date)
$$;--> statement-breakpoint
-- Who calls, for the doors: account, name, session and today's grants with their verbs. No row when nobody is signed in.
CREATE FUNCTION caller() RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  SELECT jsonb_build_object(
    'accountId', a.id, 'sessionId', s.id, 'fullName', a.full_name, 'username', a.username, 'areaId', a.area_id,
    'grants', COALESCE((
      SELECT jsonb_agg(jsonb_build_object('role', g.role, 'areaId', g.area_id, 'areaNameVi', ar.full_name_vi, 'areaNameEn', ar.full_name_en))
      FROM account_grant g JOIN area ar ON ar.id = g.area_id
      WHERE g.account_id = a.id AND g.valid_from <= current_date AND (g.valid_to IS NULL OR g.valid_to >= current_date)), '[]'),
    'capabilities', COALESCE((
      SELECT jsonb_agg(DISTINCT r.capability)
      FROM account_grant g JOIN role_capability r ON r.role = g.role
      WHERE g.account_id = a.id AND g.valid_from <= current_date AND (g.valid_to IS NULL OR g.valid_to >= current_date)), '[]'))
  FROM auth_session s JOIN account a ON a.id = s.account_id
  WHERE s.token_hash = sha256(convert_to(nullif(current_setting('camtay.token', true), ''), 'UTF8'))
    AND s.ended_at IS NULL AND s.expires_at > now() AND a.disabled_at IS NULL
$$;--> statement-breakpoint
-- Flattens today's tree into area_tree. Called after area_parent changes and by the nightly job on the day a change begins.
CREATE FUNCTION rebuild_area_tree() RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  DELETE FROM area_tree;
  INSERT INTO area_tree (ancestor_id, area_id, depth)
  WITH RECURSIVE line (ancestor_id, area_id, depth) AS (
    SELECT id, id, 0 FROM area
    UNION ALL
    SELECT p.parent_id, line.area_id, line.depth + 1
    FROM line JOIN area_parent p ON p.area_id = line.ancestor_id
    WHERE p.valid_from <= current_date AND (p.valid_to IS NULL OR p.valid_to > current_date) AND line.depth < 12
  )
  SELECT ancestor_id, area_id, min(depth) FROM line GROUP BY ancestor_id, area_id;
END $$;--> statement-breakpoint
RESET check_function_bodies;
