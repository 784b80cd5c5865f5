import { boolean, integer, moment, text, uuid } from './columns';

/** The tables of visits at home, desks' decisions, tasks and models, in the order they are filled. */
export const reachingTables = {
  visit_request: {
    ...uuid('id', 'person_id', 'idempotency_key', 'created_by', 'closed_by'),
    ...text('code', 'asked_by', 'full_name', 'phone', 'phone_of', 'words', 'closed_because', 'closed_note'),
    ...integer('area_id', 'birth_year', 'consent_version'),
    ...moment('created_at', 'closed_at'),
    needs: 'text[]',
    times: 'text[]',
  },
  visit_round: {
    ...uuid('id', 'team_id', 'planned_by', 'desk_id'),
    ...integer('area_id'),
    ...moment('starts_at', 'ends_at', 'planned_at'),
    day: 'date',
  },
  visit_round_helper: {
    ...uuid('id', 'round_id', 'member_id', 'who_id'),
    ...integer('area_id'),
    ...moment('starts_at', 'ends_at'),
  },
  visit: {
    ...uuid('id', 'round_id', 'request_id', 'person_id', 'told_by'),
    ...integer('area_id'),
    ...text('pin'),
    ...moment('told_at', 'planned_at'),
    day: 'date',
  },
  visit_outcome: {
    ...uuid('id', 'visit_id', 'recorded_by'),
    ...integer('area_id', 'minutes'),
    ...text('outcome', 'words'),
    ...moment('at', 'received_at'),
    next_on: 'date',
  },
  desk_dismissal: {
    ...uuid('id', 'desk_id', 'by'),
    ...integer('area_id'),
    ...text('need_code', 'reason'),
    ...moment('at'),
  },
  task_work: {
    ...uuid('id', 'person_id', 'by'),
    ...integer('area_id'),
    ...text('kind', 'fact', 'outcome', 'note'),
    ...moment('at'),
  },
  task_given: {
    ...uuid('id', 'person_id', 'member_id', 'account_id', 'given_by'),
    ...integer('area_id'),
    ...text('kind', 'fact'),
    ...moment('given_at', 'until'),
  },
  door_visit: {
    ...uuid('id', 'home', 'by'),
    ...integer('area_id', 'minutes'),
    ...text('elsewhere'),
    ...boolean('met'),
    ...moment('at'),
    day: 'date',
  },
  person_pause: {
    ...uuid('id', 'person_id', 'by'),
    ...integer('area_id'),
    ...text('reason'),
    ...moment('until', 'at'),
  },
  model: {
    ...uuid('id', 'copied_from', 'course_id', 'created_by', 'changed_by'),
    ...integer('area_id', 'copied_version', 'version', 'minutes', 'sessions', 'capacity', 'minimum_to_run'),
    ...text('status', 'name', 'what', 'for_whom', 'adapted', 'venue_kind'),
    ...moment('created_at', 'changed_at', 'published_at'),
    audience: 'text[]',
    materials: 'text[]',
    weekdays: 'integer[]',
    start_time: 'time',
  },
  model_class: {
    ...text('class_id'),
    ...uuid('model_id', 'by'),
    ...integer('area_id', 'version'),
    ...moment('at'),
  },
  model_round: {
    ...uuid('round_id', 'model_id', 'by'),
    ...integer('area_id', 'version'),
    ...moment('at'),
  },
};
