import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { area } from './area';
import { holds, walls, within } from './walls';

const systemOnly = { select: sql`false` };

/** Province and units, of periods that are over (by the portal's day): what moves from day to day would tell who came yesterday. */
const forEverybody = sql`period_over(period) and exists (
  select from area a where a.id = area_id and a.kind in ('province', 'commune', 'ward', 'special_zone'))`;

/**
 * What the dashboards show: one number per area, period (`yyyy` or `yyyy-mm`), measure and group. No row means nothing can be
 * said ("—"). Distinct people are counted anew for every area, never added up. Counts only: who may see figures sees them all.
 */
export const figure = pgTable(
  'figure',
  {
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    period: text().notNull(),
    measure: text().notNull(),
    grp: text().notNull(),
    value: integer().notNull(),
    denominator: integer().notNull(),
    computedAt: timestamp('computed_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.areaId, t.period, t.measure, t.grp] }),
    check('figure_period_shape', sql`period ~ '^[0-9]{4}(-[0-9]{2})?$'`),
    check('figure_part_of_whole', sql`value between 0 and denominator and denominator > 0`),
    ...walls('figure', { select: within('figures.read'), public: forEverybody }),
  ],
).enableRLS();

/**
 * What changed since the figures were last computed, appended by triggers in the writer's own transaction: a session, a person,
 * or (both empty) everything. Only ever inserted and deleted, so that two registers never wait for each other.
 */
export const figureChange = pgTable(
  'figure_change',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    sessionId: uuid('session_id'),
    personId: uuid('person_id'),
  },
  () => walls('figure_change', systemOnly),
).enableRLS();

/** One session in numbers, where it was taught. Derived, so it points to nothing: the row outlives what it was made of until it is made anew. */
export const figureSession = pgTable(
  'figure_session',
  {
    sessionId: uuid('session_id').primaryKey(),
    classId: text('class_id').notNull(),
    areaId: integer('area_id').notNull(),
    month: text().notNull(),
    held: boolean().notNull(),
    marked: integer().notNull(),
    came: integer().notNull(),
    excused: integer().notNull(),
  },
  (t) => [index('figure_session_area_idx').on(t.areaId, t.month), ...walls('figure_session', systemOnly)],
).enableRLS();

/** One person's month or year in numbers, where they live. Derived; read by nobody but the worker that counts. */
export const figurePerson = pgTable(
  'figure_person',
  {
    personId: uuid('person_id').notNull(),
    period: text().notNull(),
    areaId: integer('area_id').notNull(),
    birthYear: integer('birth_year'),
    woman: boolean().notNull(),
    marked: integer().notNull(),
    came: integer().notNull(),
    skillsSeen: integer('skills_seen').notNull(),
    skillsAttained: integer('skills_attained').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.period] }),
    index('figure_person_area_idx').on(t.areaId, t.period),
    ...walls('figure_person', systemOnly),
  ],
).enableRLS();

/** Whether a person could do the whole core set alone at the end of each month from `from_month` up to, not including, `to_month`. Derived. */
export const figureCore = pgTable(
  'figure_core',
  {
    personId: uuid('person_id').notNull(),
    fromMonth: text('from_month').notNull(),
    toMonth: text('to_month'),
    areaId: integer('area_id').notNull(),
    birthYear: integer('birth_year'),
    woman: boolean().notNull(),
    attained: boolean().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.fromMonth] }),
    index('figure_core_area_idx').on(t.areaId, t.fromMonth),
    ...walls('figure_core', systemOnly),
  ],
).enableRLS();

/** One row: until when all changes are in the figures, and the month they were last carried forward to. */
export const figureRun = pgTable(
  'figure_run',
  {
    single: boolean().primaryKey().default(true),
    freshAt: timestamp('fresh_at', { withTimezone: true }).notNull(),
    month: text().notNull(),
  },
  () => [check('figure_run_one_row', sql`single`), ...walls('figure_run', { select: holds('figures.read') })],
).enableRLS();
