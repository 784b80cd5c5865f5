import type { Sql } from 'postgres';
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

const kinds = [
  ['village', 'Thôn'],
  ['hamlet', 'Bản'],
  ['residential_group', 'Tổ dân phố'],
] as const;
const first = 'Đông Tây Nam Bắc Trung Thượng Hạ Xuân Phú Tân Vĩnh Hòa Mỹ An Lộc'.split(' ');
const second = 'Sơn Thủy Lâm Giang Hải Thành Phong Định Trạch Ninh Hóa Lễ Đức Phước'.split(' ');

/**
 * Villages up to so many, spread over the units, with names as villages have them: half of them a number, half of them two words and
 * sometimes a number.
 */
export async function fillUnits(
  sql: Sql,
  count: number,
  dice: (below: number) => number,
): Promise<{ name: string; unit: string }[]> {
  const all = units();
  const [have] = await sql<{ last: number; villages: number }[]>`
    select greatest(max(id), 1000000) as last, count(*) filter (where id >= 1000000)::int as villages from area`;
  const { last, villages } = have ?? { last: 1_000_000, villages: 0 };
  const rows = Array.from({ length: count - villages }, (_, at) => {
    const unit = all[at % all.length];
    const [kind, called] = kinds[dice(3)] ?? kinds[0];
    const number = 1 + dice(30);
    const words = `${first[dice(first.length)]} ${second[dice(second.length)]}`;
    const name = `${called} ${dice(2) === 0 ? number : dice(3) === 0 ? `${words} ${number}` : words}`;
    return { id: last + 1 + at, kind, name, unit: unit?.id ?? 0, unitName: unit?.fullNameVi ?? '' };
  });
  const list = sql.json(rows);
  await sql`
    insert into area (id, kind, name_vi, name_en, full_name_vi, full_name_en, name_folded, valid_from)
    select id, kind, name, name, name, name, place_full(name), '2025-07-01'
    from jsonb_to_recordset(${list}) as village (id int, kind text, name text)`;
  await sql`
    insert into area_parent (area_id, parent_id, valid_from)
    select id, unit, '2025-07-01' from jsonb_to_recordset(${list}) as village (id int, unit int)`;
  await sql`select rebuild_area_tree()`;
  await sql`analyze area, area_alias, area_tree`;
  return rows.map(({ name, unitName }) => ({ name, unit: unitName }));
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
