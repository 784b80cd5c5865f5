import { expect, test } from 'vitest';
import { placesToGoFirst, unreachedOf } from '../../lib/figure/rules';
import type { Cell, PlaceRow } from '../../lib/figure/schema';

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
});
const came = (value: number): Cell => ({ value, of: value });
const first = (places: PlaceRow[]) => {
  const found = placesToGoFirst(places);
  return [found.by, found.places.map(({ id }) => id)];
};

test('goes where most are left, and never ranks a place nobody counted', () => {
  const places = [
    place(1, 100, came(90), 4),
    place(2, 80, undefined, 0),
    place(3, null, came(5), 0),
    place(4, 50, came(10), 1),
  ];
  expect(first(places)).toEqual(['unreached', [2, 4, 1]]);
  expect(first([place(1, null, came(3), 1)])).toEqual(['unreached', []]);
});

test('where one is hidden it goes by older people for each session, so that nobody is sent by what is missing', () => {
  const places = [place(1, 100, null, 19), place(2, 80, came(0), 79), place(3, 60, null, 0), place(4, null, null, 0)];
  expect(first(places)).toEqual(['sessions', [3, 1, 2]]);
});

test('says nothing of a place with fewer people than came, or hidden', () => {
  expect(unreachedOf(10, came(11))).toEqual({ unreached: null, perThousand: null });
  expect(unreachedOf(10, null)).toEqual({ unreached: null, perThousand: null });
  expect(unreachedOf(0, undefined)).toEqual({ unreached: null, perThousand: null });
  expect(unreachedOf(10, undefined)).toEqual({ unreached: 10, perThousand: 0 });
});
