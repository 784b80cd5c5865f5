export const markStates = ['present', 'late', 'left_early', 'excused', 'absent'] as const;
export type MarkState = (typeof markStates)[number];

/** States of those who came: only they can have been seen doing something. */
export const cameStates: readonly MarkState[] = ['present', 'late', 'left_early'];

/** What became of an operation that is kept. `conflict`: two devices that did not know of each other said different things. */
export type KeptOutcome = 'applied' | 'merged' | 'held' | 'conflict';

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
  /** The marks of this person its device knew of; missing where the device tells nothing of that (protocol 1, learners themselves). */
  readonly after?: readonly string[] | null;
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
  readonly outcomes: ReadonlyMap<string, { outcome: KeptOutcome; reason?: string }>;
}

const later = (a: { atMs: number; id: string }, b: { atMs: number; id: string }) =>
  a.atMs - b.atMs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Between two marks of which neither names the other: one by hand before a default, then the newest by device time, then by id. */
export function beats(a: Mark, b: Mark): boolean {
  if (a.byDefault !== b.byDefault) return b.byDefault;
  return later({ atMs: a.markedAtMs, id: a.operationId }, { atMs: b.markedAtMs, id: b.operationId }) > 0;
}

export const came = (state: MarkState) => cameStates.includes(state);

const lateAfterMs = 48 * 3_600_000;

/**
 * Whether a mark made then corrects a register that was settled long ago and so needs a reason (mechanisms.md 6): 48 hours after the
 * session ended, or after its register began where that was later.
 */
export const needsReason = (endsAtMs: number, startedAtMs: number | null, atMs: number) =>
  startedAtMs !== null && atMs > Math.max(endsAtMs, startedAtMs) + lateAfterMs;

/** At levels 1 and 2 of independence somebody helped. */
export const isHelped = (level: number) => level === 1 || level === 2;

const dayMs = 86_400_000;

/**
 * Whether an absence can no longer be excused (mechanisms.md 7): three days after the session ended, or after its register began where
 * that was later. A register not begun yet takes down whatever was said at the time.
 */
export const excuseIsOver = (endsAtMs: number, startedAtMs: number | null, atMs: number) =>
  startedAtMs !== null && atMs > Math.max(endsAtMs, startedAtMs) + 3 * dayMs;

/** Who is to hear of a register that was not taken: its organisers, after three days the unit's leaders, after seven the province's. */
export const watchers = ['organiser', 'leader', 'province'] as const;
export type Watcher = (typeof watchers)[number];
export const toldAfterMs: Readonly<Record<Watcher, number>> = { organiser: 0, leader: 3 * dayMs, province: 7 * dayMs };

/** Whom a register missing since `endsAt` has reached by now. */
export const escalated = (endsAt: Date, now: Date): Watcher =>
  watchers.findLast((one) => now.getTime() - endsAt.getTime() >= toldAfterMs[one]) ?? 'organiser';

/** Counts of a class or of a session, of those on the roll: how many marks were to be made, were made, and what they say. */
export interface RollCounts {
  readonly expected: number;
  readonly marked: number;
  readonly came: number;
  readonly excused: number;
}

/** The three rates that are kept apart (mechanisms.md 6), from 0 to 1; null where there is nothing to divide by. */
export function ratesOf({ expected, marked, came: there, excused }: RollCounts) {
  const share = (part: number, whole: number) => (whole > 0 ? part / whole : null);
  return {
    attendance: share(there, marked),
    commitment: share(there + excused, marked),
    capture: share(marked, expected),
  };
}

type Outcomes = Map<string, { outcome: KeptOutcome; reason?: string }>;

/**
 * The state of a register as a function of the *set* of its operations: neither their order of arrival nor repetition
 * changes it (mechanisms.md 6, 13).
 *
 * - The earliest `start` and the earliest `finish` count, the newest `guests`; a finish waits for a start.
 * - A mark that names others as known to its device (`after`) replaces them, whatever the clocks say. Of marks nobody has replaced,
 *   the newest stands; where those of devices that did not know of each other differ, all of them are in conflict until a mark that
 *   names them settles it (docs/decisions/021-two-organisers.md).
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
  const replaced = replacedMarks(ordered);
  const knows = new Set(ordered.flatMap((each) => (each.after ? [each.id] : [])));
  const contested = new Set<string>();
  for (const [personId, marks] of candidates) {
    const open = unreplaced(marks, replaced.get(personId));
    for (const mark of open) {
      const before = standing.get(personId);
      if (!before || beats(mark, before)) standing.set(personId, mark);
    }
    const stands = standing.get(personId);
    if (!stands || !knows.has(stands.operationId)) continue;
    const rivals = open.filter((mark) => knows.has(mark.operationId));
    if (rivals.some((mark) => !saysSame(mark, stands))) for (const mark of rivals) contested.add(mark.operationId);
  }
  for (const { id, kind, personId } of ordered) {
    if ((kind !== 'mark' && kind !== 'walk_in') || !personId) continue;
    const stands = standing.get(personId);
    if (!stands) outcomes.set(id, { outcome: 'held', reason: 'personNotOnRoll' });
    else if (contested.has(id)) outcomes.set(id, { outcome: 'conflict' });
    else outcomes.set(id, { outcome: stands.operationId === id ? 'applied' : 'merged' });
  }
  return standing;
}

/** By person, the marks that another one of theirs names as known. */
function replacedMarks(ordered: readonly KeptOperation[]): ReadonlyMap<string, ReadonlySet<string>> {
  const replaced = new Map<string, Set<string>>();
  for (const { id, personId, after } of ordered) {
    if (!personId || !after) continue;
    const named = replaced.get(personId) ?? new Set();
    for (const known of after) if (known !== id) named.add(known);
    replaced.set(personId, named);
  }
  return replaced;
}

/** The marks nobody who knew them has replaced. Marks that name each other in a circle (nobody's device does that) all stay. */
function unreplaced(marks: readonly Mark[], replaced: ReadonlySet<string> = new Set()): readonly Mark[] {
  const open = marks.filter((mark) => mark.byDefault || !replaced.has(mark.operationId));
  return open.some((mark) => !mark.byDefault) ? open : marks;
}

const saysSame = (a: Mark, b: Mark) => a.state === b.state && a.minutesLate === b.minutesLate;

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
