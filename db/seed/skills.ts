import fs from 'node:fs';
import path from 'node:path';
import { insertMany, type Row, type SeedTx } from './connection';
import { cell, parseCsv } from './csv';

/** The first catalogue counts from here, so that every observation falls under a version. */
const catalogueBegan = '2025-01-01';

const domains = [
  { code: 'A', name_vi: 'Dùng điện thoại', name_en: 'Using the phone' },
  { code: 'B', name_vi: 'Gọi và nhắn tin', name_en: 'Calls and messages' },
  { code: 'C', name_vi: 'VNeID', name_en: 'VNeID' },
  { code: 'D', name_vi: 'Dịch vụ công', name_en: 'Public services' },
  { code: 'E', name_vi: 'Tiền trên điện thoại', name_en: 'Money on the phone' },
  { code: 'F', name_vi: 'Không để bị lừa', name_en: 'Staying safe' },
  { code: 'G', name_vi: 'Việc hằng ngày', name_en: 'Everyday life' },
  { code: 'H', name_vi: 'Ảnh, AI và bán hàng', name_en: 'Photos, AI and selling' },
  { code: 'Z', name_vi: 'Chỉ lại cho người khác', name_en: 'Teaching others' },
];

/** The project's own copy of the province's skill catalogue. */
export function readCatalogue(): string {
  return fs.readFileSync(path.join(process.cwd(), 'db/seed/skills.csv'), 'utf8');
}

/** The codes of the skills everybody should have. */
export function coreSkills(): Set<string> {
  const rows = parseCsv(readCatalogue()).filter((row) => cell(row, 'core') === 'Y');
  return new Set(rows.map((row) => cell(row, 'code')));
}

const wording = {
  level: 'integer',
  core: 'boolean',
  title_vi: 'text',
  title_en: 'text',
  can_do_vi: 'text',
  can_do_en: 'text',
  evidence_vi: 'text',
  digcomp_area: 'text',
  national_ref: 'text',
};
const versionColumns = { skill_code: 'text', version: 'integer', valid_from: 'date', ...wording };

function versionOf(given: Record<string, string>): Row {
  const texts = ['title_vi', 'title_en', 'can_do_vi', 'can_do_en', 'evidence_vi', 'digcomp_area', 'national_ref'];
  return {
    skill_code: cell(given, 'code'),
    level: Number(cell(given, 'level')),
    core: cell(given, 'core') === 'Y',
    ...Object.fromEntries(texts.map((name) => [name, cell(given, name)])),
  };
}

/**
 * Brings a catalogue in. A wording never seen before becomes the skill's new version from today and closes the one
 * before; a wording seen before changes nothing, so what an administrator edited since is never put back.
 */
export async function loadSkills(tx: SeedTx, catalogue = readCatalogue()): Promise<void> {
  const given = parseCsv(catalogue);
  await insertMany(
    tx,
    'skill_domain',
    { code: 'text', name_vi: 'text', name_en: 'text', position: 'integer' },
    domains.map(({ code, name_vi, name_en }, position) => ({ code, name_vi, name_en, position })),
  );
  await insertMany(
    tx,
    'skill',
    { code: 'text', domain_code: 'text', position: 'integer' },
    given.map((row, position) => ({ code: cell(row, 'code'), domain_code: cell(row, 'domain_code'), position })),
  );
  const known = await tx<{ code: string; version: number; words: string }[]>`
    select skill_code as code, version,
      concat_ws('|', skill_code, level, case when core then 'true' else 'false' end, title_vi, title_en,
        can_do_vi, can_do_en, evidence_vi, digcomp_area, national_ref) as words
    from skill_version`;
  const seen = new Set(known.map(({ words }) => words));
  const latest = new Map<string, number>();
  for (const { code, version } of known) latest.set(code, Math.max(version, latest.get(code) ?? 0));
  const fresh = given.map(versionOf).filter((row) => !seen.has(wordsOf(row)));
  const codes = fresh.map((row) => String(row.skill_code));
  if (fresh.length === 0) return;
  await tx`update skill_version set valid_to = current_date where valid_to is null and skill_code = any (${codes})`;
  const [today] = await tx<{ day: string }[]>`select current_date::text as day`;
  for (const row of fresh) {
    const before = latest.get(String(row.skill_code)) ?? 0;
    Object.assign(row, { version: before + 1, valid_from: before === 0 ? catalogueBegan : (today?.day ?? null) });
  }
  await insertMany(tx, 'skill_version', versionColumns, fresh, '');
}

const wordsOf = (row: Row) =>
  Object.keys({ skill_code: 'text', ...wording })
    .map((name) => String(row[name]))
    .join('|');
