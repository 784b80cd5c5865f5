import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Role } from '@/db/capabilities';
import { closePool } from '@/lib/access/scoped';
import { addDays, momentOf } from '@/lib/kernel/clock';
import { giveBackReport, reopenReport } from '@/lib/report/commands';
import { dueOn } from '@/lib/report/rules';
import { reportTurn } from '@/lib/report/turn';
import type { Place } from '../support/cast';
import { before, closed, done, now, province, reportScene } from './scene';

let scene: Awaited<ReturnType<typeof reportScene>>;
beforeAll(async () => {
  scene = await reportScene();
});
beforeEach(() => scene.clear());
afterAll(async () => {
  await closePool();
  await scene.cast.owner.end();
});

const turn = (role: Role, place: Place, area: number, at = now) =>
  scene.as(role, place, (tx) => reportTurn(tx, area, at));
const nothing = { own: null, waiting: [] };

test('a unit’s report of the month that closed waits for its leader until it is signed, for its organiser until it is written', async () => {
  const { here } = scene.cast;
  const late = new Date(momentOf(addDays(closed.to, 27), '08:00'));
  const due = dueOn(closed, 20);
  expect((await turn('unit_leader', here, here.unitId, late)).own).toMatchObject({
    state: null,
    reportId: null,
    dueOn: due,
    overdue: true,
  });
  expect((await turn('organiser', here, here.unitId, late)).own).toMatchObject({ state: null });
  const id = await scene.brought(here, 'draft');
  expect((await turn('unit_leader', here, here.unitId)).own).toMatchObject({ state: 'draft', reportId: id });
  expect((await turn('organiser', here, here.unitId)).own).toBeNull();
  done(await scene.sign('unit_leader', here, id));
  expect(await turn('unit_leader', here, here.unitId)).toEqual(nothing);
  done(
    await scene.as('province_leader', here, (tx, caller) =>
      giveBackReport(tx, { report: id, reason: 'Xin rà lại' }, caller),
    ),
  );
  for (const role of ['unit_leader', 'organiser'] as const)
    expect((await turn(role, here, here.unitId)).own, role).toMatchObject({ state: 'returned', reportId: id });
});

test('what is handed in below waits for whoever answers it, by month, and for nobody else', async () => {
  const { here, there } = scene.cast;
  await scene.brought(here, 'submitted');
  await scene.brought(here, 'submitted', before.key);
  await scene.brought(there, 'submitted');
  await scene.brought(there, 'approved', before.key);
  const waiting = async (role: Role, place: Place, area: number) =>
    (await turn(role, place, area)).waiting.map(({ period, count }) => [period.key, count]);
  expect(await waiting('province_leader', here, province)).toEqual([
    [before.key, 1],
    [closed.key, 2],
  ]);
  for (const role of ['organiser', 'unit_leader'] as const) {
    expect(await waiting(role, here, here.unitId), role).toEqual([]);
    expect(await turn(role, here, there.unitId), role).toEqual(nothing);
    expect(await turn(role, here, province), role).toEqual(nothing);
  }
});

test('a village’s report waits for its unit’s leader once it is handed in; one nobody began is owed by nobody', async () => {
  const { here } = scene.cast;
  expect((await turn('organiser', here, here.villageId)).own).toBeNull();
  await scene.brought(here, 'submitted', closed.key, here.villageId);
  expect((await turn('unit_leader', here, here.unitId)).waiting).toMatchObject([
    { period: { key: closed.key }, count: 1 },
  ]);
  expect((await turn('organiser', here, here.unitId)).waiting).toEqual([]);
});

test('a report that was opened again waits as its new revision, never as the old one', async () => {
  const { here } = scene.cast;
  const id = await scene.brought(here, 'locked');
  done(
    await scene.as('province_leader', here, (tx, caller) =>
      reopenReport(tx, { report: id, reason: 'Bổ sung' }, caller),
    ),
  );
  const { own } = await turn('unit_leader', here, here.unitId);
  expect(own).toMatchObject({ state: 'draft' });
  expect(own?.reportId).not.toBe(id);
});
