import { createHash } from 'node:crypto';
import { asJob, asSystem, elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { newToken } from '@/lib/kernel/id';
import { log } from '@/lib/kernel/log';
import { isRefusal } from '@/lib/kernel/result';
import type { JobDone, JobHandler, JobHandlers, RunningJob } from './commands';
import { keptHours, listedDays, mostAttempts } from './schema';

/** So long a job is its worker's without a sign of life; a sign is given four times as often. */
const leaseSeconds = 60;

/** The job was stopped, or taken up by another worker: nothing of this run may stay. */
class NotOurs extends Error {}
/** Undoes what was tried in a look. */
class Undone extends Error {}
/** The work said no; why is shown to its owner. */
class Refused extends Error {
  constructor(readonly reason: string) {
    super(reason);
  }
}

interface Taken {
  id: string;
  kind: string;
  language: 'vi' | 'en';
  input: unknown;
  file: Buffer | null;
  fileName: string | null;
  token: string;
}

/**
 * Takes the oldest job that waits, or whose worker gave no sign of life; two workers never take the same one. What was taken up
 * three times and never ended is given up, and says so (`jobKeptStopping`).
 */
async function takeNext(kinds: readonly string[]): Promise<Taken | null> {
  const token = newToken();
  return asSystem('job: take the next one', async (tx) => {
    await tx`
      update job set state = 'failed', reason = 'jobKeptStopping', finished_at = now(), token_hash = null, lease_until = null,
        kept_until = now() + make_interval(hours => ${keptHours})
      where state = 'running' and lease_until < now() and attempts >= ${mostAttempts}`;
    const [row] = await tx<Omit<Taken, 'token'>[]>`
      update job set state = 'running', attempts = attempts + 1, progress = 0, total = null, token_hash = ${hashOf(token)},
        lease_until = now() + make_interval(secs => ${leaseSeconds})
      where id = (select id from job where kind = any (${[...kinds]}::text[]) and (state = 'queued' or state = 'running' and lease_until < now())
        order by created_at, id limit 1 for update skip locked)
      returning id, kind, language, input, file, file_name`;
    return row ? { ...row, token } : null;
  });
}

const hashOf = (token: string) => createHash('sha256').update(token).digest();

/** A sign of life, with how far the work is. Throws `NotOurs` when the job is not this worker's any more. */
async function sign({ id, token }: Taken, at?: { done: number; total: number }): Promise<void> {
  const { count } = await asSystem(
    'job: a sign of life',
    (tx) => tx`
      update job set lease_until = now() + make_interval(secs => ${leaseSeconds}),
        progress = coalesce(${at?.done ?? null}::integer, progress), total = coalesce(${at?.total ?? null}::integer, total)
      where id = ${id} and token_hash = ${hashOf(token)} and state = 'running'`,
  );
  if (count === 0) throw new NotOurs();
}

function held(taken: Taken, may: JobHandler['may']): RunningJob {
  let told = 0;
  const enter = <R>(mode: 'read only' | 'read write', work: (tx: ScopedTx, caller: Caller) => Promise<R>) =>
    asJob(taken.token, mode, async (tx, caller) => {
      if (!caller) throw new NotOurs();
      if (may !== 'signedIn' && !caller.capabilities.includes(may)) throw new Refused('rightsGone');
      return work(tx, caller);
    });
  return {
    id: taken.id,
    language: taken.language,
    input: taken.input,
    file: taken.file && { bytes: taken.file, name: taken.fileName ?? '' },
    async progress(done, total) {
      if (Date.now() - told < 1000) return;
      await sign(taken, { done, total });
      told = Date.now();
    },
    async look(work) {
      let seen: Awaited<ReturnType<typeof work>> | undefined;
      try {
        await enter('read write', async (tx, caller) => {
          seen = await work(tx, caller);
          throw new Undone();
        });
      } catch (error) {
        if (!(error instanceof Undone)) throw error;
      }
      if (seen === undefined) throw new NotOurs();
      return seen;
    },
    async finish(work) {
      await enter('read write', async (tx, caller) => {
        const done = await work(tx, caller);
        if (isRefusal(done)) throw new Refused(done.refused);
        await end(tx, taken, done);
      });
    },
  };
}

/** Ends a job within the transaction that wrote its work; where it was stopped meanwhile, all of that is undone. */
async function end(tx: ScopedTx, { id, token }: Taken, { result, output, needs }: JobDone): Promise<void> {
  const { count } = await elevated(
    tx,
    'job: it is done',
    (system) => system`
      update job set state = 'done', finished_at = now(), token_hash = null, lease_until = null, result = ${tx.json({ ...result, ...(needs ? { needs: needs.map(({ may, areas }) => ({ may, areas: [...areas] })) } : {}) })},
        output = ${output?.bytes ?? null}, output_name = ${output?.name ?? null}, progress = coalesce(total, progress),
        kept_until = now() + make_interval(hours => ${keptHours})
      where id = ${id} and token_hash = ${hashOf(token)} and state = 'running'`,
  );
  if (count === 0) throw new NotOurs();
}

async function fail({ id, token }: Taken, reason: string): Promise<void> {
  await asSystem(
    'job: it failed',
    (tx) => tx`
      update job set state = 'failed', reason = ${reason}, finished_at = now(), token_hash = null, lease_until = null,
        kept_until = now() + make_interval(hours => ${keptHours})
      where id = ${id} and token_hash = ${hashOf(token)} and state = 'running'`,
  );
}

/**
 * Runs one job, if any waits; says whether there was one. A handler that ends without an end, or throws, has failed; when even that
 * cannot be written down, the lease runs out and it is taken up again.
 */
export async function runNextJob(handlers: JobHandlers): Promise<boolean> {
  const taken = await takeNext(Object.keys(handlers));
  const handler = taken && handlers[taken.kind];
  if (!taken || !handler) return false;
  const beat = setInterval(() => void sign(taken).catch(() => undefined), (leaseSeconds * 1000) / 4);
  beat.unref();
  try {
    const refused = await handler.run(held(taken, handler.may));
    await fail(taken, refused?.refused ?? 'jobFailed'); // touches nothing that ended
  } catch (error) {
    if (error instanceof Refused) await fail(taken, error.reason);
    // Stopped, or another worker's; if it is neither, its account may not come in any more.
    else if (error instanceof NotOurs) await fail(taken, 'rightsGone');
    else {
      log.error({ job: taken.kind, error: error instanceof Error ? error.name : 'unknown' }, 'job failed');
      await fail(taken, 'jobFailed');
    }
  } finally {
    clearInterval(beat);
  }
  return true;
}

/** Erases what is kept no longer, with the values that results quote from it, and in the end the line itself. */
export async function sweepJobs(): Promise<void> {
  await asSystem('job: erase what is not kept any more', async (tx) => {
    await tx`update job set file = null, output = null, kept_until = null, result = result - 'cells' where kept_until <= now()`;
    await tx`delete from job where finished_at < now() - make_interval(days => ${listedDays})`;
  });
}

type Loop = typeof globalThis & { camtayJobs?: boolean };

/**
 * Runs what is left to the portal for as long as the process lives, in each lane one job at a time, so that what takes long keeps nothing of another
 * lane waiting: looks twice a second, sweeps once a minute, survives errors, never delays the exit.
 */
export function keepJobsRunning(...lanes: readonly JobHandlers[]): void {
  const loop: Loop = globalThis;
  if (loop.camtayJobs) return;
  loop.camtayJobs = true;
  for (const handlers of lanes) keepLaneRunning(handlers);
}

function keepLaneRunning(handlers: JobHandlers): void {
  let pause = 500;
  let swept = 0;
  const turn = async () => {
    try {
      while (await runNextJob(handlers));
      if (Date.now() - swept > 60_000) {
        await sweepJobs();
        swept = Date.now();
      }
      pause = 500;
    } catch (error) {
      pause = Math.min(60_000, pause * 2);
      log.error({ error: error instanceof Error ? error.name : 'unknown', pause }, 'jobs not run');
    }
    setTimeout(() => void turn(), pause).unref();
  };
  setTimeout(() => void turn(), 1000).unref();
}
