import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { area } from './area';
import { skill } from './skill';
import { anyone, walls, within } from './walls';

/** What is taught: a reusable outline owned by an area; a course of the province is open to all its units. */
export const course = pgTable(
  'course',
  {
    id: uuid().primaryKey().defaultRandom(),
    areaId: integer('area_id')
      .notNull()
      .references(() => area.id),
    titleVi: text('title_vi').notNull(),
    titleEn: text('title_en').notNull(),
    summaryVi: text('summary_vi').notNull(),
    summaryEn: text('summary_en').notNull(),
    bringVi: text('bring_vi').notNull(),
    bringEn: text('bring_en').notNull(),
    position: integer().notNull().default(0),
  },
  (t) => [
    index('course_area_idx').on(t.areaId),
    ...walls('course', {
      select: anyone,
      insert: within('class.write'),
      update: within('class.write'),
      public: anyone,
    }),
  ],
).enableRLS();

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
    position: integer().notNull(),
    titleVi: text('title_vi').notNull(),
    titleEn: text('title_en').notNull(),
  },
  (t) => [
    index('lesson_course_idx').on(t.courseId, t.position),
    index('lesson_area_idx').on(t.areaId),
    ...walls('lesson', {
      select: anyone,
      insert: within('class.write'),
      update: within('class.write'),
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
  },
  (t) => [
    primaryKey({ columns: [t.lessonId, t.skillCode] }),
    index('lesson_skill_skill_idx').on(t.skillCode),
    index('lesson_skill_area_idx').on(t.areaId),
    ...walls('lesson_skill', {
      select: anyone,
      insert: within('class.write'),
      delete: within('class.write'),
      public: anyone,
    }),
  ],
).enableRLS();
