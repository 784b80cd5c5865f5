import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
  type AnyPgColumn,
} from 'drizzle-orm/pg-core';
import { account } from './account';
import { area } from './area';
import { skill } from './skill';
import { anyone, walls, within } from './walls';

/**
 * What is taught: one version of a reusable outline owned by an area; a course of the province is open to all its units. A version
 * that a class uses is never changed (a trigger refuses it): what is edited then is the next one of the series.
 */
export const course = pgTable(
  'course',
  {
    id: uuid().primaryKey().defaultRandom(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    /** The id of the first version; a trigger sets it there. */
    seriesId: uuid('series_id')
      .notNull()
      .default(sql`gen_random_uuid()`),
    version: integer().notNull().default(1),
    /** When the next version took its place; the one without is current. */
    replacedAt: timestamp('replaced_at', { withTimezone: true }),
    /** Put away: no new class takes it. */
    retiredAt: timestamp('retired_at', { withTimezone: true }),
    /** The version it was copied from, of another series. */
    copiedFrom: uuid('copied_from').references((): AnyPgColumn => course.id),
    titleVi: text('title_vi').notNull(),
    titleEn: text('title_en').notNull(),
    summaryVi: text('summary_vi').notNull(),
    summaryEn: text('summary_en').notNull(),
    bringVi: text('bring_vi').notNull(),
    bringEn: text('bring_en').notNull(),
    learnersPerHelper: integer('learners_per_helper').notNull().default(4),
    /** How many lessons one must have been to; null: all of them. */
    lessonsRequired: integer('lessons_required'),
    position: integer().notNull().default(0),
    changedAt: timestamp('changed_at', { withTimezone: true }).notNull().defaultNow(),
    changedBy: uuid('changed_by').references(() => account.id),
  },
  (t) => [
    check('course_version_counts', sql`version >= 1`),
    check('course_helpers_range', sql`learners_per_helper between 1 and 30`),
    check('course_lessons_required_range', sql`lessons_required between 1 and 40`),
    uniqueIndex('course_version_idx').on(t.seriesId, t.version),
    uniqueIndex('course_current_idx')
      .on(t.seriesId)
      .where(sql`replaced_at is null`),
    index('course_area_idx').on(t.areaId),
    index('course_copied_idx').on(t.copiedFrom),
    index('course_changed_by_idx').on(t.changedBy),
    ...walls('course', {
      select: anyone,
      insert: within('course.write'),
      update: within('course.write'),
      public: anyone,
    }),
  ],
).enableRLS();

/** No lesson is hung on somebody else's course, no skill on somebody else's lesson. */
const ofItsCourse = sql.raw(
  'exists (select from course c where c.id = lesson.course_id and c.area_id = lesson.area_id)',
);
const ofItsLesson = sql.raw(
  'exists (select from lesson l where l.id = lesson_skill.lesson_id and l.area_id = lesson_skill.area_id)',
);

export const lesson = pgTable(
  'lesson',
  {
    id: uuid().primaryKey().defaultRandom(),
    courseId: uuid('course_id')
      .notNull()
      .references(() => course.id),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    /** The same in every version and copy of this lesson: who missed it may make it up wherever one of them is taught. */
    lineageId: uuid('lineage_id')
      .notNull()
      .default(sql`gen_random_uuid()`),
    position: integer().notNull(),
    minutes: integer().notNull().default(90),
    titleVi: text('title_vi').notNull(),
    titleEn: text('title_en').notNull(),
  },
  (t) => [
    check('lesson_minutes_range', sql`minutes between 15 and 480`),
    index('lesson_course_idx').on(t.courseId, t.position),
    uniqueIndex('lesson_lineage_idx').on(t.lineageId, t.courseId),
    index('lesson_area_idx').on(t.areaId),
    ...walls('lesson', {
      select: anyone,
      insert: sql`${within('course.write')} and ${ofItsCourse}`,
      update: sql`${within('course.write')} and ${ofItsCourse}`,
      delete: within('course.write'),
      public: anyone,
    }),
  ],
).enableRLS();

/** The skills a lesson teaches; the register offers just these. */
export const lessonSkill = pgTable(
  'lesson_skill',
  {
    lessonId: uuid('lesson_id')
      .notNull()
      .references(() => lesson.id),
    skillCode: text('skill_code')
      .notNull()
      .references(() => skill.code),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    /** One must be able to do it alone (level 3) to complete the course. */
    required: boolean().notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.lessonId, t.skillCode] }),
    index('lesson_skill_skill_idx').on(t.skillCode),
    index('lesson_skill_area_idx').on(t.areaId),
    ...walls('lesson_skill', {
      select: anyone,
      insert: sql`${within('course.write')} and ${ofItsLesson}`,
      delete: within('course.write'),
      public: anyone,
    }),
  ],
).enableRLS();
