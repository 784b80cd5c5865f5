import { attempt, elevated, type Caller, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { mine } from '@/lib/class/queries';
import { addDays, dayOf } from '@/lib/kernel/clock';
import { isPassing, isSameContent, quarantined, readSent, type OperationResult } from '@/lib/kernel/operation';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { forgetReferred, holdPeople } from '@/lib/visit/commands';
import { nameableAt } from '@/lib/visit/queries';
import { audit } from './record';
import { arriveDays, undoneTooLate } from './rules';
import { deskOperation, type DeskBatch, type DeskOperation } from './schema';

type Said<K extends DeskOperation['kind']> = Extract<DeskOperation, { kind: K }>;
type Slot = Readonly<{ operation: DeskOperation; hash: string }>;

interface Desk {
  readonly id: string;
  readonly areaId: number;
  readonly retiredAt: Date | null;
}

/**
 * Takes a batch of what was done at desks and answers each, in order; a bad one never blocks the rest. What counts is a function of the set of
 * operations: an assist counts unless whoever logged it took it back in time (`undoneTooLate`), whichever of the two came first. One account's
 * batches come one after the other. `otherAccount`: the batch is another account's, who signed in on that phone before.
 */
export async function recordAssists(
  tx: ScopedTx,
  batch: DeskBatch,
  caller: Caller,
  now = new Date(),
): Promise<Refusal | { protocol: 1; results: OperationResult[] }> {
  if (batch.account !== caller.accountId) return refuse('otherAccount');
  const read = batch.operations.map((each) => readSent(deskOperation, each, now.getTime()));
  const said = read.flatMap((one) => ('operation' in one ? [one.operation] : []));
  await tx`select pg_advisory_xact_lock(hashtextextended(${`camtay.desk.${caller.accountId}`}, 39))`;
  // Held first, as everybody does: whoever withdraws at this moment waits and finds what is written, or was first.
  await holdPeople(tx, [...new Set(said.flatMap((one) => ('personId' in one && one.personId ? [one.personId] : [])))]);
  const ids = [...new Set(said.map(({ deskId }) => deskId))];
  const found = await tx<Desk[]>`
    select id, area_id, retired_at from desk where id = any(${ids}::uuid[]) and area_id = ${mine(tx, 'desk.log')}`;
  const desks = new Map(found.map((desk) => [desk.id, desk]));
  const results: OperationResult[] = [];
  for (const one of read) {
    if (!('operation' in one)) results.push(one);
    else results.push(await safely(tx, desks.get(one.operation.deskId), one, caller, now));
  }
  return { protocol: 1, results };
}

/** Should the database refuse one, it alone is put aside. */
async function safely(
  tx: ScopedTx,
  desk: Desk | undefined,
  slot: Slot,
  caller: Caller,
  now: Date,
): Promise<OperationResult> {
  if (!desk) return { id: slot.operation.id, outcome: 'out_of_scope' };
  try {
    return await attempt(tx, (inner) => keep(inner, desk, slot, caller, now));
  } catch (error) {
    if (isPassing(error)) throw error;
    return quarantined(slot.operation, 'operationRefused');
  }
}

async function keep(
  tx: ScopedTx,
  desk: Desk,
  { operation: said, hash }: Slot,
  caller: Caller,
  now: Date,
): Promise<OperationResult> {
  // By whom and where is not told: an id is used once.
  const [before] = await elevated(
    tx,
    'desks: whether an operation came before',
    (system) =>
      system<{ contentHash: string; outcome: 'applied' | 'held'; reason: string | null }[]>`
        select content_hash, outcome, reason from desk_operation where id = ${said.id}`,
  );
  if (before && !isSameContent(before.contentHash, hash)) return quarantined(said, 'idReused');
  if (before) {
    const why = before.reason ? { reason: before.reason } : {};
    return { id: said.id, outcome: 'duplicate', first: before.outcome, ...why };
  }
  if (dayOf(said.at) < addDays(dayOf(now), -arriveDays)) return quarantined(said, 'assistArrivedLate');
  return said.kind === 'assist'
    ? keepAssist(tx, desk, { said, hash }, caller, now)
    : keepUndo(tx, desk, { said, hash }, caller, now);
}

/**
 * An assist at a desk that was open when it was made. Somebody who may not be named there (withdrawn, gone, never of those people) is left out, and
 * it counts without a name, as it would once they withdraw.
 */
async function keepAssist(
  tx: ScopedTx,
  desk: Desk,
  { said, hash }: { said: Said<'assist'>; hash: string },
  caller: Caller,
  now: Date,
): Promise<OperationResult> {
  if (desk.retiredAt !== null && desk.retiredAt <= said.at) return quarantined(said, 'deskClosed');
  const { need, level, minutes } = said;
  const known = await tx`select from desk_need where code = ${need.code} and version = ${need.version}`;
  if (known.count === 0) return quarantined(said, 'chooseNeed', 'need');
  const asked = said.personId ?? null;
  const personId = asked === null ? null : ((await nameableAt(tx, desk.id, [asked], caller, now)).get(asked) ?? null);
  const reason = asked !== null && personId === null ? 'assistNameless' : null;
  const made = await elevated(tx, 'desks: keep who was helped', async (system) => {
    const row = await system`
      insert into desk_assist (id, desk_id, area_id, need_code, need_version, level, minutes, referred_to, person_id, invite, at, logged_by)
      values (${said.id}, ${desk.id}, ${desk.areaId}, ${need.code}, ${need.version}, ${level}, ${minutes}, ${said.referredTo ?? null},
        ${personId}, ${personId !== null && said.invite}, ${said.at}, ${caller.accountId})
      on conflict (id) do nothing`;
    if (row.count === 0) return false;
    const content = { need, level, minutes, referredTo: said.referredTo ?? null };
    await keepOperation(
      system,
      desk,
      { said, hash, assistId: said.id, content, outcome: 'applied', reason },
      caller,
      now,
    );
    const waiting = await system<{ deviceTime: Date }[]>`
      select device_time from desk_operation where kind = 'undo' and assist_id = ${said.id} and account_id = ${caller.accountId}`;
    if (waiting.some(({ deviceTime }) => !undoneTooLate(deviceTime, said.said, now)))
      await takeBack(system, said.id, now);
    return true;
  });
  if (!made) return quarantined(said, 'idReused');
  await audit(tx, caller, 'desk.log', { kind: 'desk', id: desk.id, areaId: desk.areaId }, { need: need.code });
  return { id: said.id, outcome: 'applied', ...(reason ? { reason } : {}) };
}

/** What takes an assist of one's own back; one that has not come yet is waited for. */
async function keepUndo(
  tx: ScopedTx,
  desk: Desk,
  { said, hash }: { said: Said<'undo'>; hash: string },
  caller: Caller,
  now: Date,
): Promise<OperationResult> {
  const done = await elevated(tx, 'desks: take back what the caller logged', async (system) => {
    const [assist] = await system<{ mine: boolean; madeAt: Date; receivedAt: Date }[]>`
      select s.logged_by = ${caller.accountId} and s.desk_id = ${desk.id} as mine, coalesce(o.device_time, s.at) as made_at, coalesce(o.received_at, s.at) as received_at
      from desk_assist s left join desk_operation o on o.id = s.id where s.id = ${said.assistId} for update of s`;
    if (assist && !assist.mine) return 'notFound';
    if (assist && undoneTooLate(said.said, assist.madeAt, assist.receivedAt)) return 'assistTooOld';
    const outcome = assist ? ('applied' as const) : ('held' as const);
    const { assistId } = said;
    await keepOperation(system, desk, { said, hash, assistId, content: {}, outcome, reason: null }, caller, now);
    if (assist) await takeBack(system, assistId, now);
    return outcome;
  });
  if (done === 'notFound') return { id: said.id, outcome: 'out_of_scope' };
  if (done === 'assistTooOld') return quarantined(said, done);
  await audit(tx, caller, 'desk.undo', { kind: 'desk', id: desk.id, areaId: desk.areaId });
  return { id: said.id, outcome: done };
}

interface Kept {
  readonly said: DeskOperation;
  readonly hash: string;
  readonly assistId: string;
  readonly content: { readonly [key: string]: string | number | null | { readonly [key: string]: string | number } };
  readonly outcome: 'applied' | 'held';
  readonly reason: string | null;
}

async function keepOperation(system: SystemTx, desk: Desk, kept: Kept, caller: Caller, now: Date): Promise<void> {
  const { said, hash, assistId, content, outcome, reason } = kept;
  await system`
    insert into desk_operation (id, desk_id, area_id, account_id, kind, assist_id, content, content_hash, device_time, received_at, outcome, reason)
    values (${said.id}, ${desk.id}, ${desk.areaId}, ${caller.accountId}, ${said.kind}, ${assistId}, ${system.json(content)}, ${hash}, ${said.said}, ${now},
      ${outcome}, ${reason})`;
}

/** An assist counts no more, and nobody goes there for it: the visit that was asked for with it is taken back. */
async function takeBack(system: SystemTx, assistId: string, now: Date): Promise<void> {
  await system`update desk_assist set undone_at = ${now} where id = ${assistId} and undone_at is null`;
  await system`update desk_operation set outcome = 'applied' where kind = 'undo' and assist_id = ${assistId} and outcome = 'held'
    and account_id = (select logged_by from desk_assist where id = ${assistId})`;
  await forgetReferred(system, assistId, 'desk');
}
