import { sql } from 'drizzle-orm';
import {
  check,
  customType,
  date,
  index,
  inet,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { oneOf } from './checks';
import { team, teamMember } from './class';
import { desk } from './desk';
import { person } from './person';
import { walls, within } from './walls';

const at = (name: string) => timestamp(name, { withTimezone: true });
const textArray = customType<{ data: readonly string[] }>({ dataType: () => 'text[]' });

/** Rounds the caller goes on as a helper, from a week before to a week after their day. */
const myRounds = "ANY (COALESCE((SELECT my_rounds()), '{}'))";
const onMyRound = (column: string) => sql.raw(`${column} = ${myRounds}`);

/** The point is one of the village the round goes to. */
const ofItsVillage = sql.raw(
  '(desk_id is null or exists (select from desk d where d.id = visit_round.desk_id and d.area_id = visit_round.area_id))',
);

/** Who goes is of a team where the caller plans visits. */
const ofThoseOneSends = sql.raw(
  "exists (select from team_member m where m.id = visit_round_helper.member_id and m.area_id = ANY (COALESCE((SELECT may_areas('visit.plan')), '{}')))",
);

const visitNeeds = ['phone', 'vneid', 'service', 'payment', 'safety', 'other'] as const;
const visitTimes = ['morning', 'afternoon', 'evening'] as const;
const closedBecause = [
  'withdrawn',
  'done',
  'refused',
  'moved',
  'died',
  'wrong_details',
  'not_needed',
  'expired',
] as const;

/**
 * Somebody asks that somebody comes: a resident, a relative, or an organiser for whom they know. Name and phone are for that visit alone
 * and leave thirty days after it is settled, at once when it is withdrawn, and ninety days after nobody could come.
 */
export const visitRequest = pgTable(
  'visit_request',
  {
    id: uuid().primaryKey(),
    code: text().notNull().unique(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    askedBy: text('asked_by', { enum: ['self', 'relative', 'staff', 'desk'] }).notNull(),
    fullName: text('full_name').notNull(),
    birthYear: integer('birth_year'),
    phone: text(),
    phoneOf: text('phone_of', { enum: ['self', 'relative'] }),
    needs: textArray().notNull(),
    times: textArray()
      .notNull()
      .default(sql`'{}'`),
    words: text().notNull().default(''),
    /** Of a request from outside: the words they agreed to. */
    consentVersion: integer('consent_version'),
    personId: uuid('person_id').references(() => person.id),
    idempotencyKey: uuid('idempotency_key').notNull().unique(),
    createdAt: at('created_at').notNull().defaultNow(),
    createdBy: uuid('created_by').references(() => account.id),
    closedAt: at('closed_at'),
    closedBecause: text('closed_because', { enum: closedBecause }),
    closedBy: uuid('closed_by').references(() => account.id),
    closedNote: text('closed_note').notNull().default(''),
  },
  (t) => [
    check('visit_request_asked_by_known', oneOf('asked_by', ['self', 'relative', 'staff', 'desk'])),
    check('visit_request_phone_shape', sql`phone ~ '^\\+[0-9]{8,15}$'`),
    check(
      'visit_request_phone_of_somebody',
      sql`(phone is null) = (phone_of is null) and phone_of in ('self', 'relative')`,
    ),
    check('visit_request_birth_year_range', sql`birth_year between 1900 and 2100`),
    check(
      'visit_request_needs_known',
      sql.raw(`needs <@ array['${visitNeeds.join("', '")}'] and cardinality(needs) > 0`),
    ),
    check('visit_request_times_known', sql.raw(`times <@ array['${visitTimes.join("', '")}']`)),
    check('visit_request_closed_known', oneOf('closed_because', closedBecause)),
    check('visit_request_closed_whole', sql`(closed_at is null) = (closed_because is null)`),
    check('visit_request_agreed', sql`asked_by = 'staff' or consent_version is not null`),
    index('visit_request_area_idx').on(t.areaId, t.createdAt),
    index('visit_request_phone_idx').on(t.phone),
    index('visit_request_person_idx').on(t.personId),
    index('visit_request_created_by_idx').on(t.createdBy),
    index('visit_request_closed_by_idx').on(t.closedBy),
    ...walls('visit_request', {
      select: sql`${within('visit.plan')} or ${sql.raw(`id = ANY (ARRAY(SELECT v.request_id FROM visit v WHERE v.round_id = ${myRounds}))`)}`,
      insert: sql`${within('visit.plan')} and asked_by = 'staff' and (person_id is null or person_in_reach(person_id))`,
      update: sql`${within('visit.plan')} and (person_id is null or person_in_reach(person_id))`,
    }),
  ],
).enableRLS();

/**
 * From which network a request came, as a keyed hash, for two days: the share of one network in a day's requests (`mostOfNetwork`).
 */
export const visitRequestSighting = pgTable(
  'visit_request_sighting',
  {
    requestId: uuid('request_id')
      .primaryKey()
      .references(() => visitRequest.id),
    network: text().notNull(),
    at: at('at').notNull().defaultNow(),
  },
  (t) => [index('visit_request_sighting_at_idx').on(t.at), ...walls('visit_request_sighting', { select: sql`false` })],
).enableRLS();

/**
 * Some helpers go through a village on a day, from home to home, and where there is a mobile point (`deskId`) help people there one by one. Never
 * moved: one that changes is called off and planned anew.
 */
export const visitRound = pgTable(
  'visit_round',
  {
    id: uuid().primaryKey(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    teamId: uuid('team_id')
      .notNull()
      .references(() => team.id),
    day: date().notNull(),
    startsAt: at('starts_at').notNull(),
    endsAt: at('ends_at').notNull(),
    plannedAt: at('planned_at').notNull().defaultNow(),
    plannedBy: uuid('planned_by').references(() => account.id),
    calledOffAt: at('called_off_at'),
    calledOffBy: uuid('called_off_by').references(() => account.id),
    deskId: uuid('desk_id').references(() => desk.id),
  },
  (t) => [
    check('visit_round_length', sql`ends_at > starts_at and ends_at <= starts_at + interval '12 hours'`),
    check('visit_round_of_its_day', sql`(starts_at at time zone 'Asia/Ho_Chi_Minh')::date = day`),
    index('visit_round_area_idx').on(t.areaId, t.day),
    index('visit_round_team_idx').on(t.teamId),
    index('visit_round_planned_by_idx').on(t.plannedBy),
    index('visit_round_called_off_by_idx').on(t.calledOffBy),
    index('visit_round_desk_idx').on(t.deskId),
    // What is logged at a point on a day is one round's.
    uniqueIndex('visit_round_point_idx')
      .on(t.deskId, t.day)
      .where(sql`called_off_at is null`),
    ...walls('visit_round', {
      select: sql`${within('visit.plan')} or ${onMyRound('id')}`,
      insert: sql`${within('visit.plan')} and ${ofItsVillage}`,
      update: sql`${within('visit.plan')} and ${ofItsVillage}`,
    }),
  ],
).enableRLS();

/**
 * Who goes. When and where is the round's to say, and `who_id` is one and the same for a member and their account: triggers say so, and
 * the database refuses one person at two places: another round, a desk, a class.
 */
export const visitRoundHelper = pgTable(
  'visit_round_helper',
  {
    id: uuid().primaryKey(),
    roundId: uuid('round_id')
      .notNull()
      .references(() => visitRound.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    memberId: uuid('member_id')
      .notNull()
      .references(() => teamMember.id),
    whoId: uuid('who_id').notNull(),
    startsAt: at('starts_at').notNull(),
    endsAt: at('ends_at').notNull(),
    calledOffAt: at('called_off_at'),
  },
  (t) => [
    uniqueIndex('visit_round_helper_once_idx').on(t.roundId, t.memberId),
    index('visit_round_helper_member_idx').on(t.memberId, t.startsAt),
    index('visit_round_helper_area_idx').on(t.areaId),
    ...walls('visit_round_helper', {
      select: sql`${within('visit.plan')} or ${onMyRound('round_id')}`,
      insert: sql`${within('visit.plan')} and ${ofThoseOneSends}`,
    }),
  ],
).enableRLS();

/**
 * One home a round means to go to: because somebody asked, or a person nobody has had to do with. The number is what the household
 * asks those at the door for; it counts in that village alone, from an hour before the round to an hour after it. What it is of and on is asked by `may_put_on`, and stays.
 */
export const visit = pgTable(
  'visit',
  {
    id: uuid().primaryKey(),
    roundId: uuid('round_id')
      .notNull()
      .references(() => visitRound.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    day: date().notNull(),
    requestId: uuid('request_id').references(() => visitRequest.id),
    personId: uuid('person_id').references(() => person.id),
    pin: text().notNull(),
    toldAt: at('told_at'),
    toldBy: uuid('told_by').references(() => account.id),
    /** The round was called off, and they were rung that nobody comes. */
    rungBackAt: at('rung_back_at'),
    rungBackBy: uuid('rung_back_by').references(() => account.id),
    plannedAt: at('planned_at').notNull().defaultNow(),
    takenOffAt: at('taken_off_at'),
  },
  (t) => [
    check('visit_pin_shape', sql`pin ~ '^[0-9]{4}$'`),
    check('visit_of_somebody', sql`request_id is not null or person_id is not null`),
    uniqueIndex('visit_pin_idx').on(t.areaId, t.day, t.pin),
    index('visit_round_idx').on(t.roundId),
    uniqueIndex('visit_round_person_idx')
      .on(t.roundId, t.personId)
      .where(sql`taken_off_at is null`),
    uniqueIndex('visit_round_request_idx')
      .on(t.roundId, t.requestId)
      .where(sql`taken_off_at is null`),
    index('visit_request_idx').on(t.requestId),
    index('visit_person_idx').on(t.personId),
    index('visit_told_by_idx').on(t.toldBy),
    index('visit_rung_back_by_idx').on(t.rungBackBy),
    ...walls('visit', {
      select: sql`${within('visit.plan')} or ${onMyRound('round_id')}`,
      insert: sql`${within('visit.plan')} and (person_id is null or person_in_reach(person_id)) and may_put_on(round_id, area_id, request_id)`,
      update: sql`${within('visit.plan')} and (person_id is null or person_in_reach(person_id))`,
    }),
  ],
).enableRLS();

export const visitOutcomes = ['done', 'not_home', 'refused', 'moved', 'died', 'unsafe', 'wrong_details'] as const;

/**
 * What came of a visit, as somebody recorded it. Appended only: a correction is another row, and the newest counts. The id is made by
 * whoever records, so that sending it twice is once.
 */
export const visitOutcome = pgTable(
  'visit_outcome',
  {
    id: uuid().primaryKey(),
    visitId: uuid('visit_id')
      .notNull()
      .references(() => visit.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    outcome: text({ enum: visitOutcomes }).notNull(),
    minutes: integer(),
    nextOn: date('next_on'),
    words: text().notNull().default(''),
    at: at('at').notNull(),
    receivedAt: at('received_at').notNull().defaultNow(),
    recordedBy: uuid('recorded_by').references(() => account.id),
  },
  (t) => [
    check('visit_outcome_known', oneOf('outcome', visitOutcomes)),
    check('visit_outcome_minutes_range', sql`minutes between 1 and 600`),
    index('visit_outcome_visit_idx').on(t.visitId, t.at),
    index('visit_outcome_area_idx').on(t.areaId, t.at),
    index('visit_outcome_recorded_by_idx').on(t.recordedBy),
    ...walls('visit_outcome', {
      select: sql.raw('exists (select from visit v where v.id = visit_outcome.visit_id)'),
      insert: sql.raw(
        'recorded_by = (SELECT caller_account()) and exists (select from visit v where v.id = visit_outcome.visit_id and v.area_id = visit_outcome.area_id)',
      ),
    }),
  ],
).enableRLS();

/**
 * One act at a door as a device sent it: what makes sending it again harmless, and what of it counts. Never words, names or answers to steps:
 * those lie where they belong. Written by the system role once the sender's right was asked: somebody may be back from the hills when their
 * round is out of sight. What came of a task (`work`) is of no round's home, and whose it is lies in `task_work` alone.
 */
export const visitOperation = pgTable(
  'visit_operation',
  {
    id: uuid().primaryKey(),
    visitId: uuid('visit_id').references(() => visit.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    kind: text({ enum: ['outcome', 'skill', 'steps', 'met', 'work'] }).notNull(),
    content: jsonb().notNull(),
    contentHash: text('content_hash').notNull(),
    deviceTime: at('device_time').notNull(),
    receivedAt: at('received_at').notNull().defaultNow(),
    outcome: text({ enum: ['applied', 'merged', 'held', 'conflict'] }).notNull(),
    reason: text(),
  },
  (t) => [
    check('visit_operation_kind_known', oneOf('kind', ['outcome', 'skill', 'steps', 'met', 'work'])),
    check('visit_operation_of_a_home', sql`(visit_id is null) = (kind = 'work')`),
    check('visit_operation_outcome_known', oneOf('outcome', ['applied', 'merged', 'held', 'conflict'])),
    index('visit_operation_visit_idx').on(t.visitId),
    index('visit_operation_area_idx').on(t.areaId),
    index('visit_operation_account_idx').on(t.accountId),
    ...walls('visit_operation', {
      select: sql.raw('exists (select from visit v where v.id = visit_operation.visit_id)'),
    }),
  ],
).enableRLS();

/** A number asked after that was none, kept a day: guessing is counted by address and by village. */
export const visitCheckAttempt = pgTable(
  'visit_check_attempt',
  {
    id: uuid().primaryKey().defaultRandom(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    address: inet().notNull(),
    at: at('at').notNull().defaultNow(),
  },
  (t) => [
    index('visit_check_attempt_address_idx').on(t.address, t.at),
    index('visit_check_attempt_area_idx').on(t.areaId, t.at),
    index('visit_check_attempt_at_idx').on(t.at),
    ...walls('visit_check_attempt', { select: sql`false` }),
  ],
).enableRLS();
