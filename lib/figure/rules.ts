import { dayOf } from '@/lib/kernel/clock';
import type { Cell, PlaceRow, PlaceSort } from './schema';

/** Hours after its end during which a session without a register is nobody's concern yet. */
export const registerGraceHours = 24;

/** The month (`yyyy-mm`) a moment belongs to, in the portal's zone. */
export function monthOf(moment: Date): string {
  return dayOf(moment).slice(0, 7);
}

/** Whether a period is a month; the other kind is a year. */
export function isMonth(period: string): boolean {
  return period.length === 7;
}

/** The month so many months later (or earlier). */
export function addMonths(month: string, count: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** The months from one to another, both included; none when they are the wrong way round. */
export function monthsBetween(from: string, to: string): string[] {
  const months: string[] = [];
  for (let month = from; month <= to && months.length < 1200; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** The period of the same kind just before. */
export function periodBefore(period: string): string {
  return isMonth(period) ? addMonths(period, -1) : String(Number(period) - 1).padStart(4, '0');
}

/** The months a trend shows: the year's own up to now, or the twelve that end with the month asked for. */
export function trendMonths(period: string, now: Date): string[] {
  if (isMonth(period)) return monthsBetween(addMonths(period, -11), period);
  const last = `${period}-12`;
  const current = monthOf(now);
  return monthsBetween(`${period}-01`, last < current || current < `${period}-01` ? last : current);
}

/** A share in percent, or null where nothing was counted: a rate of nothing is not 0. */
export function percent(value: number, of: number): number | null {
  return of > 0 ? (100 * value) / of : null;
}

/** The cell's share in percent, or null. */
export function rateOf(cell: Cell | undefined): number | null {
  return cell ? percent(cell.value, cell.of) : null;
}

/** Places where, as far as the registers say, nobody has come. */
export function unreached(places: readonly PlaceRow[]): PlaceRow[] {
  return places.filter((place) => !place.reached?.value);
}

const rank: Record<PlaceSort, (place: PlaceRow) => number | null> = {
  name: () => 0,
  reached: (place) => place.reached?.value ?? 0,
  missing: (place) => place.missing,
  rate: (place) => rateOf(place.attendance),
  core: (place) => place.core?.value ?? 0,
  held: (place) => place.held?.value ?? 0,
};

/** Places in the order asked for; equal ones by name, those of which nothing is known last. */
export function rankPlaces(places: readonly PlaceRow[], by: PlaceSort, descending: boolean): PlaceRow[] {
  const sign = descending ? -1 : 1;
  const order = (a: PlaceRow, b: PlaceRow) => {
    const [x, y] = [rank[by](a), rank[by](b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (x - y);
  };
  const byName = by === 'name' && descending ? [...places].reverse() : [...places];
  return byName.sort(order);
}

/** What to call the places of a level together. */
export function kindOfAll(places: readonly { kind: string }[]): 'unit' | 'village' | 'group' | 'place' {
  const kinds = new Set(places.map(({ kind }) => kind));
  const only = (...names: string[]) => [...kinds].every((kind) => names.includes(kind));
  if (only('commune', 'ward', 'special_zone')) return 'unit';
  if (only('residential_group')) return 'group';
  return only('village', 'hamlet') ? 'village' : 'place';
}
