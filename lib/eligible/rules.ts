import { fewest, isSmall } from '@/lib/disclosure/schema';
import type { Eligible, Said, SaidToCaller } from './schema';

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
  hidden: false,
  leftOut: 0,
} as const;

const ownWord = ({ people, asOf, source }: Said): Eligible => ({
  ...unsaid,
  people,
  from: 'own',
  complete: true,
  asOf,
  source,
});

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
    const found: Eligible = own ? ownWord(own) : together((below.get(areaId) ?? []).map(of));
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

/** Each hidden number may still be any of so many after a sum that holds it was told. */
const leftOpen = 5;
/** The most that is hidden. */
const most = fewest - 1;

const total = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0);

/** Whether hidden numbers, each of 1 to 9, may stand in a sum that is told: by then their own sum is known, and it must be of many and leave each of them open. */
function mayBeSummed(hidden: readonly number[]): boolean {
  const [count, sum] = [hidden.length, total(hidden)];
  const [least, largest] = [Math.max(1, sum - most * (count - 1)), Math.min(most, sum - (count - 1))];
  return count > 1 && sum >= fewest && largest - least + 1 >= leftOpen;
}

interface Telling {
  readonly told: Eligible;
  /** The hidden numbers at and below the area that stand in no sum yet. */
  readonly left: readonly number[];
}

/**
 * How many of a sensitive group live in any area, for a caller who may not look people up everywhere: as `peopleIn`, but numbers of 1 to 9 are hidden
 * where the caller may not, and stand in no sum above from which one of them could be worked out. A sum leaves them all out or none, and each of them
 * stands in the first sum that may hold it, and in none below: so all that is known of it is that one sum. A place's own number is told only where it is no
 * such sum: either they are in it, or it cannot be the sum of what is told below and of them.
 */
export function toldIn(below: Below, said: ReadonlyMap<number, SaidToCaller>): (areaId: number) => Eligible {
  const known = new Map<number, Telling>();
  const of = (areaId: number): Telling => {
    const before = known.get(areaId);
    if (before) return before;
    const own = said.get(areaId);
    const parts = own?.exact ? [] : (below.get(areaId) ?? []).map(of);
    const found = own ? beside(own, addedUp(parts)) : addedUp(parts);
    known.set(areaId, found);
    return found;
  };
  return (areaId) => of(areaId).told;
}

/** What is told of a place that said a number of its own, and of whose places below `sum` is told. */
function beside(own: SaidToCaller, sum: Telling): Telling {
  if (own.exact) return { told: ownWord(own), left: [] };
  const { told, left } = sum;
  if (isSmall(own.people))
    return told.from === 'none' ? { told: { ...ownWord(own), ...nothingTold }, left: [own.people] } : sum;
  const people = told.people ?? 0;
  const mayBeTheSum = told.complete && own.people >= people && own.people <= people + left.length * most;
  return left.length > 0 && mayBeTheSum ? sum : { told: ownWord(own), left: [] };
}

const nothingTold = { people: null, hidden: true } as const;

function addedUp(parts: readonly Telling[]): Telling {
  const hidden = parts.flatMap(({ left }) => left);
  const isHeld = mayBeSummed(hidden);
  const left = isHeld ? [] : hidden;
  // A hidden number is somebody's word all the same: 0 of what is told.
  const spoken = parts.map(({ told }) => (told.hidden ? { ...told, people: 0 } : told));
  const sum = together(spoken);
  const people = sum.people === null ? null : sum.people + (isHeld ? total(hidden) : 0);
  const told = { ...sum, people, leftOut: left.length };
  // Of 0 and some more that are left out nothing is said.
  return { told: people === 0 && left.length > 0 ? { ...told, ...nothingTold } : told, left };
}
