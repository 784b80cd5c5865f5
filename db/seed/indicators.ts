import fs from 'node:fs';
import path from 'node:path';
import { provinceId } from './areas';
import { insertMany, type Row, type SeedTx } from './connection';
import { cell, parseCsv } from './csv';

/** The first registry counts from here: figures of the movement begin with the units of today. */
const registryBegan = '2025-07-01';

/** The project's own copy of the movement's indicators. */
export function readIndicators(): Record<string, string>[] {
  return parseCsv(fs.readFileSync(path.join(process.cwd(), 'db/seed/indicators.csv'), 'utf8'));
}

const lists = ['breakdowns', 'groups'];
const perhaps = ['measure', 'whole_group'];
const wording = [
  'name_vi',
  'name_en',
  'numerator_vi',
  'numerator_en',
  'denominator_vi',
  'denominator_en',
  'source_vi',
  'source_en',
  'unit',
  'shown_as',
  'grain',
  'boundary',
  'attribution',
  'breakdowns',
  'measure',
  'groups',
  'whole',
  'whole_group',
  'evidence',
];
const versionColumns = {
  indicator_code: 'text',
  kind: 'text',
  version: 'integer',
  valid_from: 'date',
  ...Object.fromEntries(wording.map((name) => [name, lists.includes(name) ? 'text[]' : 'text'])),
};

function given(row: Record<string, string>, name: string): string | null {
  const value = cell(row, name);
  if (lists.includes(name)) return `{${value.split(' ').filter(Boolean).join(',')}}`;
  return perhaps.includes(name) && value === '' ? null : value;
}

const wordsOf = (row: Row) => wording.map((name) => String(row[name] ?? '')).join('|');

/**
 * Brings the registry in. A wording never seen before becomes the indicator's new version from today and closes the one before; one seen
 * before changes nothing.
 */
export async function loadIndicators(tx: SeedTx, registry = readIndicators()): Promise<void> {
  await insertMany(
    tx,
    'indicator',
    { code: 'text', kind: 'text', position: 'integer' },
    registry.map((row, position) => ({ code: cell(row, 'code'), kind: cell(row, 'kind'), position })),
  );
  const known = await tx.unsafe<{ code: string; version: number; words: string }[]>(
    `select indicator_code as code, version, array_to_string(array[${wording.map((name) => `${name}::text`).join(', ')}], '|', '') as words
     from indicator_version`,
  );
  const seen = new Set(known.map(({ code, words }) => `${code}|${words}`));
  const latest = new Map<string, number>();
  for (const { code, version } of known) latest.set(code, Math.max(version, latest.get(code) ?? 0));
  const fresh = registry
    .map((row): Row => ({
      indicator_code: cell(row, 'code'),
      kind: cell(row, 'kind'),
      ...Object.fromEntries(wording.map((name) => [name, given(row, name)])),
    }))
    .filter((row) => !seen.has(`${String(row.indicator_code)}|${wordsOf(row)}`));
  if (fresh.length === 0) return;
  const codes = fresh.map((row) => String(row.indicator_code));
  await tx`update indicator_version set valid_to = current_date where valid_to is null and indicator_code = any (${codes})`;
  const [today] = await tx<{ day: string }[]>`select current_date::text as day`;
  for (const row of fresh) {
    const before = latest.get(String(row.indicator_code)) ?? 0;
    Object.assign(row, { version: before + 1, valid_from: before === 0 ? registryBegan : (today?.day ?? null) });
  }
  await insertMany(tx, 'indicator_version', versionColumns, fresh, '');
}

/** What the whole country aims at: adults with basic digital skills. */
const national = [
  { period: '2025', value: 80 },
  { period: '2026', value: 100 },
];

/** Sets the national targets for the province, where nobody has set any: from then on they are the province's to change. */
export async function loadNationalTargets(tx: SeedTx): Promise<void> {
  for (const { period, value } of national)
    await tx`
      insert into target (indicator_code, area_id, period, value, source)
      select 'R08', ${provinceId}, ${period}, ${value}, 'Chỉ tiêu chung của cả nước'
      where not exists (select from target where indicator_code = 'R08' and area_id = ${provinceId} and period = ${period})`;
}
