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
const versionColumns = { skill_code: 'text', ...wording };

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
    domains.map((domain, position) => ({ ...domain, position })),
  );
  await insertMany(
    tx,
    'skill',
    { code: 'text', domain_code: 'text', position: 'integer' },
    given.map((row, position) => ({ code: cell(row, 'code'), domain_code: cell(row, 'domain_code'), position })),
  );
  await tx`create temporary table given_skill on commit drop as
           select skill_code, level, core, title_vi, title_en, can_do_vi, can_do_en, evidence_vi, digcomp_area, national_ref
           from skill_version with no data`;
  await insertMany(tx, 'given_skill', versionColumns, given.map(versionOf), '');
  const columns = Object.keys(wording);
  await tx.unsafe(`delete from given_skill g using skill_version v
                   where v.skill_code = g.skill_code and (${columns.map((name) => `v.${name} = g.${name}`).join(' and ')})`);
  await tx`update skill_version v set valid_to = current_date from given_skill g
           where v.skill_code = g.skill_code and v.valid_to is null`;
  await tx.unsafe(
    `insert into skill_version (version, valid_from, skill_code, ${columns.join(', ')})
     select coalesce(old.latest, 0) + 1, case when old.latest is null then $1::text::date else current_date end,
            g.skill_code, ${columns.map((name) => `g.${name}`).join(', ')}
     from given_skill g left join lateral
       (select max(version) as latest from skill_version v where v.skill_code = g.skill_code) old on true`,
    [catalogueBegan],
  );
  await tx`drop table given_skill`;
}
