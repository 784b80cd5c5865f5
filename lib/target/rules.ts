import type { IndicatorVersion } from '@/lib/indicator/schema';
import { daysBetween } from '@/lib/kernel/clock';
import type { Period } from '@/lib/period/schema';
import type { Forecast, Past } from './schema';

/** Fewer months than these do not tell how much months differ. */
const fewestForBand = 4;

/** One-sided 90 % points of Student's t for 1, 2, … degrees of freedom: a band of 80 %. */
const t90 = [3.078, 1.886, 1.638, 1.533, 1.476, 1.44, 1.415, 1.397, 1.383, 1.372, 1.363];

/** So many times the sessions there is room for are out of reach, whatever anybody does. */
export const farTimes = 10;

/** On average. */
const daysInMonth = 365.25 / 12;

const mean = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** How much of a period is over on a day, from 0 to 1: whole days behind, today not counted. */
export function elapsed({ from, to }: Pick<Period, 'from' | 'to'>, today: string): number {
  return Math.min(1, Math.max(0, daysBetween(from, today) / daysBetween(from, to)));
}

/** The key of the same year of the other calendar, which begins half a month earlier or later; null for anything shorter than a year. */
export function yearOfOtherCalendar({
  calendar,
  grain,
  year,
}: Pick<Period, 'calendar' | 'grain' | 'year'>): string | null {
  if (grain !== 'year') return null;
  return calendar === 'administrative' ? String(year) : `k${year}`;
}

/** How an indicator moves, and so what can be foreseen of it: counted anew in each period, carried on, or neither. */
export function courseOf({
  kind,
  measure,
  shownAs,
  whole,
  boundary,
}: Pick<IndicatorVersion, 'kind' | 'measure' | 'shownAs' | 'whole' | 'boundary'>): 'flow' | 'stock' | 'none' {
  if (kind !== 'computed' || measure === null || (shownAs === 'share' && whole !== 'eligible')) return 'none';
  return boundary === 'atEnd' ? 'stock' : 'flow';
}

/**
 * Where one would stand today on an even way to the target: from nothing for what is counted anew in each period, from `start` (where one
 * stood when the period began) for what is carried on. Null where the start is not known. Never beyond the target, grows with the day.
 */
export function paceToday(target: number, start: number | null, over: number): number | null {
  if (start === null) return null;
  return start + (target - start) * over;
}

/**
 * Where one will stand at the end of the period, when the months left are like the whole months before today. Method: the value today plus
 * the mean gain of a month (up to six of them, the latest) times the months left. The band holds the end in about 80 of 100 cases if
 * months differ by chance alone: t × s × √(k + k²/n), with s the spread of the n gains, k the months left and t of n − 1 degrees: both that
 * months differ and that the mean is known from few of them. No forecast without any month, no band with fewer than four. What is counted
 * anew in each period cannot fall below what it is already; nothing falls below 0 or rises over `most`. `inProportion`: the gains are a group's part of
 * everybody's, to whose spread that of a count of so few comes (its variance is its mean).
 */
export function forecastEnd(
  actual: number,
  gains: readonly number[],
  monthsLeft: number,
  { growsOnly, most = Infinity, inProportion = false }: { growsOnly: boolean; most?: number; inProportion?: boolean },
): Forecast | null {
  const [n, k] = [gains.length, Math.max(0, monthsLeft)];
  if (n === 0) return null;
  const least = growsOnly ? actual : 0;
  const within = (value: number) => Math.max(least, Math.min(Math.max(most, least), value));
  const middle = mean(gains);
  const value = actual + middle * k;
  if (n < fewestForBand) return { value: within(value), band: null };
  const variance = gains.reduce((sum, gain) => sum + (gain - middle) ** 2, 0) / (n - 1);
  const spread = Math.sqrt(variance + (inProportion ? Math.max(0, middle) : 0));
  const t = t90[Math.min(n - 1, t90.length) - 1] ?? 0;
  const half = t * spread * Math.sqrt(k + (k * k) / n);
  return { value: within(value), band: { low: within(value - half), high: within(value + half) } };
}

/**
 * How many sessions more close a gap, at what the area's own sessions of the same months brought: gains ÷ sessions, rounded up. Nothing to
 * close takes none; null where no session was held or none of them brought anything.
 */
export function sessionsFor(gap: number, { gains, sessions }: Past): number | null {
  if (gap <= 0) return 0;
  const [gained, held] = [gains, sessions].map((numbers) => numbers.reduce((sum, one) => sum + one, 0));
  if (!gained || !held || gained <= 0) return null;
  return Math.ceil((gap * held) / gained);
}

/** How many sessions the rest of a period brings if the months left are like those before today; null where no month is known. */
export function sessionsAhead(
  { sessions }: Pick<Past, 'sessions'>,
  period: Pick<Period, 'to'>,
  today: string,
): number | null {
  if (sessions.length === 0) return null;
  return Math.round((mean(sessions) * Math.max(0, daysBetween(today, period.to))) / daysInMonth);
}

/** Whether more sessions alone can close a gap: within what is left at this tempo, beyond it, or so far beyond that no tempo does. */
export function sessionsReach(needed: number, room: number): 'fit' | 'short' | 'far' {
  if (needed <= room) return 'fit';
  return needed > farTimes * Math.max(1, room) ? 'far' : 'short';
}

/**
 * Gains from month to month of what is carried on (people who can): the difference of the ends. A month whose end, or whose beginning, is
 * not known is left out, with its sessions.
 */
export function gainsOfStock(ends: readonly (number | null)[], sessions: readonly (number | null)[]): Past {
  return pairs(
    ends.slice(1).map((end, at) => {
      const before = ends[at] ?? null;
      return end === null || before === null ? null : end - before;
    }),
    sessions.slice(1),
  );
}

/**
 * Gains of what is counted anew in each period. Events are the months' own numbers. People are not: who comes in two months is one person
 * of the year. Their months are scaled by what the period so far counts once, over what its own months count together; this still says
 * too much where ever fewer are left to reach, never too little of those who came again.
 */
export function gainsOfFlow(
  months: readonly (number | null)[],
  sessions: readonly (number | null)[],
  once: { readonly whole: number; readonly months: number } | null,
): Past {
  const scale = once && once.months > 0 ? Math.min(1, once.whole / once.months) : 1;
  return pairs(
    months.map((count) => (count === null ? null : count * scale)),
    sessions,
  );
}

/** A year of a group: what is told of it, everybody's months of it that have begun, and the sessions held in them; null of what is hidden. */
export interface YearOfGroup {
  readonly whole: number | null;
  readonly everybody: ReadonlyMap<string, number | null>;
  readonly sessions: ReadonlyMap<string, number | null>;
}

/**
 * Gains of a group whose months are not told, only whole years. Its year is spread over the months as everybody's months are, which are told: if its part
 * of those who come stays alike, these are its months. Made of nothing but what is told, so it gives nothing away. A year of which a month of everybody is
 * hidden cannot be spread; of the year that runs (the first given) there is then one even gain, from which no band can be told.
 */
export function gainsOfYears(
  [current, ...past]: readonly [YearOfGroup, ...YearOfGroup[]],
  months: readonly string[],
  monthsOver: number,
): Past {
  const known = [current, ...past].flatMap((year) => {
    const all = addedUp(year.everybody);
    return year.whole !== null && all !== null && all > 0 ? [{ ...year, part: year.whole / all }] : [];
  });
  const found = months.flatMap((month) => {
    const year = known.find(({ everybody }) => everybody.has(month));
    return year ? [{ gain: (year.everybody.get(month) ?? 0) * year.part, held: year.sessions.get(month) ?? 0 }] : [];
  });
  if (addedUp(current.everybody) !== null)
    return { gains: found.map(({ gain }) => gain), sessions: found.map(({ held }) => held), inProportion: true };
  if (current.whole === null || monthsOver < 1) return { gains: [], sessions: [] };
  return {
    gains: [current.whole / monthsOver],
    sessions: [(addedUp(current.sessions) ?? 0) / monthsOver],
    inProportion: true,
  };
}

/** The sum, or null where one of them is not known. */
function addedUp(numbers: ReadonlyMap<string, number | null>): number | null {
  let sum = 0;
  for (const one of numbers.values()) {
    if (one === null) return null;
    sum += one;
  }
  return sum;
}

/** How many months of a period are over on a day, on average. */
export const monthsOver = ({ from }: Pick<Period, 'from'>, today: string) => daysBetween(from, today) / daysInMonth;

function pairs(gains: readonly (number | null)[], sessions: readonly (number | null)[]): Past {
  const known = gains.flatMap((gain, at) => (gain === null ? [] : [{ gain, held: sessions[at] ?? 0 }]));
  return { gains: known.map(({ gain }) => gain), sessions: known.map(({ held }) => held) };
}

/** As `paceToday`; where the start is not told, the least it may be, for whoever stands below even that: they are behind for certain. */
function paceFor(target: number, start: number | null, over: number, value: number): number | null {
  const least = target * over;
  return paceToday(target, start, over) ?? (value < least ? least : null);
}

/** What the rule of one indicator looks at. Counts are of its numerator; `start` is where it stood before the period, `past` what months brought. */
export interface Looked {
  readonly value: number | null;
  readonly of: number | null;
  readonly target: number | null;
  readonly shownAs: 'count' | 'share';
  /** Counted anew in each period, carried on to its end, or not to be foreseen (what others declare, shares of single checks). */
  readonly course: 'flow' | 'stock' | 'none';
  readonly start: number | null;
  readonly past: Past;
}

/**
 * One indicator against its target on a day. Everything is reckoned in the numerator and shown as the indicator is: a share in per cent of the
 * whole known today. Nothing is said where the value, the whole or the target is missing, of a period to come, nor a forecast of one that is over.
 */
export function standingOf(
  { value, of, target, shownAs, course, start, past }: Looked,
  period: Pick<Period, 'from' | 'to'>,
  today: string,
): { pace: number | null; forecast: Forecast | null; sessions: number | null } {
  const nothing = { pace: null, forecast: null, sessions: null };
  const whole = shownAs === 'share' ? of : 100;
  if (course === 'none' || value === null || !whole || today < period.from) return nothing;
  const shown = (count: number) => (shownAs === 'share' ? (100 * count) / whole : count);
  const aim = target === null ? null : shownAs === 'share' ? (target * whole) / 100 : target;
  const pace = aim === null ? null : paceFor(aim, course === 'flow' ? 0 : start, elapsed(period, today), value);
  const most = shownAs === 'share' ? whole : Infinity;
  const left = daysBetween(today, period.to) / daysInMonth;
  const how = { growsOnly: course === 'flow', most, inProportion: past.inProportion === true };
  const end = left > 0 ? forecastEnd(value, past.gains, left, how) : null;
  return {
    pace: pace === null ? null : shown(pace),
    forecast: end && {
      value: shown(end.value),
      band: end.band && { low: shown(end.band.low), high: shown(end.band.high) },
    },
    sessions: aim === null || left <= 0 ? null : sessionsFor(aim - value, past),
  };
}
