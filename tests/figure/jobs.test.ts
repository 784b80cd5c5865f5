import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool, openScoped, type Caller, type ScopedTx } from '../../lib/access/scoped';
import { checkFigures, refreshFigures } from '../../lib/figure/commands';
import { askFiguresCheck, figureHandlers } from '../../lib/figure/jobs';
import { cancelJob } from '../../lib/job/commands';
import { jobShown } from '../../lib/job/queries';
import { runNextJob } from '../../lib/job/worker';
import { isRefusal } from '../../lib/kernel/result';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;
const now = new Date();

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  await cast.owner`insert into figure_change default values`;
  await refreshFigures(now);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const asAdmin = async <R>(work: (tx: ScopedTx, caller: Caller) => Promise<R>): Promise<R> =>
  openScoped('read write', 'camtay_app', await cast.token('province_admin', cast.here), async (tx) => {
    const [row] = await tx<{ caller: Caller | null }[]>`select caller()`;
    if (!row?.caller) throw new Error('nobody signed in');
    return work(tx, row.caller);
  });
const ask = async () => {
  const left = await asAdmin((tx, caller) => askFiguresCheck(tx, caller, { language: 'vi' }));
  if (isRefusal(left)) throw new Error(left.refused);
  return left.id;
};
/** A total that nothing counted makes. */
const spoil = () => cast.owner`
  insert into figure_exact (area_id, period, measure, grp, value, denominator) values (${cast.here.villageId}, '2026', 'attendance', 'all', 7, 9)
  on conflict (area_id, period, measure, grp) do update set value = 7, denominator = 9`;
const spoilt = async () =>
  (
    await cast.owner`
      select from figure_exact where area_id = ${cast.here.villageId} and period = '2026' and measure = 'attendance' and value = 7 and denominator = 9`
  ).count;

test('an administrator has everything counted again: what differed is put right and told, and stays to be found', async () => {
  await spoil();
  const id = await ask();
  expect(await ask(), 'asked again while it waits it is the same').toBe(id);
  await runNextJob(figureHandlers);
  expect(await spoilt()).toBe(0);
  expect(await asAdmin((tx) => jobShown(tx, id))).toMatchObject({
    state: 'done',
    result: { rows: 0, cells: 0, totals: 1, busy: false },
  });
  const again = await ask();
  expect(again).not.toBe(id);
  await runNextJob(figureHandlers);
  expect(await asAdmin((tx) => jobShown(tx, again))).toMatchObject({ state: 'done', result: { totals: 0 } });
});

test('stopped on the way it leaves everything as it was, and says how far it got', async () => {
  await spoil();
  const id = await ask();
  const steps: string[] = [];
  await runNextJob({
    figures_check: {
      may: 'area.manage',
      async run(job) {
        await checkFigures(now, undefined, async (done, total) => {
          steps.push(`${done}/${total}`);
          if (done === 3) await asAdmin((tx) => cancelJob(tx, id));
          if (done === 3) await job.finish(() => Promise.resolve({ result: {} }));
        });
      },
    },
  });
  expect(steps).toEqual(['0/4', '1/4', '2/4', '3/4']);
  expect(await spoilt()).toBe(1);
  expect(await asAdmin((tx) => jobShown(tx, id))).toMatchObject({ state: 'cancelled' });
});
