import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool } from '../../lib/access/scoped';
import { addDays, dayOf, momentOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { tasksToday } from '../../lib/task/board';
import { overdueUnder } from '../../lib/task/overdue';
import { tasksOf } from '../../lib/task/queries';
import { callOffRound } from '../../lib/visit/rounds';
import { as } from '../desk/scene';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';
import { homeOn, neighbour, pair, roundAt } from '../visit/scene';

let cast: Cast;
let members: { own: string; mate: string };
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  members = await pair(cast, cast.here);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const today = dayOf(new Date());
/** So many hours after the rounds of today are over: these go from 00:10 to 00:20. */
const after = (hours: number) => new Date(momentOf(today, '00:20').getTime() + hours * 3_600_000);
async function over(
  day = today,
  going: string[] = [members.own, members.mate],
): Promise<{ round: string; homes: string[] }> {
  const round = await roundAt(cast, cast.here, { day, members: going });
  const homes = [];
  for (let at = 0; at < 2; at += 1)
    homes.push(await homeOn(cast, cast.here, round, { personId: await neighbour(cast, cast.here) }));
  return { round, homes };
}
const seen = async (round: string, role: Role, now: Date, place: Place = cast.here) =>
  (await as(cast, role, place, (tx, caller) => tasksOf(tx, 'vi', caller, {}, now))).find(
    ({ kind, fact }) => kind === 'round_unsaid' && fact === round,
  );
const say = (visit: string) => cast.owner`
  insert into visit_outcome (id, visit_id, area_id, outcome, at) values (${newId()}, ${visit}, ${cast.here.villageId}, 'not_home', now())`;

test('a round that is over and of which nothing was said is its helpers’, then the organiser’s; saying it settles it', async () => {
  const { round, homes } = await over();
  expect(await seen(round, 'helper', after(-0.5)), 'under way').toBeUndefined();
  expect(await seen(round, 'helper', after(2))).toMatchObject({
    state: 'open',
    overdue: false,
    goTo: `/manage/visits/rounds/${round}`,
    given: { mine: true, back: false },
  });
  expect(await seen(round, 'organiser', after(2))).toMatchObject({ given: { mine: false, back: false } });
  expect((await seen(round, 'organiser', after(2)))?.given?.name).toContain('Phan Thị Đi');
  expect(await seen(round, 'organiser', after(25))).toMatchObject({ overdue: true, given: { back: true } });
  expect(await seen(round, 'helper', after(25))).toMatchObject({ overdue: true });
  for (const [role, place] of [
    ['organiser', cast.there],
    ['helper', cast.there],
  ] as const)
    expect(await seen(round, role, after(2), place)).toBeUndefined();
  const board = await as(cast, 'helper', cast.here, (tx, caller) => tasksToday(tx, 'vi', caller, after(2)));
  expect(board.groups.flatMap(({ tasks }) => tasks).some(({ fact }) => fact === round)).toBe(true);
  await say(homes[0] ?? '');
  expect(await seen(round, 'organiser', after(2))).toBeDefined();
  await say(homes[1] ?? '');
  expect(await seen(round, 'organiser', after(2))).toBeUndefined();
});

test('until its helpers’ day is over leaders do not hear of it; nobody does of what can be said no more', async () => {
  const late = (now: Date) =>
    as(cast, 'unit_leader', cast.here, (tx, caller) => overdueUnder(tx, caller, cast.here.unitId, now));
  for (let times = 0; times < 12; times += 1) {
    const member = newId();
    await cast.owner`insert into team_member (id, team_id, area_id, full_name) values (${member}, ${cast.here.teamId}, ${cast.here.unitId}, 'Lê Văn Khác')`;
    await over(today, [member]);
  }
  expect(await late(after(2))).toBe('few');
  expect(await late(after(26))).toBeGreaterThanOrEqual(12);
  const old = await over(addDays(today, -8), []);
  expect(await seen(old.round, 'organiser', new Date())).toBeUndefined();
});

test('a round that never went is called off afterwards, within its week and with nothing said', async () => {
  const callOff = (roundId: string) =>
    as(cast, 'organiser', cast.here, (tx, caller) => callOffRound(tx, { roundId }, caller, new Date()));
  const { round } = await over(addDays(today, -2), []);
  expect(await seen(round, 'organiser', new Date())).toBeDefined();
  expect(await callOff(round)).toEqual({ id: round });
  expect(await seen(round, 'organiser', new Date())).toBeUndefined();
  const [said, old] = [await over(addDays(today, -2), []), await over(addDays(today, -9), [])];
  await say(said.homes[0] ?? '');
  expect(await callOff(said.round)).toEqual({ refused: 'roundOver' });
  expect(await callOff(old.round)).toEqual({ refused: 'roundOver' });
});
