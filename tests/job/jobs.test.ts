import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool, openScoped, type Caller, type ScopedTx } from '../../lib/access/scoped';
import { cancelJob, eraseJobFiles, leaveJob, type JobHandlers, type RunningJob } from '../../lib/job/commands';
import { jobOutput, jobShown, jobsOf } from '../../lib/job/queries';
import { mostAttempts, mostOpen } from '../../lib/job/schema';
import { runNextJob, sweepJobs } from '../../lib/job/worker';
import { newId } from '../../lib/kernel/id';
import { isRefusal } from '../../lib/kernel/result';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterEach(() => cast.owner`delete from job`);
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

async function as<R>(role: Role, work: (tx: ScopedTx, caller: Caller) => Promise<R>, place = cast.here): Promise<R> {
  return openScoped('read write', 'camtay_app', await cast.token(role, place), async (tx) => {
    const [row] = await tx<{ caller: Caller | null }[]>`select caller()`;
    if (!row?.caller) throw new Error('nobody signed in');
    return work(tx, row.caller);
  });
}

async function leave(role: Role = 'organiser', kind = 'test_work', place = cast.here): Promise<string> {
  const left = await as(
    role,
    (tx, caller) =>
      leaveJob(tx, caller, { kind, language: 'vi', input: {}, file: { bytes: Buffer.from('x'), name: 'x.csv' } }),
    place,
  );
  if (isRefusal(left)) throw new Error(left.refused);
  return left.id;
}

const stateOf = async (id: string) => {
  const [row] = await cast.owner<{ state: string; reason: string | null; attempts: number; progress: number }[]>`
    select state, reason, attempts, progress from job where id = ${id}`;
  return row;
};
const venues = async () => (await cast.owner`select from venue where name = 'do việc để lại ghi'`).count;
const writeVenue = (tx: ScopedTx, areaId = cast.here.villageId) =>
  tx`insert into venue (area_id, name, address) values (${areaId}, 'do việc để lại ghi', 'x')`;

const handlers = (run: (job: RunningJob) => Promise<void>): JobHandlers => ({ test_work: { may: 'class.write', run } });
const writing = handlers((job) =>
  job.finish(async (tx) => {
    await writeVenue(tx);
    return { result: { rows: 1 }, output: { bytes: Buffer.from('made'), name: 'made.csv' } };
  }),
);

/** A place where a handler waits until it is told to go on, and tells that it got there. */
function gate() {
  let open = () => {};
  let arrive = () => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  return { open: () => open(), arrived, wait: () => (arrive(), opened) };
}

describe('work left to the portal', () => {
  test('is done with its account’s rights, and its owner alone finds it again, with what it made', async () => {
    const id = await leave();
    expect(await runNextJob(writing)).toBe(true);
    expect(await as('organiser', (tx) => jobShown(tx, id))).toMatchObject({ state: 'done', result: { rows: 1 } });
    expect((await as('organiser', (tx) => jobOutput(tx, id)))?.output.toString()).toBe('made');
    expect((await as('organiser', (tx) => jobsOf(tx))).map((one) => one.id)).toEqual([id]);
    for (const stranger of ['helper', 'province_admin'] as const) {
      expect(await as(stranger, (tx) => jobShown(tx, id))).toBeNull();
      expect(await as(stranger, (tx) => jobOutput(tx, id))).toBeNull();
      expect(await as(stranger, (tx) => cancelJob(tx, id))).toEqual({ refused: 'notFound' });
      expect(await as(stranger, (tx) => eraseJobFiles(tx, id))).toEqual({ refused: 'notFound' });
    }
    expect(await venues()).toBe(1);
    await cast.owner`delete from venue where name = 'do việc để lại ghi'`;
  });

  test('cannot write outside its account’s areas: the walls stand, and it fails whole', async () => {
    const id = await leave();
    await runNextJob(
      handlers((job) =>
        job.finish(async (tx) => {
          await writeVenue(tx);
          await writeVenue(tx, cast.there.villageId);
          return { result: {} };
        }),
      ),
    );
    expect(await stateOf(id)).toMatchObject({ state: 'failed', reason: 'jobFailed' });
    expect(await venues()).toBe(0);
  });

  test('asks for the right at the time it runs: taken away meanwhile, nothing is done', async () => {
    const id = await leave('organiser', 'test_work', cast.there);
    const accountId = await cast.accountOf('organiser', cast.there);
    await cast.owner`update account_grant set valid_to = current_date - 1, valid_from = current_date - 2 where account_id = ${accountId}`;
    await runNextJob(writing);
    expect(await stateOf(id)).toMatchObject({ state: 'failed', reason: 'rightsGone' });
    await cast.owner`update account_grant set valid_to = null where account_id = ${accountId}`;
    expect(await venues()).toBe(0);
  });

  test('does nothing for an account that was disabled', async () => {
    const id = await leave();
    const accountId = await cast.accountOf('organiser', cast.here);
    await cast.owner`update account set disabled_at = now() where id = ${accountId}`;
    await runNextJob(writing);
    await cast.owner`update account set disabled_at = null where id = ${accountId}`;
    expect(await stateOf(id)).toMatchObject({ state: 'failed', reason: 'rightsGone' });
    expect(await venues()).toBe(0);
  });

  test('is limited: five open ones, ten forms at once included', async () => {
    const tries = await Promise.all(
      Array.from({ length: 10 }, () =>
        as('organiser', (tx, caller) => leaveJob(tx, caller, { kind: 'test_work', language: 'vi', input: {} })),
      ),
    );
    expect(tries.filter((one) => !isRefusal(one))).toHaveLength(mostOpen);
    expect(tries.find(isRefusal)).toEqual({ refused: 'tooManyJobs' });
  });

  test('of a refusal says why and keeps nothing it wrote', async () => {
    const id = await leave();
    await runNextJob(
      handlers((job) =>
        job.finish(async (tx) => {
          await writeVenue(tx);
          return { refused: 'notFound' };
        }),
      ),
    );
    expect(await stateOf(id)).toMatchObject({ state: 'failed', reason: 'notFound' });
    expect(await venues()).toBe(0);
  });
});

describe('stopping', () => {
  test('in the middle leaves nothing behind, whatever was written before', async () => {
    const id = await leave();
    const middle = gate();
    const run = runNextJob(
      handlers((job) =>
        job.finish(async (tx) => {
          await writeVenue(tx);
          await middle.wait();
          return { result: {} };
        }),
      ),
    );
    await middle.arrived;
    expect(await as('organiser', (tx) => cancelJob(tx, id))).toEqual({ id });
    middle.open();
    await run;
    expect((await stateOf(id))?.state).toBe('cancelled');
    expect(await venues()).toBe(0);
    const [left] =
      await cast.owner`select from job where id = ${id} and file is null and output is null and result is null`;
    expect(left).toBeDefined();
  });

  test('raced against its end thirty times, either all is there and it is done or nothing and it is stopped', async () => {
    for (let turn = 0; turn < 30; turn += 1) {
      const id = await leave();
      const [, stopped] = await Promise.all([runNextJob(writing), as('organiser', (tx) => cancelJob(tx, id))]);
      const state = (await stateOf(id))?.state;
      expect(state).toBe(isRefusal(stopped) ? 'done' : 'cancelled');
      expect(await venues()).toBe(state === 'done' ? 1 : 0);
      await cast.owner`delete from venue where name = 'do việc để lại ghi'`;
    }
  });

  test('what never began, or is over already, is told apart', async () => {
    const id = await leave();
    expect(await as('organiser', (tx) => cancelJob(tx, id))).toEqual({ id });
    expect(await runNextJob(writing)).toBe(false);
    expect(await as('organiser', (tx) => cancelJob(tx, id))).toEqual({ refused: 'jobOver' });
  });
});

describe('workers', () => {
  test('two of them share what waits and do each piece once', async () => {
    const ids = [await leave(), await leave(), await leave(), await leave()];
    const done: string[] = [];
    const both = gate();
    let busy = 0;
    const sharing = handlers(async (job) => {
      busy += 1;
      if (busy === 2) both.open();
      await both.wait();
      await job.finish(async () => {
        done.push(job.id);
        return { result: {} };
      });
    });
    const worker = async () => {
      while (await runNextJob(sharing));
    };
    await Promise.all([worker(), worker()]);
    expect(done.toSorted()).toEqual(ids.toSorted());
  });

  test('what one of them is just taking is passed over by the other, which takes the next', async () => {
    const [first, second] = [await leave(), await leave()];
    await cast.owner.begin(async (tx) => {
      await tx`select from job where id = ${first} for update`;
      expect(await runNextJob(handlers((job) => job.finish(async () => ({ result: { took: job.id } }))))).toBe(true);
    });
    expect((await stateOf(second))?.state).toBe('done');
    expect((await stateOf(first))?.state).toBe('queued');
  });

  test('one that died is followed by another; when it wakes again, what it writes is refused', async () => {
    const id = await leave();
    const asleep = gate();
    const dead = runNextJob(
      handlers((job) =>
        job.finish(async (tx) => {
          await writeVenue(tx);
          await asleep.wait();
          return { result: { by: 'the first' } };
        }),
      ),
    );
    await asleep.arrived;
    await cast.owner`update job set lease_until = now() - interval '1 second' where id = ${id}`;
    expect(await runNextJob(writing)).toBe(true);
    asleep.open();
    await dead;
    expect(await as('organiser', (tx) => jobShown(tx, id))).toMatchObject({ state: 'done', result: { rows: 1 } });
    expect(await venues()).toBe(1);
    await cast.owner`delete from venue where name = 'do việc để lại ghi'`;
  });

  test('killed in the middle of its writing leaves nothing; the next one begins anew and ends it once', async () => {
    const id = await leave();
    const doomed = spawn(process.execPath, ['--import', 'tsx', 'tests/job/doomed-worker.ts'], { env: process.env });
    await once(doomed.stdout, 'data');
    expect(await stateOf(id)).toMatchObject({ state: 'running', attempts: 1 });
    doomed.kill('SIGKILL');
    await once(doomed, 'exit');
    expect(await runNextJob(writing), 'its lease still runs').toBe(false);
    await cast.owner`update job set lease_until = now() - interval '1 second' where id = ${id}`;
    expect(await runNextJob(writing)).toBe(true);
    expect(await stateOf(id)).toMatchObject({ state: 'done', attempts: 2 });
    expect(await venues()).toBe(1);
    await cast.owner`delete from venue where name = 'do việc để lại ghi'`;
  });

  test('what is in another’s lease is left alone, and a token whose lease ran out opens nothing', async () => {
    await leave();
    const busy = gate();
    let seen: unknown;
    const first = runNextJob(
      handlers(async (job) => {
        await busy.wait();
        await cast.owner`update job set lease_until = now() - interval '1 second'`;
        seen = await job.look(async () => 'opened').catch(() => 'refused');
      }),
    );
    await busy.arrived;
    expect(await runNextJob(writing)).toBe(false);
    busy.open();
    await first;
    expect(seen).toBe('refused');
  });

  test('what killed its worker three times is given up, and says so', async () => {
    const id = await leave();
    const died = async () =>
      void (await cast.owner`
        update job set state = 'running', attempts = attempts + 1, token_hash = ${Buffer.from(newId())}, lease_until = now() - interval '1 second'
        where id = ${id}`);
    for (let turn = 0; turn < mostAttempts; turn += 1) await died();
    expect(await runNextJob(writing)).toBe(false);
    expect(await stateOf(id)).toMatchObject({ state: 'failed', reason: 'jobKeptStopping' });
  });
});

test('what was sent and made is erased when its time is over, and values quoted from it', async () => {
  const id = await leave();
  await runNextJob(
    handlers((job) =>
      job.finish(async () => ({
        result: { rows: 2, cells: ['Nguyễn'] },
        output: { bytes: Buffer.from('m'), name: 'm' },
      })),
    ),
  );
  await cast.owner`update job set kept_until = now() - interval '1 second' where id = ${id}`;
  expect(await as('organiser', (tx) => jobOutput(tx, id))).toBeNull();
  await sweepJobs();
  const [row] = await cast.owner`select file, output, result from job where id = ${id}`;
  expect(row).toMatchObject({ file: null, output: null, result: { rows: 2 } });
  await cast.owner`update job set finished_at = now() - interval '31 days' where id = ${id}`;
  await sweepJobs();
  expect(await stateOf(id)).toBeUndefined();
});
