import type { Eligible, Said } from './schema';

/** Places by the one they lie in. */
export type Below = ReadonlyMap<number, readonly number[]>;

const unsaid = {
  people: null,
  from: 'none',
  complete: false,
  declared: 0,
  places: 0,
  asOf: null,
  source: null,
} as const;

/**
 * How many of a group live in any area. Its own declaration wins; without one the places below are added up, each by the same rule. A sum in which a
 * place is missing is not whole and says how many of how many there are: it is never taken for the area's number. Each place is added up once.
 */
export function peopleIn(below: Below, said: ReadonlyMap<number, Said>): (areaId: number) => Eligible {
  const known = new Map<number, Eligible>();
  const of = (areaId: number): Eligible => {
    const before = known.get(areaId);
    if (before) return before;
    const own = said.get(areaId);
    const found: Eligible = own
      ? { ...unsaid, people: own.people, from: 'own', complete: true, asOf: own.asOf, source: own.source }
      : together((below.get(areaId) ?? []).map(of));
    known.set(areaId, found);
    return found;
  };
  return of;
}

function together(parts: readonly Eligible[]): Eligible {
  const declared = parts.filter(({ complete }) => complete).length;
  const sum = { ...unsaid, declared, places: parts.length, complete: parts.length > 0 && declared === parts.length };
  const known = parts.flatMap(({ people }) => people ?? []);
  if (known.length === 0) return sum;
  const days = parts.flatMap(({ asOf }) => asOf ?? []);
  return {
    ...sum,
    people: known.reduce((total, people) => total + people, 0),
    from: 'below',
    asOf: days.reduce((first, day) => (day < first ? day : first)),
  };
}
