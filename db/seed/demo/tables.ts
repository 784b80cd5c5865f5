import { areaColumns, parentColumns } from '../areas';
import { courseColumns, lessonColumns, lessonSkillColumns } from '../courses';

const text = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'text']));
const uuid = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'uuid']));
const integer = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'integer']));
const boolean = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'boolean']));
const moment = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 'timestamptz']));

/** The tables of the demo world in the order they are filled, each with the columns given and their types. */
export const demoTables = {
  area: areaColumns,
  area_parent: parentColumns,
  account: { ...uuid('id'), ...text('username', 'phone', 'full_name', 'password_hash'), ...integer('area_id') },
  account_grant: { ...uuid('id', 'account_id'), ...text('role'), ...integer('area_id'), valid_from: 'date' },
  venue: {
    ...uuid('id'),
    ...text('name', 'address', 'way_there'),
    ...integer('area_id', 'seats'),
    ...boolean('step_free', 'power', 'wifi'),
    ...moment('retired_at'),
  },
  day_off: {
    ...uuid('id'),
    ...integer('area_id', 'weekday'),
    ...text('kind', 'reason', 'name'),
    first_day: 'date',
    last_day: 'date',
  },
  team: { ...uuid('id'), ...integer('area_id'), ...text('kind', 'organisation', 'name') },
  team_member: {
    ...uuid('id', 'team_id', 'account_id'),
    ...integer('area_id'),
    ...text('full_name', 'phone', 'role', 'joined_on'),
    languages: 'text[]',
    left_on: 'date',
  },
  team_member_skill: { ...uuid('member_id'), ...text('skill_code'), ...integer('area_id') },
  course: courseColumns,
  lesson: lessonColumns,
  lesson_skill: lessonSkillColumns,
  class: {
    ...text('id', 'status', 'status_reason', 'language', 'note', 'hotline', 'search_folded'),
    ...uuid('course_id', 'venue_id', 'team_id', 'created_by'),
    ...integer('area_id', 'capacity', 'seats_confirmed', 'seats_offered', 'waiting', 'minimum_to_run'),
    ...integer('offer_hours', 'reserved_places', 'seats_reserved'),
    ...text('reserved_for'),
    ...moment('first_starts_at', 'last_ends_at', 'created_at', 'published_at', 'closed_at'),
    weekly_rule: 'jsonb',
  },
  class_session: {
    ...uuid('id', 'lesson_id', 'venue_id', 'register_started_by'),
    ...text('class_id', 'status', 'status_reason', 'note'),
    ...integer('area_id', 'position', 'guests'),
    ...moment('starts_at', 'ends_at', 'moved_from', 'register_started_at', 'register_finished_at'),
  },
  session_helper: {
    ...uuid('id', 'session_id', 'member_id', 'asked_by'),
    ...text('role', 'state', 'no_because', 'reason'),
    ...moment('asked_at', 'answered_at', 'absent_at'),
  },
  class_skipped_day: { ...text('class_id', 'reason', 'because'), ...integer('area_id'), day: 'date' },
  postponement: {
    ...uuid('id', 'press_id', 'by'),
    ...integer('area_id'),
    ...text('instead', 'reason'),
    ...moment('at'),
    first_day: 'date',
    last_day: 'date',
    changes: 'jsonb',
  },
  class_recording: {
    ...uuid('id', 'recorded_by'),
    ...text('class_id', 'language', 'media_type', 'content_hash'),
    ...integer('area_id'),
    ...moment('recorded_at'),
    content: 'bytea',
  },
  person: {
    ...uuid('id', 'merged_into'),
    ...text('full_name', 'given_name', 'name_folded', 'gender', 'phone_hint'),
    ...integer('area_id', 'birth_year'),
    ...moment('created_at'),
  },
  household: { ...uuid('id', 'created_by'), ...integer('area_id'), ...moment('created_at') },
  household_member: {
    ...uuid('id', 'household_id', 'person_id', 'added_by'),
    ...integer('area_id'),
    ...moment('joined_at'),
  },
  person_phone: { ...uuid('person_id'), ...text('phone', 'belongs_to') },
  person_merge: { ...uuid('id', 'kept_id', 'merged_id', 'by'), moved: 'jsonb' },
  consent: {
    ...uuid('id', 'person_id', 'taken_by'),
    ...text('purpose', 'how', 'representative'),
    ...integer('text_version'),
    ...boolean('given'),
    ...moment('at'),
  },
  equality_answer: {
    ...uuid('id', 'person_id', 'consent_id'),
    ...text('question'),
    ...boolean('answer'),
    ...moment('at'),
  },
  card: { ...uuid('id', 'person_id'), ...text('code'), ...moment('created_at') },
  enrolment: {
    ...uuid('id', 'person_id', 'idempotency_key'),
    ...text('class_id', 'status', 'code', 'channel', 'signed_up_by', 'offer_by'),
    ...integer('area_id'),
    ...boolean('reserved'),
    ...moment('status_at', 'queued_at', 'created_at', 'offer_expires_at'),
  },
  enrolment_event: {
    ...uuid('id', 'enrolment_id', 'account_id'),
    ...text('from_status', 'to_status', 'channel', 'reason_code', 'reason'),
    ...integer('area_id'),
    ...moment('at'),
  },
  register_operation: {
    ...uuid('id', 'session_id', 'account_id', 'person_id'),
    ...text('kind', 'content_hash', 'outcome'),
    ...integer('area_id'),
    ...moment('device_time', 'received_at'),
    content: 'jsonb',
  },
  attendance: {
    ...uuid('session_id', 'person_id', 'operation_id', 'marked_by'),
    ...text('state'),
    ...integer('area_id', 'minutes_late'),
    ...boolean('walk_in', 'by_default'),
    ...moment('marked_at'),
  },
  skill_observation: {
    ...uuid('id', 'person_id', 'session_id', 'observed_by'),
    ...text('skill_code', 'source', 'help', 'place'),
    ...integer('level', 'area_id'),
    ...moment('observed_at'),
  },
  certificate: {
    ...uuid('id', 'enrolment_id', 'course_id', 'person_id', 'issued_by', 'revoked_by'),
    ...text('serial', 'initials', 'name_salt', 'name_digest', 'revoked_code', 'revoked_note'),
    ...integer('area_id'),
    ...moment('learnt_from', 'learnt_to', 'issued_at', 'revoked_at'),
  },
  class_demand: {
    ...uuid('id', 'idempotency_key'),
    ...integer('area_id', 'people'),
    ...text('skill_code', 'wish'),
    ...moment('created_at'),
    times: 'jsonb',
  },
  class_demand_contact: {
    ...uuid('demand_id'),
    ...integer('area_id', 'consent_version'),
    ...text('full_name', 'phone'),
    ...moment('consent_at'),
  },
  job: {
    ...uuid('id', 'account_id'),
    ...text('kind', 'language', 'file_name', 'state'),
    ...integer('area_id', 'progress', 'total'),
    ...moment('kept_until', 'created_at', 'finished_at'),
    input: 'jsonb',
    result: 'jsonb',
    file: 'bytea',
  },
};
