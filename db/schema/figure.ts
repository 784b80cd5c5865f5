import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { area } from './area';
import { holds, walls, within } from './walls';

const systemOnly = { select: sql`false` };

const cellKey = {
  areaId: integer('area_id').notNull(),
  /** As `lib/period` writes it: six periods hold every half-month. */
  period: text().notNull(),
  measure: text().notNull(),
  grp: text().notNull(),
};
const cell = { ...cellKey, value: integer().notNull(), denominator: integer().notNull() };
const periodShape = sql.raw("period ~ '^k?20[0-9]{2}(-(q[1-4]|0[1-9]|1[0-2]))?$'");
const partOfWhole = sql`value between 0 and denominator and denominator > 0`;
/** How things stand is kept as changes, by the half-month (`s2026-11-15`) at whose end it is another way; the sum up to a period's end is how it stood. */
const ownShape = sql.raw("period ~ '^(k?20[0-9]{2}(-(q[1-4]|0[1-9]|1[0-2]))?|s20[0-9]{2}-(0[1-9]|1[0-2])-(01|15))$'");
const partOrChange = sql`period like 's%' or value between 0 and denominator and denominator > 0`;

/** What was counted for exactly this area, from rows, without the areas below it. Read by nobody but the worker that counts. */
export const figureOwn = pgTable('figure_own', cell, (t) => [
  primaryKey({ columns: [t.areaId, t.period, t.measure, t.grp] }),
  check('figure_own_period_shape', ownShape),
  check('figure_own_part_of_whole', partOrChange),
  ...walls('figure_own', systemOnly),
]).enableRLS();

/** Province and units, of periods that are over (by the portal's day): what moves from day to day would tell who came yesterday. */
const forEverybody = sql`period_over(period) and exists (
  select from area a where a.id = area_id and a.kind in ('province', 'commune', 'ward', 'special_zone'))`;

/**
 * The area with everything below it: the sum of own cells, since each thing counted belongs to exactly one area. To the last person, so only for
 * whoever sees figures of the area and may also look its people up.
 */
export const figureExact = pgTable('figure_exact', cell, (t) => [
  primaryKey({ columns: [t.areaId, t.period, t.measure, t.grp] }),
  check('figure_exact_part_of_whole', partOrChange),
  ...walls('figure_exact', { select: sql`${within('figures.read')} and ${within('person.read')}` }),
]).enableRLS();

/**
 * What dashboards, reports and exports show to whoever sees figures: the same cells, with value and denominator empty where showing them would tell
 * of few people. No row means nothing can be said ("—").
 */
export const figure = pgTable(
  'figure',
  {
    ...cellKey,
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    value: integer(),
    denominator: integer(),
    computedAt: timestamp('computed_at', { withTimezone: true }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.areaId, t.period, t.measure, t.grp] }),
    check('figure_period_shape', periodShape),
    check('figure_hidden_whole', sql`(value is null) = (denominator is null)`),
    check('figure_part_of_whole', partOfWhole),
    ...walls('figure', { select: within('figures.read'), public: forEverybody }),
  ],
).enableRLS();

/** What was decided of an area where its parent's figures were judged, so that its own can be judged without the parent's. */
export const figureBlock = pgTable(
  'figure_block',
  {
    areaId: integer('area_id').notNull(),
    measure: text().notNull(),
    decision: jsonb().notNull(),
  },
  (t) => [primaryKey({ columns: [t.areaId, t.measure] }), ...walls('figure_block', systemOnly)],
).enableRLS();

/**
 * What changed since the figures were last computed, appended by triggers in the writer's own transaction: a session, a person, a team, a household, help given
 * outside classes, the tree of areas, or (all empty) everything. Only ever inserted and deleted, so that two registers never wait for each other.
 */
export const figureChange = pgTable(
  'figure_change',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    sessionId: uuid('session_id'),
    personId: uuid('person_id'),
    teamId: uuid('team_id'),
    householdId: uuid('household_id'),
    helpId: uuid('help_id'),
    tree: boolean().notNull().default(false),
  },
  () => walls('figure_change', systemOnly),
).enableRLS();

/**
 * One session in numbers. Derived, so it points to nothing: the row outlives what it was made of until it is made anew. The class and the shock
 * team (where it is one that teaches) are counted where they belong, which may be elsewhere.
 */
export const figureSession = pgTable(
  'figure_session',
  {
    sessionId: uuid('session_id').primaryKey(),
    areaId: integer('area_id').notNull(),
    half: date().notNull(),
    held: boolean().notNull(),
    late: boolean().notNull(),
    helperMinutes: integer('helper_minutes').notNull(),
    helperAgreed: integer('helper_agreed').notNull(),
    classId: text('class_id').notNull(),
    classAreaId: integer('class_area_id').notNull(),
    shockTeamId: uuid('shock_team_id'),
    shockAreaId: integer('shock_area_id'),
  },
  (t) => [
    index('figure_session_area_idx').on(t.areaId, t.half),
    index('figure_session_class_area_idx').on(t.classAreaId, t.half),
    index('figure_session_shock_area_idx')
      .on(t.shockAreaId, t.half)
      .where(sql`shock_area_id is not null`),
    ...walls('figure_session', systemOnly),
  ],
).enableRLS();

/** The marks of one session by group of people; by the year ages are told in, since a session in late December counts in two. Derived. */
export const figureMark = pgTable(
  'figure_mark',
  {
    sessionId: uuid('session_id').notNull(),
    year: integer().notNull(),
    grp: text().notNull(),
    areaId: integer('area_id').notNull(),
    half: date().notNull(),
    marked: integer().notNull(),
    came: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.sessionId, t.year, t.grp] }),
    index('figure_mark_area_idx').on(t.areaId, t.half),
    ...walls('figure_mark', systemOnly),
  ],
).enableRLS();

/** Where somebody lives and which groups they belong to. */
const whoTheyAre = {
  areaId: integer('area_id').notNull(),
  birthYear: integer('birth_year'),
  sex: text().notNull(),
  ethnicMinority: boolean('ethnic_minority').notNull(),
  disability: boolean().notNull(),
  poorHousehold: boolean('poor_household').notNull(),
};

/** One person's half-month in numbers, where they live. Derived; read by nobody but the worker that counts. */
export const figurePerson = pgTable(
  'figure_person',
  {
    personId: uuid('person_id').notNull(),
    half: date().notNull(),
    ...whoTheyAre,
    marked: integer().notNull(),
    came: integer().notNull(),
    guided: boolean().notNull(),
    newCore: boolean('new_core').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.half] }),
    index('figure_person_area_idx').on(t.areaId, t.half),
    ...walls('figure_person', systemOnly),
  ],
).enableRLS();

/** What was observed of one person's skill in a half-month, and how it stands from its end up to, not including, `to_half`. Derived. */
export const figureSkill = pgTable(
  'figure_skill',
  {
    personId: uuid('person_id').notNull(),
    skillCode: text('skill_code').notNull(),
    half: date().notNull(),
    toHalf: date('to_half'),
    ...whoTheyAre,
    good: boolean().notNull(),
    first: boolean().notNull(),
    rechecks: integer().notNull(),
    retained: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.skillCode, t.half] }),
    index('figure_skill_area_idx').on(t.areaId, t.half),
    index('figure_skill_code_idx').on(t.areaId, t.skillCode, t.half),
    ...walls('figure_skill', systemOnly),
  ],
).enableRLS();

/** Whether a person could do the whole core set alone at the end of each half-month from `half` up to, not including, `to_half`. Derived. */
export const figureCore = pgTable(
  'figure_core',
  {
    personId: uuid('person_id').notNull(),
    half: date().notNull(),
    toHalf: date('to_half'),
    ...whoTheyAre,
    attained: boolean().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.half] }),
    index('figure_core_area_idx').on(t.areaId, t.half),
    ...walls('figure_core', systemOnly),
  ],
).enableRLS();

/** A household as it lives together today: whether anybody of it had come, and could do all of the five national skills alone, at the end of each half-month from `half` up to, not including, `to_half`. Derived. */
export const figureHousehold = pgTable(
  'figure_household',
  {
    householdId: uuid('household_id').notNull(),
    half: date().notNull(),
    toHalf: date('to_half'),
    areaId: integer('area_id').notNull(),
    reached: boolean().notNull(),
    able: boolean().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.householdId, t.half] }),
    index('figure_household_area_idx').on(t.areaId, t.half),
    ...walls('figure_household', systemOnly),
  ],
).enableRLS();

/** What was done outside classes, as what it counts, and how much: once, or its minutes. Derived. */
export const figureHelp = pgTable(
  'figure_help',
  {
    helpId: uuid('help_id').notNull(),
    areaId: integer('area_id').notNull(),
    half: date().notNull(),
    measure: text().notNull(),
    amount: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.helpId, t.measure] }),
    index('figure_help_area_idx').on(t.areaId, t.measure, t.half),
    ...walls('figure_help', systemOnly),
  ],
).enableRLS();

/** A member of a team, where the team is, at the end of each half-month from `half` up to, not including, `to_half`. Derived. */
export const figureMember = pgTable(
  'figure_member',
  {
    memberId: uuid('member_id').primaryKey(),
    teamId: uuid('team_id').notNull(),
    areaId: integer('area_id').notNull(),
    half: date().notNull(),
    toHalf: date('to_half'),
    kind: text().notNull(),
    organisation: text().notNull(),
  },
  (t) => [
    index('figure_member_area_idx').on(t.areaId, t.half),
    index('figure_member_team_idx').on(t.teamId),
    ...walls('figure_member', systemOnly),
  ],
).enableRLS();

/** One row: until when all changes are in the figures, the half-month they were last carried forward to, and when they were last checked. */
export const figureRun = pgTable(
  'figure_run',
  {
    single: boolean().primaryKey().default(true),
    freshAt: timestamp('fresh_at', { withTimezone: true }).notNull(),
    half: date().notNull(),
    checkedAt: timestamp('checked_at', { withTimezone: true }),
  },
  () => [check('figure_run_one_row', sql`single`), ...walls('figure_run', { select: holds('figures.read') })],
).enableRLS();
