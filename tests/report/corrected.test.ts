import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { rebuildFigures, refreshFigures } from '@/lib/figure/commands';
import { addDays, momentOf } from '@/lib/kernel/clock';
import { signReport } from '@/lib/report/commands';
import { reportInFull } from '@/lib/report/queries';
import { recordOperations } from '@/lib/register/commands';
import { closed, done, now, reportScene } from './scene';

/** Nothing here is made up for the test: figures come from the registers by way of the worker, as they do in the portal. */
let scene: Awaited<ReturnType<typeof reportScene>>;
const heldOn = addDays(closed.from, 3);

beforeAll(async () => {
  scene = await reportScene();
  await scene.cast.owner`
    update class_session set starts_at = ${momentOf(heldOn, '08:00')}, ends_at = ${momentOf(heldOn, '10:00')}, register_started_at = null
    where id = ${scene.cast.here.sessionIds[0]}`;
  await scene.cast.owner`update enrolment set status_at = ${momentOf(closed.from, '08:00')}`;
  await scene.cast.owner`delete from attendance`;
  await scene.cast.owner`delete from register_operation`;
});
afterAll(async () => {
  await closePool();
  await scene.cast.owner.end();
});

/** What a helper of the ward says of the register, through the same command as any phone. */
async function say(...operations: { kind: string; [more: string]: unknown }[]) {
  const { here } = scene.cast;
  const caller = { accountId: await scene.cast.accountOf('helper', here) };
  const results = await scene.as('helper', here, (tx) =>
    recordOperations(
      tx,
      operations.map((one, at) => ({
        id: randomUUID(),
        sessionId: here.sessionIds[0],
        at: new Date(Date.now() - 60_000 + at).toISOString(),
        ...one,
      })),
      caller as Parameters<typeof recordOperations>[2],
    ),
  );
  expect(results.map(({ outcome, reason }) => [outcome, reason])).toEqual(results.map(() => ['applied', undefined]));
}
const refresh = async () => {
  while ((await refreshFigures(now, null)).changes > 0);
};
const changes = async (id: string) => {
  const { here } = scene.cast;
  const report = await scene.as('unit_leader', here, (tx) => reportInFull(tx, 'vi', id));
  return {
    state: report?.state,
    stands: report?.figures.find(({ code }) => code === 'R02'),
    changed: report?.changed?.map(({ code, frozen, now: today }) => [code, frozen.value, today.value]),
  };
};

test('a register corrected after its period was locked stands as changed since, and the report as it was signed', async () => {
  const { here } = scene.cast;
  await say({ kind: 'start' }, { kind: 'mark', personId: here.personId, state: 'present' }, { kind: 'finish' });
  await rebuildFigures(now, null);
  const { id } = done(await scene.begin('organiser', here));
  done(await scene.as('unit_leader', here, (tx, caller) => signReport(tx, { report: id, version: 1 }, caller, now)));
  done(await scene.approve('province_leader', here, id));
  done(await scene.lock('province_leader', here, id));
  expect(await changes(id)).toMatchObject({ state: 'locked', stands: { value: 1 }, changed: [] });

  await say({ kind: 'mark', personId: here.personId, state: 'absent', why: 'Ghi nhầm người' });
  await refresh();
  const corrected = await changes(id);
  expect(corrected).toMatchObject({ state: 'locked', stands: { value: 1 } });
  expect(corrected.changed).toEqual(
    expect.arrayContaining([
      ['R02', 1, 0],
      ['R03', 1, 0],
    ]),
  );

  // Put right again, nothing is left to tell.
  await say({ kind: 'mark', personId: here.personId, state: 'present', why: 'Đúng là có đến' });
  await refresh();
  expect((await changes(id)).changed).toEqual([]);
});
