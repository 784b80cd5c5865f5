import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openScoped, type Caller } from '../../lib/access/scoped';
import { leaveJob, type JobHandlers } from '../../lib/job/commands';
import { keepJobsRunning } from '../../lib/job/worker';
import { isRefusal } from '../../lib/kernel/result';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;
let release = () => {};
const held = new Promise<void>((resolve) => (release = resolve));

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(() => cast.owner.end());

const leave = async (kind: string) =>
  openScoped('read write', 'camtay_app', await cast.token('organiser', cast.here), async (tx) => {
    const [row] = await tx<{ caller: Caller | null }[]>`select caller()`;
    if (!row?.caller) throw new Error('nobody signed in');
    const left = await leaveJob(tx, row.caller, { kind, language: 'vi', input: {} });
    if (isRefusal(left)) throw new Error(left.refused);
    return left.id;
  });
const stateOf = async (id: string) => {
  const [row] = await cast.owner<{ state: string }[]>`select state from job where id = ${id}`;
  return row?.state;
};
const lane = (kind: string, until: Promise<void>): JobHandlers => ({
  [kind]: {
    may: 'class.write',
    async run(job) {
      await until;
      await job.finish(() => Promise.resolve({ result: {} }));
    },
  },
});

test('what takes long in one lane keeps nothing of another waiting', async () => {
  const long = await leave('long_work');
  const short = await leave('short_work');
  keepJobsRunning(lane('long_work', held), lane('short_work', Promise.resolve()));
  await vi.waitFor(async () => expect(await stateOf(short)).toBe('done'), { timeout: 20_000 });
  await vi.waitFor(async () => expect(await stateOf(long)).toBe('running'), { timeout: 20_000 });
  release();
  await vi.waitFor(async () => expect(await stateOf(long)).toBe('done'), { timeout: 20_000 });
}, 70_000);
