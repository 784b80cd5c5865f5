-- by hand
-- The same areas as before, asked for by every wall of every query: who calls and what day it is are reckoned once, not for each grant.
CREATE OR REPLACE FUNCTION may_areas(wanted text) RETURNS integer[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT array_agg(DISTINCT t.area_id)
  FROM area_tree t
  WHERE t.ancestor_id = ANY (ARRAY(
    SELECT g.area_id
    FROM account_grant g
    JOIN role_capability r ON r.role = g.role AND r.capability = wanted
    WHERE g.account_id = (SELECT caller_account())
      AND g.valid_from <= (SELECT portal_day()) AND (g.valid_to IS NULL OR g.valid_to >= (SELECT portal_day()))))
$$;--> statement-breakpoint
-- Those of them that lie in no other of them, the highest first: where a page begins that was asked for no place.
CREATE FUNCTION top_areas(wanted text) RETURNS integer[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH granted AS (
    SELECT DISTINCT g.area_id
    FROM account_grant g
    JOIN role_capability r ON r.role = g.role AND r.capability = wanted
    WHERE g.account_id = (SELECT caller_account())
      AND g.valid_from <= (SELECT portal_day()) AND (g.valid_to IS NULL OR g.valid_to >= (SELECT portal_day())))
  SELECT array_agg(area_id ORDER BY (SELECT count(*) FROM area_tree t WHERE t.area_id = granted.area_id), area_id)
  FROM granted
  WHERE NOT EXISTS (
    SELECT FROM area_tree t JOIN granted above ON above.area_id = t.ancestor_id WHERE t.area_id = granted.area_id AND t.depth > 0)
$$;
