import { expect, test } from 'vitest';
import { hidesWhoCame, placesToGoFirst, rankPlaces, unreachedOf } from '../../lib/figure/rules';
import { tellsSkills, type Cell, type PlaceRow } from '../../lib/figure/schema';

const place = (id: number, older: number | null, came: Cell, held: number): PlaceRow => ({
  id,
  kind: 'village',
  nameVi: String(id),
  nameEn: String(id),
  like: 'below',
  reached: came,
  reachedAge60: came,
  core: undefined,
  skills: undefined,
  attendance: undefined,
  classes: undefined,
  held: held > 0 ? { value: held, of: held } : undefined,
  missing: 0,
  older,
  ...unreachedOf(older, came),
  sessionsPerThousand: null,
  corePerThousand: null,
  aims: null,
});
const came = (value: number): Cell => ({ value, of: value });
const first = (places: PlaceRow[]) => placesToGoFirst(places).map(({ id }) => id);

test('goes where most are left, and never ranks a place nobody counted', () => {
  const places = [
    place(1, 100, came(90), 4),
    place(2, 80, undefined, 0),
    place(3, null, came(5), 0),
    place(4, 50, came(10), 1),
  ];
  expect(first(places)).toEqual([2, 4, 1]);
  expect(hidesWhoCame(places)).toBe(false);
  expect(first([place(1, null, came(3), 1)])).toEqual([]);
});

test('one hidden place stands by who lives there and changes the order of no other; the table has the same order', () => {
  const told = [
    place(2, 80, came(20), 79),
    place(3, 70, came(0), 0),
    place(4, null, null, 0),
    place(5, 40, came(0), 1),
  ];
  const hidden = place(1, 65, null, 19);
  expect(first(told)).toEqual([3, 2, 5]);
  const all = [...told, hidden];
  expect(first(all)).toEqual([3, 1, 2]);
  expect(hidesWhoCame(all)).toBe(true);
  // A place where nobody declared who lives there hides nothing that the order could rest on.
  expect(hidesWhoCame(told)).toBe(false);
  const table = rankPlaces(all, 'unreached', true).map(({ id }) => id);
  expect(table.slice(0, 3)).toEqual(first(all));
  expect(table.at(-1)).toBe(4);
});

test('says nothing of a place with fewer people than came, or hidden', () => {
  expect(unreachedOf(10, came(11))).toEqual({ unreached: null, perThousand: null });
  expect(unreachedOf(10, null)).toEqual({ unreached: null, perThousand: null });
  expect(unreachedOf(0, undefined)).toEqual({ unreached: null, perThousand: null });
  expect(unreachedOf(10, undefined)).toEqual({ unreached: 10, perThousand: 0 });
});

test('a column of skills newly learnt stands only where any is told: nothing learnt is told, what is kept back everywhere is not', () => {
  const kept = { skills: null };
  expect(tellsSkills([kept, kept])).toBe(false);
  expect(tellsSkills([kept, { skills: undefined }])).toBe(true);
  expect(tellsSkills([kept, { skills: came(3) }])).toBe(true);
});
