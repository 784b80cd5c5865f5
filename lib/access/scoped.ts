import type { Capability, Role } from '@/db/capabilities';
import { connect, type Client, type Transaction } from '@/db/client';
import { isPassing } from '@/lib/kernel/operation';

declare const scoped: unique symbol;
declare const recorded: unique symbol;
declare const system: unique symbol;

/** A transaction under the caller's own session and row-level security. Only the doors make one. */
export type ScopedTx = Transaction & { readonly [scoped]: true };
/** A scoped transaction in which reading this one person's record has been written down. */
export type RecordTx = ScopedTx & { readonly [recorded]: true };
/** A transaction of the system role, for a named reason. It reads what any scoped query reads, so queries serve both. */
export type SystemTx = ScopedTx & { readonly [system]: true };

export interface Caller {
  readonly accountId: string;
  readonly sessionId: string;
  readonly fullName: string;
  readonly username: string;
  readonly areaId: number;
  readonly grants: readonly { role: Role; areaId: number; areaNameVi: string; areaNameEn: string }[];
  readonly capabilities: readonly Capability[];
}

type PoolHolder = typeof globalThis & { camtayPool?: Client };

/**
 * One pool per process, kept across reloads in development. Its connections begin as the role that may do least, so that a
 * statement which ever slipped out of its scope would find nothing open to it.
 */
function pool(): Client {
  const holder: PoolHolder = globalThis;
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error('DATABASE_URL is not set');
  return (holder.camtayPool ??= connect(url, Number(process.env.DATABASE_POOL ?? 10), 'camtay_public'));
}

type DatabaseRole = 'camtay_app' | 'camtay_public' | 'camtay_system';
type Sent = Promise<unknown>;
/** The role a transaction has, and the changes of it that nobody has waited for. */
const scopeOf = new WeakMap<Transaction, { role: DatabaseRole; switches: Sent[] }>();

/**
 * Puts a change of role on its way without waiting: statements of one transaction arrive in the order they were sent, and after a
 * failed one the database refuses all that follow. `openScoped` asks at the end whether all of them held.
 */
function sent(tx: Transaction, change: Sent): Sent {
  change.catch(() => undefined); // sends it
  scopeOf.get(tx)?.switches.push(change);
  return change;
}

/** The one helper that casts: what a door opened carries its brand. */
function brand<T extends ScopedTx>(tx: Transaction): T {
  return tx as T;
}

/**
 * Opens a transaction that has given up the owner's rights before any statement of `work` runs: the switch is sent together
 * with the first of them, one journey, and where it fails the database takes no more statements of this transaction.
 */
export async function openScoped<R>(
  mode: 'read only' | 'read write',
  role: DatabaseRole,
  token: string,
  work: (tx: ScopedTx) => Promise<R>,
): Promise<R> {
  const switches: Sent[] = [];
  const result = await pool().begin(`isolation level read committed ${mode}`, async (tx) => {
    scopeOf.set(tx, { role, switches });
    const opened = sent(
      tx,
      tx`select set_config('role', ${role}, true), set_config('camtay.token', ${token}, true), set_config('camtay.code', '', true),
        set_config('camtay.card', '', true)`,
    );
    try {
      return { outcome: await work(brand<ScopedTx>(tx)) };
    } finally {
      await opened;
    }
  });
  // Nothing waited for these. Where one failed, what the database answered to "commit" was that it had undone everything.
  await Promise.all(switches);
  return result.outcome;
}

/** Shows the code on a slip to the policies: for the rest of the transaction its one enrolment is in view. */
export async function presentCode(tx: ScopedTx, code: string): Promise<void> {
  await tx`select set_config('camtay.code', ${code}, true)`;
}

/**
 * Shows a learner's card to the policies: for the rest of the transaction the one person it belongs to is in view, and nobody when
 * it was replaced or withdrawn. Says whose it is. Only for a code that was proven to be the holder's.
 */
export async function presentCard(tx: ScopedTx, code: string): Promise<string | null> {
  const [, [row]] = await Promise.all([
    tx`select set_config('camtay.card', ${code}, true)`,
    tx<{ personId: string | null }[]>`select card_person() as person_id`,
  ]);
  return row?.personId ?? null;
}

/**
 * Does one named piece of work as the system role inside the caller's transaction, then gives the rights back. For what a
 * caller sets off without being allowed to see it: taking a seat, promoting whoever waits next.
 */
export async function elevated<R>(tx: ScopedTx, reason: string, work: (tx: SystemTx) => Promise<R>): Promise<R> {
  const before = scopeOf.get(tx)?.role ?? 'camtay_public';
  const giveBack = () => tx`select set_config('role', ${before}, true)`;
  sent(tx, tx`select set_config('role', 'camtay_system', true), set_config('camtay.reason', ${reason}, true)`);
  try {
    const result = await work(brand<SystemTx>(tx));
    sent(tx, giveBack());
    return result;
  } catch (error) {
    // Whoever catches this must not go on as the system. Where the database refused, it takes no more statements until the
    // savepoint before is back, and the role with it.
    await giveBack().catch(() => undefined);
    throw error;
  }
}

/**
 * Does one piece of work in a savepoint of the caller's transaction: when it throws, nothing of it stays and the rest goes on.
 * Only for the database's refusals of one thing among many; rules refuse before.
 */
export async function attempt<R>(tx: ScopedTx, work: (tx: ScopedTx) => Promise<R>): Promise<R> {
  const switches: Sent[] = [];
  const result = await tx.savepoint(async (inner) => {
    scopeOf.set(inner, { role: scopeOf.get(tx)?.role ?? 'camtay_public', switches });
    return { outcome: await work(brand<ScopedTx>(inner)) };
  });
  scopeOf.get(tx)?.switches.push(...switches); // had it thrown, they would have been undone with it
  return result.outcome;
}

/** The name of the constraint by which the database refused; '' where it was something else. */
export const refusedBy = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'constraint_name' in error ? String(error.constraint_name ?? '') : '';

/**
 * Does work on many things at once; should the database refuse, on each by itself, so that only the culprit is put aside: `refused` says with which
 * answer. Passing trouble (`isPassing`) is thrown, to be tried again. Answers by index.
 */
export async function attemptEach<T, R>(
  tx: ScopedTx,
  things: readonly T[],
  work: (tx: ScopedTx, things: readonly T[]) => Promise<ReadonlyMap<number, R>>,
  refused: (one: T) => readonly [number, R],
): Promise<Map<number, R>> {
  try {
    return new Map(await attempt(tx, (inner) => work(inner, things)));
  } catch (error) {
    if (isPassing(error)) throw error;
    const [only] = things;
    if (things.length === 1 && only !== undefined) return new Map([refused(only)]);
  }
  const answers = new Map<number, R>();
  for (const one of things)
    for (const [index, answer] of await attemptEach(tx, [one], work, refused)) answers.set(index, answer);
  return answers;
}

/** Work of scripts and jobs, and of sign-in before there is a caller. The reason is there to be searched for. */
export async function asSystem<R>(reason: string, work: (tx: SystemTx) => Promise<R>): Promise<R> {
  return openScoped('read write', 'camtay_system', '', async (tx) => {
    sent(tx, tx`select set_config('camtay.reason', ${reason}, true)`);
    return work(brand<SystemTx>(tx));
  });
}

/**
 * Work of a running job, under the walls of the account it belongs to, by the token only its worker holds. `caller` is null when the
 * job is that worker's no longer, or its account was disabled.
 */
export async function asJob<R>(
  token: string,
  mode: 'read only' | 'read write',
  work: (tx: ScopedTx, caller: Caller | null) => Promise<R>,
): Promise<R> {
  return openScoped(mode, 'camtay_app', token, async (tx) => {
    const [row] = await tx<{ caller: Caller | null }[]>`select caller()`;
    return work(tx, row?.caller ?? null);
  });
}

/** Writes the reading of a person's record (or of some) down, then lets it be read. */
export async function recordReading(
  tx: ScopedTx,
  caller: Caller,
  person: string | readonly string[],
  purpose: string,
): Promise<RecordTx> {
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    select ${caller.accountId}, 'person.read', 'person', person, ${caller.areaId}, ${tx.json({ purpose })}
    from unnest(${[person].flat()}::text[]) person`;
  return brand<RecordTx>(tx);
}

/**
 * The same for somebody of another unit, by a reading opened for them or a referral that stands (`outside_rights`): the line in the log names
 * it, and only a transaction with that line sees the person's rows. Null when there is no such right at this moment.
 */
export async function recordOutsideReading(
  tx: ScopedTx,
  caller: Caller,
  rightId: string,
): Promise<{ tx: RecordTx; personId: string; kind: 'reading' | 'referral' } | null> {
  const [right] = await tx<{ personId: string; kind: 'reading' | 'referral'; why: string }[]>`
    select person_id, kind, why from outside_rights() where id = ${rightId}`;
  if (!right) return null;
  const { personId, kind, why } = right;
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, 'person.read', 'person', ${personId}, ${caller.areaId},
      ${tx.json({ purpose: kind === 'reading' ? 'outside' : 'referral', why, outside: rightId })})`;
  return { tx: brand<RecordTx>(tx), personId, kind };
}

/** The same for learners who read their own record, by their card: no account, and the reading is written down all the same. */
export async function recordOwnReading(tx: ScopedTx, personId: string, purpose: string): Promise<RecordTx> {
  await elevated(
    tx,
    'card: write the reading down',
    (system) => system`
    insert into audit_event (action, subject_kind, subject_id, details)
    values ('card.read', 'person', ${personId}, ${tx.json({ purpose })})`,
  );
  return brand<RecordTx>(tx);
}

/** Ends this process's connections, for scripts and tests; one that the database cut off is given up after five seconds. */
export async function closePool(): Promise<void> {
  const holder: PoolHolder = globalThis;
  await holder.camtayPool?.end({ timeout: 5 });
  delete holder.camtayPool;
}
