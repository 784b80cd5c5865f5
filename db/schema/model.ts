import { sql } from 'drizzle-orm';
import {
  check,
  customType,
  index,
  integer,
  pgTable,
  text,
  time,
  timestamp,
  uniqueIndex,
  uuid,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';
import type { Capability } from '../capabilities';
import { account } from './account';
import { area } from './area';
import { oneOf } from './checks';
import { classes } from './class';
import { course } from './course';
import { visitRound } from './visit';
import { holds, own, walls, within } from './walls';

const at = (name: string) => timestamp(name, { withTimezone: true });
const textArray = customType<{ data: readonly string[] }>({ dataType: () => 'text[]' });
const integerArray = customType<{ data: readonly number[] }>({ dataType: () => 'integer[]' });

/** Whom a model is for, to be looked for by. */
export const modelAudiences = [
  'everyone',
  'older',
  'families',
  'women',
  'youth',
  'farmers',
  'traders',
  'workers',
  'minority',
  'disability',
  'poor',
] as const;
export const modelStates = ['draft', 'published', 'put_away'] as const;
/** What kind of place it is held at; which one is the class's to say. */
export const modelVenues = [
  'culture_house',
  'service_centre',
  'market',
  'school',
  'home',
  'worship',
  'elsewhere',
] as const;

/** What is taught must be open to where the model belongs, as it is for classes. */
const courseOpen = sql.raw(
  'exists (select from course c join area_tree t on t.ancestor_id = c.area_id where c.id = model.course_id and t.area_id = model.area_id)',
);

/**
 * A way of working that went well, described once so that others can do alike: what, for whom, with what, and the plan the class planner
 * begins with. What came of it is counted from what was held by it (`model_class`, `model_round`), never typed. A copy says whose it is of;
 * it and its copies are one family (a trigger says which).
 */
export const model = pgTable(
  'model',
  {
    id: uuid().primaryKey(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    familyId: uuid('family_id')
      .notNull()
      .default(sql`gen_random_uuid()`)
      .references((): AnyPgColumn => model.id),
    copiedFrom: uuid('copied_from').references((): AnyPgColumn => model.id),
    copiedVersion: integer('copied_version'),
    status: text({ enum: modelStates }).notNull().default('draft'),
    /** Rises with every change since it was published for the first time. */
    version: integer().notNull().default(1),
    name: text().notNull(),
    what: text().notNull(),
    audience: textArray().notNull(),
    forWhom: text('for_whom').notNull().default(''),
    materials: textArray()
      .notNull()
      .default(sql`'{}'`),
    /** Of a copy: what is done otherwise here. */
    adapted: text().notNull().default(''),
    courseId: uuid('course_id')
      .notNull()
      .references(() => course.id),
    weekdays: integerArray().notNull(),
    startTime: time('start_time').notNull(),
    minutes: integer().notNull(),
    sessions: integer().notNull(),
    capacity: integer().notNull(),
    minimumToRun: integer('minimum_to_run').notNull(),
    venueKind: text('venue_kind', { enum: modelVenues }).notNull(),
    createdAt: at('created_at').notNull().defaultNow(),
    createdBy: uuid('created_by').references(() => account.id),
    changedAt: at('changed_at').notNull().defaultNow(),
    changedBy: uuid('changed_by').references(() => account.id),
    publishedAt: at('published_at'),
  },
  (t) => [
    check('model_says_what', sql`name <> '' and what <> ''`),
    check('model_state_known', oneOf('status', modelStates)),
    check('model_state_whole', sql`status <> 'published' or published_at is not null`),
    check('model_version_counts', sql`version >= 1`),
    check(
      'model_audience_known',
      sql.raw(`audience <@ array['${modelAudiences.join("', '")}'] and cardinality(audience) > 0`),
    ),
    check('model_materials_few', sql`cardinality(materials) <= 30`),
    check('model_copied_whole', sql`(copied_from is null) = (copied_version is null) and copied_from <> id`),
    check(
      'model_weekdays_range',
      sql`weekdays <@ array[1, 2, 3, 4, 5, 6, 7] and cardinality(weekdays) between 1 and 7`,
    ),
    check('model_minutes_range', sql`minutes between 30 and 480`),
    check('model_sessions_range', sql`sessions between 1 and 60`),
    check('model_capacity_range', sql`capacity between 1 and 500 and minimum_to_run between 1 and capacity`),
    check('model_venue_known', oneOf('venue_kind', modelVenues)),
    index('model_area_idx').on(t.areaId),
    index('model_family_idx').on(t.familyId),
    // A unit keeps one copy of a model; another only once that is put away.
    uniqueIndex('model_copied_once_idx')
      .on(t.copiedFrom, t.areaId)
      .where(sql`status <> 'put_away'`),
    index('model_copied_idx').on(t.copiedFrom),
    index('model_course_idx').on(t.courseId),
    index('model_created_by_idx').on(t.createdBy),
    index('model_changed_by_idx').on(t.changedBy),
    ...walls('model', {
      select: sql`${within('class.write')} or published_at is not null and ${holds('figures.read')}`,
      insert: sql`${within('class.write')} and ${courseOpen}`,
      update: sql`${within('class.write')} and ${courseOpen}`,
    }),
  ],
).enableRLS();

/** The columns both kinds of what is held by a model share: whose model, where it lies, as the model was when, and who said so. */
const heldColumns = () => ({
  modelId: uuid('model_id')
    .notNull()
    .references(() => model.id),
  areaId: integer('area_id')
    .notNull()
    .references(() => area.id),
  version: integer().notNull(),
  at: at('at').notNull().defaultNow(),
  by: uuid().references(() => account.id),
});

type Indexed = Parameters<ReturnType<typeof index>['on']>[0];

/**
 * Their indexes and walls. Counted with a model, as it is now, is what goes ahead (`held`) where the model belongs or below, by whoever may plan
 * there and write the model; and only they take it out again.
 */
const heldWalls = (
  table: 'model_class' | 'model_round',
  t: { modelId: Indexed; areaId: Indexed; by: Indexed },
  { read, plan, held }: { read: Capability; plan: Capability; held: string },
) => {
  const ofAModel = (more: string) =>
    sql`exists (select from model m join area_tree t on t.ancestor_id = m.area_id where ${sql.raw(
      `m.id = ${table}.model_id and t.area_id = ${table}.area_id${more}`,
    )} and ${within('class.write', 'm.area_id')})`;
  return [
    index(`${table}_model_idx`).on(t.modelId),
    index(`${table}_area_idx`).on(t.areaId),
    index(`${table}_by_idx`).on(t.by),
    ...walls(table, {
      select: within(read),
      insert: sql`${within(plan)} and ${own('by')} and exists (select from ${sql.raw(held)}) and ${ofAModel(` and m.version = ${table}.version`)}`,
      delete: sql`${within(plan)} and ${ofAModel('')}`,
    }),
  ];
};

/** A class held by a model, as the model was then. One class is held by one model at most. */
export const modelClass = pgTable(
  'model_class',
  {
    classId: text('class_id')
      .primaryKey()
      .references(() => classes.id),
    ...heldColumns(),
  },
  (t) =>
    heldWalls('model_class', t, {
      read: 'class.read',
      plan: 'class.write',
      held: "class c where c.id = model_class.class_id and c.area_id = model_class.area_id and c.status <> 'cancelled'",
    }),
).enableRLS();

/** A round of home visits made by a model. */
export const modelRound = pgTable(
  'model_round',
  {
    roundId: uuid('round_id')
      .primaryKey()
      .references(() => visitRound.id),
    ...heldColumns(),
  },
  (t) =>
    heldWalls('model_round', t, {
      read: 'visit.plan',
      plan: 'visit.plan',
      held: 'visit_round r where r.id = model_round.round_id and r.area_id = model_round.area_id and r.called_off_at is null',
    }),
).enableRLS();
