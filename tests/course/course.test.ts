import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool, openScoped, type Caller, type ScopedTx } from '../../lib/access/scoped';
import { planningChoices } from '../../lib/class/queries';
import { copyCourse, retireCourse, saveCourse } from '../../lib/course/commands';
import { courseList, courseStored } from '../../lib/course/queries';
import { courseForm, courseListInput, type CourseDraft } from '../../lib/course/schema';
import { isRefusal } from '../../lib/kernel/result';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

type Staff = Pick<Caller, 'accountId'>;

async function as<R>(role: Role, place: Place, work: (tx: ScopedTx, caller: Staff) => Promise<R>): Promise<R> {
  const [token, accountId] = [await cast.token(role, place), await cast.accountOf(role, place)];
  return openScoped('read write', 'camtay_app', token, (tx) => work(tx, { accountId }));
}
const organiser = <R>(work: (tx: ScopedTx, caller: Staff) => Promise<R>) => as('organiser', cast.here, work);

/** The form of a course as a browser sends it. */
const form = (more: Record<string, string | string[]> = {}) => ({
  step: 'save',
  areaId: String(cast.here.unitId),
  titleVi: 'Gọi hình cho con cháu',
  titleEn: '',
  summaryVi: 'Gọi được ngay tại lớp.',
  summaryEn: 'Call at once.',
  bringVi: 'Điện thoại.',
  bringEn: '',
  learnersPerHelper: '4',
  rule: 'all',
  lessonsRequired: '',
  lines: '2',
  titleVi1: 'Mở máy',
  titleEn1: '',
  minutes1: '60',
  lineageId1: '',
  skills1: ['A1', 'A2'],
  titleVi2: 'Gọi hình',
  titleEn2: 'Video calls',
  minutes2: '90',
  lineageId2: '',
  skills2: 'B1',
  shown: '',
  ...more,
});

function draftOf(typed: Record<string, string | string[]>): CourseDraft {
  const draft = courseForm.parse(typed);
  if ('step' in draft) throw new Error('the form was not sent to be saved');
  return draft;
}

async function written(more: Record<string, string | string[]> = {}): Promise<string> {
  const done = await organiser((tx, caller) => saveCourse(tx, draftOf(form(more)), caller));
  if (isRefusal(done)) throw new Error(done.refused);
  return done.id;
}

const stored = async (id: string) => {
  const found = await organiser((tx) => courseStored(tx, id, 'to read'));
  if (!found) throw new Error('no such course');
  return found;
};

/** The form of a stored course, as its page renders it. */
async function formOf(id: string, more: Record<string, string | string[]> = {}): Promise<CourseDraft> {
  const { lessons, changedAt, areaId, required } = await stored(id);
  const lines = lessons.flatMap((lesson, at) =>
    Object.entries(lesson).map(([name, value]): [string, string | string[]] => [
      `${name}${at + 1}`,
      Array.isArray(value) ? value : String(value),
    ]),
  );
  const shown = lessons.flatMap((lesson) => lesson.skills).join(',');
  const asked = { courseId: id, changedAt, areaId: String(areaId), lines: String(lessons.length), required, shown };
  return draftOf({ ...form(), ...Object.fromEntries(lines), ...asked, ...more });
}

/** A class of the unit's that uses this version. */
async function use(courseId: string): Promise<void> {
  await cast.owner`
    insert into class (id, area_id, course_id, venue_id, team_id, status, capacity)
    select translate(substr(md5(${courseId}), 1, 8), '01', 'gh'), area_id, ${courseId}, venue_id, team_id, 'draft', 10
    from class where id = ${cast.here.draftId}`;
}

const refusedBy = async (statement: () => Promise<unknown>) => {
  try {
    await statement();
    return 'let through';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'another error';
  }
};

describe('a course', () => {
  test('is stored as typed: lessons in order, their skills, English where it was given, core skills required', async () => {
    const course = await stored(await written());
    expect(course).toMatchObject({
      version: 1,
      titleVi: 'Gọi hình cho con cháu',
      titleEn: '',
      summaryEn: 'Call at once.',
    });
    expect(course.lessons.map(({ titleVi, titleEn, minutes, skills }) => [titleVi, titleEn, minutes, skills])).toEqual([
      ['Mở máy', '', 60, ['A1', 'A2']],
      ['Gọi hình', 'Video calls', 90, ['B1']],
    ]);
    const core = await cast.owner<{ code: string }[]>`
      select skill_code as code from skill_version where core and valid_to is null and skill_code in ('A1', 'A2', 'B1') order by 1`;
    expect(course.required).toEqual(core.map(({ code }) => code));
    const [row] = await cast.owner`select title_en, series_id from course where id = ${course.id}`;
    expect(row).toEqual({ titleEn: 'Gọi hình cho con cháu', seriesId: course.id });
  });

  test('requires just the ticked skills once it was asked', async () => {
    const course = await stored(await written({ shown: 'A1,A2,B1', required: ['A2'] }));
    expect(course.required).toEqual(['A2']);
  });

  test.each([
    ['a lesson without a name', { titleVi2: ' ', skills2: 'B1' }, 'titleVi2'],
    ['no lesson at all', { lines: '1', titleVi1: '', skills1: '' }, 'titleVi1'],
    ['a lesson of five minutes', { minutes2: '5' }, 'minutes2'],
    ['a skill with a strange code', { skills1: ['A1', 'x y'] }, 'skills1'],
    ['more lessons required than there are', { rule: 'some', lessonsRequired: '3' }, 'lessonsRequired'],
    ['a lesson’s English sent twice', { titleEn1: ['a', 'b'] }, 'titleEn1'],
    ['a button nobody made', { step: 'up-x' }, 'step'],
    ['some lessons required, not how many', { rule: 'some' }, 'lessonsRequired'],
  ])('is refused at the field: %s', (_what, more, field) => {
    const parsed = courseForm.safeParse(form(more));
    expect(parsed.error?.issues.map(({ path }) => path[0])).toContain(field);
  });

  test('of another unit, or of the province, is not an organiser’s to write', async () => {
    for (const areaId of [cast.there.unitId, 44]) {
      const done = await organiser((tx, caller) => saveCourse(tx, draftOf(form({ areaId: String(areaId) })), caller));
      expect(done).toEqual({ refused: 'notFound', field: 'areaId' });
    }
    const theirs = await formOf(cast.there.courseId, { titleVi: 'Của tôi' });
    expect(await organiser((tx, caller) => saveCourse(tx, theirs, caller))).toEqual({ refused: 'notFound' });
  });

  test('of the province is the province administrator’s to change', async () => {
    const draft = await formOf(cast.courseId, { titleVi: 'Khóa của tỉnh, bản mới' });
    const done = await as('province_admin', cast.here, (tx, caller) => saveCourse(tx, draft, caller));
    expect(done).toMatchObject({ made: 'version', version: 2 });
  });
});

describe('versions', () => {
  test('one that no class uses is written over, its lessons keeping their lineage', async () => {
    const id = await written();
    const before = await stored(id);
    const draft = await formOf(id, { titleVi2: 'Gọi hình qua Zalo' });
    expect(await organiser((tx, caller) => saveCourse(tx, draft, caller))).toEqual({ id, version: 1, made: 'change' });
    const after = await stored(id);
    expect(after.lessons[1]?.titleVi).toBe('Gọi hình qua Zalo');
    expect(after.lessons.map(({ lineageId }) => lineageId)).toEqual(before.lessons.map(({ lineageId }) => lineageId));
  });

  test('one that a class uses stays as it is; the next takes its place for new classes', async () => {
    const id = await written();
    await use(id);
    const before = await stored(id);
    const draft = await formOf(id, { lines: '1' });
    const done = await organiser((tx, caller) => saveCourse(tx, draft, caller));
    if (isRefusal(done)) throw new Error(done.refused);
    expect(done).toMatchObject({ version: 2, made: 'version' });
    expect(await stored(id)).toEqual({ ...before, replaced: true });
    const next = await stored(done.id);
    expect(next).toMatchObject({ seriesId: id, version: 2, replaced: false });
    expect(next.lessons.map(({ lineageId }) => lineageId)).toEqual([before.lessons[0]?.lineageId]);
    const { courses } = await organiser((tx) => planningChoices(tx, 'vi'));
    expect(courses.map((one) => one.id)).toContain(done.id);
    expect(courses.map((one) => one.id)).not.toContain(id);
  });

  test('the database itself refuses to change one that a class uses, whoever asks', async () => {
    const id = await written();
    await use(id);
    const { owner, here } = cast;
    const [lesson] = await owner<{ id: string }[]>`select id from lesson where course_id = ${id} order by position`;
    const statements = {
      words: () => owner`update course set title_vi = 'khác' where id = ${id}`,
      rule: () => owner`update course set lessons_required = 1 where id = ${id}`,
      lesson: () => owner`update lesson set title_vi = 'khác' where course_id = ${id}`,
      moved: () => owner`update lesson set course_id = ${here.courseId} where id = ${lesson?.id ?? ''}`,
      added: () =>
        owner`insert into lesson (course_id, area_id, position, title_vi, title_en) values (${id}, ${here.unitId}, 9, 'x', 'x')`,
      skill: () => owner`delete from lesson_skill where lesson_id = ${lesson?.id ?? ''}`,
      required: () => owner`update lesson_skill set required = not required where lesson_id = ${lesson?.id ?? ''}`,
    };
    for (const [what, statement] of Object.entries(statements))
      expect(`${what}: ${await refusedBy(statement)}`).toBe(`${what}: 23001`);
  });

  test('a class planned at the same moment never finds its course changed under it', async () => {
    const id = await written();
    const draft = await formOf(id, { titleVi1: 'Đổi tên' });
    const { here, owner } = cast;
    let saved: Promise<unknown> = Promise.resolve();
    await owner.begin(async (tx) => {
      await tx`insert into class (id, area_id, course_id, venue_id, team_id, status, capacity)
        values ('meetmeet', ${here.villageId}, ${id}, ${here.venueId}, ${here.teamId}, 'draft', 10)`;
      saved = organiser((other, caller) => saveCourse(other, draft, caller));
      // The save waits for the plan, which holds the course: seen in the locks, not guessed by a pause.
      for (let waits = false; !waits;) {
        const [row] = await owner<{ waits: boolean }[]>`
          select exists (select from pg_stat_activity where wait_event_type = 'Lock' and query like '%for update%' and pid <> pg_backend_pid()) as waits`;
        waits = row?.waits === true;
      }
    });
    expect(await saved).toMatchObject({ made: 'version', version: 2 });
    expect((await stored(id)).lessons[0]?.titleVi).toBe('Mở máy');
  });

  test('two who change the same state: the second is told, and nothing of theirs is lost silently', async () => {
    const id = await written();
    const [one, other] = [await formOf(id, { titleVi1: 'Một' }), await formOf(id, { titleVi1: 'Hai' })];
    const done = await Promise.all(
      [one, other].map((draft) => organiser((tx, caller) => saveCourse(tx, draft, caller))),
    );
    expect(done.filter((each) => isRefusal(each))).toEqual([{ refused: 'changedMeanwhile' }]);
    expect(await organiser(async (tx, caller) => saveCourse(tx, await formOf(id), caller))).toEqual({
      refused: 'nothingChanged',
    });
  });

  test('nobody continues another’s series, nor hangs a lesson on another’s course', async () => {
    const { there, here } = cast;
    const take = () =>
      organiser(
        (tx) => tx`
          insert into course (area_id, series_id, version, title_vi, title_en, summary_vi, summary_en, bring_vi, bring_en, replaced_at)
          values (${here.unitId}, ${there.courseId}, 2, 'x', 'x', 'x', 'x', 'x', 'x', now())`,
      );
    const hang = () =>
      organiser(
        (tx) => tx`insert into lesson (course_id, area_id, position, title_vi, title_en)
          values (${there.courseId}, ${here.unitId}, 5, 'x', 'x')`,
      );
    const teach = () =>
      organiser(
        (tx) =>
          tx`insert into lesson_skill (lesson_id, skill_code, area_id) values (${there.lessonId}, 'H1', ${here.unitId})`,
      );
    expect([await refusedBy(take), await refusedBy(hang), await refusedBy(teach)]).toEqual(['23514', '42501', '42501']);
  });

  test('a lineage typed in from another course makes a lesson of its own', async () => {
    const theirs = await stored(cast.there.courseId);
    const id = await written({ lineageId1: theirs.lessons[0]?.lineageId ?? '' });
    expect((await stored(id)).lessons[0]?.lineageId).not.toBe(theirs.lessons[0]?.lineageId);
  });
});

describe('copies and the shelf', () => {
  test('a copy is the unit’s own, says where it came from, and its lessons keep their lineage', async () => {
    const source = await stored(cast.there.courseId);
    const done = await organiser((tx, caller) =>
      copyCourse(tx, { courseId: source.id, areaId: cast.here.unitId }, caller),
    );
    if (isRefusal(done)) throw new Error(done.refused);
    const copy = await stored(done.id);
    expect(copy).toMatchObject({ areaId: cast.here.unitId, version: 1, seriesId: done.id, copiedFrom: source.id });
    expect(copy.lessons).toEqual(source.lessons);
    expect(copy.required).toEqual(source.required);
  });

  test('nobody copies into a place that is not theirs, or what is not there', async () => {
    const { here, there } = cast;
    const copy = (courseId: string, areaId: number) =>
      organiser((tx, caller) => copyCourse(tx, { courseId, areaId }, caller));
    expect(await copy(there.courseId, there.unitId)).toEqual({ refused: 'notFound', field: 'areaId' });
    expect(await copy('00000000-0000-4000-8000-000000000000', here.unitId)).toEqual({ refused: 'notFound' });
  });

  test('what was put away is offered to no new class and comes back', async () => {
    const id = await written();
    const offered = async () =>
      (await organiser((tx) => planningChoices(tx, 'vi'))).courses.some((one) => one.id === id);
    const put = (retired: boolean) => organiser((tx, caller) => retireCourse(tx, { courseId: id, retired }, caller));
    expect(await put(true)).toEqual({ id });
    expect(await offered()).toBe(false);
    const draft = await formOf(id, { titleVi1: 'Đổi' });
    expect(await organiser((tx, caller) => saveCourse(tx, draft, caller))).toEqual({ refused: 'courseRetired' });
    expect(await put(true)).toEqual({ refused: 'nothingChanged' });
    await put(false);
    expect(await offered()).toBe(true);
  });

  test('the list holds current versions, found by whose they are and by words without marks', async () => {
    const list = (asked: object) =>
      organiser((tx) =>
        courseList(tx, 'vi', courseListInput.parse(asked), { sort: { by: 'title', descending: false }, perPage: 100 }),
      );
    const all = await list({});
    expect(new Set(all.rows.map(({ whose }) => whose))).toEqual(new Set(['province', 'own', 'others']));
    expect((await list({ whose: 'own' })).rows.every(({ whose }) => whose === 'own')).toBe(true);
    expect((await list({ q: 'khoa hoc thon thu 1900002', whose: 'others' })).rows.map(({ id }) => id)).toEqual([
      cast.there.courseId,
    ]);
    const [twice] = await cast.owner`
      select from course where replaced_at is null group by series_id having count(*) > 1`;
    expect(twice).toBeUndefined();
  });
});
