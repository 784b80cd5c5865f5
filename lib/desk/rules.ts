/** So long whoever logged an assist can take it back. */
export const undoMinutes = 10;
/** So long after it was done an assist may still arrive from a phone. */
export const arriveDays = 90;

/**
 * Whether an assist is taken back too late: longer than `undoMinutes` after it was made, and after the portal had it. What had not been sent by
 * then counted nowhere, and goes whenever its maker says so. All three as told by the clocks that made them.
 */
export const undoneTooLate = (undoneAt: Date, madeAt: Date, receivedAt: Date): boolean =>
  undoneAt.getTime() > Math.max(madeAt.getTime(), receivedAt.getTime()) + undoMinutes * 60_000;

/** So often in so many days, and a need proposes a class. */
export const repeats = 5;
export const repeatDays = 7;

/** Open from when until when, as `HH:MM`. */
export interface OpenFrom {
  readonly opens: string;
  readonly closes: string;
}

const clock = /^(\d{1,2})(?:[:.h](\d{2})?)?$/i;

/** `7h30`, `7:30`, `7.30` or `7` as `07:30`; null where it is no time of day. */
function timeTyped(typed: string): string | null {
  const [, hour = '', minute = '00'] = clock.exec(typed) ?? [];
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59) return null;
  return `${hour.padStart(2, '0')}:${minute}`;
}

/**
 * The hours of one day as people write them: "7:30-11:30, 13h30–17h"; nothing when closed. At most three parts, put in order; null
 * where a part is no such thing, ends before it begins or overlaps another.
 */
export function readHours(typed: string): readonly OpenFrom[] | null {
  const parts = typed
    .normalize('NFKC')
    .split(/[,;]/)
    .map((part) => part.replace(/\s/g, ''))
    .filter((part) => part !== '');
  if (parts.length > 3) return null;
  const hours: OpenFrom[] = [];
  for (const part of parts) {
    const [from, until, more] = part.split(/[-–—]/);
    const [opens, closes] = [timeTyped(from ?? ''), timeTyped(until ?? '')];
    if (opens === null || closes === null || more !== undefined || closes <= opens) return null;
    hours.push({ opens, closes });
  }
  hours.sort((one, other) => (one.opens < other.opens ? -1 : 1));
  return hours.some(({ opens }, at) => opens < (hours[at - 1]?.closes ?? '')) ? null : hours;
}

/** The hours of a day as one writes them. */
export const writeHours = (hours: readonly OpenFrom[]): string =>
  hours.map(({ opens, closes }) => `${opens}–${closes}`).join(', ');

const sum = (counts: readonly number[]) => counts.reduce((all, one) => all + one, 0);

/** A table of counts with its sums. */
export interface Counts {
  readonly cells: readonly (readonly number[])[];
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly total: number;
}

export function withSums(cells: readonly (readonly number[])[]): Counts {
  const rows = cells.map(sum);
  const columns = (cells[0] ?? []).map((_, at) => sum(cells.map((row) => row[at] ?? 0)));
  return { cells, rows, columns, total: sum(rows) };
}

/** The table of counts by need and hour, every hour from the first to the last with anything in it. */
export function tableOf(
  counts: readonly { readonly code: string; readonly hour: number; readonly count: number }[],
  needs: readonly string[],
): { hours: readonly number[]; cells: readonly (readonly number[])[] } {
  const seen = counts.map(({ hour }) => hour);
  if (seen.length === 0) return { hours: [], cells: needs.map(() => []) };
  const first = Math.min(...seen);
  const hours = Array.from({ length: Math.max(...seen) - first + 1 }, (_, at) => first + at);
  const found = new Map(counts.map(({ code, hour, count }) => [`${code} ${hour}`, count]));
  return { hours, cells: needs.map((code) => hours.map((hour) => found.get(`${code} ${hour}`) ?? 0)) };
}
