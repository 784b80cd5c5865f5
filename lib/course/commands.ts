import type { Caller, ScopedTx } from '@/lib/access/scoped';
import { newId } from '@/lib/kernel/id';
import { isRefusal, refuse, type Refusal } from '@/lib/kernel/result';
import { courseStored, isUsed, lineagesOf, skillsKnown, type CourseStored } from './queries';
import { requiredOf } from './rules';
import type { CourseDraft } from './schema';

type Staff = Pick<Caller, 'accountId'>;

async function audit(
  tx: ScopedTx,
  caller: Staff,
  action: string,
  course: { id: string; areaId: number },
  details: object,
) {
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, ${action}, 'course', ${course.id}, ${course.areaId}, ${tx.json({ ...details })})`;
}

/** What a version says, apart from whose it is and which one. */
type Outline = Pick<
  CourseStored,
  | 'titleVi'
  | 'titleEn'
  | 'summaryVi'
  | 'summaryEn'
  | 'bringVi'
  | 'bringEn'
  | 'learnersPerHelper'
  | 'lessonsRequired'
  | 'lessons'
  | 'required'
>;
/** Which version it is. */
type Mark = Pick<CourseStored, 'id' | 'areaId' | 'seriesId' | 'version' | 'copiedFrom' | 'position'>;

/** A unit's own courses stand behind the province's. */
const afterProvince = 1000;

/** The form's outline: skills that exist, lineages that are this series' own (another's would be a credit made up), all in one order. */
async function outlineOf(tx: ScopedTx, draft: CourseDraft, seriesId: string | null): Promise<Refusal | Outline> {
  const taught = [...new Set(draft.lessons.flatMap((lesson) => lesson.skills))];
  const { known, core } = await skillsKnown(tx, taught);
  const stranger = draft.lessons.findIndex((lesson) => lesson.skills.some((code) => !known.has(code)));
  if (stranger >= 0) return refuse('skillUnknown', 'form');
  const own = seriesId === null ? new Set<string>() : await lineagesOf(tx, seriesId);
  const seen = new Set<string>();
  const lessons = draft.lessons.map(({ titleVi, titleEn, minutes, lineageId, skills }) => {
    const stays = lineageId !== undefined && own.has(lineageId) && !seen.has(lineageId);
    const lineage = stays ? lineageId : newId();
    seen.add(lineage);
    return { titleVi, titleEn, minutes, lineageId: lineage, skills: skills.toSorted() };
  });
  const { titleVi, titleEn, summaryVi, summaryEn, bringVi, bringEn, learnersPerHelper } = draft;
  return {
    titleVi,
    titleEn,
    summaryVi,
    summaryEn,
    bringVi,
    bringEn,
    learnersPerHelper,
    lessonsRequired: draft.rule === 'some' ? (draft.lessonsRequired ?? null) : null,
    lessons,
    required: requiredOf(taught, draft, core).toSorted(),
  };
}

/** English that was not given is the Vietnamese. */
const inBoth = ({ titleVi, titleEn, summaryVi, summaryEn, bringVi, bringEn }: Outline) => ({
  title: [titleVi, titleEn || titleVi] as const,
  summary: [summaryVi, summaryEn || summaryVi] as const,
  bring: [bringVi, bringEn || bringVi] as const,
});

async function insertVersion(tx: ScopedTx, mark: Mark, outline: Outline, caller: Staff): Promise<void> {
  const { title, summary, bring } = inBoth(outline);
  await tx`
    insert into course (id, area_id, series_id, version, copied_from, position, title_vi, title_en, summary_vi, summary_en, bring_vi, bring_en,
      learners_per_helper, lessons_required, changed_by)
    values (${mark.id}, ${mark.areaId}, ${mark.seriesId}, ${mark.version}, ${mark.copiedFrom}, ${mark.position}, ${title[0]}, ${title[1]},
      ${summary[0]}, ${summary[1]}, ${bring[0]}, ${bring[1]}, ${outline.learnersPerHelper}, ${outline.lessonsRequired}, ${caller.accountId})`;
  await insertLessons(tx, mark, outline);
}

async function insertLessons(tx: ScopedTx, { id, areaId }: Mark, { lessons, required }: Outline): Promise<void> {
  const rows = lessons.map(({ titleVi, titleEn, minutes, lineageId }, at) => ({
    id: newId(),
    courseId: id,
    areaId,
    lineageId,
    position: at + 1,
    minutes,
    titleVi,
    titleEn: titleEn || titleVi,
  }));
  await tx`insert into lesson ${tx(rows)}`;
  const taught = lessons.flatMap(({ skills }, at) =>
    skills.map((code) => ({
      lessonId: rows[at]?.id ?? '',
      skillCode: code,
      areaId,
      required: required.includes(code),
    })),
  );
  if (taught.length > 0) await tx`insert into lesson_skill ${tx(taught)}`;
}

/** A version no class uses is written over where it stands. */
async function writeOver(tx: ScopedTx, mark: Mark, outline: Outline, caller: Staff): Promise<void> {
  const { title, summary, bring } = inBoth(outline);
  await tx`
    update course set title_vi = ${title[0]}, title_en = ${title[1]}, summary_vi = ${summary[0]}, summary_en = ${summary[1]},
      bring_vi = ${bring[0]}, bring_en = ${bring[1]}, learners_per_helper = ${outline.learnersPerHelper},
      lessons_required = ${outline.lessonsRequired}, changed_at = clock_timestamp(), changed_by = ${caller.accountId}
    where id = ${mark.id}`;
  await tx`delete from lesson_skill where lesson_id in (select id from lesson where course_id = ${mark.id})`;
  await tx`delete from lesson where course_id = ${mark.id}`;
  await insertLessons(tx, mark, outline);
}

/** The places of the caller's where a course may be kept: those one was granted, not every village below. */
async function mayOwn(tx: ScopedTx, areaId: number): Promise<boolean> {
  const [found] =
    await tx`select from area where id = ${areaId} and id = any (coalesce((select may_areas('course.write')), '{}'))`;
  return found !== undefined;
}

const compared = ({ lessons, required, ...words }: Outline) =>
  JSON.stringify([
    Object.entries(words).toSorted(([a], [b]) => (a < b ? -1 : 1)),
    lessons.map(({ titleVi, titleEn, minutes, lineageId, skills }) => [titleVi, titleEn, minutes, lineageId, skills]),
    required,
  ]);

/**
 * Writes a new course, or the next state of one: a version that a class uses stays and the next is made, one that none uses is written
 * over. Classes keep the version they began with. Refuses: notFound (not one's own), changedMeanwhile (somebody was quicker), courseRetired,
 * skillUnknown, nothingChanged.
 */
export async function saveCourse(
  tx: ScopedTx,
  draft: CourseDraft,
  caller: Staff,
): Promise<Refusal | { id: string; version: number; made: 'course' | 'version' | 'change' }> {
  if (draft.courseId === undefined) return beginCourse(tx, draft, caller);
  const before = await courseStored(tx, draft.courseId, 'to write');
  if (!before) return refuse('notFound');
  if (before.replaced || before.changedAt !== draft.changedAt) return refuse('changedMeanwhile');
  if (before.retired) return refuse('courseRetired');
  const outline = await outlineOf(tx, draft, before.seriesId);
  if (isRefusal(outline)) return outline;
  if (compared(outline) === compared(outlineIn(before))) return refuse('nothingChanged');
  const used = await isUsed(tx, before.id);
  const next = used ? { ...before, id: newId(), version: before.version + 1 } : before;
  if (used) {
    await tx`update course set replaced_at = now() where id = ${before.id}`;
    await insertVersion(tx, next, outline, caller);
  } else await writeOver(tx, next, outline, caller);
  await audit(tx, caller, used ? 'course.version' : 'course.change', next, { version: next.version });
  return { id: next.id, version: next.version, made: used ? 'version' : 'change' };
}

const outlineIn = (stored: CourseStored): Outline => ({
  titleVi: stored.titleVi,
  titleEn: stored.titleEn,
  summaryVi: stored.summaryVi,
  summaryEn: stored.summaryEn,
  bringVi: stored.bringVi,
  bringEn: stored.bringEn,
  learnersPerHelper: stored.learnersPerHelper,
  lessonsRequired: stored.lessonsRequired,
  lessons: stored.lessons,
  required: stored.required,
});

async function beginCourse(tx: ScopedTx, draft: CourseDraft, caller: Staff) {
  if (!(await mayOwn(tx, draft.areaId))) return refuse('notFound', 'areaId');
  const outline = await outlineOf(tx, draft, null);
  if (isRefusal(outline)) return outline;
  const id = newId();
  const mark = { id, areaId: draft.areaId, seriesId: id, version: 1, copiedFrom: null, position: afterProvince };
  await insertVersion(tx, mark, outline, caller);
  await audit(tx, caller, 'course.begin', mark, {});
  return { id, version: 1, made: 'course' as const };
}

/**
 * Copies a version into an area of the caller's, to be changed there: a series of its own that says where it came from. Lessons keep their
 * lineage, so a lesson missed in one may be made up in the other. Refuses: notFound (no such course; not one's area).
 */
export async function copyCourse(
  tx: ScopedTx,
  input: { courseId: string; areaId: number },
  caller: Staff,
): Promise<Refusal | { id: string }> {
  const source = await courseStored(tx, input.courseId, 'to read');
  if (!source) return refuse('notFound');
  if (!(await mayOwn(tx, input.areaId))) return refuse('notFound', 'areaId');
  const id = newId();
  const mark = { id, areaId: input.areaId, seriesId: id, version: 1, copiedFrom: source.id, position: afterProvince };
  await insertVersion(tx, mark, outlineIn(source), caller);
  await audit(tx, caller, 'course.copy', mark, { from: source.id });
  return { id };
}

/** Puts a course away, so that no new class takes it, or back. Its classes go on. Refuses: notFound (not one's own, or not its current version). */
export async function retireCourse(
  tx: ScopedTx,
  input: { courseId: string; retired: boolean },
  caller: Staff,
): Promise<Refusal | { id: string }> {
  const found = await courseStored(tx, input.courseId, 'to write');
  if (!found || found.replaced) return refuse('notFound');
  if (found.retired === input.retired) return refuse('nothingChanged');
  await tx`update course set retired_at = ${input.retired ? new Date() : null} where id = ${found.id}`;
  await audit(tx, caller, input.retired ? 'course.retire' : 'course.restore', found, {});
  return { id: found.id };
}
