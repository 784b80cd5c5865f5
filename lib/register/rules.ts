import { createHash } from 'node:crypto';
import { problemsOf } from '@/lib/kernel/input';
import {
  cameStates,
  markStates,
  operation,
  type MarkState,
  type Operation,
  type OperationResult,
  type Outcome,
  type PlainRegister,
} from './schema';

const futureMs = 2 * 86_400_000;

/** One operation as sent, parsed, or the answer that says what is wrong with it. A device's clock may be two days ahead, no more. */
export function readOperation(given: unknown, nowMs: number): { operation: Operation; hash: string } | OperationResult {
  const read = operation.safeParse(given);
  if (!read.success) return malformed(given, problemsOf(read.error));
  if (read.data.at.getTime() > nowMs + futureMs) return malformed(given, { at: 'clockWrong' });
  return { operation: read.data, hash: hashOf(read.data) };
}

function malformed(given: unknown, problems: Record<string, string>): OperationResult {
  const id =
    typeof given === 'object' && given !== null && 'id' in given && typeof given.id === 'string' ? given.id : null;
  const [field, reason] = Object.entries(problems)[0] ?? ['form', 'wrong'];
  return { id: id?.slice(0, 36) ?? null, outcome: 'quarantined', reason, field };
}

/** SHA-256 of what was said, whatever the order of the fields. */
function hashOf(said: Operation): string {
  const sorted = Object.entries(said).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

/** What is kept of an operation: never names or phones, those are the person's. */
export function contentOf(said: Operation) {
  switch (said.kind) {
    case 'mark':
    case 'walk_in':
      return { state: said.state, minutesLate: said.minutesLate ?? null };
    case 'observe':
      return { skillCode: said.skillCode, level: said.level, help: said.help };
    case 'guests':
      return { count: said.count };
    default:
      return {};
  }
}

/** An operation as it is kept. `atMs` is the device's time, in milliseconds since 1970. */
export interface KeptOperation {
  readonly id: string;
  readonly kind: 'start' | 'mark' | 'walk_in' | 'observe' | 'guests' | 'finish';
  readonly atMs: number;
  /** Null for learners who excused themselves. */
  readonly accountId: string | null;
  readonly personId: string | null;
  readonly state?: MarkState;
  readonly minutesLate?: number | null;
  readonly skillCode?: string;
  readonly level?: number;
  readonly help?: string;
  readonly count?: number;
}

/** One row of the register. `operationId` and `markedAtMs` are the stamp that decides between marks. */
export interface Mark {
  readonly personId: string;
  readonly state: MarkState;
  readonly minutesLate: number | null;
  readonly walkIn: boolean;
  readonly byDefault: boolean;
  readonly markedAtMs: number;
  readonly operationId: string;
  readonly markedBy: string | null;
}

export interface Observation {
  readonly id: string;
  readonly personId: string;
  readonly skillCode: string;
  readonly level: number;
  readonly help: string;
  readonly observedAtMs: number;
  readonly observedBy: string | null;
}

/** What is known of a session besides its operations: who is on the roll, and what stands in the register by other ways. */
export interface World {
  readonly roll: readonly string[];
  readonly marks: readonly Mark[];
  readonly startedAtMs: number | null;
  readonly startedBy: string | null;
  readonly finishedAtMs: number | null;
  readonly guests: number;
}

export interface Settled {
  readonly marks: readonly Mark[];
  readonly observations: readonly Observation[];
  readonly startedAtMs: number | null;
  readonly startedBy: string | null;
  readonly finishedAtMs: number | null;
  readonly guests: number;
  readonly outcomes: ReadonlyMap<string, { outcome: Extract<Outcome, 'applied' | 'merged' | 'held'>; reason?: string }>;
}

const later = (a: { atMs: number; id: string }, b: { atMs: number; id: string }) =>
  a.atMs - b.atMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** The mark that stands: one by hand before a default, then the newest by device time, then by id. */
export function beats(a: Mark, b: Mark): boolean {
  if (a.byDefault !== b.byDefault) return b.byDefault;
  return later({ atMs: a.markedAtMs, id: a.operationId }, { atMs: b.markedAtMs, id: b.operationId }) > 0;
}

export const came = (state: MarkState) => cameStates.includes(state);

type Outcomes = Map<string, { outcome: 'applied' | 'merged' | 'held'; reason?: string }>;

/**
 * The state of a register as a function of the *set* of its operations: neither their order of arrival nor repetition
 * changes it (mechanisms.md 6, 13).
 *
 * - The earliest `start` and the earliest `finish` count, the newest `guests`; a finish waits for a start.
 * - A mark of somebody who is neither on the roll nor walked in yet is held.
 * - An observation is kept, for good, once any operation says the person came: that can only become true, never untrue,
 *   which is what makes appending independent of order. Whether it *counts* follows the mark that stands now (see
 *   `currentLevels`): while the person stands as absent it is held.
 */
export function settle(world: World, operations: readonly KeptOperation[]): Settled {
  const outcomes: Outcomes = new Map();
  const ordered = [...new Map(operations.map((operation) => [operation.id, operation])).values()].sort(later);
  const started = settleStart(world, ordered, outcomes);
  const candidates = candidateMarks(world, ordered, started);
  const standing = standingMarks(candidates, ordered, outcomes);
  const observations = settleObservations(candidates, standing, ordered, outcomes);
  const finishes = ordered.filter((operation) => operation.kind === 'finish');
  const finishedAtMs = started
    ? smallest(
        world.finishedAtMs,
        finishes.map((operation) => operation.atMs),
      )
    : world.finishedAtMs;
  for (const [index, finish] of finishes.entries()) {
    outcomes.set(
      finish.id,
      !started
        ? { outcome: 'held', reason: 'registerNotStarted' }
        : { outcome: index === 0 && finish.atMs === finishedAtMs ? 'applied' : 'merged' },
    );
  }
  const counts = ordered.filter((operation) => operation.kind === 'guests');
  for (const [index, count] of counts.entries())
    outcomes.set(count.id, { outcome: index === counts.length - 1 ? 'applied' : 'merged' });
  return {
    marks: [...standing.values()],
    observations,
    startedAtMs: started?.atMs ?? null,
    startedBy: started?.by ?? null,
    finishedAtMs,
    guests: counts.at(-1)?.count ?? world.guests,
    outcomes,
  };
}

const smallest = (known: number | null, more: readonly number[]) =>
  more.length === 0 ? known : Math.min(known ?? Infinity, ...more);

interface Start {
  readonly atMs: number;
  readonly by: string | null;
  readonly operationId: string | null;
}

function settleStart(world: World, ordered: readonly KeptOperation[], outcomes: Outcomes): Start | null {
  const starts = ordered.filter((operation) => operation.kind === 'start');
  const [first] = starts;
  const wins = first !== undefined && (world.startedAtMs === null || first.atMs <= world.startedAtMs);
  for (const start of starts) outcomes.set(start.id, { outcome: start === first && wins ? 'applied' : 'merged' });
  if (first && wins) return { atMs: first.atMs, by: first.accountId, operationId: first.id };
  return world.startedAtMs === null ? null : { atMs: world.startedAtMs, by: world.startedBy, operationId: null };
}

/** Every mark that was ever made of each person who belongs here, defaults included. */
function candidateMarks(
  world: World,
  ordered: readonly KeptOperation[],
  started: Start | null,
): ReadonlyMap<string, Mark[]> {
  const known = new Set(ordered.map((operation) => operation.id));
  const onRoll = new Set(world.roll);
  const stood = new Map(world.marks.map((mark) => [mark.personId, mark]));
  const walked = new Set(ordered.flatMap((each) => (each.kind === 'walk_in' && each.personId ? [each.personId] : [])));
  const walkIn = (personId: string) =>
    !onRoll.has(personId) && (walked.has(personId) || stood.get(personId)?.walkIn === true);
  const candidates = new Map<string, Mark[]>();
  for (const personId of new Set([...onRoll, ...walked, ...stood.keys()])) candidates.set(personId, []);
  for (const mark of world.marks) if (!known.has(mark.operationId)) candidates.get(mark.personId)?.push(mark);
  if (started?.operationId) {
    const byDefault = { state: 'present', minutesLate: null, walkIn: false, byDefault: true } as const;
    // Someone who left the class after the register began keeps the default that was given.
    const given = world.marks.filter((mark) => mark.byDefault).map((mark) => mark.personId);
    for (const personId of new Set([...onRoll, ...given])) {
      const stamp = { markedAtMs: started.atMs, operationId: started.operationId, markedBy: started.by };
      candidates.get(personId)?.push({ personId, ...byDefault, ...stamp });
    }
  }
  for (const operation of ordered) {
    if ((operation.kind !== 'mark' && operation.kind !== 'walk_in') || !operation.personId || !operation.state)
      continue;
    candidates.get(operation.personId)?.push({
      personId: operation.personId,
      state: operation.state,
      minutesLate: operation.state === 'late' ? (operation.minutesLate ?? null) : null,
      walkIn: walkIn(operation.personId),
      byDefault: false,
      markedAtMs: operation.atMs,
      operationId: operation.id,
      markedBy: operation.accountId,
    });
  }
  return candidates;
}

function standingMarks(
  candidates: ReadonlyMap<string, Mark[]>,
  ordered: readonly KeptOperation[],
  outcomes: Outcomes,
): ReadonlyMap<string, Mark> {
  const standing = new Map<string, Mark>();
  for (const [personId, marks] of candidates) {
    for (const mark of marks) {
      const before = standing.get(personId);
      if (!before || beats(mark, before)) standing.set(personId, mark);
    }
  }
  for (const operation of ordered) {
    if ((operation.kind !== 'mark' && operation.kind !== 'walk_in') || !operation.personId) continue;
    const stands = standing.get(operation.personId);
    outcomes.set(
      operation.id,
      !stands
        ? { outcome: 'held', reason: 'personNotOnRoll' }
        : { outcome: stands.operationId === operation.id ? 'applied' : 'merged' },
    );
  }
  return standing;
}

function settleObservations(
  candidates: ReadonlyMap<string, Mark[]>,
  standing: ReadonlyMap<string, Mark>,
  ordered: readonly KeptOperation[],
  outcomes: Outcomes,
): Observation[] {
  const kept: Observation[] = [];
  for (const operation of ordered) {
    const { personId, skillCode, level } = operation;
    if (operation.kind !== 'observe' || !personId || skillCode === undefined || level === undefined) continue;
    const stands = standing.get(personId);
    const everCame = candidates.get(personId)?.some((mark) => came(mark.state)) ?? false;
    if (everCame) {
      const seen = { observedAtMs: operation.atMs, observedBy: operation.accountId };
      kept.push({ id: operation.id, personId, skillCode, level, help: operation.help ?? '', ...seen });
    }
    if (stands && came(stands.state)) outcomes.set(operation.id, { outcome: 'applied' });
    else
      outcomes.set(operation.id, {
        outcome: 'held',
        reason: stands ? 'personNotPresent' : candidates.has(personId) ? 'personNotMarked' : 'personNotOnRoll',
      });
  }
  return kept;
}

const isSame = (a: Mark, b: Mark | undefined) =>
  b !== undefined &&
  a.operationId === b.operationId &&
  a.state === b.state &&
  a.minutesLate === b.minutesLate &&
  a.walkIn === b.walkIn &&
  a.byDefault === b.byDefault &&
  a.markedAtMs === b.markedAtMs;

/** The rows of the register to be written, in the order in which everybody writes them. */
export function changedMarks(world: World, settled: Settled): Mark[] {
  const before = new Map(world.marks.map((mark) => [mark.personId, mark]));
  return settled.marks
    .filter((mark) => !isSame(mark, before.get(mark.personId)))
    .toSorted((a, b) => (a.personId < b.personId ? -1 : 1));
}

/** The operations of which something else became than what is kept. */
export function changedOutcomes(
  kept: readonly { operation: KeptOperation; outcome: string; reason: string | null }[],
  settled: Settled,
): { id: string; outcome: string; reason: string | null }[] {
  return kept.flatMap(({ operation: { id }, outcome, reason }) => {
    const wanted = settled.outcomes.get(id);
    const why = wanted?.reason ?? null;
    return !wanted || (wanted.outcome === outcome && why === reason)
      ? []
      : [{ id, outcome: wanted.outcome, reason: why }];
  });
}

export const isSameSession = (world: World, settled: Settled) =>
  settled.startedAtMs === world.startedAtMs &&
  settled.startedBy === world.startedBy &&
  settled.finishedAtMs === world.finishedAtMs &&
  settled.guests === world.guests;

const isMark = (value: unknown): value is MarkState => markStates.some((state) => state === value);

/** What the plain form changes, compared with what stands and with what it showed; as the content of operations. */
export function plainChanges(form: PlainRegister, stands: ReadonlyMap<string, MarkState>): object[] {
  const changes: object[] = [];
  for (const [name, value] of Object.entries(form).slice(0, 5_000)) {
    const [what, personId, skillCode] = name.split('.');
    if (form[`was.${name}`] === value || value === '') continue;
    if (what === 'mark' && isMark(value) && personId && stands.get(personId) !== value)
      changes.push({ kind: 'mark', personId, state: value });
    if (what === 'level' && personId && skillCode)
      changes.push({
        kind: 'observe',
        personId,
        skillCode: name.slice(`level.${personId}.`.length),
        level: Number(value),
      });
  }
  return changes;
}

/** The operations that name a skill or a place that does not exist, with the reason. `known` holds `skill CODE` and `area ID`. */
export function unknownNames(said: readonly Operation[], known: ReadonlySet<string>): ReadonlyMap<string, string> {
  const refusals = new Map<string, string>();
  for (const each of said) {
    if (each.kind === 'observe' && !known.has(`skill ${each.skillCode}`)) refusals.set(each.id, 'skillUnknown');
    if (each.kind === 'walk_in' && !known.has(`area ${each.areaId}`)) refusals.set(each.id, 'chooseArea');
  }
  return refusals;
}
