import fs from 'node:fs';
import path from 'node:path';
import { fold } from '../../lib/kernel/text';
import { insertMany, type Row, type SeedTx } from './connection';
import { cell, numberOf, parseCsv } from './csv';

export const provinceId = 44;
/** The units of today began on this day. */
const unitsBegan = '2025-07-01';

const kinds: Record<string, { vi: string; en: string }> = {
  province: { vi: 'Tỉnh', en: 'Province' },
  commune: { vi: 'Xã', en: 'Commune' },
  ward: { vi: 'Phường', en: 'Ward' },
  special_zone: { vi: 'Đặc khu', en: 'Special Zone' },
};

export interface Unit {
  id: number;
  kind: string;
  fullNameVi: string;
  /** Other names, with what kind of name each is. */
  aliases: { kind: string; name: string }[];
  row: Row;
}

/** The province and its 78 units as `units.csv` has them. */
export function readUnits(): Unit[] {
  const file = path.join(process.cwd(), 'db/seed/units.csv');
  return parseCsv(fs.readFileSync(file, 'utf8')).map(unitOf);
}

function unitOf(given: Record<string, string>): Unit {
  const code = cell(given, 'code');
  const kind = cell(given, 'kind');
  const called = kinds[kind];
  if (!called) throw new Error(`units.csv: unknown kind ${kind}`);
  const nameVi = cell(given, 'name_vi');
  const nameEn = cell(given, 'name_en');
  const fullNameVi = `${called.vi} ${nameVi}`;
  const aliases = [
    ...cell(given, 'predecessors')
      .split(/;\s*/)
      .map((name) => ({ kind: 'predecessor', name })),
    { kind: 'former_district', name: cell(given, 'former_district') },
    { kind: 'former_province', name: cell(given, 'former_province') },
    { kind: 'spelling', name: cell(given, 'name_nso') === nameVi ? '' : cell(given, 'name_nso') },
  ].filter(({ name }) => name !== '');
  const row: Row = {
    id: Number(code),
    official_code: code,
    kind,
    name_vi: nameVi,
    name_en: nameEn,
    full_name_vi: fullNameVi,
    full_name_en: `${nameEn} ${called.en}`,
    name_folded: fold(fullNameVi),
    latitude: numberOf(given, 'latitude'),
    longitude: numberOf(given, 'longitude'),
    area_km2: numberOf(given, 'area_km2'),
    valid_from: unitsBegan,
  };
  return { id: Number(code), kind, fullNameVi, aliases, row };
}

export const areaColumns = {
  id: 'integer',
  official_code: 'text',
  kind: 'text',
  name_vi: 'text',
  name_en: 'text',
  full_name_vi: 'text',
  full_name_en: 'text',
  name_folded: 'text',
  latitude: 'float8',
  longitude: 'float8',
  area_km2: 'float8',
  valid_from: 'date',
};
export const parentColumns = { area_id: 'integer', parent_id: 'integer', valid_from: 'date' };
const aliasColumns = { area_id: 'integer', kind: 'text', name: 'text', name_folded: 'text' };

/** Adds the units that are not there yet, with their parents and aliases. What an administrator changed is never put back. */
export async function loadAreas(tx: SeedTx): Promise<void> {
  const known = new Set((await tx<{ id: number }[]>`select id from area where id < 1000000`).map(({ id }) => id));
  const missing = readUnits().filter(({ id }) => !known.has(id));
  if (missing.length === 0) return;
  const rows = missing.map(({ row }) => row);
  const parents = missing
    .filter(({ id }) => id !== provinceId)
    .map(({ id }) => ({ area_id: id, parent_id: provinceId, valid_from: unitsBegan }));
  const aliases = missing.flatMap(({ id, aliases: names }) =>
    names.map(({ kind, name }) => ({ area_id: id, kind, name, name_folded: fold(name) })),
  );
  await insertMany(tx, 'area', areaColumns, rows);
  await insertMany(tx, 'area_parent', parentColumns, parents);
  await insertMany(tx, 'area_alias', aliasColumns, aliases);
  await tx`select rebuild_area_tree()`;
}
