-- How a place's name is compared with what somebody typed; lib/area/rules.ts does the same to the words typed. Bodies are bound when made,
-- so that they mean the same whatever the search path, as an index needs.
-- Base letters and single spaces, without what stands in brackets: "Xã Hải Phú (huyện Bố Trạch)" is "xa hai phu".
CREATE FUNCTION place_full(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN btrim(regexp_replace(lower(translate(regexp_replace(normalize(regexp_replace(name, '\([^)]*\)', ' ', 'g'), NFD), '[\u0300-\u036f]', '', 'g'), 'Đđ', 'dd')), '[^a-z0-9]+', ' ', 'g'));--> statement-breakpoint
-- The same without the word for its kind and without leading zeros: "thôn 01" is "1".
CREATE FUNCTION place_words(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN regexp_replace(regexp_replace(place_full(name), '^(?:tinh|thanh pho|thi xa|thi tran|huyen|dac khu|phuong|xa|thon|ban|lang|xom|ap|to dan pho|tieu khu|khu pho|khu) (?=.)', ''), '\m0+(?=[0-9])', '', 'g');--> statement-breakpoint
-- The name with and without its kind, whole and with any one letter left out: two names a typo apart have one of these in common.
-- Digits are never left out: another number is another place.
CREATE FUNCTION place_near(name text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
  SELECT array_agg(DISTINCT form) FROM (
    SELECT left(word, at - 1) || substr(word, at + 1) AS form
    FROM (VALUES (place_words(name)), (place_full(name))) AS words (word), generate_series(1, length(word)) AS at
    WHERE substr(word, at, 1) !~ '[0-9]' AND length(word) > 2
    UNION ALL VALUES (place_words(name)), (place_full(name))) AS forms);--> statement-breakpoint
CREATE TABLE "class_demand" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"area_id" integer NOT NULL,
	"skill_code" text,
	"wish" text DEFAULT '' NOT NULL,
	"times" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"people" integer DEFAULT 1 NOT NULL,
	"idempotency_key" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"outcome" text,
	"outcome_note" text DEFAULT '' NOT NULL,
	"class_id" text,
	"settled_at" timestamp with time zone,
	"settled_by" uuid,
	CONSTRAINT "class_demand_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "class_demand_says_what" CHECK (skill_code is not null or wish <> ''),
	CONSTRAINT "class_demand_people_range" CHECK (people between 1 and 200),
	CONSTRAINT "class_demand_times_known" CHECK (jsonb_typeof(times) = 'array' and times <@ '["morning", "afternoon", "evening", "weekend"]'),
	CONSTRAINT "class_demand_outcome_known" CHECK (outcome in ('class_made', 'referred', 'no_longer_needed')),
	CONSTRAINT "class_demand_settled_whole" CHECK ((outcome is null) = (settled_at is null)),
	CONSTRAINT "class_demand_names_class" CHECK ((outcome is not distinct from 'class_made') = (class_id is not null))
);
--> statement-breakpoint
ALTER TABLE "class_demand" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "class_demand_contact" (
	"demand_id" uuid PRIMARY KEY NOT NULL,
	"area_id" integer NOT NULL,
	"full_name" text DEFAULT '' NOT NULL,
	"phone" text,
	"consent_version" integer NOT NULL,
	"consent_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "class_demand_contact_phone_shape" CHECK (phone ~ '^\+[0-9]{8,15}$'),
	CONSTRAINT "class_demand_contact_not_empty" CHECK (full_name <> '' or phone is not null)
);
--> statement-breakpoint
ALTER TABLE "class_demand_contact" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "class_demand" ADD CONSTRAINT "class_demand_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_demand" ADD CONSTRAINT "class_demand_skill_code_skill_code_fk" FOREIGN KEY ("skill_code") REFERENCES "public"."skill"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_demand" ADD CONSTRAINT "class_demand_class_id_class_id_fk" FOREIGN KEY ("class_id") REFERENCES "public"."class"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_demand" ADD CONSTRAINT "class_demand_settled_by_account_id_fk" FOREIGN KEY ("settled_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_demand_contact" ADD CONSTRAINT "class_demand_contact_demand_id_class_demand_id_fk" FOREIGN KEY ("demand_id") REFERENCES "public"."class_demand"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_demand_contact" ADD CONSTRAINT "class_demand_contact_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "class_demand_area_idx" ON "class_demand" USING btree ("area_id","created_at");--> statement-breakpoint
CREATE INDEX "class_demand_skill_idx" ON "class_demand" USING btree ("skill_code");--> statement-breakpoint
CREATE INDEX "class_demand_class_idx" ON "class_demand" USING btree ("class_id");--> statement-breakpoint
CREATE INDEX "class_demand_settled_by_idx" ON "class_demand" USING btree ("settled_by");--> statement-breakpoint
CREATE INDEX "class_demand_contact_area_idx" ON "class_demand_contact" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "class_demand_contact_phone_idx" ON "class_demand_contact" USING btree ("phone");--> statement-breakpoint
CREATE INDEX "area_words_idx" ON "area" USING btree (place_words(full_name_vi));--> statement-breakpoint
CREATE INDEX "area_inside_idx" ON "area" USING gin ((' ' || place_words(full_name_vi)) gin_trgm_ops) WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "area_near_idx" ON "area" USING gin (place_near(full_name_vi)) WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "area_alias_words_idx" ON "area_alias" USING btree (place_words(name));--> statement-breakpoint
CREATE INDEX "area_alias_inside_idx" ON "area_alias" USING gin ((' ' || place_words(name)) gin_trgm_ops) WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "area_alias_near_idx" ON "area_alias" USING gin (place_near(name)) WITH (fastupdate=false);--> statement-breakpoint
CREATE POLICY "class_demand_select" ON "class_demand" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.read')), '{}')));--> statement-breakpoint
CREATE POLICY "class_demand_insert" ON "class_demand" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "class_demand_update" ON "class_demand" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "class_demand_delete" ON "class_demand" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "class_demand_system" ON "class_demand" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "class_demand_public" ON "class_demand" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "class_demand_contact_select" ON "class_demand_contact" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "class_demand_contact_insert" ON "class_demand_contact" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "class_demand_contact_update" ON "class_demand_contact" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "class_demand_contact_delete" ON "class_demand_contact" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "class_demand_contact_system" ON "class_demand_contact" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "class_demand_contact_public" ON "class_demand_contact" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);