ALTER POLICY "eligible_select" ON "eligible" TO camtay_app USING (area_id = ANY (COALESCE((SELECT may_areas('figures.read')), '{}')) and (grp not in ('ethnic_minority', 'disability', 'poor_household') or area_id = ANY (COALESCE((SELECT may_areas('person.read')), '{}'))));--> statement-breakpoint
-- by hand
-- What was said of sensitive groups in and under an area whose figures the caller may see: exact where they may also look people up, as of the day; elsewhere
-- the newest, for lib/eligible alone, which tells of it what may be told.
CREATE FUNCTION eligible_sensitive(within integer, wanted text[], day date)
RETURNS TABLE (area_id integer, grp text, people integer, source text, as_of date, exact boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT DISTINCT ON (r.area_id, r.grp) r.area_id, r.grp, r.people, r.source, r.as_of, place.exact
  FROM (
    SELECT t.area_id, t.area_id = ANY (COALESCE((SELECT may_areas('person.read')), '{}')) AS exact
    FROM area_tree t
    WHERE t.ancestor_id = within AND t.area_id = ANY (COALESCE((SELECT may_areas('figures.read')), '{}'))) place
  JOIN eligible r ON r.area_id = place.area_id
  WHERE r.grp = ANY (wanted) AND r.grp IN ('ethnic_minority', 'disability', 'poor_household')
    AND r.as_of <= CASE WHEN place.exact THEN day ELSE portal_day() END
  ORDER BY r.area_id, r.grp, r.as_of DESC, r.id DESC
$$;
