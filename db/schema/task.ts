import { sql } from 'drizzle-orm';
import { boolean, check, date, index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { oneOf } from './checks';
import { teamMember } from './class';
import { household } from './household';
import { givenToMe, person } from './person';
import { visit, visitRoundHelper } from './visit';
import { own, reaches, walls, within } from './walls';

/** What came of a visit or a call that a task asked for. */
export const taskOutcomes = ['done', 'not_home', 'refused', 'moved', 'died', 'unsafe', 'wrong_details'] as const;

/** Why nobody goes to see somebody for a while. Nothing of their health: that would be a record nobody agreed to. */
export const pauseReasons = ['refused', 'away', 'later', 'unsafe', 'moved', 'died', 'other'] as const;

/** Nobody is named, or somebody the caller has to do with. */
const ofSomebodyInReach = sql`(person_id is null or ${reaches('person_id')} or ${givenToMe('task_work.person_id')})`;

const keyShape = sql`kind ~ '^[a-z][a-z_]{1,29}$' and char_length(fact) between 1 and 120`;

/**
 * Work recorded on a task. Tasks themselves are no rows: they follow from facts (`lib/task/kinds`), and `kind`, `person_id` and `fact` say
 * from which. Appended only; stays when the fact is corrected away. The form's key is its id, so that a double tap is one.
 */
export const taskWork = pgTable(
  'task_work',
  {
    id: uuid().primaryKey(),
    kind: text().notNull(),
    personId: uuid('person_id').references(() => person.id),
    fact: text().notNull(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    outcome: text({ enum: taskOutcomes }).notNull(),
    note: text().notNull().default(''),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    by: uuid().references(() => account.id),
  },
  (t) => [
    check('task_work_key_shape', keyShape),
    check('task_work_outcome_known', oneOf('outcome', taskOutcomes)),
    index('task_work_person_idx').on(t.personId, t.at),
    index('task_work_fact_idx').on(t.fact),
    index('task_work_area_idx').on(t.areaId, t.at),
    index('task_work_by_idx').on(t.by),
    ...walls('task_work', {
      select: sql`${within('class.write')} or ${own('by')}`,
      insert: sql`${within('register.write')} and ${own('by')} and ${ofSomebodyInReach}`,
    }),
  ],
).enableRLS();

/**
 * Somebody went to a home for tasks: once per home, day and account, however much was recorded there. `home` is the household, or the person who lives in none,
 * as they lived then; it names nobody and follows no merge. `visit_id`: a round went there that day too; `round_helper_id`: it was in the time of the caller's own
 * round, `elsewhere` of a session or of duty, which counts that time already.
 */
export const doorVisit = pgTable(
  'door_visit',
  {
    id: uuid().primaryKey(),
    home: uuid().notNull(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    day: date().notNull(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    minutes: integer().notNull(),
    met: boolean().notNull(),
    by: uuid()
      .notNull()
      .references(() => account.id),
    visitId: uuid('visit_id').references(() => visit.id),
    roundHelperId: uuid('round_helper_id').references(() => visitRoundHelper.id),
    elsewhere: text({ enum: ['session', 'shift'] }),
  },
  (t) => [
    check('door_visit_minutes', sql`minutes between 5 and 240`),
    check('door_visit_elsewhere_known', oneOf('elsewhere', ['session', 'shift'])),
    uniqueIndex('door_visit_once_idx').on(t.by, t.home, t.day),
    index('door_visit_home_idx').on(t.home, t.day),
    index('door_visit_area_idx').on(t.areaId, t.day),
    index('door_visit_visit_idx').on(t.visitId),
    index('door_visit_round_helper_idx').on(t.roundHelperId),
    ...walls('door_visit', {
      select: sql`${within('visit.plan')} or ${own('by')}`,
      insert: sql`${within('register.write')} and ${own('by')}`,
      update: sql`${within('register.write')} and ${own('by')}`,
    }),
  ],
).enableRLS();

/** A task given to somebody until a moment: a member of a team (`account_id` is theirs, if they have one), or an account itself. */
export const taskGiven = pgTable(
  'task_given',
  {
    id: uuid().primaryKey().defaultRandom(),
    kind: text().notNull(),
    personId: uuid('person_id').references(() => person.id),
    fact: text().notNull(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    memberId: uuid('member_id').references(() => teamMember.id),
    accountId: uuid('account_id').references(() => account.id),
    givenAt: timestamp('given_at', { withTimezone: true }).notNull().defaultNow(),
    givenBy: uuid('given_by').references(() => account.id),
    until: timestamp({ withTimezone: true }).notNull(),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    endedBy: uuid('ended_by').references(() => account.id),
  },
  (t) => [
    check('task_given_key_shape', keyShape),
    check('task_given_to_somebody', sql`num_nonnulls(member_id, account_id) > 0`),
    check('task_given_for_a_while', sql`until > given_at and until <= given_at + interval '62 days'`),
    index('task_given_person_idx').on(t.personId),
    index('task_given_fact_idx').on(t.fact),
    index('task_given_area_idx').on(t.areaId, t.givenAt),
    index('task_given_member_idx').on(t.memberId),
    index('task_given_account_idx').on(t.accountId, t.until),
    index('task_given_given_by_idx').on(t.givenBy),
    index('task_given_ended_by_idx').on(t.endedBy),
    ...walls('task_given', {
      select: sql`${within('class.write')} or ${own()}`,
      insert: sql`${within('class.write')} and ${own('given_by')} and (person_id is null or ${reaches('person_id')})`,
      update: within('class.write'),
    }),
  ],
).enableRLS();

/** Nobody goes to see this person, or anybody of this household, until a day (none: for good), or until it is ended earlier. */
export const personPause = pgTable(
  'person_pause',
  {
    id: uuid().primaryKey(),
    personId: uuid('person_id').references(() => person.id),
    householdId: uuid('household_id').references(() => household.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    reason: text({ enum: pauseReasons }).notNull(),
    until: timestamp({ withTimezone: true }),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    by: uuid().references(() => account.id),
    endedAt: timestamp('ended_at', { withTimezone: true }),
    endedBy: uuid('ended_by').references(() => account.id),
  },
  (t) => [
    check('person_pause_of_one', sql`num_nonnulls(person_id, household_id) = 1`),
    check('person_pause_reason_known', oneOf('reason', pauseReasons)),
    check('person_pause_for_good', sql`until is not null or reason in ('moved', 'died')`),
    index('person_pause_person_idx').on(t.personId),
    index('person_pause_household_idx').on(t.householdId),
    index('person_pause_area_idx').on(t.areaId),
    index('person_pause_by_idx').on(t.by),
    index('person_pause_ended_by_idx').on(t.endedBy),
    ...walls('person_pause', {
      select: within('register.write'),
      // Made, and ended, by whoever has to do with the person, or with somebody of the household; for good, either only by who plans, or was asked to look.
      insert: sql`${within('register.write')} and ${own('by')} and may_pause(person_id, household_id) and ended_at is null and (until is not null or ${within('class.write')} or ${givenToMe('person_pause.person_id')})`,
      update: sql`${within('register.write')} and may_pause(person_id, household_id) and (until is not null or ${within('class.write')} or ${givenToMe('person_pause.person_id')})`,
    }),
  ],
).enableRLS();
