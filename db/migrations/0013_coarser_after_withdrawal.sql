ALTER TABLE "person" ADD COLUMN "born_about" integer;--> statement-breakpoint
ALTER TABLE "person" ADD CONSTRAINT "person_born_about_alone" CHECK (born_about is null or birth_year is null);--> statement-breakpoint
-- The age of whoever withdrew is counted by the middle year of their band: a change of it is news to the figures, too.
SET check_function_bodies = false;--> statement-breakpoint
CREATE OR REPLACE FUNCTION note_person_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  INSERT INTO figure_change (person_id)
  SELECT p.id
  FROM after JOIN before USING (id), LATERAL (VALUES (id), (before.merged_into), (after.merged_into)) p (id)
  WHERE (after.area_id, after.birth_year, after.born_about, after.gender, after.merged_into)
    IS DISTINCT FROM (before.area_id, before.birth_year, before.born_about, before.gender, before.merged_into)
    AND p.id IS NOT NULL
  GROUP BY p.id;
  RETURN NULL;
END $$;--> statement-breakpoint
RESET check_function_bodies;
