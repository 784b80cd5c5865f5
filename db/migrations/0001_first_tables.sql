CREATE TABLE "account" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"username" text NOT NULL,
	"phone" text,
	"full_name" text NOT NULL,
	"password_hash" text NOT NULL,
	"area_id" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"disabled_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "account" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "account_grant" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"role" text NOT NULL,
	"area_id" integer NOT NULL,
	"valid_from" date DEFAULT current_date NOT NULL,
	"valid_to" date,
	"granted_by" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_grant_role_known" CHECK (role in ('helper', 'organiser', 'desk_officer', 'unit_leader', 'province_leader', 'province_admin')),
	CONSTRAINT "account_grant_dates_in_order" CHECK (valid_to is null or valid_to >= valid_from)
);
--> statement-breakpoint
ALTER TABLE "account_grant" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "audit_event" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"account_id" uuid,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text NOT NULL,
	"area_id" integer,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "auth_session" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"token_hash" "bytea" NOT NULL,
	"account_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"device" text NOT NULL,
	"address" "inet",
	CONSTRAINT "auth_session_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
ALTER TABLE "auth_session" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "role_capability" (
	"role" text NOT NULL,
	"capability" text NOT NULL,
	CONSTRAINT "role_capability_role_capability_pk" PRIMARY KEY("role","capability")
);
--> statement-breakpoint
ALTER TABLE "role_capability" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sign_in_attempt" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name_hash" "bytea" NOT NULL,
	"address" "inet" NOT NULL,
	"known_device" boolean NOT NULL,
	"succeeded" boolean NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sign_in_attempt" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "area" (
	"id" integer PRIMARY KEY NOT NULL,
	"official_code" text,
	"kind" text NOT NULL,
	"name_vi" text NOT NULL,
	"name_en" text NOT NULL,
	"full_name_vi" text NOT NULL,
	"full_name_en" text NOT NULL,
	"name_folded" text NOT NULL,
	"latitude" double precision,
	"longitude" double precision,
	"area_km2" double precision,
	"valid_from" date NOT NULL,
	"valid_to" date,
	CONSTRAINT "area_official_code_unique" UNIQUE("official_code"),
	CONSTRAINT "area_kind_known" CHECK (kind in ('province', 'commune', 'ward', 'special_zone', 'village', 'hamlet', 'residential_group')),
	CONSTRAINT "area_dates_in_order" CHECK (valid_to is null or valid_to > valid_from)
);
--> statement-breakpoint
ALTER TABLE "area" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "area_alias" (
	"area_id" integer NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"name_folded" text NOT NULL,
	CONSTRAINT "area_alias_area_id_kind_name_pk" PRIMARY KEY("area_id","kind","name")
);
--> statement-breakpoint
ALTER TABLE "area_alias" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "area_parent" (
	"area_id" integer NOT NULL,
	"parent_id" integer NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	CONSTRAINT "area_parent_area_id_valid_from_pk" PRIMARY KEY("area_id","valid_from"),
	CONSTRAINT "area_parent_not_itself" CHECK (area_id <> parent_id)
);
--> statement-breakpoint
ALTER TABLE "area_parent" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "area_tree" (
	"ancestor_id" integer NOT NULL,
	"area_id" integer NOT NULL,
	"depth" integer NOT NULL,
	CONSTRAINT "area_tree_ancestor_id_area_id_pk" PRIMARY KEY("ancestor_id","area_id")
);
--> statement-breakpoint
ALTER TABLE "area_tree" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "class_session" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"class_id" text NOT NULL,
	"area_id" integer NOT NULL,
	"lesson_id" uuid,
	"venue_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"ends_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'planned' NOT NULL,
	"status_reason" text,
	"register_started_at" timestamp with time zone,
	"register_finished_at" timestamp with time zone,
	"register_started_by" uuid,
	"guests" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "class_session_times_in_order" CHECK (ends_at > starts_at),
	CONSTRAINT "class_session_state_known" CHECK (status in ('planned', 'published', 'cancelled', 'held', 'did_not_happen')),
	CONSTRAINT "class_session_cancelled_says_why" CHECK (status not in ('cancelled', 'did_not_happen') or status_reason is not null)
);
--> statement-breakpoint
ALTER TABLE "class_session" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "class" (
	"id" text PRIMARY KEY NOT NULL,
	"area_id" integer NOT NULL,
	"course_id" uuid NOT NULL,
	"venue_id" uuid NOT NULL,
	"team_id" uuid NOT NULL,
	"status" text DEFAULT 'draft' NOT NULL,
	"status_reason" text,
	"language" text DEFAULT 'vi' NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"hotline" text DEFAULT '' NOT NULL,
	"capacity" integer NOT NULL,
	"seats_confirmed" integer DEFAULT 0 NOT NULL,
	"seats_offered" integer DEFAULT 0 NOT NULL,
	"seats_held" integer DEFAULT 0 NOT NULL,
	"seats_reserved" integer DEFAULT 0 NOT NULL,
	"seats_overbooked" integer DEFAULT 0 NOT NULL,
	"waiting" integer DEFAULT 0 NOT NULL,
	"minimum_to_run" integer DEFAULT 1 NOT NULL,
	"offer_hours" integer DEFAULT 24 NOT NULL,
	"weekly_rule" jsonb,
	"first_starts_at" timestamp with time zone,
	"last_ends_at" timestamp with time zone,
	"search_folded" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" uuid,
	"published_at" timestamp with time zone,
	CONSTRAINT "class_id_shape" CHECK (id ~ '^[2-9a-hjkmnp-z]{8}$'),
	CONSTRAINT "class_capacity_range" CHECK (capacity between 1 and 500),
	CONSTRAINT "class_seats_not_negative" CHECK (seats_confirmed >= 0 and seats_offered >= 0 and seats_held >= 0 and seats_reserved >= 0 and seats_overbooked >= 0 and waiting >= 0),
	CONSTRAINT "class_never_oversold" CHECK (seats_confirmed + seats_offered + seats_held <= capacity + seats_overbooked),
	CONSTRAINT "class_state_known" CHECK (status in ('draft', 'published', 'cancelled', 'closed')),
	CONSTRAINT "class_cancelled_says_why" CHECK (status <> 'cancelled' or status_reason is not null)
);
--> statement-breakpoint
ALTER TABLE "class" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "team" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"area_id" integer NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "team" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "team_member" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"team_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"account_id" uuid,
	"full_name" text NOT NULL,
	"joined_on" text
);
--> statement-breakpoint
ALTER TABLE "team_member" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "venue" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"area_id" integer NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	"way_there" text DEFAULT '' NOT NULL,
	"seats" integer,
	"step_free" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "venue" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "course" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"area_id" integer NOT NULL,
	"title_vi" text NOT NULL,
	"title_en" text NOT NULL,
	"summary_vi" text NOT NULL,
	"summary_en" text NOT NULL,
	"bring_vi" text NOT NULL,
	"bring_en" text NOT NULL,
	"position" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "course" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "lesson" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"course_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"position" integer NOT NULL,
	"title_vi" text NOT NULL,
	"title_en" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "lesson" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "lesson_skill" (
	"lesson_id" uuid NOT NULL,
	"skill_code" text NOT NULL,
	"area_id" integer NOT NULL,
	CONSTRAINT "lesson_skill_lesson_id_skill_code_pk" PRIMARY KEY("lesson_id","skill_code")
);
--> statement-breakpoint
ALTER TABLE "lesson_skill" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "enrolment" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"class_id" text NOT NULL,
	"area_id" integer NOT NULL,
	"person_id" uuid NOT NULL,
	"status" text NOT NULL,
	"status_at" timestamp with time zone DEFAULT now() NOT NULL,
	"code" text NOT NULL,
	"channel" text NOT NULL,
	"signed_up_by" text,
	"queue_priority" integer DEFAULT 0 NOT NULL,
	"queued_at" timestamp with time zone DEFAULT now() NOT NULL,
	"offer_expires_at" timestamp with time zone,
	"idempotency_key" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "enrolment_code_unique" UNIQUE("code"),
	CONSTRAINT "enrolment_idempotency_key_unique" UNIQUE("idempotency_key"),
	CONSTRAINT "enrolment_state_known" CHECK (status in ('waitlisted', 'offered', 'confirmed', 'completed', 'partial', 'no_show', 'cancelled', 'offer_declined', 'offer_expired', 'class_cancelled', 'moved')),
	CONSTRAINT "enrolment_code_shape" CHECK (code ~ '^[2346789ACDEFGHJKMNPQRTWXY]{8}$')
);
--> statement-breakpoint
ALTER TABLE "enrolment" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "enrolment_event" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"enrolment_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"from_status" text,
	"to_status" text NOT NULL,
	"account_id" uuid,
	"channel" text NOT NULL,
	"reason" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "enrolment_event" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consent" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"text_version" integer NOT NULL,
	"given" boolean NOT NULL,
	"how" text NOT NULL,
	"representative" text,
	"taken_by" uuid,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "consent_how_known" CHECK (how in ('self', 'oral', 'paper', 'representative'))
);
--> statement-breakpoint
ALTER TABLE "consent" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "consent_text" (
	"purpose" text NOT NULL,
	"version" integer NOT NULL,
	"body_vi" text NOT NULL,
	"body_en" text NOT NULL,
	"used_from" timestamp with time zone NOT NULL,
	CONSTRAINT "consent_text_purpose_version_pk" PRIMARY KEY("purpose","version")
);
--> statement-breakpoint
ALTER TABLE "consent_text" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "person" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"area_id" integer NOT NULL,
	"full_name" text NOT NULL,
	"given_name" text NOT NULL,
	"name_folded" text NOT NULL,
	"birth_year" integer,
	"gender" text,
	"phone_hint" text,
	"merged_into" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "person_birth_year_range" CHECK (birth_year between 1900 and 2100),
	CONSTRAINT "person_gender_known" CHECK (gender in ('female', 'male', 'other'))
);
--> statement-breakpoint
ALTER TABLE "person" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "person_phone" (
	"person_id" uuid PRIMARY KEY NOT NULL,
	"phone" text NOT NULL,
	"belongs_to" text DEFAULT 'self' NOT NULL,
	CONSTRAINT "person_phone_shape" CHECK (phone ~ '^\+[0-9]{8,15}$')
);
--> statement-breakpoint
ALTER TABLE "person_phone" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "attendance" (
	"session_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"state" text NOT NULL,
	"minutes_late" integer,
	"walk_in" boolean DEFAULT false NOT NULL,
	"by_default" boolean NOT NULL,
	"marked_at" timestamp with time zone NOT NULL,
	"operation_id" uuid NOT NULL,
	"marked_by" uuid,
	CONSTRAINT "attendance_session_id_person_id_pk" PRIMARY KEY("session_id","person_id"),
	CONSTRAINT "attendance_state_known" CHECK (state in ('present', 'late', 'left_early', 'excused', 'absent')),
	CONSTRAINT "attendance_minutes_only_when_late" CHECK (minutes_late is null or (state = 'late' and minutes_late between 1 and 600))
);
--> statement-breakpoint
ALTER TABLE "attendance" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "register_operation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"session_id" uuid NOT NULL,
	"area_id" integer NOT NULL,
	"account_id" uuid NOT NULL,
	"person_id" uuid,
	"kind" text NOT NULL,
	"content" jsonb NOT NULL,
	"content_hash" text NOT NULL,
	"device_time" timestamp with time zone NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"outcome" text NOT NULL,
	"reason" text
);
--> statement-breakpoint
ALTER TABLE "register_operation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "skill_observation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"skill_code" text NOT NULL,
	"level" integer NOT NULL,
	"source" text NOT NULL,
	"session_id" uuid,
	"area_id" integer NOT NULL,
	"observed_at" timestamp with time zone NOT NULL,
	"observed_by" uuid,
	"help" text DEFAULT '' NOT NULL,
	CONSTRAINT "skill_observation_level_range" CHECK (level between 0 and 4),
	CONSTRAINT "skill_observation_session_named" CHECK (source <> 'session' or session_id is not null)
);
--> statement-breakpoint
ALTER TABLE "skill_observation" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "skill" (
	"code" text PRIMARY KEY NOT NULL,
	"domain_code" text NOT NULL,
	"position" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "skill" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "skill_domain" (
	"code" text PRIMARY KEY NOT NULL,
	"name_vi" text NOT NULL,
	"name_en" text NOT NULL,
	"position" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "skill_domain" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "skill_version" (
	"skill_code" text NOT NULL,
	"version" integer NOT NULL,
	"valid_from" date NOT NULL,
	"valid_to" date,
	"level" integer NOT NULL,
	"core" boolean NOT NULL,
	"title_vi" text NOT NULL,
	"title_en" text NOT NULL,
	"can_do_vi" text NOT NULL,
	"can_do_en" text NOT NULL,
	"evidence_vi" text NOT NULL,
	"digcomp_area" text NOT NULL,
	"national_ref" text NOT NULL,
	CONSTRAINT "skill_version_skill_code_version_pk" PRIMARY KEY("skill_code","version"),
	CONSTRAINT "skill_version_level_range" CHECK (level between 1 and 4)
);
--> statement-breakpoint
ALTER TABLE "skill_version" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "account" ADD CONSTRAINT "account_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_grant" ADD CONSTRAINT "account_grant_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_grant" ADD CONSTRAINT "account_grant_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_grant" ADD CONSTRAINT "account_grant_granted_by_account_id_fk" FOREIGN KEY ("granted_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth_session" ADD CONSTRAINT "auth_session_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "area_alias" ADD CONSTRAINT "area_alias_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "area_parent" ADD CONSTRAINT "area_parent_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "area_parent" ADD CONSTRAINT "area_parent_parent_id_area_id_fk" FOREIGN KEY ("parent_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "area_tree" ADD CONSTRAINT "area_tree_ancestor_id_area_id_fk" FOREIGN KEY ("ancestor_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "area_tree" ADD CONSTRAINT "area_tree_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_session" ADD CONSTRAINT "class_session_class_id_class_id_fk" FOREIGN KEY ("class_id") REFERENCES "public"."class"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_session" ADD CONSTRAINT "class_session_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_session" ADD CONSTRAINT "class_session_lesson_id_lesson_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lesson"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_session" ADD CONSTRAINT "class_session_venue_id_venue_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venue"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class_session" ADD CONSTRAINT "class_session_register_started_by_account_id_fk" FOREIGN KEY ("register_started_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class" ADD CONSTRAINT "class_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class" ADD CONSTRAINT "class_course_id_course_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."course"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class" ADD CONSTRAINT "class_venue_id_venue_id_fk" FOREIGN KEY ("venue_id") REFERENCES "public"."venue"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class" ADD CONSTRAINT "class_team_id_team_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."team"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "class" ADD CONSTRAINT "class_created_by_account_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team" ADD CONSTRAINT "team_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_team_id_team_id_fk" FOREIGN KEY ("team_id") REFERENCES "public"."team"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "team_member" ADD CONSTRAINT "team_member_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "venue" ADD CONSTRAINT "venue_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "course" ADD CONSTRAINT "course_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson" ADD CONSTRAINT "lesson_course_id_course_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."course"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson" ADD CONSTRAINT "lesson_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_skill" ADD CONSTRAINT "lesson_skill_lesson_id_lesson_id_fk" FOREIGN KEY ("lesson_id") REFERENCES "public"."lesson"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_skill" ADD CONSTRAINT "lesson_skill_skill_code_skill_code_fk" FOREIGN KEY ("skill_code") REFERENCES "public"."skill"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "lesson_skill" ADD CONSTRAINT "lesson_skill_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_class_id_class_id_fk" FOREIGN KEY ("class_id") REFERENCES "public"."class"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment" ADD CONSTRAINT "enrolment_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment_event" ADD CONSTRAINT "enrolment_event_enrolment_id_enrolment_id_fk" FOREIGN KEY ("enrolment_id") REFERENCES "public"."enrolment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment_event" ADD CONSTRAINT "enrolment_event_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "enrolment_event" ADD CONSTRAINT "enrolment_event_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent" ADD CONSTRAINT "consent_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consent" ADD CONSTRAINT "consent_taken_by_account_id_fk" FOREIGN KEY ("taken_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person" ADD CONSTRAINT "person_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person" ADD CONSTRAINT "person_merged_into_person_id_fk" FOREIGN KEY ("merged_into") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_phone" ADD CONSTRAINT "person_phone_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_session_id_class_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."class_session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_marked_by_account_id_fk" FOREIGN KEY ("marked_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_operation" ADD CONSTRAINT "register_operation_session_id_class_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."class_session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_operation" ADD CONSTRAINT "register_operation_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "register_operation" ADD CONSTRAINT "register_operation_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "skill_observation" ADD CONSTRAINT "skill_observation_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "skill_observation" ADD CONSTRAINT "skill_observation_skill_code_skill_code_fk" FOREIGN KEY ("skill_code") REFERENCES "public"."skill"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "skill_observation" ADD CONSTRAINT "skill_observation_session_id_class_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."class_session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "skill_observation" ADD CONSTRAINT "skill_observation_area_id_area_id_fk" FOREIGN KEY ("area_id") REFERENCES "public"."area"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "skill_observation" ADD CONSTRAINT "skill_observation_observed_by_account_id_fk" FOREIGN KEY ("observed_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "skill" ADD CONSTRAINT "skill_domain_code_skill_domain_code_fk" FOREIGN KEY ("domain_code") REFERENCES "public"."skill_domain"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "skill_version" ADD CONSTRAINT "skill_version_skill_code_skill_code_fk" FOREIGN KEY ("skill_code") REFERENCES "public"."skill"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "account_username_idx" ON "account" USING btree (lower("username"));--> statement-breakpoint
CREATE UNIQUE INDEX "account_phone_idx" ON "account" USING btree ("phone") WHERE phone is not null;--> statement-breakpoint
CREATE INDEX "account_area_idx" ON "account" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "account_grant_account_idx" ON "account_grant" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "account_grant_area_idx" ON "account_grant" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "account_grant_granted_by_idx" ON "account_grant" USING btree ("granted_by");--> statement-breakpoint
CREATE INDEX "audit_event_at_idx" ON "audit_event" USING btree ("at");--> statement-breakpoint
CREATE INDEX "audit_event_subject_idx" ON "audit_event" USING btree ("subject_kind","subject_id","at");--> statement-breakpoint
CREATE INDEX "audit_event_account_idx" ON "audit_event" USING btree ("account_id","at");--> statement-breakpoint
CREATE INDEX "audit_event_area_idx" ON "audit_event" USING btree ("area_id","at");--> statement-breakpoint
CREATE INDEX "auth_session_account_idx" ON "auth_session" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "sign_in_attempt_name_idx" ON "sign_in_attempt" USING btree ("name_hash","at");--> statement-breakpoint
CREATE INDEX "sign_in_attempt_address_idx" ON "sign_in_attempt" USING btree ("address","at");--> statement-breakpoint
CREATE INDEX "sign_in_attempt_at_idx" ON "sign_in_attempt" USING btree ("at");--> statement-breakpoint
CREATE INDEX "area_name_folded_idx" ON "area" USING btree ("name_folded");--> statement-breakpoint
CREATE INDEX "area_alias_folded_idx" ON "area_alias" USING btree ("name_folded");--> statement-breakpoint
CREATE INDEX "area_parent_parent_idx" ON "area_parent" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "area_tree_area_idx" ON "area_tree" USING btree ("area_id","depth");--> statement-breakpoint
CREATE UNIQUE INDEX "class_session_position_idx" ON "class_session" USING btree ("class_id","position");--> statement-breakpoint
CREATE INDEX "class_session_starts_idx" ON "class_session" USING btree ("starts_at");--> statement-breakpoint
CREATE INDEX "class_session_area_idx" ON "class_session" USING btree ("area_id","starts_at");--> statement-breakpoint
CREATE INDEX "class_session_lesson_idx" ON "class_session" USING btree ("lesson_id");--> statement-breakpoint
CREATE INDEX "class_session_venue_idx" ON "class_session" USING btree ("venue_id");--> statement-breakpoint
CREATE INDEX "class_session_started_by_idx" ON "class_session" USING btree ("register_started_by");--> statement-breakpoint
CREATE INDEX "class_area_idx" ON "class" USING btree ("area_id","last_ends_at");--> statement-breakpoint
CREATE INDEX "class_upcoming_idx" ON "class" USING btree ("status","last_ends_at","first_starts_at");--> statement-breakpoint
CREATE INDEX "class_course_idx" ON "class" USING btree ("course_id");--> statement-breakpoint
CREATE INDEX "class_venue_idx" ON "class" USING btree ("venue_id");--> statement-breakpoint
CREATE INDEX "class_team_idx" ON "class" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "class_created_by_idx" ON "class" USING btree ("created_by");--> statement-breakpoint
CREATE INDEX "team_area_idx" ON "team" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "team_member_team_idx" ON "team_member" USING btree ("team_id");--> statement-breakpoint
CREATE INDEX "team_member_account_idx" ON "team_member" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "team_member_area_idx" ON "team_member" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "venue_area_idx" ON "venue" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "course_area_idx" ON "course" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "lesson_course_idx" ON "lesson" USING btree ("course_id","position");--> statement-breakpoint
CREATE INDEX "lesson_area_idx" ON "lesson" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "lesson_skill_skill_idx" ON "lesson_skill" USING btree ("skill_code");--> statement-breakpoint
CREATE INDEX "lesson_skill_area_idx" ON "lesson_skill" USING btree ("area_id");--> statement-breakpoint
CREATE UNIQUE INDEX "enrolment_one_active_idx" ON "enrolment" USING btree ("class_id","person_id") WHERE status in ('waitlisted', 'offered', 'confirmed');--> statement-breakpoint
CREATE INDEX "enrolment_queue_idx" ON "enrolment" USING btree ("class_id","status","queue_priority","queued_at");--> statement-breakpoint
CREATE INDEX "enrolment_person_idx" ON "enrolment" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "enrolment_area_idx" ON "enrolment" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "enrolment_event_enrolment_idx" ON "enrolment_event" USING btree ("enrolment_id","at");--> statement-breakpoint
CREATE INDEX "enrolment_event_area_idx" ON "enrolment_event" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "enrolment_event_account_idx" ON "enrolment_event" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "consent_person_idx" ON "consent" USING btree ("person_id","purpose");--> statement-breakpoint
CREATE INDEX "consent_text_idx" ON "consent" USING btree ("purpose","text_version");--> statement-breakpoint
CREATE INDEX "consent_taken_by_idx" ON "consent" USING btree ("taken_by");--> statement-breakpoint
CREATE INDEX "person_area_idx" ON "person" USING btree ("area_id","name_folded");--> statement-breakpoint
CREATE INDEX "person_name_idx" ON "person" USING btree ("name_folded");--> statement-breakpoint
CREATE INDEX "person_merged_idx" ON "person" USING btree ("merged_into") WHERE merged_into is not null;--> statement-breakpoint
CREATE INDEX "person_phone_phone_idx" ON "person_phone" USING btree ("phone");--> statement-breakpoint
CREATE INDEX "attendance_person_idx" ON "attendance" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "attendance_area_idx" ON "attendance" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "attendance_marked_by_idx" ON "attendance" USING btree ("marked_by");--> statement-breakpoint
CREATE INDEX "register_operation_session_idx" ON "register_operation" USING btree ("session_id","person_id","device_time");--> statement-breakpoint
CREATE INDEX "register_operation_area_idx" ON "register_operation" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "register_operation_account_idx" ON "register_operation" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "skill_observation_person_idx" ON "skill_observation" USING btree ("person_id","skill_code","observed_at");--> statement-breakpoint
CREATE INDEX "skill_observation_session_idx" ON "skill_observation" USING btree ("session_id");--> statement-breakpoint
CREATE INDEX "skill_observation_skill_idx" ON "skill_observation" USING btree ("skill_code");--> statement-breakpoint
CREATE INDEX "skill_observation_area_idx" ON "skill_observation" USING btree ("area_id");--> statement-breakpoint
CREATE INDEX "skill_observation_observed_by_idx" ON "skill_observation" USING btree ("observed_by");--> statement-breakpoint
CREATE INDEX "skill_domain_idx" ON "skill" USING btree ("domain_code");--> statement-breakpoint
CREATE UNIQUE INDEX "skill_version_current_idx" ON "skill_version" USING btree ("skill_code") WHERE valid_to is null;--> statement-breakpoint
CREATE POLICY "account_select" ON "account" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (id = (SELECT caller_account()) or area_id = ANY (COALESCE((SELECT may_areas('account.manage')), '{}')));--> statement-breakpoint
CREATE POLICY "account_insert" ON "account" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('account.manage')), '{}')));--> statement-breakpoint
CREATE POLICY "account_update" ON "account" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (id = (SELECT caller_account()) or area_id = ANY (COALESCE((SELECT may_areas('account.manage')), '{}'))) WITH CHECK (id = (SELECT caller_account()) or area_id = ANY (COALESCE((SELECT may_areas('account.manage')), '{}')));--> statement-breakpoint
CREATE POLICY "account_delete" ON "account" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "account_system" ON "account" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "account_public" ON "account" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "account_grant_select" ON "account_grant" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (account_id = (SELECT caller_account()) or area_id = ANY (COALESCE((SELECT may_areas('account.manage')), '{}')));--> statement-breakpoint
CREATE POLICY "account_grant_insert" ON "account_grant" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('account.manage')), '{}')));--> statement-breakpoint
CREATE POLICY "account_grant_update" ON "account_grant" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('account.manage')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('account.manage')), '{}')));--> statement-breakpoint
CREATE POLICY "account_grant_delete" ON "account_grant" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "account_grant_system" ON "account_grant" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "account_grant_public" ON "account_grant" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "audit_event_select" ON "audit_event" AS PERMISSIVE FOR SELECT TO "camtay_app" USING ((SELECT COALESCE(cardinality(may_areas('audit.read')), 0) > 0));--> statement-breakpoint
CREATE POLICY "audit_event_insert" ON "audit_event" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (account_id = (SELECT caller_account()));--> statement-breakpoint
CREATE POLICY "audit_event_update" ON "audit_event" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "audit_event_delete" ON "audit_event" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "audit_event_system" ON "audit_event" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "audit_event_public" ON "audit_event" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "auth_session_select" ON "auth_session" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (account_id = (SELECT caller_account()));--> statement-breakpoint
CREATE POLICY "auth_session_insert" ON "auth_session" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "auth_session_update" ON "auth_session" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (account_id = (SELECT caller_account())) WITH CHECK (account_id = (SELECT caller_account()));--> statement-breakpoint
CREATE POLICY "auth_session_delete" ON "auth_session" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "auth_session_system" ON "auth_session" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "auth_session_public" ON "auth_session" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "role_capability_select" ON "role_capability" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (true);--> statement-breakpoint
CREATE POLICY "role_capability_insert" ON "role_capability" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "role_capability_update" ON "role_capability" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "role_capability_delete" ON "role_capability" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "role_capability_system" ON "role_capability" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "role_capability_public" ON "role_capability" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "sign_in_attempt_select" ON "sign_in_attempt" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "sign_in_attempt_insert" ON "sign_in_attempt" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "sign_in_attempt_update" ON "sign_in_attempt" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "sign_in_attempt_delete" ON "sign_in_attempt" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "sign_in_attempt_system" ON "sign_in_attempt" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "sign_in_attempt_public" ON "sign_in_attempt" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "area_select" ON "area" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (true);--> statement-breakpoint
CREATE POLICY "area_insert" ON "area" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK ((SELECT COALESCE(cardinality(may_areas('area.manage')), 0) > 0));--> statement-breakpoint
CREATE POLICY "area_update" ON "area" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING ((SELECT COALESCE(cardinality(may_areas('area.manage')), 0) > 0)) WITH CHECK ((SELECT COALESCE(cardinality(may_areas('area.manage')), 0) > 0));--> statement-breakpoint
CREATE POLICY "area_delete" ON "area" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "area_system" ON "area" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "area_public" ON "area" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (true);--> statement-breakpoint
CREATE POLICY "area_alias_select" ON "area_alias" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (true);--> statement-breakpoint
CREATE POLICY "area_alias_insert" ON "area_alias" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK ((SELECT COALESCE(cardinality(may_areas('area.manage')), 0) > 0));--> statement-breakpoint
CREATE POLICY "area_alias_update" ON "area_alias" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "area_alias_delete" ON "area_alias" AS PERMISSIVE FOR DELETE TO "camtay_app" USING ((SELECT COALESCE(cardinality(may_areas('area.manage')), 0) > 0));--> statement-breakpoint
CREATE POLICY "area_alias_system" ON "area_alias" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "area_alias_public" ON "area_alias" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (true);--> statement-breakpoint
CREATE POLICY "area_parent_select" ON "area_parent" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (true);--> statement-breakpoint
CREATE POLICY "area_parent_insert" ON "area_parent" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK ((SELECT COALESCE(cardinality(may_areas('area.manage')), 0) > 0));--> statement-breakpoint
CREATE POLICY "area_parent_update" ON "area_parent" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING ((SELECT COALESCE(cardinality(may_areas('area.manage')), 0) > 0)) WITH CHECK ((SELECT COALESCE(cardinality(may_areas('area.manage')), 0) > 0));--> statement-breakpoint
CREATE POLICY "area_parent_delete" ON "area_parent" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "area_parent_system" ON "area_parent" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "area_parent_public" ON "area_parent" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (true);--> statement-breakpoint
CREATE POLICY "area_tree_select" ON "area_tree" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (true);--> statement-breakpoint
CREATE POLICY "area_tree_insert" ON "area_tree" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "area_tree_update" ON "area_tree" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "area_tree_delete" ON "area_tree" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "area_tree_system" ON "area_tree" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "area_tree_public" ON "area_tree" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (true);--> statement-breakpoint
CREATE POLICY "class_session_select" ON "class_session" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.read')), '{}')) or status <> 'planned');--> statement-breakpoint
CREATE POLICY "class_session_insert" ON "class_session" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "class_session_update" ON "class_session" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) or area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) or area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}')));--> statement-breakpoint
CREATE POLICY "class_session_delete" ON "class_session" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')) and status = 'planned');--> statement-breakpoint
CREATE POLICY "class_session_system" ON "class_session" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "class_session_public" ON "class_session" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (status <> 'planned');--> statement-breakpoint
CREATE POLICY "class_select" ON "class" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.read')), '{}')) or status <> 'draft');--> statement-breakpoint
CREATE POLICY "class_insert" ON "class" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "class_update" ON "class" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "class_delete" ON "class" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "class_system" ON "class" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "class_public" ON "class" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (status <> 'draft');--> statement-breakpoint
CREATE POLICY "team_select" ON "team" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (true);--> statement-breakpoint
CREATE POLICY "team_insert" ON "team" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "team_update" ON "team" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "team_delete" ON "team" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "team_system" ON "team" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "team_public" ON "team" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (true);--> statement-breakpoint
CREATE POLICY "team_member_select" ON "team_member" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.read')), '{}')));--> statement-breakpoint
CREATE POLICY "team_member_insert" ON "team_member" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "team_member_update" ON "team_member" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "team_member_delete" ON "team_member" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "team_member_system" ON "team_member" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "team_member_public" ON "team_member" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "venue_select" ON "venue" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (true);--> statement-breakpoint
CREATE POLICY "venue_insert" ON "venue" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "venue_update" ON "venue" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "venue_delete" ON "venue" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "venue_system" ON "venue" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "venue_public" ON "venue" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (true);--> statement-breakpoint
CREATE POLICY "course_select" ON "course" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (true);--> statement-breakpoint
CREATE POLICY "course_insert" ON "course" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "course_update" ON "course" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "course_delete" ON "course" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "course_system" ON "course" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "course_public" ON "course" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (true);--> statement-breakpoint
CREATE POLICY "lesson_select" ON "lesson" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (true);--> statement-breakpoint
CREATE POLICY "lesson_insert" ON "lesson" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "lesson_update" ON "lesson" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "lesson_delete" ON "lesson" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "lesson_system" ON "lesson" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "lesson_public" ON "lesson" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (true);--> statement-breakpoint
CREATE POLICY "lesson_skill_select" ON "lesson_skill" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (true);--> statement-breakpoint
CREATE POLICY "lesson_skill_insert" ON "lesson_skill" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "lesson_skill_update" ON "lesson_skill" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "lesson_skill_delete" ON "lesson_skill" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('class.write')), '{}')));--> statement-breakpoint
CREATE POLICY "lesson_skill_system" ON "lesson_skill" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "lesson_skill_public" ON "lesson_skill" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (true);--> statement-breakpoint
CREATE POLICY "enrolment_select" ON "enrolment" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('roster.read')), '{}')));--> statement-breakpoint
CREATE POLICY "enrolment_insert" ON "enrolment" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('enrolment.write')), '{}')));--> statement-breakpoint
CREATE POLICY "enrolment_update" ON "enrolment" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('enrolment.write')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('enrolment.write')), '{}')));--> statement-breakpoint
CREATE POLICY "enrolment_delete" ON "enrolment" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "enrolment_system" ON "enrolment" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "enrolment_public" ON "enrolment" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (code = nullif(current_setting('camtay.code', true), ''));--> statement-breakpoint
CREATE POLICY "enrolment_event_select" ON "enrolment_event" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('roster.read')), '{}')));--> statement-breakpoint
CREATE POLICY "enrolment_event_insert" ON "enrolment_event" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('enrolment.write')), '{}')));--> statement-breakpoint
CREATE POLICY "enrolment_event_update" ON "enrolment_event" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "enrolment_event_delete" ON "enrolment_event" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "enrolment_event_system" ON "enrolment_event" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "enrolment_event_public" ON "enrolment_event" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "consent_select" ON "consent" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (exists (select from person p where p.id = consent.person_id));--> statement-breakpoint
CREATE POLICY "consent_insert" ON "consent" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK ((SELECT COALESCE(cardinality(may_areas('enrolment.write')), 0) > 0) or (SELECT COALESCE(cardinality(may_areas('register.write')), 0) > 0));--> statement-breakpoint
CREATE POLICY "consent_update" ON "consent" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "consent_delete" ON "consent" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "consent_system" ON "consent" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "consent_public" ON "consent" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "consent_text_select" ON "consent_text" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (true);--> statement-breakpoint
CREATE POLICY "consent_text_insert" ON "consent_text" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "consent_text_update" ON "consent_text" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "consent_text_delete" ON "consent_text" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "consent_text_system" ON "consent_text" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "consent_text_public" ON "consent_text" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (true);--> statement-breakpoint
CREATE POLICY "person_select" ON "person" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('person.read')), '{}')) or exists (select from enrolment e where e.person_id = person.id) or exists (select from attendance a where a.person_id = person.id));--> statement-breakpoint
CREATE POLICY "person_insert" ON "person" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK ((SELECT COALESCE(cardinality(may_areas('enrolment.write')), 0) > 0) or (SELECT COALESCE(cardinality(may_areas('register.write')), 0) > 0));--> statement-breakpoint
CREATE POLICY "person_update" ON "person" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('person.write')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('person.write')), '{}')));--> statement-breakpoint
CREATE POLICY "person_delete" ON "person" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "person_system" ON "person" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "person_public" ON "person" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (exists (select from enrolment e where e.person_id = person.id));--> statement-breakpoint
CREATE POLICY "person_phone_select" ON "person_phone" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (exists (select from enrolment e where e.person_id = person_phone.person_id and e.area_id = ANY (COALESCE((SELECT may_areas('contact.read')), '{}'))));--> statement-breakpoint
CREATE POLICY "person_phone_insert" ON "person_phone" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK ((SELECT COALESCE(cardinality(may_areas('enrolment.write')), 0) > 0) or (SELECT COALESCE(cardinality(may_areas('register.write')), 0) > 0));--> statement-breakpoint
CREATE POLICY "person_phone_update" ON "person_phone" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (exists (select from enrolment e where e.person_id = person_phone.person_id and e.area_id = ANY (COALESCE((SELECT may_areas('contact.read')), '{}')))) WITH CHECK (exists (select from enrolment e where e.person_id = person_phone.person_id and e.area_id = ANY (COALESCE((SELECT may_areas('contact.read')), '{}'))));--> statement-breakpoint
CREATE POLICY "person_phone_delete" ON "person_phone" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "person_phone_system" ON "person_phone" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "person_phone_public" ON "person_phone" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "attendance_select" ON "attendance" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('roster.read')), '{}')));--> statement-breakpoint
CREATE POLICY "attendance_insert" ON "attendance" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}')));--> statement-breakpoint
CREATE POLICY "attendance_update" ON "attendance" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}')));--> statement-breakpoint
CREATE POLICY "attendance_delete" ON "attendance" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "attendance_system" ON "attendance" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "attendance_public" ON "attendance" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "register_operation_select" ON "register_operation" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('roster.read')), '{}')));--> statement-breakpoint
CREATE POLICY "register_operation_insert" ON "register_operation" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}')));--> statement-breakpoint
CREATE POLICY "register_operation_update" ON "register_operation" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}'))) WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}')));--> statement-breakpoint
CREATE POLICY "register_operation_delete" ON "register_operation" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "register_operation_system" ON "register_operation" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "register_operation_public" ON "register_operation" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "skill_observation_select" ON "skill_observation" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (area_id = ANY (COALESCE((SELECT may_areas('roster.read')), '{}')));--> statement-breakpoint
CREATE POLICY "skill_observation_insert" ON "skill_observation" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK (area_id = ANY (COALESCE((SELECT may_areas('register.write')), '{}')));--> statement-breakpoint
CREATE POLICY "skill_observation_update" ON "skill_observation" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING (false) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY "skill_observation_delete" ON "skill_observation" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "skill_observation_system" ON "skill_observation" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "skill_observation_public" ON "skill_observation" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (false);--> statement-breakpoint
CREATE POLICY "skill_select" ON "skill" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (true);--> statement-breakpoint
CREATE POLICY "skill_insert" ON "skill" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK ((SELECT COALESCE(cardinality(may_areas('skill.manage')), 0) > 0));--> statement-breakpoint
CREATE POLICY "skill_update" ON "skill" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING ((SELECT COALESCE(cardinality(may_areas('skill.manage')), 0) > 0)) WITH CHECK ((SELECT COALESCE(cardinality(may_areas('skill.manage')), 0) > 0));--> statement-breakpoint
CREATE POLICY "skill_delete" ON "skill" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "skill_system" ON "skill" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "skill_public" ON "skill" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (true);--> statement-breakpoint
CREATE POLICY "skill_domain_select" ON "skill_domain" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (true);--> statement-breakpoint
CREATE POLICY "skill_domain_insert" ON "skill_domain" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK ((SELECT COALESCE(cardinality(may_areas('skill.manage')), 0) > 0));--> statement-breakpoint
CREATE POLICY "skill_domain_update" ON "skill_domain" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING ((SELECT COALESCE(cardinality(may_areas('skill.manage')), 0) > 0)) WITH CHECK ((SELECT COALESCE(cardinality(may_areas('skill.manage')), 0) > 0));--> statement-breakpoint
CREATE POLICY "skill_domain_delete" ON "skill_domain" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "skill_domain_system" ON "skill_domain" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "skill_domain_public" ON "skill_domain" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (true);--> statement-breakpoint
CREATE POLICY "skill_version_select" ON "skill_version" AS PERMISSIVE FOR SELECT TO "camtay_app" USING (true);--> statement-breakpoint
CREATE POLICY "skill_version_insert" ON "skill_version" AS PERMISSIVE FOR INSERT TO "camtay_app" WITH CHECK ((SELECT COALESCE(cardinality(may_areas('skill.manage')), 0) > 0));--> statement-breakpoint
CREATE POLICY "skill_version_update" ON "skill_version" AS PERMISSIVE FOR UPDATE TO "camtay_app" USING ((SELECT COALESCE(cardinality(may_areas('skill.manage')), 0) > 0)) WITH CHECK ((SELECT COALESCE(cardinality(may_areas('skill.manage')), 0) > 0));--> statement-breakpoint
CREATE POLICY "skill_version_delete" ON "skill_version" AS PERMISSIVE FOR DELETE TO "camtay_app" USING (false);--> statement-breakpoint
CREATE POLICY "skill_version_system" ON "skill_version" AS PERMISSIVE FOR ALL TO "camtay_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "skill_version_public" ON "skill_version" AS PERMISSIVE FOR SELECT TO "camtay_public" USING (true);