import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectionOptions } from '@/db/connection';
import { seed } from '@/db/seed';
import { readUnits } from '@/db/seed/areas';
import { courseId } from '@/db/seed/courses';
import { parseCsv } from '@/db/seed/csv';
import { loadSkills, readCatalogue } from '@/db/seed/skills';
import { fold } from '@/lib/kernel/text';
import { testDatabase } from '../support/database';

let url = '';
let sql: postgres.Sql;

beforeAll(async () => {
  ({ url } = await testDatabase());
  sql = postgres({ ...connectionOptions(url), max: 1, onnotice: () => {} });
});
afterAll(() => sql.end());

const tables = [
  'area',
  'area_parent',
  'area_tree',
  'area_alias',
  'skill',
  'skill_version',
  'consent_text',
  'course',
  'day_off',
];
const more = ['lesson', 'lesson_skill'];

async function countRows(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of [...tables, ...more]) {
    const [row] = await sql<{ n: number }[]>`select count(*)::int as n from ${sql(table)}`;
    counts[table] = row?.n ?? 0;
  }
  return counts;
}

describe('reference data', () => {
  test('has the province and its 78 units: 69 communes, 8 wards, 1 special zone, all under the province', async () => {
    const kinds = await sql`select kind, count(*)::int as n from area group by kind order by kind`;
    expect([...kinds]).toEqual([
      { kind: 'commune', n: 69 },
      { kind: 'province', n: 1 },
      { kind: 'special_zone', n: 1 },
      { kind: 'ward', n: 8 },
    ]);
    const [under] = await sql`select count(*)::int as n from area_tree where ancestor_id = 44 and depth = 1`;
    expect(under).toEqual({ n: 78 });
  });

  test('finds every unit by its own name in either spelling and by each predecessor, typed without diacritics', async () => {
    for (const { id, aliases, fullNameVi } of readUnits()) {
      for (const name of [fullNameVi, ...aliases.map((alias) => alias.name)]) {
        const like = `%${fold(name)}%`;
        const found = await sql<{ id: number }[]>`
          select id from area where name_folded like ${like}
          union select area_id from area_alias where name_folded like ${like}`;
        expect(found.map((row) => row.id)).toContain(id);
      }
    }
    expect(fold('Minh Hoá')).toBe(fold('Minh Hóa'));
  });

  test('has every skill of the catalogue as its first version, the core ones marked', async () => {
    const given = parseCsv(readCatalogue());
    const [stored] = await sql`
      select count(*)::int as n, (count(*) filter (where core))::int as core, max(version) as latest from skill_version`;
    expect(stored).toEqual({ n: given.length, core: given.filter((row) => row.core === 'Y').length, latest: 1 });
  });

  test('teaches every core skill in the core course', async () => {
    const left = await sql`
      select skill_code from skill_version where core and valid_to is null and skill_code not in (
        select s.skill_code from lesson_skill s join lesson l on l.id = s.lesson_id join course c on c.id = l.course_id
        where c.id = ${courseId('core')})`;
    expect([...left]).toEqual([]);
  });

  test('changes nothing when loaded again, also from several processes at once', async () => {
    const before = await countRows();
    await Promise.all([seed(url, { demo: false }), seed(url, { demo: false }), seed(url, { demo: false })]);
    expect(await countRows()).toEqual(before);
  });

  test('gives a skill whose wording changed a new version, closes the old one, and puts no later edit back', async () => {
    const changed = readCatalogue().replace('Scan a QR code,', 'Scan a QR code with care,');
    const load = (catalogue: string) =>
      sql.begin(async (tx) => {
        await tx`select set_config('role', 'camtay_system', true)`;
        await loadSkills(tx, catalogue);
      });
    const versions = () =>
      sql`select version, title_en, valid_to is null as current from skill_version where skill_code = 'B3' order by version`;
    await load(changed);
    const expected = [
      { version: 1, title_en: 'Scan a QR code', current: false },
      { version: 2, title_en: 'Scan a QR code with care', current: true },
    ];
    expect([...(await versions())]).toEqual(expected);
    await load(changed);
    await load(readCatalogue());
    expect([...(await versions())]).toEqual(expected);
  });
});

test('the words people agree to promise nothing the portal does not do', async () => {
  const [words] = await sql<{ bodyVi: string; bodyEn: string }[]>`
    select body_vi as "bodyVi", body_en as "bodyEn" from consent_text where purpose = 'class' and version = 1`;
  // Nothing erases by the clock. Whoever builds that writes a new version of the words.
  expect(words?.bodyVi).not.toMatch(/\d+ (tháng|năm) sau/);
  expect(words?.bodyEn).not.toMatch(/\d+ (months|years) after/);
});
