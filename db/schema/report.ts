import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { oneOf } from './checks';
import { anyone, walls, within } from './walls';

export const reportStates = ['draft', 'submitted', 'returned', 'approved', 'locked'] as const;

/** Whoever writes or approves there may try; which step is whose is decided by the triggers (migration `reports`). */
const writesOrApproves = sql`(${within('report.write')} or ${within('report.approve')})`;

/**
 * The report of one area and administrative period; a new revision for each reopening, the earlier ones stay. Its state is a copy of the
 * last step, kept by a trigger alone.
 */
export const report = pgTable(
  'report',
  {
    id: uuid().primaryKey().defaultRandom(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    /** As in lib/period: `k2026-11`. */
    period: text().notNull(),
    /** The first day after the period, whatever is sent: before it nothing is submitted. */
    closesOn: date('closes_on', { mode: 'string' }).notNull(),
    revision: integer().notNull().default(1),
    state: text({ enum: reportStates }).notNull().default('draft'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    createdBy: uuid('created_by').references(() => account.id),
  },
  (t) => [
    check('report_state_known', oneOf('state', reportStates)),
    check('report_period_administrative', sql`period ~ '^k20[0-9]{2}(-(q[1-4]|0[1-9]|1[0-2]))?$'`),
    check(
      'report_closes_with_period',
      sql`closes_on = make_date(substr(period, 2, 4)::integer, case when length(period) = 5 then 12 when period like '%q%' then 3 * right(period, 1)::integer else right(period, 2)::integer end, 15)`,
    ),
    check('report_revision_from_one', sql`revision >= 1`),
    uniqueIndex('report_once_idx').on(t.areaId, t.period, t.revision),
    index('report_period_idx').on(t.period, t.areaId),
    index('report_created_by_idx').on(t.createdBy),
    ...walls('report', { select: within('figures.read'), insert: writesOrApproves }),
  ],
).enableRLS();

/**
 * Each step of a report: from, to, who, when, why. Appended only; the state moves by nothing else. A submission carries the words as they
 * were signed (`content`: remarks, and those gathered from below). The trigger refuses steps that do not follow, and people whose step it is not.
 */
export const reportStep = pgTable(
  'report_step',
  {
    id: uuid().primaryKey().defaultRandom(),
    reportId: uuid('report_id')
      .notNull()
      .references(() => report.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    fromState: text('from_state', { enum: reportStates }),
    toState: text('to_state', { enum: reportStates }).notNull(),
    reason: text().notNull().default(''),
    content: jsonb(),
    at: timestamp({ withTimezone: true }).notNull().defaultNow(),
    /** In which order: two steps of one act have one time. */
    nth: integer().notNull().generatedByDefaultAsIdentity(),
    by: uuid().references(() => account.id),
    /** As the account was called then. */
    byName: text('by_name').notNull().default(''),
  },
  (t) => [
    check('report_step_states_known', sql`${oneOf('from_state', reportStates)} and ${oneOf('to_state', reportStates)}`),
    check('report_step_return_says_why', sql`to_state <> 'returned' or reason <> ''`),
    check('report_step_signed_words', sql`(to_state = 'submitted') = (content is not null)`),
    index('report_step_report_idx').on(t.reportId, t.nth),
    index('report_step_area_idx').on(t.areaId),
    index('report_step_by_idx').on(t.by),
    ...walls('report_step', { select: within('figures.read'), insert: writesOrApproves }),
  ],
).enableRLS();

/**
 * The figures as they stood when a report was submitted, as anybody may see them who reads figures there: small numbers stay hidden in a
 * report, whoever signed it. Written in the submission's own transaction and never again.
 */
export const reportFigure = pgTable(
  'report_figure',
  {
    stepId: uuid('step_id')
      .notNull()
      .references(() => reportStep.id),
    reportId: uuid('report_id')
      .notNull()
      .references(() => report.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    position: integer().notNull(),
    code: text().notNull(),
    nameVi: text('name_vi').notNull(),
    nameEn: text('name_en').notNull(),
    unit: text().notNull(),
    kind: text({ enum: ['computed', 'declared'] }).notNull(),
    value: doublePrecision(),
    of: doublePrecision(),
    hidden: boolean().notNull().default(false),
    source: text(),
    asOf: date('as_of', { mode: 'string' }),
    computedAt: timestamp('computed_at', { withTimezone: true }),
  },
  (t) => [
    primaryKey({ columns: [t.stepId, t.code] }),
    check('report_figure_kind_known', oneOf('kind', ['computed', 'declared'])),
    check('report_figure_hidden_says_nothing', sql`not hidden or (value is null and of is null)`),
    index('report_figure_report_idx').on(t.reportId),
    index('report_figure_area_idx').on(t.areaId),
    ...walls('report_figure', { select: within('figures.read'), insert: writesOrApproves }),
  ],
).enableRLS();

/** What a report says in words while it is written: its number, what stands in the way, what is proposed. Once signed it stands still. */
export const reportRemark = pgTable(
  'report_remark',
  {
    reportId: uuid('report_id')
      .primaryKey()
      .references(() => report.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    /** Of the document, once the office gave it one. */
    number: text().notNull().default(''),
    obstacles: text().notNull().default(''),
    proposals: text().notNull().default(''),
    /** The period whose words it began with; empty where somebody has written since. */
    carriedFrom: text('carried_from'),
    version: integer().notNull().default(1),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
    updatedBy: uuid('updated_by').references(() => account.id),
  },
  (t) => [
    check(
      'report_remark_lengths',
      sql`length(number) <= 20 and length(obstacles) <= 6000 and length(proposals) <= 6000`,
    ),
    index('report_remark_area_idx').on(t.areaId),
    index('report_remark_updated_by_idx').on(t.updatedBy),
    ...walls('report_remark', {
      select: within('figures.read'),
      insert: writesOrApproves,
      update: writesOrApproves,
    }),
  ],
).enableRLS();

/** The day of the month by which those below an area hand in what closed on the 14th; the nearest area above decides, the 20th where none did. */
export const reportDue = pgTable(
  'report_due',
  {
    areaId: integer('area_id')
      .primaryKey()
      .references(() => area.id),
    day: integer().notNull(),
    setAt: timestamp('set_at', { withTimezone: true }).notNull().defaultNow(),
    setBy: uuid('set_by').references(() => account.id),
  },
  (t) => [
    check('report_due_day_after_close', sql`day between 15 and 28`),
    index('report_due_set_by_idx').on(t.setBy),
    ...walls('report_due', {
      select: anyone,
      insert: within('report.approve'),
      update: within('report.approve'),
    }),
  ],
).enableRLS();
