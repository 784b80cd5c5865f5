import { halfMonthOf, halvesBetween, lastDayOf, periodOf, periodsOfYear } from '@/lib/period/rules';
import type { Over } from './schema';

/** A period as a run of slots, from the first to before the last. */
export interface Span {
  readonly period: string;
  readonly from: number;
  readonly to: number;
  /** What is lost when its number is hidden. */
  readonly weight: number;
  readonly isMonth: boolean;
}

/**
 * The time of a measure, in slots. What is counted over time has a slot for each half-month, of which both calendars are made; what is told of a moment
 * has one for each end of a period.
 */
export interface Frame {
  readonly firstYear: number;
  readonly slots: readonly string[];
  readonly spans: readonly Span[];
  /** Periods that lie within others, by their places in `spans`. */
  readonly nested: readonly (readonly [inner: number, outer: number])[];
  /** Periods with others that cover them: their parts, or the months of the other calendar they reach into. */
  readonly covered: readonly (readonly [whole: number, parts: readonly number[]])[];
  readonly byPeriod: ReadonlyMap<string, number>;
  readonly isState: boolean;
}

// The administration's year is the one reported by, and worth more than its parts and the calendar's.
const weights = { year: [25, 60], quarter: [6, 12], month: [2, 4] } as const;

const frames = new Map<string, Frame>();

/** The time from the year in which anything was counted first until the half-month that runs. */
export function frameOf(firstYear: number, now: string, isState: boolean): Frame {
  const key = `${firstYear} ${now} ${String(isState)}`;
  let found = frames.get(key);
  if (!found) {
    if (frames.size > 40) frames.clear();
    frames.set(key, (found = buildFrame(firstYear, now, isState)));
  }
  return found;
}

function buildFrame(firstYear: number, now: string, isState: boolean): Frame {
  const halves = halvesBetween(`${firstYear - 1}-12-15`, now);
  const indexOf = new Map(halves.map((half, at) => [half, at]));
  const lastYear = Number(now.slice(0, 4)) + 1;
  const keys = Array.from({ length: lastYear - firstYear + 1 }, (_, at) => periodsOfYear(firstYear + at)).flat();
  const runs = keys.flatMap((key) => {
    const period = periodOf(key);
    const from = period ? indexOf.get(halfMonthOf(period.from)) : undefined;
    if (!period || from === undefined) return [];
    const last = indexOf.get(halfMonthOf(lastDayOf(period))) ?? halves.length - 1;
    const weight = weights[period.grain][period.calendar === 'administrative' ? 1 : 0];
    return [{ period: key, from, to: last + 1, weight, isMonth: period.grain === 'month' }];
  });
  const ends = isState ? [...new Set(runs.map(({ to }) => to))].sort((a, b) => a - b) : [];
  const atEnd = new Map(ends.map((end, at) => [end, at]));
  const spans = isState
    ? runs.map((run) => ({ ...run, from: atEnd.get(run.to) ?? 0, to: (atEnd.get(run.to) ?? 0) + 1 }))
    : runs;
  const nested = isState
    ? []
    : spans.flatMap((inner, at) =>
        spans.flatMap((outer, other) =>
          outer.from <= inner.from && inner.to <= outer.to && outer.to - outer.from > inner.to - inner.from
            ? [[at, other] as const]
            : [],
        ),
      );
  const covered = isState
    ? []
    : spans.flatMap((whole, at) => coversOf(whole, spans).map((parts) => [at, parts] as const));
  const slots = isState ? ends.map((end) => halves[end - 1] ?? '') : halves;
  const byPeriod = new Map(spans.map(({ period }, at) => [period, at]));
  return { firstYear, slots, spans, nested, covered, byPeriod, isState };
}

/** For a span the sets of months and quarters that cover it. */
function coversOf(whole: Span, spans: readonly Span[]): number[][] {
  const isAdministrative = ({ period }: Span) => period.startsWith('k');
  const cover = (isPart: (one: Span) => boolean) => {
    const parts = spans.flatMap((one, at) => (one !== whole && isPart(one) ? [at] : []));
    const slots = new Set(
      parts.flatMap((at) => range(Math.max(whole.from, spans[at]?.from ?? 0), Math.min(whole.to, spans[at]?.to ?? 0))),
    );
    return slots.size === whole.to - whole.from ? [parts] : [];
  };
  const meets = (one: Span) => one.from < whole.to && one.to > whole.from;
  return [false, true].flatMap((sameCalendar) => {
    const ofCalendar = (one: Span) =>
      meets(one) && (isAdministrative(one) === isAdministrative(whole)) === sameCalendar;
    const months = whole.isMonth && sameCalendar ? [] : cover((one) => one.isMonth && ofCalendar(one));
    const quarters = /\d{4}$/.test(whole.period) ? cover((one) => one.period.includes('q') && ofCalendar(one)) : [];
    return [...months, ...quarters];
  });
}

const range = (from: number, to: number) => Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);

/** One number over time. */
export interface Line {
  /** By span. */
  readonly told: Int32Array;
  /** By slot: what was counted in it; of distinct people the most that can have been. */
  readonly at: Int32Array;
}

export function lineOf(frame: Frame, over: Over, numberOf: (period: string) => number): Line {
  const told = Int32Array.from(frame.spans, ({ period }) => numberOf(period));
  const at = new Int32Array(frame.slots.length);
  if (over === 'stands') {
    for (const [nth, { from }] of frame.spans.entries()) at[from] = told[nth] ?? 0;
  } else if (over === 'sums') {
    // Of each calendar's months added up, how much there was until the end of each half-month.
    const until = new Int32Array(frame.slots.length + 1);
    for (const administrative of [true, false]) {
      let sum = 0;
      for (const [nth, span] of frame.spans.entries())
        if (span.isMonth && span.period.startsWith('k') === administrative) until[span.to] = sum += told[nth] ?? 0;
    }
    for (let slot = 0; slot < frame.slots.length; slot += 1) at[slot] = (until[slot + 1] ?? 0) - (until[slot] ?? 0);
  } else {
    at.fill(0x7fffffff);
    for (const [nth, { from, to, isMonth }] of frame.spans.entries())
      if (isMonth) for (let slot = from; slot < to; slot += 1) at[slot] = Math.min(at[slot] ?? 0, told[nth] ?? 0);
  }
  return { told, at };
}

/** What was counted in the slots `give` and may have been in those of `take` instead; in none of no slots. One object for each that is thought of. */
export interface Shift {
  readonly give: readonly number[];
  readonly take: readonly number[];
  /** By how much the number of each span changes: of distinct people by one at most, however often they come. */
  readonly by: Int8Array;
  /** The spans whose number changes. */
  readonly touches: readonly number[];
  /** Which nested periods come nearer to each other, so that there must be room between them. */
  readonly tight: readonly (readonly [inner: number, outer: number])[];
  /** Which covered periods lose less than their cover, so that some must have been counted in more than one part of it; and how many. */
  readonly loose: readonly (readonly [whole: number, parts: readonly number[], by: number])[];
}

/** Slots one after the other. */
export const run = (from: number, to: number) => range(from, to + 1);

const shifts = new WeakMap<Frame, Map<string, Shift>>();

export function shiftOf(frame: Frame, give: readonly number[], take: readonly number[]): Shift {
  let known = shifts.get(frame);
  if (!known) shifts.set(frame, (known = new Map()));
  const key = `${give.join()}>${take.join()}`;
  let found = known.get(key);
  if (!found) {
    const isIn = ({ from, to }: Span, slots: readonly number[]) => slots.some((slot) => slot >= from && slot < to);
    const by = Int8Array.from(frame.spans, (span) => Number(isIn(span, take)) - Number(isIn(span, give)));
    const tight = frame.nested.filter(([inner, outer]) => (by[inner] ?? 0) > (by[outer] ?? 0));
    const loose = frame.covered.flatMap(([whole, parts]) => {
      const more = (by[whole] ?? 0) - parts.reduce((sum, part) => sum + (by[part] ?? 0), 0);
      return more > 0 ? [[whole, parts, more] as const] : [];
    });
    const touches = frame.spans.flatMap((_, nth) => (by[nth] === 0 ? [] : [nth]));
    known.set(key, (found = { give, take, by, touches, tight, loose }));
  }
  return found;
}

/** Whether a line that only grows would still, were a run of slots shifted. */
export function growsStill({ at }: Line, { give, take }: Shift): boolean {
  const [first, last] = [give[0], take.at(-1)];
  if (first !== undefined && (at[first] ?? 0) - 1 < (at[first - 1] ?? 0)) return false;
  return last === undefined || last + 1 >= at.length || (at[last] ?? 0) + 1 <= (at[last + 1] ?? 0);
}

/** Whether a shift is possible, as far as numbers of periods tell. */
export function mayShift(over: Over, { at, told }: Line, { give, by, tight, loose }: Shift): boolean {
  for (const slot of give) if ((at[slot] ?? 0) < 1) return false;
  if (over !== 'distinct') return true;
  // Whoever came in a part came in the whole, and whoever came in the whole in some part.
  for (const [inner, outer] of tight)
    if ((by[inner] ?? 0) - (by[outer] ?? 0) > (told[outer] ?? 0) - (told[inner] ?? 0)) return false;
  for (const [whole, parts, more] of loose) {
    let sum = 0;
    for (const part of parts) sum += told[part] ?? 0;
    if (more > sum - (told[whole] ?? 0)) return false;
  }
  return true;
}
