import { z } from 'zod';
import { areaId, emptyAsMissing, id, optionalText, sortAsked, text, ticked, wholeNumber } from '@/lib/kernel/input';
import { skillCode } from '@/lib/skill/schema';
import { empties, fieldAt, lessonField, lessonsTyped, codesOf, mostLessons } from './rules';

const codes = z.array(skillCode).max(60, 'tooMany');

const lessonDraft = z.object({
  titleVi: text(200, 'lessonTitle'),
  titleEn: optionalText(200),
  minutes: wholeNumber(15, 480, 'lessonMinutes'),
  lineageId: emptyAsMissing(id),
  skills: codes,
});

/** A course as its form gives it. English left empty is the Vietnamese: see docs/decisions/017-courses.md. */
const courseDraft = z
  .object({
    courseId: emptyAsMissing(id),
    /** Which state it was written over, as the page gave it. */
    changedAt: z.string().max(40, 'unknownId').default(''),
    areaId,
    titleVi: text(200),
    titleEn: optionalText(200),
    summaryVi: text(600),
    summaryEn: optionalText(600),
    bringVi: text(400),
    bringEn: optionalText(400),
    learnersPerHelper: wholeNumber(1, 30, 'learnersPerHelper'),
    rule: z.enum(['all', 'some'], 'wrong'),
    lessonsRequired: emptyAsMissing(wholeNumber(1, mostLessons, 'lessonsRequired')),
    /** How many lines the form has; also what tells a form that was tampered with. */
    lines: wholeNumber(1, mostLessons, 'wrong'),
    lessons: z.array(lessonDraft).min(1, 'lessonTitle').max(mostLessons, 'tooMany'),
    /** Which skills must be done alone in the end, of those whose box was `shown`. */
    required: codes,
    shown: codes,
  })
  .superRefine((course, context) => {
    if (course.rule === 'some' && course.lessonsRequired === undefined)
      context.addIssue({ code: 'custom', path: ['lessonsRequired'], message: 'lessonsRequired' });
    if (course.rule === 'some' && (course.lessonsRequired ?? 0) > course.lessons.length)
      context.addIssue({ code: 'custom', path: ['lessonsRequired'], message: 'lessonsRequiredTooMany' });
  });
export type CourseDraft = z.output<typeof courseDraft>;

const sent = z.looseObject({ step: z.string('wrong').regex(/^(save|look|add|(up|down|remove)-[1-9]\d?)$/, 'wrong') });

/** A line as it came, so that what is no text at all is refused at its field and not taken for empty. */
const asSent = (typed: Readonly<Record<string, unknown>>, at: number) =>
  Object.fromEntries(
    ['titleVi', 'titleEn', 'minutes', 'lineageId'].flatMap((name) => {
      const given = typed[lessonField(name, at)];
      return given === undefined ? [] : [[name, given]];
    }),
  );

/**
 * The form of a course. Its buttons add, remove and move lessons (the form is shown again, nothing is written); only `save` is judged.
 * What is wrong with a lesson is said at its numbered field; lessons left empty are none.
 */
export const courseForm = z.unknown().transform((given, context): { step: 'again' } | CourseDraft => {
  const form = sent.safeParse(given);
  if (!form.success) {
    context.addIssue({ code: 'custom', path: ['step'], message: 'wrong' });
    return z.NEVER;
  }
  if (form.data.step !== 'save') return { step: 'again' };
  const typed: Record<string, unknown> = form.data;
  const lines = lessonsTyped(typed);
  // The first line is asked for even when it is empty, so that a course without lessons is refused at a field.
  const kept = lines.flatMap((line, at) => (empties(line) ? [] : [{ line, at }]));
  const wanted = kept.length > 0 ? kept : lines.slice(0, 1).map((line, at) => ({ line, at }));
  const draft = courseDraft.safeParse({
    ...typed,
    lessons: wanted.map(({ line, at }) => ({ ...line, ...asSent(typed, at) })),
    required: codesOf(typed.required),
    shown: codesOf(typed.shown),
  });
  if (draft.success) return draft.data;
  for (const { path, message } of draft.error.issues) {
    const field = fieldAt(path, (at) => wanted[at]?.at ?? 0);
    context.addIssue({ code: 'custom', path: [field], message });
  }
  return z.NEVER;
});

export const copyCourseInput = z.object({ courseId: id, areaId });
export const retireCourseInput = z.object({ courseId: id, retired: ticked });

export const courseOwners = ['province', 'own', 'others'] as const;
export const courseStates = ['current', 'retired'] as const;

/** The list of courses, as its address says. What is not understood is left out, so that an old link still opens. */
export const courseListInput = z.object({
  whose: z.enum(courseOwners).optional().catch(undefined),
  state: z.enum(courseStates).catch('current'),
  q: z.string().max(200).optional().catch(undefined),
  sort: sortAsked,
  page: z.coerce.number().int().min(1).max(500).catch(1),
});
export type CourseListInput = z.output<typeof courseListInput>;
