import type { Need, Outcome, Standing, TaskFact, TaskGroup } from './schema';

const dayMs = 86_400_000;

/** When a kind of task is to be done, in days from the fact; `expires` null: as long as it stands. `again`: after nobody was at home. */
export interface Window {
  readonly due: number;
  readonly expires: number | null;
  readonly again: number;
}

/** What a kind says of its tasks. */
export interface Terms {
  readonly window: Window;
  /** `work`: "done" settles it. `fact`: only the fact it waits for does (a register taken, an answer given). */
  readonly settledBy: 'work' | 'fact';
  /** Asks to correct a record: it stands while everything else about its person waits. */
  readonly corrects?: true;
}

/** What is known of one task besides its fact. `paused` and `held` are of its person. */
export interface Trace {
  readonly work: readonly { readonly outcome: Outcome; readonly at: Date }[];
  readonly paused: boolean;
  readonly held: boolean;
}

/**
 * How a task stands: a function of its fact, of the work recorded on it and of its person's pauses. Settled by work where its kind lets
 * it; else it stands as long as its fact does, and comes back by itself after nobody was at home, after a pause, after a correction.
 */
export function standingOf(
  fact: Pick<TaskFact, 'since' | 'due' | 'expires'>,
  { window, settledBy, corrects }: Terms,
  { work, paused, held }: Trace,
  now: Date,
): Standing {
  const due = fact.due ?? new Date(fact.since.getTime() + window.due * dayMs);
  const expires =
    fact.expires ?? (window.expires === null ? null : new Date(fact.since.getTime() + window.expires * dayMs));
  const last = work.toSorted((one, other) => other.at.getTime() - one.at.getTime())[0];
  const stand = (state: Standing['state']): Standing => ({
    state,
    due,
    overdue: state === 'open' && due.getTime() <= now.getTime(),
  });
  if (settledBy === 'work' && work.some(({ outcome }) => outcome === 'done')) return stand('settled');
  if (expires && expires.getTime() <= now.getTime()) return stand('expired');
  if (corrects) return stand('open');
  if (held) return stand('held');
  if (paused) return stand('paused');
  if (last?.outcome === 'not_home' && last.at.getTime() + window.again * dayMs > now.getTime()) return stand('later');
  return stand('open');
}

/** For how long a person is left alone after an outcome, in days; those left out: not at all. */
export const pauseAfter: Readonly<Partial<Record<Outcome, number>>> = { refused: 90, unsafe: 30 };

/** So much more each need weighs (mechanisms of tasks: base × need). */
const weights = { old: 0.5, alone: 0.5, remote: 0.3 } as const;
const oldFrom = 70;

/** The needs that count, in the order they are told. Disability and poverty are nobody's to read, so they weigh nothing here. */
export function reasonsOf({ age, alone, remote }: Need): (keyof typeof weights)[] {
  return [
    ...(age !== null && age >= oldFrom ? (['old'] as const) : []),
    ...(alone ? (['alone'] as const) : []),
    ...(remote ? (['remote'] as const) : []),
  ];
}

/** Base × need. */
export function priorityOf(base: number, need: Need | null): number {
  const more = need ? reasonsOf(need).reduce((sum, reason) => sum + weights[reason], 0) : 0;
  return Math.round(base * (1 + more) * 10) / 10;
}

/** What one visit is worth: its weightiest task, and a quarter of the others. */
export function scoreOf(priorities: readonly number[]): number {
  const [first = 0, ...rest] = priorities.toSorted((one, other) => other - one);
  return first + rest.reduce((sum, one) => sum + one / 4, 0);
}

/** So many people at most are proposed to one helper for a week. */
export const mostAWeek = 7;

/** `never`: nobody has met them. */
type Visit = Pick<TaskGroup, 'id' | 'villageId' | 'score'> & { readonly never?: boolean };

/**
 * Who sees whom this week: each person once, at most `mostAWeek` a helper (`has`: whom they have already), whole villages rather than a bit
 * of each. Whom nobody has met comes before everybody else; of those alike the weightiest leads; whoever takes it is from there if anybody is, else who has least; then the others of that village go along.
 */
export function weekPlan<V extends Visit>(
  visits: readonly V[],
  hands: readonly { readonly memberId: string; readonly areaId: number; readonly has: number }[],
): ReadonlyMap<string, readonly V[]> {
  const plan = new Map<string, V[]>(hands.map(({ memberId }) => [memberId, []]));
  const room = new Map(hands.map(({ memberId, has }) => [memberId, Math.max(0, mostAWeek - has)]));
  const first = ({ never }: V) => Number(never ?? false);
  let left = visits.toSorted(
    (one, other) => first(other) - first(one) || other.score - one.score || (one.id < other.id ? -1 : 1),
  );
  while (left.length > 0) {
    const village = left[0]?.villageId;
    const free = hands.filter(({ memberId }) => (room.get(memberId) ?? 0) > 0);
    const hand =
      free.find(({ areaId }) => areaId === village) ??
      free.toSorted((one, other) => (room.get(other.memberId) ?? 0) - (room.get(one.memberId) ?? 0))[0];
    if (!hand) break;
    const taken = left.filter(({ villageId }) => villageId === village).slice(0, room.get(hand.memberId));
    plan.get(hand.memberId)?.push(...taken);
    room.set(hand.memberId, (room.get(hand.memberId) ?? 0) - taken.length);
    left = left.filter((one) => !taken.includes(one));
  }
  return plan;
}

/** Rows by what they have in common, in the order they came. */
export function gather<R>(rows: readonly R[], by: (row: R) => string): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const group = groups.get(by(row));
    if (group) group.push(row);
    else groups.set(by(row), [row]);
  }
  return groups;
}

/** Until when something given is whoever's it was given to: its own day, a week at least, two months at most. */
export function givenUntil(due: Date, now: Date): Date {
  const soonest = now.getTime() + 7 * dayMs;
  return new Date(Math.min(Math.max(due.getTime(), soonest), now.getTime() + 60 * dayMs));
}
