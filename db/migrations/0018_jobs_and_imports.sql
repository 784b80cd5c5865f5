CREATE TABLE "job" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"account_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"language" text NOT NULL,
	"input" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"file" "bytea",
	"file_name" text,
	"output" "bytea",
	"output_name" text,
	"state" text DEFAULT 'queued' NOT NULL,
	"progress" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"result" jsonb,
	"reason" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"token_hash" "bytea",
	"lease_until" timestamp with time zone,
	"kept_until" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp with time zone,
	CONSTRAINT "job_kind_shape" CHECK (kind ~ '^[a-z_]{1,40}$'),
	CONSTRAINT "job_language_known" CHECK (language in ('vi', 'en')),
	CONSTRAINT "job_state_known" CHECK (state in ('queued', 'running', 'done', 'failed', 'cancelled')),
	CONSTRAINT "job_token_while_running" CHECK ((state = 'running') = (token_hash is not null and lease_until is not null)),
	CONSTRAINT "job_end_known" CHECK ((state in ('done', 'failed', 'cancelled')) = (finished_at is not null)),
	CONSTRAINT "job_failure_says_why" CHECK ((state = 'failed') = (reason is not null)),
	CONSTRAINT "job_progress_range" CHECK (progress >= 0 and (total is null or total >= 0))
);
--> statement-breakpoint
ALTER TABLE "job" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "job" ADD CONSTRAINT "job_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "job" ADD CONSTRAINT "job_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "job_account_idx" ON "job" USING btree ("account_id","created_at");--> statement-breakpoint
CREATE INDEX "job_area_idx" ON "job" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "job_waiting_idx" ON "job" USING btree ("created_at") WHERE state in ('queued', 'running');--> statement-breakpoint
CREATE INDEX "job_kept_idx" ON "job" USING btree ("kept_until") WHERE kept_until is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "job_token_idx" ON "job" USING btree ("token_hash");--> statement-breakpoint
CREATE POLICY "job_select" ON "job" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (account_id = (SELECT caller_account()));--> statement-breakpoint
CREATE POLICY "job_insert" ON "job" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "job_update" ON "job" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "job_delete" ON "job" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "job_system" ON "job" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "job_public" ON "job" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
-- by hand
-- A running job is its account's caller too, by a token that only the worker which took it holds: row-level walls then apply to it as
-- they do to its owner, with the grants of that moment. The token is worth nothing once the lease ran out or somebody else took it up.
CREATE OR REPLACE FUNCTION caller_account() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT COALESCE(
    (SELECT s.account_id
     FROM auth_session s JOIN account a ON a.id = s.account_id
     WHERE s.token_hash = sha256(convert_to(nullif(current_setting('camtay.token', true), ''), 'UTF8'))
       AND s.ended_at IS NULL AND s.expires_at > now() AND a.disabled_at IS NULL),
    (SELECT j.account_id
     FROM job j JOIN account a ON a.id = j.account_id
     WHERE j.token_hash = sha256(convert_to(nullif(current_setting('camtay.token', true), ''), 'UTF8'))
       AND j.state = 'running' AND j.lease_until > clock_timestamp() AND a.disabled_at IS NULL))
$$;--> statement-breakpoint
CREATE OR REPLACE FUNCTION caller() RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT jsonb_build_object(
    'accountId', a.id, 'fullName', a.full_name, 'username', a.username, 'areaId', a.area_id,
    'sessionId', (
      SELECT id FROM (
        SELECT id, token_hash FROM auth_session UNION ALL SELECT id, token_hash FROM job) held
      WHERE held.token_hash = sha256(convert_to(nullif(current_setting('camtay.token', true), ''), 'UTF8'))),
    'grants', COALESCE((
      SELECT jsonb_agg(jsonb_build_object('role', g.role, 'areaId', g.area_id, 'areaNameVi', ar.full_name_vi, 'areaNameEn', ar.full_name_en))
      FROM account_grant g JOIN area ar ON ar.id = g.area_id
      WHERE g.account_id = a.id AND g.valid_from <= current_date AND (g.valid_to IS NULL OR g.valid_to >= current_date)), '[]'),
    'capabilities', COALESCE((
      SELECT jsonb_agg(DISTINCT r.capability)
      FROM account_grant g JOIN role_capability r ON r.role = g.role
      WHERE g.account_id = a.id AND g.valid_from <= current_date AND (g.valid_to IS NULL OR g.valid_to >= current_date)), '[]'))
  FROM account a WHERE a.id = (SELECT caller_account())
$$;
