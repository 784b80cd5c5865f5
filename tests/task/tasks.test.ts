import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool, recordReading } from '../../lib/access/scoped';
import { addDays, dayOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { fold, givenName } from '../../lib/kernel/text';
import { tasksToday, taskBoard } from '../../lib/task/board';
import { endPause, giveTasks, pausePerson, recordWork } from '../../lib/task/commands';
import { workDone } from '../../lib/task/done';
import { doorOf } from '../../lib/task/door';
import { overdueUnder } from '../../lib/task/overdue';
import { taskKinds } from '../../lib/task/kinds';
import { tasksOf } from '../../lib/task/queries';
import { keyOf, taskList, type Outcome, type TaskKey, type TaskLine } from '../../lib/task/schema';
import { ownWeek, weekOf } from '../../lib/task/week';
import { came, seated, taughtClass, twoLessons, type TaughtCourse } from '../completion/scene';
import { as, deskWith } from '../desk/scene';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;
let course: TaughtCourse;
/** The helper's own place in a team of here. */
let memberId: string;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  course = await twoLessons(cast);
  memberId = newId();
  await cast.owner`insert into team_member (id, team_id, area_id, full_name, account_id)
    select ${memberId}, ${cast.here.teamId}, ${cast.here.unitId}, 'Trần Thị Đại Sứ', ${await cast.accountOf('helper', cast.here)}`;
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

async function known(birthYear = 1980, place: Place = cast.here, fullName = 'Hồ Thị Chưa'): Promise<string> {
  const id = newId();
  await cast.owner`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
    values (${id}, ${place.villageId}, ${fullName}, ${givenName(fullName)}, ${fold(fullName)}, ${birthYear})`;
  return id;
}
/** Somebody a desk sent on to a visit at home. */
async function sentOn(birthYear = 1980, hoursAgo = 1): Promise<{ personId: string; task: TaskKey }> {
  const personId = await known(birthYear, cast.here, 'Hồ Văn Giới');
  const deskId = await deskWith(cast, cast.here, [{ hoursAgo, personId }]);
  const [row] = await cast.owner<{ id: string }[]>`
    update desk_assist set referred_to = 'home_visit' where desk_id = ${deskId} and person_id = ${personId} returning id`;
  return { personId, task: { kind: 'referral_home', personId, fact: row?.id ?? '' } };
}
const seen = (people: readonly string[] | null, role: Role = 'organiser', place = cast.here, now = new Date()) =>
  as(cast, role, place, (tx, caller) => tasksOf(tx, 'vi', caller, { people, kinds: taskKinds }, now));
const stateOf = async ({ personId, ...task }: TaskKey, role: Role = 'organiser', now = new Date()) =>
  (await seen(personId ? [personId] : null, role, cast.here, now)).find(
    ({ key }) => key === keyOf({ personId, ...task }),
  )?.state;
const record = (
  task: TaskKey,
  outcome: Outcome,
  role: Role = 'organiser',
  more: { formKey?: string; now?: Date } = {},
) =>
  as(cast, role, cast.here, (tx, caller) =>
    recordWork(tx, { formKey: more.formKey ?? newId(), task, outcome, note: '' }, caller, more.now ?? new Date()),
  );
const give = (tasks: TaskKey[], to: string, role: Role = 'organiser', place = cast.here, now = new Date()) =>
  as(cast, role, place, (tx, caller) => giveTasks(tx, { task: tasks, to }, caller, now));
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000);

describe('work', () => {
  test('settles what work settles, once, however often the form is sent', async () => {
    const { task } = await sentOn();
    expect(await stateOf(task)).toBe('open');
    const formKey = newId();
    await Promise.all(Array.from({ length: 10 }, () => record(task, 'done', 'organiser', { formKey })));
    const rows = await cast.owner`select from task_work where fact = ${task.fact}`;
    expect(rows.count).toBe(1);
    expect(await stateOf(task)).toBe('settled');
    expect(await record(task, 'not_home')).toEqual({ refused: 'taskGone' });
  });

  test('"done" is refused where only the fact settles the task, and where nobody is to be seen', async () => {
    const made = await taughtClass(cast, cast.here, course, { daysAgo: 34 });
    const one = await seated(cast, cast.here, made);
    await came(cast, cast.here, one.personId, made.sessionIds[1] ?? '', { level: 3, by: made.trainer });
    const due = (await seen([one.personId])).find(({ kind }) => kind === 'recheck');
    expect(due?.state).toBe('open');
    expect(await record(due as TaskLine, 'done')).toEqual({ refused: 'taskByFact' });
    const register: TaskKey = { kind: 'register', personId: null, fact: cast.here.sessionIds[0] };
    expect(await stateOf(register)).toBe('open');
    expect(await record(register, 'not_home')).toEqual({ refused: 'taskNobody' });
    await cast.owner`update class_session set status = 'held', register_started_at = now() where id = ${register.fact}`;
    expect(await stateOf(register)).toBeUndefined();
  });

  test('refused or unsafe: the person is left alone, and it is the organiser again; ended earlier it is all there again', async () => {
    const { personId, task } = await sentOn();
    await give([task], memberId);
    expect(await record(task, 'refused', 'helper')).toEqual({ personId });
    expect(await stateOf(task)).toBe('paused');
    expect(await stateOf(task, 'helper'), 'no more theirs to see').toBeUndefined();
    const [pause] = await cast.owner<{ id: string }[]>`select id from person_pause where person_id = ${personId}`;
    expect(
      await as(cast, 'organiser', cast.there, (tx, caller) => endPause(tx, { pauseId: pause?.id ?? '' }, caller)),
    ).toEqual({ refused: 'notFound' });
    await as(cast, 'organiser', cast.here, (tx, caller) => endPause(tx, { pauseId: pause?.id ?? '' }, caller));
    expect(await stateOf(task)).toBe('open');
    expect(await stateOf(task, 'organiser', inDays(91)), 'over by then').toBe('expired');
  });

  test('moved, died, wrong: everything else waits until an organiser corrected the record or confirmed it', async () => {
    const [wrong, dead] = [await sentOn(), await sentOn()];
    await record(wrong.task, 'wrong_details');
    expect((await seen([wrong.personId])).map(({ kind, state }) => [kind, state]).toSorted()).toEqual([
      ['correct', 'open'],
      ['referral_home', 'held'],
    ]);
    await cast.owner`insert into audit_event (action, subject_kind, subject_id, at) values ('person.correct', 'person', ${wrong.personId}, now() + interval '1 second')`;
    expect(await stateOf(wrong.task)).toBe('open');
    await record(dead.task, 'died');
    const confirm = (await seen([dead.personId])).find(({ kind }) => kind === 'correct');
    await record(confirm as TaskLine, 'done');
    expect(await stateOf(dead.task)).toBe('paused');
    expect(await stateOf(dead.task, 'organiser', inDays(60))).toBe('paused');
  });

  test('corrected away, the task is gone and the work is not', async () => {
    const { task } = await sentOn();
    await record(task, 'not_home');
    await cast.owner`update desk_assist set undone_at = now() where id = ${task.fact}`;
    expect(await stateOf(task)).toBeUndefined();
    const done = await as(cast, 'organiser', cast.here, (tx, caller) => workDone(tx, 'vi', caller, new Date()));
    expect(done.find(({ fact }) => fact === task.fact)).toMatchObject({
      outcome: 'not_home',
      became: 'gone',
      fullName: 'Hồ Văn Giới',
    });
    expect(await record(task, 'done')).toEqual({ refused: 'taskGone' });
    const elsewhere = await as(cast, 'organiser', cast.there, (tx, caller) => workDone(tx, 'vi', caller, new Date()));
    expect(elsewhere.some(({ fact }) => fact === task.fact)).toBe(false);
  });
});

describe('whose it is', () => {
  test('a helper sees what was given to them, name and all, until it ends by itself; then it is the organiser again', async () => {
    const { personId, task } = await sentOn();
    expect(await stateOf(task, 'helper')).toBeUndefined();
    expect(await give([task], memberId)).toEqual({ given: 1 });
    const own = await as(cast, 'helper', cast.here, (tx, caller) => ownWeek(tx, 'vi', caller, new Date()));
    expect(own.find((group) => group.personId === personId)).toMatchObject({ fullName: 'Hồ Văn Giới' });
    expect(await stateOf(task, 'helper', inDays(8)), 'a week later').toBeUndefined();
    const back = (await seen([personId], 'organiser', cast.here, inDays(8))).find(
      ({ kind }) => kind === 'referral_home',
    );
    expect(back?.given).toMatchObject({ back: true, name: 'Trần Thị Đại Sứ' });
    await cast.owner`update task_given set given_at = now() - interval '9 days', until = now() - interval '1 day' where person_id = ${personId}`;
    const name = () => as(cast, 'helper', cast.here, (tx) => tx`select from person where id = ${personId}`);
    expect((await name()).count).toBe(0);
  });

  test('taken back or given to somebody else, it is theirs no more', async () => {
    const { task } = await sentOn();
    await give([task], memberId);
    await give([task], 'me');
    expect(await stateOf(task, 'helper')).toBeUndefined();
    const open = await cast.owner`select from task_given where fact = ${task.fact} and ended_at is null`;
    expect(open.count).toBe(1);
    expect(await give([task], 'nobody')).toEqual({ given: 0 });
    expect(await give([task], 'nobody')).toEqual({ refused: 'taskGone' });
  });

  test('a helper sees the tasks of the classes they teach in, never corrections, and gives nothing out', async () => {
    const made = await taughtClass(cast, cast.here, course, { daysAgo: 2 });
    const one = await seated(cast, cast.here, made);
    for (const sessionId of made.sessionIds)
      await cast.owner`insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id)
        values (${sessionId}, ${one.personId}, ${cast.here.villageId}, 'absent', false, now(), ${cast.here.operationId})`;
    expect((await seen([one.personId], 'helper')).map(({ kind }) => kind)).toEqual(['absence']);
    const [missed] = await seen([one.personId], 'helper');
    await record(missed as TaskLine, 'moved', 'helper');
    expect((await seen([one.personId], 'helper')).map(({ kind, state }) => [kind, state])).toEqual([
      ['absence', 'held'],
    ]);
    expect((await seen([one.personId])).map(({ kind }) => kind)).toContain('correct');
    const { task } = await sentOn();
    expect(await give([task], 'me', 'helper')).toEqual({ refused: 'taskGone' });
  });

  test('nobody of another unit sees, records or gives it; all is given or nothing', async () => {
    const [mine, other] = [await sentOn(), await sentOn()];
    expect(await seen([mine.personId], 'organiser', cast.there)).toEqual([]);
    expect(await give([mine.task], 'me', 'organiser', cast.there)).toEqual({ refused: 'taskGone' });
    expect(await give([mine.task], cast.there.memberId)).toEqual({ refused: 'chooseWhom', field: 'to' });
    await record(other.task, 'done');
    const refused = await as(cast, 'organiser', cast.here, (tx, caller) =>
      giveTasks(tx, { task: [mine.task, other.task], to: 'me' }, caller, new Date()),
    );
    expect(refused).toEqual({ refused: 'taskGone' });
    const there = await as(cast, 'organiser', cast.there, (tx, caller) =>
      recordWork(tx, { formKey: newId(), task: mine.task, outcome: 'done', note: '' }, caller),
    );
    expect(there).toEqual({ refused: 'taskGone' });
    expect(await cast.owner`select from task_given where fact = ${mine.task.fact}`).toHaveLength(0);
  });
});

describe('a pause', () => {
  const pause = (personId: string, more: object = {}, role: Role = 'organiser', place = cast.here) =>
    as(cast, role, place, (tx, caller) =>
      pausePerson(
        tx,
        { formKey: newId(), personId, whole: 'person', reason: 'away', until: addDays(dayOf(new Date()), 10), ...more },
        caller,
      ),
    );

  test('of a household hides everybody under that roof, and nobody else', async () => {
    const [one, other, alone] = [await sentOn(), await sentOn(), await sentOn()];
    await cast.owner`with made as (insert into household (area_id) values (${cast.here.villageId}) returning id)
      insert into household_member (household_id, person_id, area_id)
      select id, person, ${cast.here.villageId} from made, unnest(${[one.personId, other.personId]}::uuid[]) person`;
    await pause(one.personId, { whole: 'household' });
    expect([await stateOf(one.task), await stateOf(other.task), await stateOf(alone.task)]).toEqual([
      'paused',
      'paused',
      'open',
    ]);
    expect(await stateOf(one.task, 'organiser', inDays(11))).toBe('open');
    expect(await pause(alone.personId, { whole: 'household' })).toEqual({ refused: 'householdNone', field: 'whole' });
  });

  test('refuses days that are past or too far, and people out of reach', async () => {
    const { personId } = await sentOn();
    expect(await pause(personId, { until: dayOf(new Date()) })).toEqual({ refused: 'pauseDayPast', field: 'until' });
    expect(await pause(personId, { until: addDays(dayOf(new Date()), 400) })).toEqual({
      refused: 'pauseTooLong',
      field: 'until',
    });
    expect(await pause(personId, {}, 'organiser', cast.there)).toEqual({ refused: 'notFound' });
    expect(await pause(personId, {}, 'helper'), 'whom they do not reach').toEqual({ refused: 'notFound' });
  });
});

test('who to see this week: the old and alone first, nobody twice; given with one press, settled by the fact', async () => {
  const old = await known(1940);
  const before = await as(cast, 'organiser', cast.here, (tx, caller) => weekOf(tx, 'vi', caller, new Date()));
  const proposed = before.flatMap((hand) => hand.proposed);
  expect(new Set(proposed.map(({ id }) => id)).size).toBe(proposed.length);
  const hand = before.find((one) => one.proposed.some(({ personId }) => personId === old));
  const visit = hand?.proposed.find(({ personId }) => personId === old);
  expect(visit?.need?.age).toBeGreaterThan(80);
  await give(visit?.tasks.map(({ kind, personId, fact }) => ({ kind, personId, fact })) ?? [], memberId);
  const listed = await as(cast, 'organiser', cast.here, (tx, caller) =>
    taskBoard(tx, 'vi', caller, taskList.parse({ whose: 'given', kind: 'never' }), new Date()),
  );
  expect(listed.groups.map(({ personId }) => personId)).toEqual([old]);
  const made = await taughtClass(cast, cast.here, course, { daysAgo: 1 });
  await came(cast, cast.here, old, made.sessionIds[0] ?? '');
  const after = await as(cast, 'organiser', cast.here, (tx, caller) => weekOf(tx, 'vi', caller, new Date()));
  expect(after.flatMap((one) => [...one.proposed, ...one.has]).some(({ personId }) => personId === old)).toBe(false);
});

test('the today page tells five at most, and nothing its boards tell already', async () => {
  const today = await as(cast, 'organiser', cast.here, (tx, caller) => tasksToday(tx, 'vi', caller, new Date()));
  expect(today.groups.length).toBeLessThanOrEqual(5);
  expect(today.total).toBeGreaterThan(0);
  const kinds = new Set(
    today.groups.flatMap(({ tasks }) => tasks.filter(({ given }) => !given?.mine).map(({ kind }) => kind)),
  );
  for (const board of ['register', 'offer', 'absence', 'asked']) expect(kinds.has(board)).toBe(false);
});

test('at the door: who lives there as far as one reaches them, what is to be done, and the last three things', async () => {
  const [one, other] = [await sentOn(), await known(1950, cast.here, 'Hồ Thị Cùng')];
  await cast.owner`with made as (insert into household (area_id) values (${cast.here.villageId}) returning id)
    insert into household_member (household_id, person_id, area_id)
    select id, person, ${cast.here.villageId} from made, unnest(${[one.personId, other]}::uuid[]) person`;
  const door = (role: Role, place = cast.here) =>
    as(cast, role, place, async (tx, caller) =>
      doorOf(await recordReading(tx, caller, one.personId, 'door'), 'vi', caller, one.personId, new Date()),
    );
  const whole = await door('organiser');
  expect(whole?.people.map(({ fullName }) => fullName)).toEqual(['Hồ Văn Giới', 'Hồ Thị Cùng']);
  expect(whole?.people[0]?.last).toMatchObject([{ kind: 'assists' }]);
  expect(await door('helper')).toBeNull();
  expect(await door('organiser', cast.there)).toBeNull();
  await give([one.task], memberId);
  expect(await door('helper')).toMatchObject({ people: [{ fullName: 'Hồ Văn Giới' }], others: 1 });
});

test('leaders of the unit get a count and no names, of their own area alone', async () => {
  const count = (role: Role, areaId: number, place = cast.here) =>
    as(cast, role, place, (tx, caller) => overdueUnder(tx, caller, areaId, new Date()));
  for (let at = 0; at < 12; at += 1) await sentOn(1980, 24 * 9);
  expect(await count('unit_leader', cast.here.unitId)).toBeGreaterThanOrEqual(12);
  expect(await count('unit_leader', cast.there.unitId)).toBeNull();
  expect(await count('province_leader', 44)).toBeNull();
  expect(await count('unit_leader', cast.here.villageId)).toBeNull();
  expect(await count('unit_leader', cast.there.unitId, cast.there)).toBe('few');
});
