import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool } from '../../lib/access/scoped';
import { pointFor } from '../../lib/desk/commands';
import { assistsOn, deskAtHand } from '../../lib/desk/queries';
import { addDays, dayOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { isRefusal } from '../../lib/kernel/result';
import { callOffRound, planRound } from '../../lib/visit/commands';
import { roundsAtPoint } from '../../lib/visit/point';
import { roundForStaff } from '../../lib/visit/queries';
import { roundForm } from '../../lib/visit/schema';
import { as, log, typed } from '../desk/scene';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { pair, roundAt } from './scene';

let cast: Cast;
let own: string;
let mate: string;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  ({ own, mate } = await pair(cast, cast.here));
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const now = new Date();
const plan = async (ahead: number, from: string, point: string) => {
  const form = roundForm.parse({
    areaId: String(cast.here.villageId),
    day: addDays(dayOf(now), ahead),
    from: `${from}:00`,
    until: `${from}:50`,
    first: own,
    second: mate,
    point,
    formKey: newId(),
  });
  const { areaId, day, formKey: roundId } = form;
  const go = () =>
    as(cast, 'organiser', cast.here, async (tx, caller) => {
      const desk = form.point ? await pointFor(tx, { areaId, day, roundId }, caller) : null;
      if (isRefusal(desk)) return desk;
      return planRound(tx, form, caller, now, desk?.id);
    });
  const done = await go();
  const desks = async () => (await cast.owner`select from desk`).count;
  const before = await desks();
  expect([await go(), await desks()], 'sent twice it is one, with one point').toEqual([done, before]);
  if (!('id' in done)) throw new Error(done.refused);
  const round = await as(cast, 'organiser', cast.here, (tx) => roundForStaff(tx, 'vi', done.id));
  return { id: done.id, deskId: round?.deskId ?? null };
};

test('a round into a village has a mobile point of the village where that is wanted: the same one again, never one for two rounds of a day', async () => {
  expect((await plan(40, '07', '')).deskId).toBeNull();
  const first = await plan(41, '08', 'on');
  const [desk] = await cast.owner`select kind, area_id, retired_at from desk where id = ${first.deskId}`;
  expect(desk).toEqual({ kind: 'mobile_point', areaId: cast.here.villageId, retiredAt: null });
  expect((await plan(42, '08', 'on')).deskId, 'another day').toBe(first.deskId);
  const second = await plan(41, '10', 'on');
  expect(second.deskId).not.toBe(first.deskId);
  await as(cast, 'organiser', cast.here, (tx, caller) => callOffRound(tx, { roundId: first.id }, caller, now));
  expect((await plan(41, '12', 'on')).deskId, 'called off, it is free').toBe(first.deskId);
  await expect(
    cast.owner`update visit_round set desk_id = ${second.deskId} where desk_id = ${first.deskId} and day = ${addDays(dayOf(now), 41)} and called_off_at is null`,
  ).rejects.toMatchObject({ code: '23505' });
  // Nor one of another village.
  const elsewhere = as(
    cast,
    'organiser',
    cast.here,
    (tx) => tx`update visit_round set desk_id = ${cast.there.deskId} where id = ${second.id}`,
  );
  await expect(elsewhere).rejects.toThrow(/row-level security/);
});

test('on its day the helper’s log is at the point, and what was logged there that day is the round’s', async () => {
  const roundId = await roundAt(cast, cast.here, { members: [own], from: '00:01', until: '00:02' });
  const deskId = newId();
  await cast.owner`insert into desk (id, area_id, kind, name, address) values (${deskId}, ${cast.here.villageId}, 'mobile_point', 'Ỷ Xa', 'x')`;
  const atHand = () => as(cast, 'helper', cast.here, (tx, caller) => deskAtHand(tx, caller, now));
  expect(await atHand()).not.toBe(deskId);
  await cast.owner`update visit_round set desk_id = ${deskId} where id = ${roundId}`;
  expect(await atHand()).toBe(deskId);
  expect(await as(cast, 'helper', cast.there, (tx, caller) => deskAtHand(tx, caller, now))).not.toBe(deskId);
  const form = { ...typed(cast.here, { outcome: 'bank' }), deskId };
  await log(cast, form, 'helper', cast.here, now);
  await log(cast, { ...typed(cast.here), deskId }, 'helper', cast.here, new Date(now.getTime() - 2 * 86_400_000));
  const logged = await as(cast, 'helper', cast.here, (tx, caller) => assistsOn(tx, 'vi', deskId, caller, dayOf(now)));
  expect(logged.map(({ id }) => id)).toEqual([form.formKey]);
});

test('a point’s page names the rounds that bring it, to who plans or goes on them: those to come, none that was called off', async () => {
  const deskId = newId();
  await cast.owner`insert into desk (id, area_id, kind, name, address) values (${deskId}, ${cast.here.villageId}, 'mobile_point', 'Theo chuyến', 'x')`;
  const rounds = [];
  for (const [ahead, from] of [
    [3, '06:00'],
    [2, '06:00'],
    [4, '06:00'],
    [-2, '06:00'],
  ] as const)
    rounds.push(
      await roundAt(cast, cast.here, { members: [own], day: addDays(dayOf(now), ahead), from, until: '06:40' }),
    );
  const [later, sooner, off] = rounds;
  await cast.owner`update visit_round set desk_id = ${deskId} where id = any(${rounds}::uuid[])`;
  await cast.owner`update visit_round set called_off_at = now() where id = ${off ?? ''}`;
  const seen = (role: 'organiser' | 'helper', place = cast.here) =>
    as(cast, role, place, async (tx) => (await roundsAtPoint(tx, deskId, now)).map(({ id }) => id));
  expect(await seen('organiser')).toEqual([sooner, later]);
  expect(await seen('helper')).toEqual([sooner, later]);
  expect(await seen('organiser', cast.there)).toEqual([]);
});
