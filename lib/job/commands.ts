import type { Capability } from '@/db/capabilities';
import { elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { newId } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { mayLeaveMore } from './queries';

/** What is written when a job ends well: what it found, and a file it made. */
export interface JobDone {
  readonly result: object;
  readonly output?: { readonly bytes: Buffer; readonly name: string };
  /** What its account must still hold, and where, to fetch the file: for files of what others may not see. */
  readonly needs?: readonly { readonly may: Capability; readonly areas: readonly number[] }[];
}

/** A job as its handler holds it. Everything goes through the account's own rights, asked again each time. */
export interface RunningJob {
  readonly id: string;
  readonly language: 'vi' | 'en';
  readonly input: unknown;
  readonly file: { readonly bytes: Buffer; readonly name: string } | null;
  /** Says how far it is, at most once a second. Throws when the job was stopped or is somebody else's by now. */
  progress(done: number, total: number): Promise<void>;
  /** A transaction all of whose writing is undone: for reading, and for finding out what would be refused. */
  look<R extends object | string | number | boolean>(work: (tx: ScopedTx, caller: Caller) => Promise<R>): Promise<R>;
  /** The one transaction in which the job writes *and* ends: both happen or neither. A refusal undoes it, and is why it failed. */
  finish(work: (tx: ScopedTx, caller: Caller) => Promise<Refusal | JobDone>): Promise<void>;
}

/** How a kind of work is done, and what its account must hold while it runs. */
export interface JobHandler {
  readonly may: Capability | 'signedIn';
  readonly run: (job: RunningJob) => Promise<Refusal | void>;
}
export type JobHandlers = Readonly<Record<string, JobHandler>>;

/** What is left to the portal: its kind, what it is asked, in which language it answers, and a file where one belongs to it. */
export interface NewJob {
  readonly kind: string;
  readonly language: 'vi' | 'en';
  readonly input: Readonly<Record<string, string | number | boolean | null>>;
  readonly file?: { readonly bytes: Buffer; readonly name: string };
}

/**
 * Leaves a piece of work to the portal, which runs it with its account's rights of that time. Whether the caller may ask for it is for
 * whoever calls this to know. Refused: five are open already (`tooManyJobs`).
 */
export async function leaveJob(
  tx: ScopedTx,
  caller: Pick<Caller, 'accountId' | 'areaId'>,
  { kind, language, input, file }: NewJob,
): Promise<Refusal | { id: string }> {
  // One after the other, so that ten forms at once do not all see four open ones.
  await tx`select pg_advisory_xact_lock(hashtextextended(${caller.accountId}, 5))`;
  if (!(await mayLeaveMore(tx))) return refuse('tooManyJobs');
  const id = newId();
  await elevated(
    tx,
    'job: put into the queue',
    (system) => system`
      insert into job (id, kind, account_id, area_id, language, input, file, file_name)
      values (${id}, ${kind}, ${caller.accountId}, ${caller.areaId}, ${language}, ${tx.json(input)}, ${file?.bytes ?? null}, ${file?.name ?? null})`,
  );
  return { id };
}

/**
 * Stops one's own work. It leaves nothing behind: what it wrote stands only if its end, in the same transaction, came first
 * (`jobOver`). Refused: not one's own (`notFound`).
 */
export async function cancelJob(tx: ScopedTx, jobId: string): Promise<Refusal | { id: string }> {
  const [mine] = await tx`select from job where id = ${jobId}`;
  if (!mine) return refuse('notFound');
  const ended = await elevated(
    tx,
    'job: stopped by its owner',
    (system) => system`
      update job set state = 'cancelled', finished_at = now(), token_hash = null, lease_until = null, file = null, output = null, kept_until = null
      where id = ${jobId} and state in ('queued', 'running')`,
  );
  return ended.count > 0 ? { id: jobId } : refuse('jobOver');
}

/** Erases at once what was sent with one's own work and what it made: it was used, or is not wanted. Refused: not one's own. */
export async function eraseJobFiles(tx: ScopedTx, jobId: string): Promise<Refusal | { id: string }> {
  const [mine] = await tx`select from job where id = ${jobId}`;
  if (!mine) return refuse('notFound');
  await elevated(
    tx,
    'job: its files are not needed any more',
    (system) => system`update job set kept_until = now() where id = ${jobId} and state not in ('queued', 'running')`,
  );
  return { id: jobId };
}
