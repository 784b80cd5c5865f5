CREATE TABLE "session_helper" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"session_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"member_area_id" integer NOT NULL,
	"role" text NOT NULL,
	"state" text DEFAULT 'asked' NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"called_off" boolean DEFAULT false NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"asked_by" uuid,
	"answered_at" timestamp with time zone,
	"answered_by" uuid,
	"no_because" text,
	"reason" text DEFAULT '' NOT NULL,
	"moved_at" timestamp with time zone,
	"absent_at" timestamp with time zone,
	"absent_by" uuid,
	CONSTRAINT "session_helper_role_known" CHECK (role in ('teaches', 'helps')),
	CONSTRAINT "session_helper_state_known" CHECK (state in ('asked', 'yes', 'no')),
	CONSTRAINT "session_helper_no_because_known" CHECK (no_because in ('said', 'clash', 'left', 'withdrawn')),
	CONSTRAINT "session_helper_no_says_why" CHECK ((state = 'no') = (no_because is not null)),
	CONSTRAINT "session_helper_yes_was_answered" CHECK (state <> 'yes' or answered_at is not null),
	CONSTRAINT "session_helper_absent_had_agreed" CHECK (absent_at is null or state = 'yes')
);
--> statement-breakpoint
ALTER TABLE "session_helper" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "team_member_skill" (
	"member_id" uuid NOT NULL,
	"skill_code" text NOT NULL,
	"area_id" integer NOT NULL,
	CONSTRAINT "team_member_skill_member_id_skill_code_pk" PRIMARY KEY("member_id","skill_code")
);
--> statement-breakpoint
ALTER TABLE "team_member_skill" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "team" ADD COLUMN "organisation" text DEFAULT 'front' NOT NULL;--> statement-breakpoint
ALTER TABLE "team_member" ADD COLUMN "phone" text;--> statement-breakpoint
ALTER TABLE "team_member" ADD COLUMN "languages" text[] DEFAULT '{"vi"}' NOT NULL;--> statement-breakpoint
ALTER TABLE "team_member" ADD COLUMN "role" text DEFAULT 'member' NOT NULL;--> statement-breakpoint
ALTER TABLE "team_member" ADD COLUMN "left_on" date;--> statement-breakpoint
ALTER TABLE "session_helper" ADD CONSTRAINT "session_helper_session_id_class_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."class_session"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_helper" ADD CONSTRAINT "session_helper_member_id_team_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."team_member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_helper" ADD CONSTRAINT "session_helper_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_helper" ADD CONSTRAINT "session_helper_member_area_id_area_id_fk" FOREIGN KEY ("member_area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_helper" ADD CONSTRAINT "session_helper_asked_by_account_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_helper" ADD CONSTRAINT "session_helper_answered_by_account_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session_helper" ADD CONSTRAINT "session_helper_absent_by_account_id_fk" FOREIGN KEY ("absent_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_member_skill" ADD CONSTRAINT "team_member_skill_member_id_team_member_id_fk" FOREIGN KEY ("member_id") REFERENCES "public"."team_member"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_member_skill" ADD CONSTRAINT "team_member_skill_skill_code_skill_code_fk" FOREIGN KEY ("skill_code") REFERENCES "public"."skill"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_member_skill" ADD CONSTRAINT "team_member_skill_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "session_helper_once_idx" ON "session_helper" USING btree ("session_id","member_id");--> statement-breakpoint
CREATE INDEX "session_helper_member_idx" ON "session_helper" USING btree ("member_id","starts_at");--> statement-breakpoint
CREATE INDEX "session_helper_area_idx" ON "session_helper" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "session_helper_member_area_idx" ON "session_helper" USING btree ("member_area_id");--> statement-breakpoint
CREATE INDEX "session_helper_asked_by_idx" ON "session_helper" USING btree ("asked_by");--> statement-breakpoint
CREATE INDEX "session_helper_answered_by_idx" ON "session_helper" USING btree ("answered_by");--> statement-breakpoint
CREATE INDEX "session_helper_absent_by_idx" ON "session_helper" USING btree ("absent_by");--> statement-breakpoint
CREATE INDEX "team_member_skill_skill_idx" ON "team_member_skill" USING btree ("skill_code");--> statement-breakpoint
CREATE INDEX "team_member_skill_area_idx" ON "team_member_skill" USING btree ("area_id");--> statement-breakpoint
CREATE UNIQUE INDEX "team_member_account_now_idx" ON "team_member" USING btree ("account_id") WHERE left_on is null;--> statement-breakpoint
ALTER TABLE "team" ADD CONSTRAINT "team_organisation_known" CHECK (organisation in ('front', 'youth', 'women', 'farmers', 'veterans', 'trade_union', 'government', 'other'));--> statement-breakpoint
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_languages_known" CHECK (languages <@ array['vi', 'bru', 'pako'] and cardinality(languages) > 0);--> statement-breakpoint
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_role_known" CHECK (role in ('lead', 'member'));--> statement-breakpoint
CREATE POLICY "session_helper_select" ON "session_helper" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.read')), '{}')) or member_area_id = ANY (COALESCE((SELECT may_areas('class.read')), '{}')) or member_id = ANY (ARRAY(SELECT m.id FROM team_member m WHERE m.account_id = (SELECT caller_account()))));--> statement-breakpoint
CREATE POLICY "session_helper_insert" ON "session_helper" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "session_helper_update" ON "session_helper" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "session_helper_delete" ON "session_helper" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "session_helper_system" ON "session_helper" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "session_helper_public" ON "session_helper" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "team_member_skill_select" ON "team_member_skill" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.read')), '{}')));--> statement-breakpoint
CREATE POLICY "team_member_skill_insert" ON "team_member_skill" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) and exists (select from team_member m where m.id = team_member_skill.member_id and m.area_id = team_member_skill.area_id));--> statement-breakpoint
CREATE POLICY "team_member_skill_update" ON "team_member_skill" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "team_member_skill_delete" ON "team_member_skill" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "team_member_skill_system" ON "team_member_skill" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "team_member_skill_public" ON "team_member_skill" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
ALTER POLICY "team_member_select" ON "team_member" TO camtay_app USING (area_id = ANY (COALESCE((SELECT may_areas('class.read')), '{}')) or account_id = (SELECT caller_account()));--> statement-breakpoint
ALTER POLICY "team_member_insert" ON "team_member" TO camtay_app WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) and exists (select from team k where k.id = team_member.team_id and k.area_id = team_member.area_id));--> statement-breakpoint
ALTER POLICY "team_member_update" ON "team_member" TO camtay_app USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) and exists (select from team k where k.id = team_member.team_id and k.area_id = team_member.area_id)) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) and exists (select from team k where k.id = team_member.team_id and k.area_id = team_member.area_id));--> statement-breakpoint
-- by hand
ALTER TABLE session_helper FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE team_member_skill FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Nobody is at two sessions at once, whoever asks and from wherever. Judged at the end of a statement: sessions that move together
-- may pass through each other's old times.
ALTER TABLE session_helper ADD CONSTRAINT session_helper_free EXCLUDE USING gist (
  member_id WITH =, tstzrange(starts_at, ends_at) WITH &&
) WHERE (state <> 'no' AND NOT called_off) DEFERRABLE INITIALLY IMMEDIATE;--> statement-breakpoint
-- Where and when is the session's to say. The session is held, so that one that is moved at this moment takes the row along.
CREATE FUNCTION session_helper_follows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  SELECT s.starts_at, s.ends_at, s.area_id, s.status IN ('cancelled', 'did_not_happen')
  INTO NEW.starts_at, NEW.ends_at, NEW.area_id, NEW.called_off
  FROM class_session s WHERE s.id = NEW.session_id FOR SHARE;
  SELECT m.area_id INTO NEW.member_area_id FROM team_member m WHERE m.id = NEW.member_id;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER session_helper_follows BEFORE INSERT OR UPDATE ON session_helper
  FOR EACH ROW EXECUTE FUNCTION session_helper_follows();--> statement-breakpoint
-- A session moved, was called off or came back: its helpers' rows follow. Whoever is expected elsewhere at the new time is let off; whoever
-- had said yes is asked anew. At the end of the transaction, when all of its sessions stand where they will.
CREATE FUNCTION helpers_follow_session() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE concerned uuid[];
BEGIN
  SELECT array_agg(id) INTO concerned FROM (
    SELECT m.id FROM team_member m WHERE m.id IN (SELECT member_id FROM session_helper WHERE session_id = NEW.id)
    ORDER BY m.id FOR NO KEY UPDATE) held;
  IF concerned IS NULL THEN RETURN NULL; END IF;
  WITH now_at AS (
    SELECT h.id, h.member_id, h.state, s.area_id, s.starts_at, s.ends_at,
           s.status IN ('cancelled', 'did_not_happen') AS off,
           s.starts_at > now() AND ((h.starts_at, h.ends_at) IS DISTINCT FROM (s.starts_at, s.ends_at) OR h.called_off) AS anew,
           (h.starts_at, h.ends_at, h.area_id, h.called_off)
             IS DISTINCT FROM (s.starts_at, s.ends_at, s.area_id, s.status IN ('cancelled', 'did_not_happen')) AS stale
    FROM session_helper h JOIN class_session s ON s.id = h.session_id WHERE h.member_id = ANY (concerned)
  ), judged AS (
    SELECT n.*, n.state <> 'no' AND NOT n.off AND EXISTS (
      SELECT FROM now_at o WHERE o.member_id = n.member_id AND o.id <> n.id AND o.state <> 'no' AND NOT o.off
        AND (NOT o.stale OR o.id < n.id) AND tstzrange(o.starts_at, o.ends_at) && tstzrange(n.starts_at, n.ends_at)) AS clashes
    FROM now_at n WHERE n.stale
  )
  UPDATE session_helper h SET
    state = CASE WHEN j.clashes THEN 'no' WHEN j.anew AND NOT j.off AND h.state = 'yes' THEN 'asked' ELSE h.state END,
    no_because = CASE WHEN j.clashes THEN 'clash' ELSE h.no_because END,
    absent_at = CASE WHEN j.clashes THEN NULL ELSE h.absent_at END,
    moved_at = CASE WHEN j.anew AND NOT j.off AND h.state <> 'no' THEN now() ELSE h.moved_at END
  FROM judged j WHERE j.id = h.id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE CONSTRAINT TRIGGER helpers_follow_session AFTER UPDATE ON class_session DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN ((OLD.starts_at, OLD.ends_at, OLD.area_id) IS DISTINCT FROM (NEW.starts_at, NEW.ends_at, NEW.area_id)
    OR (OLD.status IN ('cancelled', 'did_not_happen')) IS DISTINCT FROM (NEW.status IN ('cancelled', 'did_not_happen')))
  EXECUTE FUNCTION helpers_follow_session();--> statement-breakpoint
-- Who leads the teams there are: their kind says it of most.
ALTER TABLE team NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE team SET organisation = CASE kind WHEN 'community_tech' THEN 'government' WHEN 'front' THEN 'front' ELSE 'youth' END;--> statement-breakpoint
ALTER TABLE team FORCE ROW LEVEL SECURITY;
