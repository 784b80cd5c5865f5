import { attemptEach, elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { dayOf, momentOf } from '@/lib/kernel/clock';
import { isSameContent, quarantined, readSent, type OperationResult } from '@/lib/kernel/operation';
import { isRefusal, refuse, type Refusal } from '@/lib/kernel/result';
import { recordSteps } from '@/lib/step/commands';
import { putMet } from './met';
import { audit } from './record';
import { mostSaid, outOfTime } from './rules';
import { homesAsked, roundsAsked, type HomeAsked } from './sent';
import { hasSaidEnough, holdHome, holdPeople, settleVisit } from './settling';
import { visitOperation, type VisitBatch, type VisitOperation } from './schema';

type MetSent = Extract<VisitOperation, { kind: 'met' }>;
type AtDoor = Exclude<VisitOperation, MetSent>;
interface Slot<Act extends VisitOperation = AtDoor> {
  readonly index: number;
  readonly operation: Act;
  readonly hash: string;
}
/** The home that would be, where somebody was met; as it was sent. */
const homeToBe = (given: unknown): readonly string[] =>
  typeof given === 'object' && given !== null && 'kind' in given && given.kind === 'met' && 'visitId' in given
    ? [String(given.visitId).toLowerCase()]
    : [];
const isMet = (slot: Slot<VisitOperation>): slot is Slot<MetSent> => slot.operation.kind === 'met';
const isAtDoor = (slot: Slot<VisitOperation>): slot is Slot => slot.operation.kind !== 'met';

/** A home, held; `off` says why nothing is taken of it any more. */
interface HomeHeld extends HomeAsked {
  readonly off: string | null;
}

/**
 * Takes a batch of what was done at doors and answers each, in order; a bad one never blocks the rest. What stands is a function of the set of
 * operations (`settleSaid`): order, repetition and batches make no difference. Who was met is written down before all else, wherever it stands in the batch;
 * what was done with somebody who could not be written down waits for that (`visitMetFirst`). Homes are held in the order of their ids.
 * `otherAccount`: the batch is another account's, who signed in on that phone before.
 */
export async function recordVisits(
  tx: ScopedTx,
  batch: VisitBatch,
  caller: Caller,
  now = new Date(),
): Promise<Refusal | { protocol: 1; results: OperationResult[] }> {
  if (batch.account !== caller.accountId) return refuse('otherAccount');
  const results: OperationResult[] = [];
  const slots: Slot<VisitOperation>[] = [];
  for (const [index, each] of batch.operations.entries()) {
    const read = readSent(visitOperation, each, now.getTime());
    if ('operation' in read) slots.push({ index, ...read });
    else results[index] = read;
  }
  const ids = [...new Set(slots.map(({ operation }) => operation.visitId))].toSorted();
  for (const id of ids) await tx`select pg_advisory_xact_lock(hashtextextended(${`camtay.visit.${id}`}, 42))`;
  for (const [index, answer] of await meetAll(tx, slots.filter(isMet), ids, caller, now)) results[index] = answer;
  const homes = new Map((await homesAsked(tx, ids, caller)).map((home) => [home.id, home]));
  const atDoors = slots.filter(isAtDoor);
  // Also those that cannot be read: what came of them waits all the same.
  const toMeet = new Set(batch.operations.flatMap(homeToBe));
  for (const id of ids) {
    const [home, own] = [homes.get(id), atDoors.filter(({ operation }) => operation.visitId === id)];
    const answers = home
      ? await recordSafely(tx, await held(tx, home, caller), own, caller, now)
      : new Map<number, OperationResult>();
    for (const { index, operation } of own)
      results[index] =
        answers.get(index) ??
        (toMeet.has(id) ? quarantined(operation, 'visitMetFirst') : { id: operation.id, outcome: 'out_of_scope' });
  }
  return { protocol: 1, results };
}

/**
 * Who was met on rounds, each by itself, rounds in the order of their ids and after the people of the batch's other homes: the order everybody keeps.
 * Only of rounds the caller was sent on or plans for, like homes.
 */
async function meetAll(
  tx: ScopedTx,
  slots: readonly Slot<MetSent>[],
  homes: readonly string[],
  caller: Caller,
  now: Date,
): Promise<Map<number, OperationResult>> {
  const answers = new Map<number, OperationResult>();
  if (slots.length === 0) return answers;
  await holdPeople(
    tx,
    (await homesAsked(tx, homes, caller)).flatMap(({ personId }) => personId ?? []),
  );
  const rounds = await roundsAsked(
    tx,
    slots.map(({ operation }) => operation.roundId),
    caller,
  );
  const inOrder = slots.toSorted(({ operation: a, index: at }, { operation: b, index: then }) =>
    a.roundId === b.roundId ? at - then : a.roundId < b.roundId ? -1 : 1,
  );
  for (const slot of inOrder) {
    const { index, operation } = slot;
    const areaId = rounds.get(operation.roundId);
    if (areaId === undefined) answers.set(index, { id: operation.id, outcome: 'out_of_scope' });
    else
      for (const [at, answer] of await attemptEach(
        tx,
        [slot],
        async (inner) => new Map([[index, await meet(inner, areaId, slot, caller, now)]]),
        () => [index, quarantined(operation, 'operationRefused')],
      ))
        answers.set(at, answer);
  }
  return answers;
}

/** Writes down who was met, by the same rules as the page (`putMet`); the operation's id is the request's and its key. */
async function meet(
  tx: ScopedTx,
  areaId: number,
  { operation: said, hash }: Slot<MetSent>,
  caller: Caller,
  now: Date,
): Promise<OperationResult> {
  const { id, visitId, roundId } = said;
  const before = (await keptOf(tx, [id])).get(id);
  if (before && !isSameContent(before.contentHash, hash)) return quarantined(said, 'idReused');
  if (before) return { id, outcome: 'duplicate', first: before.outcome };
  const done = await elevated(tx, 'visits: somebody was met on a round the caller went on', (system) =>
    putMet(system, { ...said, requestId: id, formKey: id }, caller, now),
  );
  if (isRefusal(done)) {
    await noteLate(tx, { roundId, areaId, off: done.refused }, id, caller);
    return quarantined(said, done.refused === 'notFound' ? 'idReused' : done.refused, done.field);
  }
  if (done.id !== visitId) return quarantined(said, 'idReused');
  await elevated(
    tx,
    'visits: keep that somebody was met',
    (system) => system`
      insert into visit_operation (id, visit_id, area_id, account_id, kind, content, content_hash, device_time, outcome)
      values (${id}, ${visitId}, ${areaId}, ${caller.accountId}, 'met', '{}', ${hash}, ${said.at}, 'applied')`,
  );
  return { id, outcome: 'applied' };
}

/** The home as it stands until the end (`holdHome`), with what is over of it. */
async function held(tx: ScopedTx, home: HomeAsked, caller: Caller): Promise<HomeHeld> {
  const over = await holdHome(tx, home.id, home);
  // It was said at this moment who they are; held by now, it stays so.
  if (over?.refused === 'visitMatched') return { ...((await homesAsked(tx, [home.id], caller))[0] ?? home), off: null };
  return { ...home, off: over?.refused === 'notFound' ? 'visitTakenOff' : (over?.refused ?? null) };
}

/** All of a home's operations at once; should the database refuse, one by one, so that only the culprit is put aside. */
function recordSafely(
  tx: ScopedTx,
  home: HomeHeld,
  slots: readonly Slot[],
  caller: Caller,
  now: Date,
): Promise<Map<number, OperationResult>> {
  return attemptEach(
    tx,
    slots,
    (inner, some) => record(inner, home, some, caller, now),
    ({ index, operation }) => [index, quarantined(operation, 'operationRefused')],
  );
}

interface Kept {
  readonly id: string;
  readonly contentHash: string;
  readonly outcome: 'applied' | 'merged' | 'held' | 'conflict';
  readonly reason: string | null;
}

async function record(
  tx: ScopedTx,
  home: HomeHeld,
  slots: readonly Slot[],
  caller: Caller,
  now: Date,
): Promise<Map<number, OperationResult>> {
  const answers = new Map<number, OperationResult>();
  const ids = slots.map(({ operation }) => operation.id);
  const known = new Map([...(await keptOf(tx, ids))].map(([id, { contentHash }]) => [id, contentHash]));
  const fresh: Slot[] = [];
  for (const slot of slots) {
    const { index, operation: said, hash } = slot;
    const before = known.get(said.id);
    const no =
      before === undefined
        ? await keep(tx, home, slot, caller, now)
        : isSameContent(before, hash)
          ? null
          : quarantined(said, 'idReused');
    if (no) answers.set(index, no);
    else if (before === undefined) fresh.push(slot);
    if (!no) known.set(said.id, hash);
  }
  if (fresh.length > 0) {
    await elevated(tx, 'visits: what makes of a visit what was said of it', (system) =>
      settleVisit(system, home.id, home, now),
    );
    const kinds = fresh.map(({ operation }) => operation.kind);
    await audit(tx, caller, 'visit.record', { kind: 'visit', id: home.id, areaId: home.areaId }, { kinds });
  }
  const became = await keptOf(tx, ids);
  for (const slot of slots) {
    const { index, operation: said } = slot;
    if (answers.has(index)) continue;
    const row = became.get(said.id);
    const why = row?.reason ? { reason: row.reason } : {};
    // A repeat, within one batch, of one that was put aside.
    if (!row) {
      const first = slots.find((other) => other.operation.id === said.id && answers.has(other.index));
      answers.set(index, (first && answers.get(first.index)) ?? quarantined(said, 'operationRefused'));
    } else if (fresh.includes(slot)) answers.set(index, { id: said.id, outcome: row.outcome, ...why });
    else answers.set(index, { id: said.id, outcome: 'duplicate', first: row.outcome, ...why });
  }
  return answers;
}

/** What became of those that came before; by whom and where is not told, an id is used once. */
export async function keptOf(tx: ScopedTx, ids: readonly string[]): Promise<ReadonlyMap<string, Kept>> {
  const rows = await elevated(
    tx,
    'visits: which operations came before',
    (system) =>
      system<Kept[]>`select id, content_hash, outcome, reason from visit_operation where id = any(${[...ids]}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Writes one operation down with the fact it says, or says why not. */
async function keep(
  tx: ScopedTx,
  home: HomeHeld,
  { operation: said, hash }: Slot,
  caller: Caller,
  now: Date,
): Promise<OperationResult | null> {
  if (home.off) {
    await noteLate(tx, home, said.id, caller);
    return quarantined(said, home.off);
  }
  const untimely = outOfTime(home.day, dayOf(said.at), dayOf(now));
  if (untimely) return quarantined(said, untimely);
  const no = await refusalOf(tx, home, said, caller);
  if (no) return quarantined(said, no.refused, no.field);
  const kept = await elevated(tx, 'visits: keep what was done at a door', async (system) => {
    if (said.kind === 'outcome') {
      const row = await system`
        insert into visit_outcome (id, visit_id, area_id, outcome, minutes, next_on, words, at, recorded_by)
        values (${said.id}, ${home.id}, ${home.areaId}, ${said.outcome}, ${said.minutes ?? null}, ${said.nextOn ?? null}, ${said.words},
          ${said.at}, ${caller.accountId}) on conflict (id) do nothing`;
      if (row.count === 0) return false;
    }
    const made = await system`
      insert into visit_operation (id, visit_id, area_id, account_id, kind, content, content_hash, device_time, outcome)
      values (${said.id}, ${home.id}, ${home.areaId}, ${caller.accountId}, ${said.kind}, ${system.json(contentOf(said))}, ${hash}, ${said.at}, 'held')
      on conflict (id) do nothing`;
    return made.count > 0;
  });
  return kept ? null : quarantined(said, 'idReused');
}

/**
 * That something came of a home that is off its round, or of a round called off, for the organiser to ask those who went: never what, and
 * nothing of whoever withdrew. Sent again it is once, and of one account and round no more than could have been said.
 */
async function noteLate(
  tx: ScopedTx,
  home: Pick<HomeHeld, 'roundId' | 'areaId' | 'off'>,
  id: string,
  caller: Caller,
): Promise<void> {
  if (home.off !== 'visitTakenOff' && home.off !== 'roundCalledOff') return;
  await elevated(
    tx,
    'visits: note that something came too late',
    (system) => system`
      insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
      select ${caller.accountId}, 'visit.late', 'visit_round', ${home.roundId}, ${home.areaId}, ${system.json({ operation: id })}
      where not exists (select from audit_event where subject_kind = 'visit_round' and subject_id = ${home.roundId} and action = 'visit.late'
          and details->>'operation' = ${id})
        and (select count(*) from audit_event where subject_kind = 'visit_round' and subject_id = ${home.roundId} and action = 'visit.late'
          and account_id = ${caller.accountId}) < ${mostSaid}`,
  );
}

async function refusalOf(tx: ScopedTx, home: HomeAsked, said: AtDoor, caller: Caller): Promise<Refusal | null> {
  if (said.kind === 'outcome') {
    if (await hasSaidEnough(tx, home.id, caller.accountId)) return refuse('visitTooOften');
    if (said.outcome === 'done' && !said.minutes) return refuse('minutesShape', 'minutes');
    return said.nextOn && said.nextOn <= dayOf(said.at) ? refuse('nextPast', 'nextOn') : null;
  }
  if (home.personId === null) return refuse('visitUnknownPerson');
  if (said.kind === 'skill') {
    const known = await tx`select from skill where code = ${said.skillCode}`;
    return known.count === 0 ? refuse('skillUnknown', 'skillCode') : null;
  }
  const { answers, source, id, on } = said;
  const today = dayOf(said.at);
  if (on && on > today) return refuse('stepDayAhead', 'on');
  const at = on && on < today ? momentOf(on, '12:00') : said.at;
  const done = await recordSteps(tx, { personId: home.personId, answers, source, at, key: id }, caller, true);
  return isRefusal(done) ? done : null;
}

/** What is kept of an operation: never words or answers, those are the person's. */
function contentOf(said: AtDoor) {
  switch (said.kind) {
    case 'outcome':
      return { outcome: said.outcome, after: said.after };
    case 'skill':
      return { skillCode: said.skillCode, level: said.level };
    default:
      return { steps: said.answers.map(({ step }) => step), source: said.source };
  }
}
