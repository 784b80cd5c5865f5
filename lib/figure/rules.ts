import { addMonths, isMonth, monthOf, rateOf, type PlaceKind, type PlaceRow, type PlaceSort } from './schema';

/** Hours after its end during which a session without a register is nobody's concern yet. */
export const registerGraceHours = 24;

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

/** Places where, as far as the registers say, nobody has come. */
export function unreached(places: readonly PlaceRow[]): PlaceRow[] {
  return places.filter((place) => !place.reached?.value);
}

const rank: Record<PlaceSort, (place: PlaceRow) => number | null> = {
  name: () => 0,
  reached: (place) => place.reached?.value ?? 0,
  age60: (place) => place.reachedAge60?.value ?? 0,
  missing: (place) => place.missing,
  rate: (place) => rateOf(place.attendance),
  core: (place) => place.core?.value ?? 0,
  skills: (place) => place.skills?.value ?? 0,
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
export function kindOfAll(places: readonly { kind: string }[]): PlaceKind {
  const kinds = new Set(places.map(({ kind }) => kind));
  const only = (...names: string[]) => [...kinds].every((kind) => names.includes(kind));
  if (only('commune', 'ward', 'special_zone')) return 'unit';
  if (only('residential_group')) return 'group';
  return only('village', 'hamlet') ? 'village' : 'place';
}
