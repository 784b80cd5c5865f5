import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool, elevated } from '../../lib/access/scoped';
import { addDays, dayOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { giveTasks, recordWork } from '../../lib/task/commands';
import { taskKinds } from '../../lib/task/kinds';
import { tasksOf } from '../../lib/task/queries';
import type { Outcome, TaskKey } from '../../lib/task/schema';
import { settleVisit } from '../../lib/visit/settling';
import { as } from '../desk/scene';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { homeOn, neighbour, pair, roundAt } from '../visit/scene';

/** What is given to a helper leads them to where they can do something about it, and nowhere else. */
let cast: Cast;
let members: { own: string; mate: string };
/** The organiser's own place in a team. */
let planner: string;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  members = await pair(cast, cast.here);
  planner = newId();
  await cast.owner`insert into team_member (id, team_id, area_id, full_name, account_id)
    select ${planner}, ${cast.here.teamId}, ${cast.here.unitId}, 'Lê Thị Tổ Chức', ${await cast.accountOf('organiser', cast.here)}`;
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

async function asked(personId: string | null): Promise<TaskKey> {
  const id = newId();
  await cast.owner`
    insert into visit_request (id, code, area_id, asked_by, full_name, needs, consent_version, idempotency_key, person_id)
    values (${id}, left(replace(${newId()}, '-', ''), 30), ${cast.here.villageId}, 'self', 'Hồ Thị Chờ', '{phone}', 1, ${newId()}, ${personId})`;
  return { kind: 'visit_asked', personId, fact: id };
}
const line = async ({ kind, personId, fact }: TaskKey, role: Role) =>
  (
    await as(cast, role, cast.here, (tx, caller) =>
      tasksOf(tx, 'vi', caller, { people: personId === null ? null : [personId], kinds: taskKinds }, new Date()),
    )
  ).find((one) => one.kind === kind && one.fact === fact);
const give = (task: TaskKey, to: string) =>
  as(cast, 'organiser', cast.here, (tx, caller) => giveTasks(tx, { task: [task], to }, caller, new Date()));
const record = (task: TaskKey, outcome: Outcome, role: Role = 'helper') =>
  as(cast, role, cast.here, (tx, caller) =>
    recordWork(tx, { formKey: newId(), task, outcome, note: '', spent: '20' }, caller, new Date()),
  );
const request = async (id: string) =>
  (
    await cast.owner`select closed_because as because, closed_by is not null as named from visit_request where id = ${id}`
  )[0];

test('a wish for a visit given to a helper leads them to the door, the organiser to the request; visited, the wish is over', async () => {
  const task = await asked(await neighbour(cast, cast.here));
  expect(await give(task, members.own)).toEqual({ given: 1 });
  expect(await line(task, 'organiser')).toMatchObject({ goTo: `/manage/visits/requests/${task.fact}`, byWork: true });
  expect(await line(task, 'helper')).toMatchObject({ goTo: null, byWork: true, given: { mine: true } });
  expect(await record(task, 'not_home')).toEqual({ personId: task.personId });
  expect(await request(task.fact), 'nobody at home').toEqual({ because: null, named: false });
  expect(await record(task, 'done')).toEqual({ personId: task.personId });
  expect(await request(task.fact)).toEqual({ because: 'done', named: true });
  expect(await line(task, 'organiser')).toBeUndefined();
});

test('what a phone tells late of an older round does not let it wait again; what is said later does', async () => {
  const personId = await neighbour(cast, cast.here);
  const task = await asked(personId);
  const day = addDays(dayOf(new Date()), -3);
  const round = await roundAt(cast, cast.here, { day, members: [] });
  const visit = await homeOn(cast, cast.here, round, { personId, requestId: task.fact });
  await record(task, 'done', 'organiser');
  const said = async (at: string) => {
    await cast.owner`insert into visit_outcome (id, visit_id, area_id, outcome, at)
      values (${newId()}, ${visit}, ${cast.here.villageId}, 'not_home', now() + ${at}::interval)`;
    const home = { roundId: round, areaId: cast.here.villageId, day, requestId: task.fact, personId };
    await as(cast, 'organiser', cast.here, (tx) =>
      elevated(tx, 'test', (system) => settleVisit(system, visit, home, new Date())),
    );
    return request(task.fact);
  };
  expect(await said('-3 days')).toMatchObject({ because: 'done' });
  expect(await said('1 hour')).toMatchObject({ because: null });
});

test('another visit that was promised is settled by going there', async () => {
  const personId = await neighbour(cast, cast.here);
  const round = await roundAt(cast, cast.here, { day: addDays(dayOf(new Date()), -4), members: [] });
  const visit = await homeOn(cast, cast.here, round, { personId });
  const [said] = await cast.owner<{ id: string }[]>`
    insert into visit_outcome (id, visit_id, area_id, outcome, minutes, next_on, at)
    values (${newId()}, ${visit}, ${cast.here.villageId}, 'done', 20, ${dayOf(new Date())}, now() - interval '4 days') returning id`;
  const task = { kind: 'visit_next', personId, fact: said?.id ?? '' };
  await give(task, members.own);
  expect(await line(task, 'organiser')).toMatchObject({ goTo: `/manage/people/${personId}/visit`, state: 'open' });
  expect(await line(task, 'helper')).toMatchObject({ goTo: null, state: 'open' });
  expect(await record(task, 'done')).toEqual({ personId });
  expect(await line(task, 'organiser')).toMatchObject({ state: 'settled' });
});

test('what is done on organisers’ pages alone is given to nobody who cannot open them', async () => {
  const unknown = await asked(null);
  expect(await give(unknown, members.own)).toEqual({ refused: 'taskForPlanners', field: 'to' });
  expect(await cast.owner`select from task_given where fact = ${unknown.fact}`).toHaveLength(0);
  expect(await give(unknown, planner)).toEqual({ given: 1 });
  expect(await give(unknown, 'me')).toEqual({ given: 1 });
  expect(await give(unknown, 'nobody')).toEqual({ given: 0 });
});

test('the results of a round are given to who went or who plans, and lead nobody else to its page', async () => {
  const yesterday = addDays(dayOf(new Date()), -1);
  const round = await roundAt(cast, cast.here, { day: yesterday, members: [members.mate] });
  await homeOn(cast, cast.here, round, { personId: await neighbour(cast, cast.here) });
  const task = { kind: 'round_unsaid', personId: null, fact: round };
  expect(await give(task, members.own)).toEqual({ refused: 'taskForPlanners', field: 'to' });
  expect(await give(task, members.mate)).toEqual({ given: 1 });
  // As given before this was asked.
  await cast.owner`update task_given set member_id = ${members.own}, account_id = ${await cast.accountOf('helper', cast.here)} where fact = ${round}`;
  expect(await line(task, 'organiser')).toMatchObject({ goTo: `/manage/visits/rounds/${round}` });
  expect((await line(task, 'helper'))?.goTo ?? null).toBeNull();
});
