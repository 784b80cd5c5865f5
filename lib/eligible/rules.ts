import type { Eligible, Said } from './schema';

/** Places by the one they lie in. */
export type Below = ReadonlyMap<number, readonly number[]>;

/**
 * How many live in an area. Its own declaration wins; without one the places below are added up, each by the same rule. A sum in which a
 * place is missing is not whole and says how many of how many there are: it is never taken for the area's number.
 */
export function peopleOf(areaId: number, below: Below, said: ReadonlyMap<number, Said>): Eligible {
  const own = said.get(areaId);
  if (own)
    return {
      people: own.people,
      from: 'own',
      complete: true,
      declared: 0,
      places: 0,
      asOf: own.asOf,
      source: own.source,
    };
  const parts = (below.get(areaId) ?? []).map((id) => peopleOf(id, below, said));
  const known = parts.flatMap(({ people }) => people ?? []);
  const declared = parts.filter(({ complete }) => complete).length;
  const days = parts.flatMap(({ asOf }) => asOf ?? []).sort();
  return {
    people: known.length > 0 ? known.reduce((sum, people) => sum + people, 0) : null,
    from: known.length > 0 ? 'below' : 'none',
    complete: parts.length > 0 && declared === parts.length,
    declared,
    places: parts.length,
    asOf: days[0] ?? null,
    source: null,
  };
}
