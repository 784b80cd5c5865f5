import { sql } from 'drizzle-orm';
import { boolean, check, index, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { classSession } from './class';
import { person } from './person';
import { skill } from './skill';
import { ofCardHolder, readWithPurpose, recordable, walls, within } from './walls';
import { visit } from './visit';

/** The row lies where its session is held. */
const ofSession = (table: string) =>
  sql.raw(`exists (select from class_session s where s.id = ${table}.session_id and s.area_id = ${table}.area_id)`);
const ofItsSession = ofSession('register_operation');

export const attendanceStates = ['present', 'late', 'left_early', 'excused', 'absent'] as const;

/**
 * One mark per session and person; no row means unmarked, which is not absent. The stamp (`marked_at`, `operation_id`)
 * decides between marks: the newest wins, and one by hand always wins over the default of a register just begun.
 */
export const attendance = pgTable(
  'attendance',
  {
    sessionId: uuid('session_id')
      .notNull()
      .references(() => classSession.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    state: text({ enum: attendanceStates }).notNull(),
    minutesLate: integer('minutes_late'),
    walkIn: boolean('walk_in').notNull().default(false),
    byDefault: boolean('by_default').notNull(),
    markedAt: timestamp('marked_at', { withTimezone: true }).notNull(),
    operationId: uuid('operation_id').notNull(),
    markedBy: uuid('marked_by').references(() => account.id),
  },
  (t) => [
    primaryKey({ columns: [t.sessionId, t.personId] }),
    check('attendance_state_known', sql.raw(`state in (${attendanceStates.map((state) => `'${state}'`).join(', ')})`)),
    check(
      'attendance_minutes_only_when_late',
      sql`minutes_late is null or (state = 'late' and minutes_late between 1 and 600)`,
    ),
    index('attendance_person_idx').on(t.personId),
    index('attendance_area_idx').on(t.areaId),
    index('attendance_marked_by_idx').on(t.markedBy),
    ...walls('attendance', {
      select: sql`${within('roster.read')} or ${readWithPurpose()}`,
      insert: sql`${within('register.write')} and ${recordable}`,
      update: sql`${within('register.write')} and ${recordable}`,
      public: ofCardHolder(),
    }),
  ],
).enableRLS();

/**
 * A register printed on paper, as it was printed: whom its numbers stand for and which skills its columns, whatever happens to the roll
 * afterwards. Found again by the code on the sheet.
 */
export const registerSheet = pgTable(
  'register_sheet',
  {
    id: uuid().primaryKey(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => classSession.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    code: text().notNull().unique(),
    /** Number 1 first. */
    people: uuid().array().notNull(),
    skills: text().array().notNull(),
    madeAt: timestamp('made_at', { withTimezone: true }).notNull().defaultNow(),
    madeBy: uuid('made_by').references(() => account.id),
  },
  (t) => [
    index('register_sheet_session_idx').on(t.sessionId),
    index('register_sheet_area_idx').on(t.areaId),
    index('register_sheet_made_by_idx').on(t.madeBy),
    check('register_sheet_sizes', sql`cardinality(people) <= 500 and cardinality(skills) <= 20`),
    ...walls('register_sheet', {
      select: within('roster.read'),
      insert: sql`${within('register.write')} and ${ofSession('register_sheet')}`,
    }),
  ],
).enableRLS();

export const operationOutcomes = ['applied', 'merged', 'held', 'conflict'] as const;

/** Each act on a register as the device sent it, with its own id, kept whether it won or not. Also the history of marks. */
export const registerOperation = pgTable(
  'register_operation',
  {
    id: uuid().primaryKey(),
    sessionId: uuid('session_id')
      .notNull()
      .references(() => classSession.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    /** Who recorded it; null for learners who excused themselves (their card opened it). */
    accountId: uuid('account_id').references(() => account.id),
    personId: uuid('person_id'),
    kind: text().notNull(),
    content: jsonb().notNull(),
    contentHash: text('content_hash').notNull(),
    deviceTime: timestamp('device_time', { withTimezone: true }).notNull(),
    receivedAt: timestamp('received_at', { withTimezone: true }).notNull().defaultNow(),
    outcome: text({ enum: operationOutcomes }).notNull(),
    reason: text(),
  },
  (t) => [
    index('register_operation_session_idx').on(t.sessionId, t.personId, t.deviceTime),
    index('register_operation_area_idx').on(t.areaId),
    index('register_operation_account_idx').on(t.accountId),
    index('register_operation_received_idx').on(t.receivedAt),
    check(
      'register_operation_outcome_known',
      sql.raw(`outcome in (${operationOutcomes.map((outcome) => `'${outcome}'`).join(', ')})`),
    ),
    ...walls('register_operation', {
      select: within('roster.read'),
      insert: sql`${within('register.write')} and ${ofItsSession}`,
      update: sql`${within('register.write')} and ${ofItsSession}`,
    }),
  ],
).enableRLS();

export const recheckPlaces = ['home', 'desk', 'class'] as const;

/**
 * A dated fact: this person did this skill at this level, seen by whom, where. Never overwritten. One of a session needs the
 * attendance behind it; its id is the operation's that brought it.
 */
export const skillObservation = pgTable(
  'skill_observation',
  {
    id: uuid().primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    skillCode: text('skill_code')
      .notNull()
      .references(() => skill.code),
    level: integer().notNull(),
    source: text({ enum: ['session', 'recheck', 'own_claim', 'visit'] }).notNull(),
    sessionId: uuid('session_id').references(() => classSession.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    observedAt: timestamp('observed_at', { withTimezone: true }).notNull(),
    observedBy: uuid('observed_by').references(() => account.id),
    help: text().notNull().default(''),
    /** Of a visit: which. */
    visitId: uuid('visit_id').references(() => visit.id),
    /** Of a re-check: where it took place. */
    place: text({ enum: recheckPlaces }),
  },
  (t) => [
    check('skill_observation_level_range', sql`level between 0 and 4`),
    check('skill_observation_session_named', sql`source <> 'session' or session_id is not null`),
    check(
      'skill_observation_place_known',
      sql`place is null or source = 'recheck' and place in ('home', 'desk', 'class')`,
    ),
    check('skill_observation_visit_named', sql`(source = 'visit') = (visit_id is not null)`),
    check('skill_observation_at_class_named', sql`place is distinct from 'class' or session_id is not null`),
    index('skill_observation_person_idx').on(t.personId, t.skillCode, t.observedAt),
    index('skill_observation_session_idx').on(t.sessionId),
    index('skill_observation_visit_idx')
      .on(t.visitId)
      .where(sql`visit_id is not null`),
    index('skill_observation_skill_idx').on(t.skillCode),
    index('skill_observation_area_idx').on(t.areaId),
    index('skill_observation_recheck_idx')
      .on(t.observedAt)
      .where(sql`source = 'recheck'`),
    index('skill_observation_observed_by_idx').on(t.observedBy),
    ...walls('skill_observation', {
      select: sql`${within('roster.read')} or ${readWithPurpose()}`,
      insert: sql`${within('register.write')} and ${recordable}`,
      public: ofCardHolder(),
    }),
  ],
).enableRLS();
