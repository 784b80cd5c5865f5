import { areaColumns, parentColumns, readUnits } from '@/db/seed/areas';
import { insertMany, seedConnection } from '@/db/seed/connection';
import { makePlaces, type PlaceRows } from '@/db/seed/demo/places';

/** Letters and choices that repeat from a seed (mulberry32). */
export function throwsOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

/** The villages of the demo world, without anything else of it. */
export async function plantVillages(url: string): Promise<PlaceRows['area']> {
  const rows: PlaceRows = { area: [], area_parent: [], venue: [], team: [], team_member: [] };
  makePlaces(rows);
  const sql = seedConnection(url);
  await sql.begin(async (tx) => {
    await tx`select set_config('role', 'camtay_system', true)`;
    await insertMany(tx, 'area', areaColumns, rows.area, '');
    await insertMany(tx, 'area_parent', parentColumns, rows.area_parent, '');
    await tx`select rebuild_area_tree()`;
  });
  await sql`analyze`;
  await sql.end();
  return rows.area;
}

/** What is typed, and which places are the right answer: one, or all that bear the name. */
export interface Asked {
  readonly typed: string;
  readonly how: string;
  readonly right: readonly number[];
}

/** Another way to put the tone mark on oa, oe, uy: Hóa and Hoá. */
export function otherSpelling(name: string): string {
  const pairs = [
    'óa oá',
    'òa oà',
    'ỏa oả',
    'õa oã',
    'ọa oạ',
    'úy uý',
    'ùy uỳ',
    'ủy uỷ',
    'ũy uỹ',
    'ụy uỵ',
    'óe oé',
    'òe oè',
  ];
  return pairs.reduce((text, pair) => {
    const [old = '', fresh = ''] = pair.split(' ');
    return text.includes(old) ? text.replace(old, fresh) : text.replace(fresh, old);
  }, name);
}

export const unmarked = (name: string) =>
  name.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D');

/** One letter of a word put in, left out, changed or swapped with the next; never a digit. */
export function withTypo(name: string, dice: (below: number) => number): string {
  const letters = [...unmarked(name)];
  const places = letters.flatMap((letter, at) => (/[a-z]/i.test(letter) ? [at] : []));
  const at = places[dice(places.length)] ?? 0;
  const fresh = 'abcdeghiklmnopqrstuvxy'[dice(22)] ?? 'x';
  const kind = dice(4);
  if (kind === 0) letters.splice(at, 1);
  else if (kind === 1) letters.splice(at, 0, fresh);
  else if (kind === 2) letters[at] = fresh;
  else if (/[a-z]/i.test(letters[at + 1] ?? ''))
    [letters[at], letters[at + 1]] = [letters[at + 1] ?? '', letters[at] ?? ''];
  else letters.splice(at, 1);
  return letters.join('');
}

/** Units as the list has them, to ask about. */
export const units = () => readUnits().filter(({ kind }) => kind !== 'province');
