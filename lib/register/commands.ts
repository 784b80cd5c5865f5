import { attemptEach, type Caller, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { phoneHint } from '@/lib/kernel/phone';
import { newId } from '@/lib/kernel/id';
import { isSameContent, quarantined, type OperationResult } from '@/lib/kernel/operation';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { fold, givenName } from '@/lib/kernel/text';
import { becameOf, knownNames, lockSessions, standingStates, type LockedSession } from './queries';
import { contentOf, plainChanges, readOperation, unknownNames } from './reading';
import { excuseIsOver, needsReason } from './rules';
import { closedReason, type Operation, type OperationBatch, type PlainRegister, type PlainWalkIn } from './schema';
import { resettle, type SettledSession } from './settling';

type WalkIn = Extract<Operation, { kind: 'walk_in' }>;
type Slot = Readonly<{ index: number; operation: Operation; hash: string }>;

/**
 * Takes a batch of operations on registers and answers each, in order; a bad one never blocks the rest. The outcome is a function of
 * the set of operations (see `settle`): order, repetition and splitting into batches make no difference. Sessions are locked in the
 * order of their ids, so two devices take turns and never wait for each other in a circle.
 */
export async function recordOperations(
  tx: ScopedTx,
  given: readonly unknown[],
  caller: Caller,
): Promise<OperationResult[]> {
  const results: OperationResult[] = [];
  const slots: Slot[] = [];
  for (const [index, each] of given.entries()) {
    const read = readOperation(each, Date.now());
    if ('operation' in read) slots.push({ index, ...read });
    else results[index] = read;
  }
  const sessions = await lockSessions(tx, [...new Set(slots.map((slot) => slot.operation.sessionId))]);
  for (const session of sessions) {
    const own = slots.filter((slot) => slot.operation.sessionId === session.id);
    for (const [index, result] of await recordSafely(tx, session, own, caller)) results[index] = result;
  }
  for (const slot of slots) results[slot.index] ??= { id: slot.operation.id, outcome: 'out_of_scope' };
  return results;
}

/** The endpoint's form of it. `otherAccount`: the batch is another account's, who signed in on that phone before. */
export async function recordBatch(tx: ScopedTx, batch: OperationBatch, caller: Caller) {
  if (batch.protocol === 2 && batch.account !== caller.accountId) return refuse('otherAccount');
  return { protocol: batch.protocol, results: await recordOperations(tx, batch.operations, caller) };
}

/** All of a session's operations at once; should the database refuse, one by one, so that only the culprit is put aside. */
function recordSafely(
  tx: ScopedTx,
  session: LockedSession,
  slots: readonly Slot[],
  caller: Caller,
): Promise<Map<number, OperationResult>> {
  return attemptEach(
    tx,
    slots,
    (inner, some) => record(inner, session, some, caller),
    ({ index, operation }) => [index, quarantined(operation, 'operationRefused')],
  );
}

const fieldOf: Readonly<Record<string, string>> = {
  chooseArea: 'areaId',
  reasonMissing: 'why',
  excuseTooLate: 'state',
};

async function record(
  tx: ScopedTx,
  session: LockedSession,
  slots: readonly Slot[],
  caller: Caller,
): Promise<Map<number, OperationResult>> {
  const answers = new Map<number, OperationResult>();
  const fresh = await leaveKnownOut(tx, session, slots, answers);
  const closed = session.status === 'published' || session.status === 'held' ? null : closedReason[session.status];
  const refusals = closed ? new Map<string, string>() : await refusalsOf(tx, session, fresh);
  const accepted: Slot[] = [];
  for (const slot of fresh) {
    const reason = closed ?? refusals.get(slot.operation.id);
    if (reason) answers.set(slot.index, quarantined(slot.operation, reason, fieldOf[reason]));
    else accepted.push(slot);
  }
  const kept = await keep(tx, session, await bringInWalkIns(tx, accepted, caller, answers), caller, answers);
  if (kept.length > 0) {
    await resettle(tx, session);
    await writeAudit(tx, session, kept, caller);
  }
  await answerFromKept(tx, kept, slots, answers);
  return answers;
}

/** Same id and content: a duplicate, answered at the end. Same id, other content: put aside. The rest goes on, each id once. */
async function leaveKnownOut(
  tx: ScopedTx,
  session: LockedSession,
  slots: readonly Slot[],
  answers: Map<number, OperationResult>,
): Promise<Slot[]> {
  const came = await becameOf(
    tx,
    slots.map((slot) => slot.operation.id),
  );
  const seen = new Map([...came].map(([id, row]) => [id, row.contentHash]));
  return slots.filter((slot) => {
    const before = seen.get(slot.operation.id);
    if (before === undefined) seen.set(slot.operation.id, slot.hash);
    else if (!isSameContent(before, slot.hash)) answers.set(slot.index, quarantined(slot.operation, 'idReused'));
    return before === undefined;
  });
}

/** Skills and places that are not known, and marks that come too late, by operation. */
async function refusalsOf(
  tx: ScopedTx,
  session: LockedSession,
  slots: readonly Slot[],
): Promise<ReadonlyMap<string, string>> {
  const said = slots.map((slot) => slot.operation);
  const late = tooLate(session, said);
  const codes = said.flatMap((each) => (each.kind === 'observe' ? [each.skillCode] : []));
  const areas = said.flatMap((each) => (each.kind === 'walk_in' ? [each.areaId] : []));
  if (codes.length + areas.length === 0) return late;
  return new Map([...late, ...unknownNames(said, await knownNames(tx, codes, areas))]);
}

/** Marks that come too late: excuses, and corrections without a reason. */
function tooLate(session: LockedSession, said: readonly Operation[]): Map<string, string> {
  const starts = said.flatMap((each) => (each.kind === 'start' ? [each.at.getTime()] : []));
  const started = Math.min(session.startedAt?.getTime() ?? Infinity, ...starts);
  const [endsAtMs, startedAtMs] = [session.endsAt.getTime(), started === Infinity ? null : started];
  return new Map(
    said.flatMap((each): [string, string][] => {
      if (each.kind !== 'mark' && each.kind !== 'walk_in') return [];
      if (each.state === 'excused' && excuseIsOver(endsAtMs, startedAtMs, each.at.getTime()))
        return [[each.id, 'excuseTooLate']];
      const missing = !each.why && needsReason(endsAtMs, startedAtMs, each.at.getTime());
      return missing ? [[each.id, 'reasonMissing']] : [];
    }),
  );
}

/** Creates those who walk in and are not known yet; an id that belongs to somebody out of sight is put aside. */
async function bringInWalkIns(
  tx: ScopedTx,
  slots: readonly Slot[],
  caller: Caller,
  answers: Map<number, OperationResult>,
): Promise<Slot[]> {
  const walkIns = slots.flatMap((slot) => (slot.operation.kind === 'walk_in' ? [slot.operation] : []));
  if (walkIns.length === 0) return [...slots];
  const ids = walkIns.map((walkIn) => walkIn.personId);
  const rows = await tx<{ id: string }[]>`select id from person where id = any(${ids}::uuid[])`;
  const inView = new Set(rows.map((row) => row.id));
  // In the order of ids, as everybody does: no two batches wait for each other.
  for (const walkIn of walkIns.toSorted((a, b) => (a.personId < b.personId ? -1 : 1)))
    if (!inView.has(walkIn.personId) && (await bringIn(tx, walkIn, caller))) inView.add(walkIn.personId);
  return slots.filter(({ index, operation: said }) => {
    if (said.kind !== 'walk_in' || inView.has(said.personId)) return true;
    answers.set(index, quarantined(said, 'idReused', 'personId'));
    return false;
  });
}

/** A new person with the consent they gave, or false when the id is somebody else's. The new row cannot be read back yet. */
async function bringIn(tx: ScopedTx, walkIn: WalkIn, caller: Caller): Promise<boolean> {
  const { personId, fullName, phone } = walkIn;
  const inserted = await tx`
    insert into person (id, area_id, full_name, given_name, name_folded, birth_year, phone_hint)
    values (${personId}, ${walkIn.areaId}, ${fullName}, ${givenName(fullName)}, ${fold(fullName)},
            ${walkIn.birthYear ?? null}, ${phone ? phoneHint(phone) : null})
    on conflict do nothing`;
  if (inserted.count === 0) return false;
  if (phone) await tx`insert into person_phone (person_id, phone) values (${personId}, ${phone})`;
  await tx`
    insert into consent (person_id, purpose, text_version, given, how, taken_by, at)
    values (${personId}, 'class', (select max(version) from consent_text where purpose = 'class' and used_from <= now()),
            true, ${walkIn.consent}, ${caller.accountId}, ${walkIn.at})`;
  return true;
}

/** Appends the operations; an id taken where the caller cannot see is put aside. Names and phones are not kept here. */
async function keep(
  tx: ScopedTx,
  session: LockedSession,
  slots: readonly Slot[],
  caller: Caller,
  answers: Map<number, OperationResult>,
): Promise<Slot[]> {
  if (slots.length === 0) return [];
  const rows = slots
    .map(({ operation: said, hash }) => ({
      id: said.id,
      sessionId: session.id,
      areaId: session.areaId,
      accountId: caller.accountId,
      personId: 'personId' in said ? said.personId : null,
      kind: said.kind,
      content: tx.json(contentOf(said)),
      contentHash: hash,
      deviceTime: said.at,
      outcome: 'held',
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const kept = await tx<
    { id: string }[]
  >`insert into register_operation ${tx(rows)} on conflict do nothing returning id`;
  const ids = new Set(kept.map((row) => row.id));
  return slots.filter((slot) => {
    if (ids.has(slot.operation.id)) return true;
    answers.set(slot.index, quarantined(slot.operation, 'idReused'));
    return false;
  });
}

async function writeAudit(tx: ScopedTx, session: LockedSession, kept: readonly Slot[], caller: Caller): Promise<void> {
  const counts: Record<string, number> = {};
  for (const { operation: said } of kept) counts[said.kind] = (counts[said.kind] ?? 0) + 1;
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, 'register.record', 'class_session', ${session.id}, ${session.areaId}, ${tx.json(counts)})`;
}

/** Answers what was kept, and repeats of it, with what became of it. */
async function answerFromKept(
  tx: ScopedTx,
  kept: readonly Slot[],
  slots: readonly Slot[],
  answers: Map<number, OperationResult>,
): Promise<void> {
  const open = slots.filter((slot) => !answers.has(slot.index));
  if (open.length === 0) return;
  const became = await becameOf(
    tx,
    open.map((slot) => slot.operation.id),
  );
  const isNew = new Set(kept.map((slot) => slot.index));
  for (const { index, operation: said } of open) {
    const row = became.get(said.id);
    // A repeat, within one batch, of one that was put aside.
    if (!row) {
      const first = slots.find((slot) => slot.operation.id === said.id && answers.has(slot.index));
      answers.set(index, (first && answers.get(first.index)) ?? quarantined(said, 'operationRefused'));
      continue;
    }
    const why = row.reason ? { reason: row.reason } : {};
    answers.set(
      index,
      isNew.has(index)
        ? { id: said.id, outcome: row.outcome, ...why }
        : { id: said.id, outcome: 'duplicate', first: row.outcome, ...why },
    );
  }
}

/** What the form without JavaScript says, as operations: only what differs from what stands. Ids and times are made here. */
export async function recordPlainRegister(tx: ScopedTx, form: PlainRegister, caller: Caller): Promise<Refusal | null> {
  const { sessionId, act, guests, why } = form;
  const at = new Date().toISOString();
  const said: object[] = plainChanges(form, await standingStates(tx, sessionId));
  if (act === 'start') said.unshift({ kind: 'start' });
  if (guests !== undefined) said.push({ kind: 'guests', count: guests });
  if (act === 'finish') said.push({ kind: 'finish' });
  const operations = said.map((content) => ({ id: newId(), sessionId, at, ...content, ...(why ? { why } : {}) }));
  return firstRefusal(await recordOperations(tx, operations, caller));
}

/** The same for one who walked in. */
export async function recordPlainWalkIn(tx: ScopedTx, form: PlainWalkIn, caller: Caller): Promise<Refusal | null> {
  const walkIn = { ...form, id: newId(), kind: 'walk_in', at: new Date().toISOString() };
  return firstRefusal(await recordOperations(tx, [walkIn], caller));
}

/** A form is all or nothing: the first thing that was put aside refuses it. */
export function firstRefusal(results: readonly OperationResult[]): Refusal | null {
  for (const result of results) {
    if (result.outcome === 'out_of_scope') return refuse('notFound');
    if (result.outcome === 'quarantined') return refuse(result.reason ?? 'wrong', result.field);
  }
  return null;
}

/**
 * Learners excuse themselves from a session, as an operation without an account. Whether they may, the caller asked while holding the
 * session. False when it is not what stands then (they are not on the roll, or somebody's newer mark does).
 */
export async function recordOwnExcuse(tx: SystemTx, sessionId: string, personId: string, at: Date): Promise<boolean> {
  const said = { id: newId(), sessionId, kind: 'mark', at: at.toISOString(), personId, state: 'excused' };
  const read = readOperation(said, at.getTime());
  const [session] = await tx<SettledSession[]>`
    select id, area_id from class_session where id = ${sessionId} for no key update`;
  if (!session || !('operation' in read)) return false;
  const { operation, hash } = read;
  await tx`
    insert into register_operation (id, session_id, area_id, person_id, kind, content, content_hash, device_time, outcome)
    values (${operation.id}, ${sessionId}, ${session.areaId}, ${personId}, 'mark', ${tx.json(contentOf(operation))}, ${hash}, ${at}, 'held')`;
  await resettle(tx, session);
  return (await becameOf(tx, [operation.id])).get(operation.id)?.outcome === 'applied';
}
