import { provinceId } from './areas';
import { insertMany, type SeedTx } from './connection';
import { provinceCourses } from './course-list';
import { idOf } from './ids';

const words = { title_vi: 'text', title_en: 'text' };
const courseColumns = {
  id: 'uuid',
  area_id: 'integer',
  ...words,
  summary_vi: 'text',
  summary_en: 'text',
  bring_vi: 'text',
  bring_en: 'text',
  position: 'integer',
};

/** The lasting id of a course of the province. */
export const courseId = (key: string) => idOf(`course/${key}`);
/** The lasting id of its lesson, counted from 1. */
export const lessonId = (key: string, position: number) => idOf(`course/${key}/lesson/${position}`);

/** Adds the province's courses that are not there yet, whole: lessons and skills come only with their course. */
export async function loadCourses(tx: SeedTx): Promise<void> {
  const known = new Set((await tx<{ id: string }[]>`select id from course`).map(({ id }) => id));
  const missing = provinceCourses.filter(({ key }) => !known.has(courseId(key)));
  const courseRows = missing.map(({ key, title, summary, bring }) => ({
    id: courseId(key),
    position: provinceCourses.findIndex((course) => course.key === key),
    area_id: provinceId,
    title_vi: title[0],
    title_en: title[1],
    summary_vi: summary[0],
    summary_en: summary[1],
    bring_vi: bring[0],
    bring_en: bring[1],
  }));
  const lessons = missing.flatMap(({ key, lessons: outline }) =>
    outline.map(({ title, skills }, at) => ({
      id: lessonId(key, at + 1),
      course_id: courseId(key),
      position: at + 1,
      title,
      skills,
    })),
  );
  const lessonRows = lessons.map(({ id, course_id, position, title }) => ({
    id,
    course_id,
    position,
    area_id: provinceId,
    title_vi: title[0],
    title_en: title[1],
  }));
  const skillRows = lessons.flatMap(({ id, skills }) =>
    skills.map((skill) => ({ lesson_id: id, skill_code: skill, area_id: provinceId })),
  );
  await insertMany(tx, 'course', courseColumns, courseRows);
  const lessonColumns = { id: 'uuid', course_id: 'uuid', area_id: 'integer', position: 'integer', ...words };
  await insertMany(tx, 'lesson', lessonColumns, lessonRows);
  await insertMany(tx, 'lesson_skill', { lesson_id: 'uuid', skill_code: 'text', area_id: 'integer' }, skillRows);
}
