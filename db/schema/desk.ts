import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  time,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { oneOf } from './checks';
import { teamMember } from './class';
import { course } from './course';
import { person } from './person';
import { anyone, walls, within } from './walls';

/** The row lies where its desk does. */
const ofItsDesk = (table: string) =>
  sql.raw(`exists (select from desk d where d.id = ${table}.desk_id and d.area_id = ${table}.area_id)`);

/**
 * What people come to a desk with, in words that have versions: an assist names the wording that was on the button. The course is the
 * one that teaches it (its first version stands for the series); without one no class is proposed.
 */
export const deskNeed = pgTable(
  'desk_need',
  {
    code: text().notNull(),
    version: integer().notNull(),
    position: integer().notNull(),
    nameVi: text('name_vi').notNull(),
    nameEn: text('name_en').notNull(),
    hintVi: text('hint_vi').notNull().default(''),
    hintEn: text('hint_en').notNull().default(''),
    courseId: uuid('course_id').references(() => course.id),
    usedFrom: timestamp('used_from', { withTimezone: true }).notNull().defaultNow(),
    /** When the next wording took its place, or the need was taken off the list. */
    replacedAt: timestamp('replaced_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.code, t.version] }),
    check('desk_need_code_shape', sql`code ~ '^[a-z][a-z_]{1,29}$'`),
    uniqueIndex('desk_need_current_idx')
      .on(t.code)
      .where(sql`replaced_at is null`),
    index('desk_need_course_idx').on(t.courseId),
    ...walls('desk_need', { select: anyone }),
  ],
).enableRLS();

export const deskKinds = ['service_centre', 'culture_house', 'mobile_point'] as const;

/** A place where people are helped one by one: staffed by shifts, found by its address. One that is closed keeps what was logged there. */
export const desk = pgTable(
  'desk',
  {
    id: uuid().primaryKey().defaultRandom(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    kind: text({ enum: deskKinds }).notNull(),
    name: text().notNull(),
    address: text().notNull(),
    wayThere: text('way_there').notNull().default(''),
    retiredAt: timestamp('retired_at', { withTimezone: true }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    createdBy: uuid('created_by').references(() => account.id),
  },
  (t) => [
    check('desk_kind_known', oneOf('kind', deskKinds)),
    index('desk_area_idx').on(t.areaId),
    index('desk_created_by_idx').on(t.createdBy),
    ...walls('desk', {
      select: within('desk.log'),
      insert: within('desk.manage'),
      update: within('desk.manage'),
    }),
  ],
).enableRLS();

/** When a desk is open in every week; the day of the week is ISO's, Monday 1. */
export const deskHours = pgTable(
  'desk_hours',
  {
    deskId: uuid('desk_id')
      .notNull()
      .references(() => desk.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    weekday: integer().notNull(),
    opens: time().notNull(),
    closes: time().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.deskId, t.weekday, t.opens] }),
    check('desk_hours_weekday_range', sql`weekday between 1 and 7`),
    check('desk_hours_in_order', sql`closes > opens`),
    index('desk_hours_area_idx').on(t.areaId),
    ...walls('desk_hours', {
      select: within('desk.log'),
      insert: sql`${within('desk.manage')} and ${ofItsDesk('desk_hours')}`,
      delete: within('desk.manage'),
    }),
  ],
).enableRLS();

/**
 * Somebody on duty at a desk: an account, or a member of a team without one. `who_id` is one and the same for both of these (a trigger
 * says it), so that the database refuses one person at two desks at a time.
 */
export const deskShift = pgTable(
  'desk_shift',
  {
    id: uuid().primaryKey().defaultRandom(),
    deskId: uuid('desk_id')
      .notNull()
      .references(() => desk.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    accountId: uuid('account_id').references(() => account.id),
    memberId: uuid('member_id').references(() => teamMember.id),
    whoId: uuid('who_id').notNull(),
    startsAt: timestamp('starts_at', { withTimezone: true }).notNull(),
    endsAt: timestamp('ends_at', { withTimezone: true }).notNull(),
    plannedAt: timestamp('planned_at', { withTimezone: true }).notNull().defaultNow(),
    plannedBy: uuid('planned_by').references(() => account.id),
    calledOffAt: timestamp('called_off_at', { withTimezone: true }),
    calledOffBy: uuid('called_off_by').references(() => account.id),
  },
  (t) => [
    check('desk_shift_one_person', sql`num_nonnulls(account_id, member_id) = 1`),
    check('desk_shift_length', sql`ends_at > starts_at and ends_at <= starts_at + interval '16 hours'`),
    check('desk_shift_called_off_whole', sql`called_off_by is null or called_off_at is not null`),
    index('desk_shift_desk_idx').on(t.deskId, t.startsAt),
    index('desk_shift_area_idx').on(t.areaId),
    index('desk_shift_account_idx').on(t.accountId),
    index('desk_shift_member_idx').on(t.memberId),
    index('desk_shift_planned_by_idx').on(t.plannedBy),
    index('desk_shift_called_off_by_idx').on(t.calledOffBy),
    ...walls('desk_shift', {
      select: within('desk.log'),
      insert: sql`${within('desk.manage')} and ${ofItsDesk('desk_shift')}`,
      update: within('desk.manage'),
    }),
  ],
).enableRLS();

/** Where somebody is sent whose need is not settled at the desk. */
export const referralPlaces = ['police', 'one_stop', 'bank', 'telecom', 'class', 'home_visit', 'elsewhere'] as const;

/**
 * One person helped once at a desk. The form's key is its id, so that a double tap or a resend is one. Nobody is named unless they were
 * looked up; `invite` is what they said when asked whether they may be invited to a class. What was undone stays, and counts nowhere.
 * Undone by whoever logged it, and nobody else.
 */
export const deskAssist = pgTable(
  'desk_assist',
  {
    id: uuid().primaryKey(),
    deskId: uuid('desk_id')
      .notNull()
      .references(() => desk.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    needCode: text('need_code').notNull(),
    needVersion: integer('need_version').notNull(),
    /** As skills are: 0 done for them, 1 by the hand, 2 when reminded, 3 alone, 4 and showed others. */
    level: integer().notNull(),
    minutes: integer().notNull(),
    /** Null: settled at the desk. */
    referredTo: text('referred_to', { enum: referralPlaces }),
    personId: uuid('person_id').references(() => person.id),
    invite: boolean().notNull().default(false),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    loggedBy: uuid('logged_by').references(() => account.id),
    undoneAt: timestamp('undone_at', { withTimezone: true }),
  },
  (t) => [
    foreignKey({ columns: [t.needCode, t.needVersion], foreignColumns: [deskNeed.code, deskNeed.version] }),
    check('desk_assist_level_range', sql`level between 0 and 4`),
    check('desk_assist_minutes_range', sql`minutes between 1 and 240`),
    check('desk_assist_referred_known', oneOf('referred_to', referralPlaces)),
    check('desk_assist_invites_somebody', sql`person_id is not null or not invite`),
    index('desk_assist_desk_idx').on(t.deskId, t.at),
    index('desk_assist_area_idx').on(t.areaId, t.at),
    index('desk_assist_need_idx').on(t.needCode, t.needVersion),
    index('desk_assist_person_idx')
      .on(t.personId)
      .where(sql`person_id is not null`),
    index('desk_assist_logged_by_idx').on(t.loggedBy, t.at),
    ...walls('desk_assist', {
      select: within('desk.log'),
      insert: sql`${within('desk.log')} and ${ofItsDesk('desk_assist')} and (person_id is null or person_in_reach(person_id))`,
      update: sql`${within('desk.log')} and logged_by = (SELECT caller_account()) and (person_id is null or person_in_reach(person_id))`,
    }),
  ],
).enableRLS();

/**
 * One act at a desk as a device sent it: what makes sending it again harmless. An assist names itself, taking back names the assist. Never whom
 * it is about: that lies in the assist, where withdrawing erases it. Written by the system role once the sender's right was asked, as acts at
 * doors are.
 */
export const deskOperation = pgTable(
  'desk_operation',
  {
    id: uuid().primaryKey(),
    deskId: uuid('desk_id')
      .notNull()
      .references(() => desk.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    kind: text({ enum: ['assist', 'undo'] }).notNull(),
    /** May come after what takes it back. */
    assistId: uuid('assist_id').notNull(),
    content: jsonb().notNull(),
    contentHash: text('content_hash').notNull(),
    /** As the device said it. */
    deviceTime: timestamp('device_time', { withTimezone: true }).notNull(),
    receivedAt: timestamp('received_at', { withTimezone: true }).notNull().defaultNow(),
    outcome: text({ enum: ['applied', 'held'] }).notNull(),
    reason: text(),
  },
  (t) => [
    check('desk_operation_kind_known', oneOf('kind', ['assist', 'undo'])),
    check('desk_operation_outcome_known', oneOf('outcome', ['applied', 'held'])),
    check('desk_operation_names_itself', sql`kind <> 'assist' or assist_id = id`),
    index('desk_operation_desk_idx').on(t.deskId),
    index('desk_operation_area_idx').on(t.areaId),
    index('desk_operation_account_idx').on(t.accountId),
    index('desk_operation_assist_idx').on(t.assistId),
    ...walls('desk_operation', { select: within('desk.log') }),
  ],
).enableRLS();

/**
 * An organiser decided that what repeats at a desk (or, without one, at the desks of an area together) needs no class. What was logged
 * before counts no more; five more within seven days ask again.
 */
export const deskDismissal = pgTable(
  'desk_dismissal',
  {
    id: uuid().primaryKey().defaultRandom(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    deskId: uuid('desk_id').references(() => desk.id),
    needCode: text('need_code').notNull(),
    reason: text().notNull(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    by: uuid().references(() => account.id),
  },
  (t) => [
    check('desk_dismissal_says_why', sql`reason <> ''`),
    index('desk_dismissal_area_idx').on(t.areaId, t.needCode, t.at),
    index('desk_dismissal_desk_idx').on(t.deskId),
    index('desk_dismissal_by_idx').on(t.by),
    ...walls('desk_dismissal', {
      select: within('desk.log'),
      insert: sql`${within('desk.manage')} and (desk_id is null or ${ofItsDesk('desk_dismissal')})`,
    }),
  ],
).enableRLS();
