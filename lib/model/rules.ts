import type { Came, ModelPlan, Told } from './schema';

/** Fewer people than this, or fewer rounds of visits, are not told to whoever may not look people up. */
const fewest = 10;
/** What such a reader is told is rounded to so many (docs/decisions/047-models.md). */
const roundedTo = 5;
/** Classes and rounds that such a number must be made of. */
const fewestParts = 3;

/** Whom a number counts: how many in all, how many of them at the largest class or round, and at which of both anybody was. */
export interface Crowd {
  readonly count: number;
  readonly largest: number;
  readonly parts: readonly string[];
}

const rounded = (count: number): Told => ({ count: Math.round(count / roundedTo) * roundedTo, about: true });

/**
 * Whether a number is of many: of three classes or rounds at least, and of ten people besides those of the largest (or besides five, where all
 * are small), whose own number it would tell else.
 */
const ofMany = ({ count, largest, parts }: Crowd) =>
  parts.length >= fewestParts && count - Math.max(largest, roundedTo) >= fewest;

/**
 * How many people a reader is told of. Who may look people up where it was held is told exactly; others nothing of what is not of many, and else
 * the nearest five, so that neither it nor the number of another page makes out who came to one class. That nothing was held is no secret.
 */
export function told(crowd: Crowd, exact: boolean, anythingHeld: boolean): Told {
  if (exact || !anythingHeld) return { count: crowd.count, about: false };
  return ofMany(crowd) ? rounded(crowd.count) : null;
}

/** How many rounds of visits a reader is told of: each says that somebody was met at home, so they are kept back and rounded as people are. */
export function toldRounds(count: number, exact: boolean, anythingHeld: boolean): Told {
  if (exact || !anythingHeld) return { count, about: false };
  return count < fewest ? null : rounded(count);
}

/**
 * Of which months others are told people: those of many, as long as what the whole has besides is of three classes or rounds again, or of
 * none; else the difference would be the number of one class. Those made of fewest are given up first. `may`: of which months anything is told.
 */
export function monthsTold(months: readonly Crowd[], may?: readonly boolean[]): boolean[] {
  const open = months.map((month, at) => (may?.[at] ?? true) && ofMany(month));
  for (;;) {
    const left = new Set(months.flatMap(({ parts }, at) => (open[at] ? [] : parts)));
    const shown = months.flatMap(({ parts }, at) => (open[at] ? [{ at, parts: parts.length }] : []));
    const [next] = shown.toSorted((one, other) => one.parts - other.parts);
    if (!next || left.size === 0 || left.size >= fewestParts) return open;
    open[next.at] = false;
  }
}

/**
 * Of which months others are told who came, and of which who did something alone: each by itself, since each whole is told, and of nobody alone where nothing is told of
 * who came.
 */
export function openMonths(
  months: readonly { readonly reached: Crowd; readonly attained: Crowd }[],
): { readonly reached: boolean; readonly attained: boolean }[] {
  const reached = monthsTold(months.map((month) => month.reached));
  const attained = monthsTold(
    months.map((month) => month.attained),
    reached,
  );
  return months.map((_, at) => ({ reached: reached[at] === true, attained: attained[at] === true }));
}

/** Sessions and rounds together, as far as the reader is told of these. */
export const heldOf = ({ sessions, rounds }: Pick<Came, 'sessions' | 'rounds'>) => sessions + (rounds?.count ?? 0);

/** Sessions (or rounds) from which on a model is compared: with fewer, one good evening decides. */
export const enoughHeld = 3;

/** Whether hours are known of nearly all that was held: four of five. With fewer, people would seem to have cost nothing. */
const hoursKnown = (came: Hours) => came.helperMinutes > 0 && came.noted * 5 >= heldOf(came) * 4;
type Hours = Pick<Came, 'sessions' | 'rounds' | 'noted' | 'helperMinutes'>;

/** Why nothing is compared yet; null where there is enough. */
export function tooLittle(came: Hours & Pick<Came, 'reached'>): 'held' | 'people' | 'hours' | null {
  if (heldOf(came) < enoughHeld) return 'held';
  if (came.reached === null || came.reached.count < fewest) return 'people';
  return hoursKnown(came) ? null : 'hours';
}

/** How many of ten people who came did something alone there; null where a number is kept back or nobody came. */
export function attainedOfTen({ reached, attained }: Pick<Came, 'reached' | 'attained'>): number | null {
  return reached === null || attained === null || reached.count === 0 ? null : (attained.count / reached.count) * 10;
}

/**
 * Helper hours it took for ten people; null where nobody knows, or the hours of too much that was held. From numbers as they are told, so that
 * it tells no more than they do.
 */
export function hoursForTen(came: Hours & Pick<Came, 'reached'>): number | null {
  return came.reached === null || came.reached.count === 0 || !hoursKnown(came)
    ? null
    : (came.helperMinutes / 60 / came.reached.count) * 10;
}

/** People who did something alone, for ten helper hours; null as above. */
export function attainedForTenHours(came: Hours & Pick<Came, 'attained'>): number | null {
  return came.attained === null || !hoursKnown(came) ? null : came.attained.count / (came.helperMinutes / 600);
}

/** Helpers a class of this size needs by its course. */
export const helpersNeeded = (capacity: number, learnersPerHelper: number) => Math.ceil(capacity / learnersPerHelper);

/** Helper minutes one class by this plan takes, as planned: before anything was held. */
export function plannedMinutes(
  { sessions, minutes, capacity }: Pick<ModelPlan, 'sessions' | 'minutes' | 'capacity'>,
  learnersPerHelper: number,
): number {
  return sessions * minutes * helpersNeeded(capacity, learnersPerHelper);
}

/** The months from one to another (`2026-11`), both included; at most `most`, the newest. */
export function monthsThrough(first: string, last: string, most: number): string[] {
  const at = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
  const count = Math.max(0, at(last) - at(first) + 1);
  const all = Array.from({ length: Math.min(count, most) }, (_, back) => at(last) - back).reverse();
  return all.map((month) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`);
}

/** Whether two states of a model say the same. */
export const sameWords = (one: object, other: object) => {
  const sorted = (of: object) => JSON.stringify(Object.entries(of).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return sorted(one) === sorted(other);
};
