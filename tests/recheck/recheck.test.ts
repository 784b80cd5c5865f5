import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool } from '../../lib/access/scoped';
import { newId } from '../../lib/kernel/id';
import { recordRecheck } from '../../lib/recheck/commands';
import { rechecksDue } from '../../lib/recheck/queries';
import { dueOf, type Attained } from '../../lib/recheck/rules';
import { currentLevels } from '../../lib/register/queries';
import { came, seated, taughtClass, twoLessons, type TaughtCourse } from '../completion/scene';
import { asStaff } from '../enrolment/scene';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;
let course: TaughtCourse;
let helper: string;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  course = await twoLessons(cast);
  helper = await cast.token('helper', cast.here);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const day = 86_400_000;
const from = Date.UTC(2026, 0, 1);
const attained = (skillCode: string, days: number, classId: string | null = 'one'): Attained => ({
  skillCode,
  since: new Date(from + days * day),
  classId,
});
const on = (days: number) => new Date(from + days * day);

test('falls due 30 and 90 days after the last skill of a class, and is settled by any re-check from that day on', () => {
  const skills = [attained('A1', 0), attained('B1', 7)];
  expect(dueOf('p', skills, [], on(36))).toBeNull();
  expect(dueOf('p', skills, [], on(37))).toMatchObject({ after: 30, dueAt: on(37) });
  expect(dueOf('p', skills, [on(36)], on(40)), 'too early to count').toMatchObject({ after: 30 });
  expect(dueOf('p', skills, [on(38)], on(40))).toBeNull();
  expect(dueOf('p', skills, [on(38)], on(97))).toMatchObject({ after: 90, dueAt: on(97) });
  expect(dueOf('p', skills, [on(98)], on(99))).toBeNull();
  expect(dueOf('p', skills, [], on(37 + 60)), 'nobody is sent after the first any more').toMatchObject({ after: 90 });
  expect(dueOf('p', skills, [], on(97 + 60))).toBeNull();
});

test('property: the skill is one that is attained, the same whoever asks and when, and over people every skill has its turn', () => {
  const skills = ['A1', 'A2', 'B1'].map((code) => attained(code, 0));
  const chosen = new Set<string>();
  fc.assert(
    fc.property(fc.uuid(), fc.integer({ min: 30, max: 89 }), (person, days) => {
      const due = dueOf(person, skills, [], on(days));
      expect(due?.skillCode).toBe(dueOf(person, skills.toReversed(), [], on(31))?.skillCode);
      chosen.add(due?.skillCode ?? '');
    }),
  );
  expect([...chosen].toSorted()).toEqual(['A1', 'A2', 'B1']);
});

async function learnt(daysAgo: number) {
  const made = await taughtClass(cast, cast.here, course, { daysAgo });
  const one = await seated(cast, cast.here, made);
  await came(cast, cast.here, one.personId, made.sessionIds[1] ?? '', { level: 3, by: made.trainer });
  return { ...made, ...one };
}
const listed = async (personId: string, token = helper) =>
  (await asStaff(token, (tx) => rechecksDue(tx, 'vi', {}, new Date()))).find((line) => line.personId === personId);
const look = (personId: string, more: Partial<Parameters<typeof recordRecheck>[1]> = {}, token = helper) =>
  asStaff(token, async (tx) =>
    recordRecheck(
      tx,
      { personId, skillCode: 'A1', level: 3, place: 'home', help: '', formKey: newId(), ...more },
      { accountId: await cast.accountOf('helper', cast.here) },
    ),
  );

test('tasks follow from facts: none before 30 days, one after, gone once it was looked at or the mark behind it was corrected', async () => {
  const [young, old, wrong] = [await learnt(20), await learnt(33), await learnt(33)];
  expect(await listed(young.personId)).toBeUndefined();
  expect(await listed(old.personId)).toMatchObject({ skillCode: 'A1', after: 30 });
  expect(await listed(wrong.personId)).toBeDefined();
  await cast.owner`update attendance set state = 'absent' where person_id = ${wrong.personId}`;
  expect(await listed(wrong.personId)).toBeUndefined();
  expect(await look(old.personId)).toEqual({ fullName: 'Lê Thị Học' });
  expect(await listed(old.personId)).toBeUndefined();
  expect(await look(old.personId)).toEqual({ refused: 'recheckDone' });
});

test('may lower the level; sent twice, or by twenty at once, it is one observation', async () => {
  const one = await learnt(40);
  const formKey = newId();
  await Promise.all(
    Array.from({ length: 20 }, () => look(one.personId, { level: 1, help: 'Nhắc từng bước', formKey })),
  );
  const rows =
    await cast.owner`select level, source, place, help from skill_observation where person_id = ${one.personId} and source = 'recheck'`;
  expect(rows).toEqual([{ level: 1, source: 'recheck', place: 'home', help: 'Nhắc từng bước' }]);
  const [level] = await asStaff(helper, (tx) => currentLevels(tx, [one.personId]));
  expect(level).toMatchObject({ level: 1, attained: false });
  const twenty = await learnt(40);
  const done = await Promise.all(Array.from({ length: 20 }, () => look(twenty.personId)));
  expect(done.filter((answer) => 'fullName' in answer)).toHaveLength(1);
});

test('at a class it needs a session they came to in the last week, and names it', async () => {
  const one = await learnt(40);
  expect(await look(one.personId, { place: 'class' })).toEqual({ refused: 'recheckNotAtClass', field: 'place' });
  const now = await taughtClass(cast, cast.here, course, { daysAgo: 1 });
  await came(cast, cast.here, one.personId, now.sessionIds[1] ?? '');
  expect(await look(one.personId, { place: 'class' })).toEqual({ fullName: 'Lê Thị Học' });
  const [row] =
    await cast.owner`select session_id from skill_observation where person_id = ${one.personId} and source = 'recheck'`;
  expect(row).toEqual({ sessionId: now.sessionIds[1] });
});

test('nobody of another unit sees or records it, nor is somebody asked who withdrew', async () => {
  const one = await learnt(40);
  const there = await cast.token('helper', cast.there);
  expect(await listed(one.personId, there)).toBeUndefined();
  expect(await look(one.personId, {}, there)).toEqual({ refused: 'notFound' });
  expect(await listed(one.personId, await cast.token('organiser', cast.here))).toBeDefined();
  await cast.owner`update consent set withdrawn_at = now() where person_id = ${one.personId}`;
  expect(await listed(one.personId)).toBeUndefined();
});

test('the due skill, seen at a visit by somebody who did not teach it, settles it; by their teacher, too early, or of another skill it does not', async () => {
  const [seen, taught, early, other] = [await learnt(33), await learnt(33), await learnt(33), await learnt(33)];
  const stranger = await cast.accountOf('organiser', cast.here);
  const atHome = async (personId: string, by: string, skill = 'A1', daysAgo = 0) => {
    const [roundId, visitId] = [newId(), newId()];
    await cast.owner`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
      values (${roundId}, ${cast.here.villageId}, ${cast.here.teamId}, current_date, now(), now() + interval '1 hour')`;
    await cast.owner`insert into visit (id, round_id, area_id, day, person_id, pin)
      values (${visitId}, ${roundId}, ${cast.here.villageId}, current_date, ${personId}, lpad((random() * 9999)::int::text, 4, '0'))`;
    await cast.owner`insert into skill_observation (id, person_id, skill_code, level, source, visit_id, area_id, observed_at, observed_by)
      values (${newId()}, ${personId}, ${skill}, 3, 'visit', ${visitId}, ${cast.here.villageId}, now() - make_interval(days => ${daysAgo}), ${by})`;
  };
  await atHome(seen.personId, stranger);
  await atHome(taught.personId, taught.trainer);
  await atHome(early.personId, stranger, 'A1', 10);
  await atHome(other.personId, stranger, 'B1');
  expect(await listed(seen.personId)).toBeUndefined();
  for (const { personId } of [taught, early, other]) expect(await listed(personId)).toMatchObject({ after: 30 });
});
