import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool, openScoped } from '../../lib/access/scoped';
import { pathsOfClass } from '../../lib/completion/queries';
import { newAddressId, newId } from '../../lib/kernel/id';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;
let lessons: { id: string; lineageId: string; skills: string[] }[];
let course: string;

// A course of the province with two lessons; in Đồng Thuận a class that taught the first and teaches nothing more.
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  const [row] = await cast.owner<{ id: string }[]>`
    insert into course (area_id, title_vi, title_en, summary_vi, summary_en, bring_vi, bring_en)
    values (44, 'Hai bài', 'Two lessons', 'x', 'x', 'x', 'x') returning id`;
  course = row?.id ?? '';
  for (const [at, skill] of ['A1', 'B1'].entries()) {
    const id = newId();
    await cast.owner`insert into lesson (id, course_id, area_id, position, title_vi, title_en)
      values (${id}, ${course}, 44, ${at + 1}, ${`Bài ${at + 1}`}, ${`Lesson ${at + 1}`})`;
    await cast.owner`insert into lesson_skill (lesson_id, skill_code, area_id, required) values (${id}, ${skill}, 44, ${at === 0})`;
  }
  lessons = await cast.owner`
    select l.id, l.lineage_id, array(select skill_code from lesson_skill where lesson_id = l.id) as skills from lesson l
    where l.course_id = ${course} order by l.position`;
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

async function classAt(place: Place): Promise<string> {
  const id = newAddressId();
  await cast.owner`insert into class (id, area_id, course_id, venue_id, team_id, status, capacity, published_at)
    values (${id}, ${place.villageId}, ${course}, ${place.venueId}, ${place.teamId}, 'published', 10, now())`;
  return id;
}

/** A session of that lesson, so many days from now; each place and hour of its own. */
let hour = 0;
async function session(classId: string, place: Place, lesson: number, days: number): Promise<string> {
  const id = newId();
  const venue = newId();
  hour += 1;
  await cast.owner`insert into venue (id, area_id, name, address) values (${venue}, ${place.villageId}, ${`Nhà ${hour}`}, 'x')`;
  await cast.owner`
    insert into class_session (id, class_id, area_id, lesson_id, venue_id, position, starts_at, ends_at, status)
    values (${id}, ${classId}, ${place.villageId}, ${lessons[lesson]?.id ?? null}, ${venue}, ${hour},
      now() + make_interval(days => ${days}), now() + make_interval(days => ${days}, hours => 1), 'published')`;
  return id;
}

async function learner(classId: string, place: Place): Promise<string> {
  const id = newId();
  await cast.owner`insert into person (id, area_id, full_name, given_name, name_folded) values (${id}, ${place.villageId}, 'Lê Thị Học', 'Học', 'le thi hoc')`;
  await cast.owner`insert into enrolment (class_id, area_id, person_id, status, code, channel, idempotency_key)
    values (${classId}, ${place.villageId}, ${id}, 'confirmed', translate(upper(substr(md5(${id}), 1, 8)), '015B', '2346'), 'web', ${newId()})`;
  return id;
}

async function came(personId: string, sessionId: string, place: Place, level: number | null = null): Promise<void> {
  await cast.owner`insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id)
    values (${sessionId}, ${personId}, ${place.villageId}, 'late', false, now(), ${place.operationId})`;
  if (level !== null)
    await cast.owner`insert into skill_observation (id, person_id, skill_code, level, source, session_id, area_id, observed_at)
      values (${newId()}, ${personId}, 'A1', ${level}, 'session', ${sessionId}, ${place.villageId}, now())`;
}

const pathOf = async (classId: string, personId: string) => {
  const token = await cast.token('organiser', cast.here);
  const paths = await openScoped('read only', 'camtay_app', token, (tx) => pathsOfClass(tx, 'vi', classId, new Date()));
  return paths.find((one) => one.personId === personId);
};

test('a lesson missed here and made up in another commune counts, though its register is not ours to read', async () => {
  const { here, there } = cast;
  const ours = await classAt(here);
  const theirs = await classAt(there);
  const [first, second] = [await session(ours, here, 0, -3), await session(theirs, there, 1, -2)];
  const person = await learner(ours, here);
  await came(person, first, here, 3);
  expect(await pathOf(ours, person)).toMatchObject({
    state: 'cannot',
    taken: 1,
    needed: 2,
    lessonTitles: ['Bài 2'],
    makeUp: null,
  });
  await came(person, second, there);
  expect(await pathOf(ours, person)).toMatchObject({ state: 'done', taken: 2, lessonTitles: [], skillTitles: [] });
});

test('what is missing may be had in the unit, is named with where, and not in a place far away', async () => {
  const { here, there } = cast;
  const ours = await classAt(here);
  const first = await session(ours, here, 0, -3);
  const person = await learner(ours, here);
  await came(person, first, here, 3);
  const far = await session(await classAt(there), there, 1, 2);
  expect((await pathOf(ours, person))?.state).toBe('cannot');
  const near = await session(await classAt(here), here, 1, 4);
  expect(await pathOf(ours, person)).toMatchObject({
    state: 'can_still',
    lessonTitles: ['Bài 2'],
    makeUp: { id: near, own: false },
  });
  await session(ours, here, 1, 5);
  expect(await pathOf(ours, person)).toMatchObject({ state: 'on_track', makeUp: null });
  await cast.owner`update class_session set status = 'cancelled', status_reason = 'bão' where id in (${near}, ${far})`;
});

test('a skill that is not done alone yet keeps a course from being done', async () => {
  const { here } = cast;
  const ours = await classAt(here);
  const [first, second] = [await session(ours, here, 0, -3), await session(ours, here, 1, -2)];
  const person = await learner(ours, here);
  await came(person, first, here, 2);
  await came(person, second, here);
  expect(await pathOf(ours, person)).toMatchObject({ state: 'cannot', lessonTitles: [], skills: ['A1'] });
  await session(ours, here, 0, 3);
  expect(await pathOf(ours, person)).toMatchObject({ state: 'on_track', skills: ['A1'] });
});

test('a copy of the lesson in another unit’s course counts as the same lesson', async () => {
  const { here, there } = cast;
  const ours = await classAt(here);
  const first = await session(ours, here, 0, -3);
  const person = await learner(ours, here);
  await came(person, first, here, 3);
  const copied = newId();
  const [lesson] = await cast.owner<{ id: string }[]>`
    insert into lesson (id, course_id, area_id, lineage_id, position, title_vi, title_en)
    values (${copied}, ${there.courseId}, ${there.unitId}, ${lessons[1]?.lineageId ?? ''}, 2, 'Bài hai, chép', 'Copied') returning id`;
  const elsewhere = await session(there.classId, there, 1, -1);
  await cast.owner`update class_session set lesson_id = ${lesson?.id ?? ''} where id = ${elsewhere}`;
  await came(person, elsewhere, there);
  expect((await pathOf(ours, person))?.state).toBe('done');
});

test('nobody of another unit sees a path', async () => {
  const { here, there } = cast;
  const ours = await classAt(here);
  await learner(ours, here);
  const token = await cast.token('organiser', there);
  expect(await openScoped('read only', 'camtay_app', token, (tx) => pathsOfClass(tx, 'vi', ours, new Date()))).toEqual(
    [],
  );
});
