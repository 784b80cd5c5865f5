import { provinceId } from './areas';
import { insertMany, type SeedTx } from './connection';
import { provinceCourses, type CourseOutline } from './course-list';
import { idOf } from './ids';
import { coreSkills } from './skills';

const words = { title_vi: 'text', title_en: 'text' };
export const courseColumns = {
  id: 'uuid',
  area_id: 'integer',
  series_id: 'uuid',
  version: 'integer',
  replaced_at: 'timestamptz',
  retired_at: 'timestamptz',
  copied_from: 'uuid',
  changed_at: 'timestamptz',
  ...words,
  summary_vi: 'text',
  summary_en: 'text',
  bring_vi: 'text',
  bring_en: 'text',
  position: 'integer',
};
export const lessonColumns = {
  id: 'uuid',
  course_id: 'uuid',
  lineage_id: 'uuid',
  area_id: 'integer',
  position: 'integer',
  ...words,
};
export const lessonSkillColumns = { lesson_id: 'uuid', skill_code: 'text', area_id: 'integer', required: 'boolean' };

/** The lasting id of a course of the province. */
export const courseId = (key: string) => idOf(`course/${key}`);
/** The lasting id of its lesson, counted from 1. */
export const lessonId = (key: string, position: number) => idOf(`course/${key}/lesson/${position}`);

/** Since when the province's courses stand. */
const provinceBegan = new Date('2025-07-01T00:00:00+07:00');

/** Whose version it is, and which. */
export interface Mark {
  areaId: number;
  position: number;
  series?: string;
  version?: number;
  replacedAt?: Date | null;
  retiredAt?: Date | null;
  copiedFrom?: string | null;
  changedAt?: Date;
  /** The key of the outline whose lessons these are, by place, in another version or the original. */
  lineageOf?: string;
}

/** The rows of one version: the course, its lessons, and what they teach; what the catalogue calls core must be done alone in the end. */
export function rowsOfCourse({ key, title, summary, bring, lessons }: CourseOutline, mark: Mark, core: Set<string>) {
  const { areaId, position, series = key, version = 1, lineageOf = key } = mark;
  const course = {
    id: courseId(key),
    area_id: areaId,
    series_id: courseId(series),
    version,
    position,
    replaced_at: mark.replacedAt ?? null,
    retired_at: mark.retiredAt ?? null,
    copied_from: mark.copiedFrom === undefined || mark.copiedFrom === null ? null : courseId(mark.copiedFrom),
    changed_at: mark.changedAt ?? provinceBegan,
    title_vi: title[0],
    title_en: title[1],
    summary_vi: summary[0],
    summary_en: summary[1],
    bring_vi: bring[0],
    bring_en: bring[1],
  };
  const lessonRows = lessons.map((lesson, at) => ({
    id: lessonId(key, at + 1),
    course_id: course.id,
    lineage_id: lessonId(lineageOf, at + 1),
    position: at + 1,
    area_id: areaId,
    title_vi: lesson.title[0],
    title_en: lesson.title[1],
  }));
  const skillRows = lessons.flatMap(({ skills }, at) =>
    skills.map((skill) => ({
      lesson_id: lessonId(key, at + 1),
      skill_code: skill,
      area_id: areaId,
      required: core.has(skill),
    })),
  );
  return { course, lessons: lessonRows, skills: skillRows };
}

/** Adds the province's courses that are not there yet, whole: lessons and skills come only with their course. */
export async function loadCourses(tx: SeedTx): Promise<void> {
  const known = new Set((await tx<{ id: string }[]>`select id from course`).map(({ id }) => id));
  const core = coreSkills();
  const rows = provinceCourses
    .map((outline, position) => rowsOfCourse(outline, { areaId: provinceId, position }, core))
    .filter(({ course }) => !known.has(course.id));
  await insertMany(
    tx,
    'course',
    courseColumns,
    rows.map(({ course }) => course),
  );
  await insertMany(
    tx,
    'lesson',
    lessonColumns,
    rows.flatMap(({ lessons }) => lessons),
  );
  await insertMany(
    tx,
    'lesson_skill',
    lessonSkillColumns,
    rows.flatMap(({ skills }) => skills),
  );
}
