import fs from 'node:fs';
import path from 'node:path';
import { insertMany, type Row, type SeedTx } from './connection';
import { courseId } from './courses';
import { cell, parseCsv } from './csv';

/** The first list counts from here. */
const listBegan = new Date('2025-07-01T00:00:00+07:00');

const wording = {
  position: 'integer',
  name_vi: 'text',
  name_en: 'text',
  hint_vi: 'text',
  hint_en: 'text',
  course_id: 'uuid',
};

/** The project's own list of what people come to a desk with. */
export function readDeskNeeds(): string {
  return fs.readFileSync(path.join(process.cwd(), 'db/seed/desk-needs.csv'), 'utf8');
}

function needOf(given: Record<string, string>): Row {
  const course = cell(given, 'course');
  return {
    code: cell(given, 'code'),
    position: Number(cell(given, 'position')),
    name_vi: cell(given, 'name_vi'),
    name_en: cell(given, 'name_en'),
    hint_vi: cell(given, 'hint_vi'),
    hint_en: cell(given, 'hint_en'),
    course_id: course === '' ? null : courseId(course),
  };
}

const wordsOf = (row: Row) =>
  Object.keys(wording)
    .flatMap((name) => (row[name] === null ? [] : [String(row[name])]))
    .join('|');

/**
 * Brings the list in as it stands in the project: what is worded anew becomes the need's next version, from now on; what is on the list
 * no more is closed. What was logged keeps the wording it was logged with.
 */
export async function loadDeskNeeds(tx: SeedTx, list = readDeskNeeds()): Promise<void> {
  const given = parseCsv(list).map(needOf);
  const rows = await tx<{ code: string; version: number; now: boolean; words: string }[]>`
    select code, version, replaced_at is null as now, concat_ws('|', position, name_vi, name_en, hint_vi, hint_en, course_id) as words
    from desk_need order by version`;
  const current = new Map(rows.flatMap(({ code, now, words }) => (now ? [[code, words]] : [])));
  const latest = new Map(rows.map(({ code, version }) => [code, version]));
  const fresh = given.filter((need) => current.get(String(need.code)) !== wordsOf(need));
  const gone = [...current.keys()].filter((code) => !given.some((need) => need.code === code));
  const closed = [...gone, ...fresh.map(({ code }) => String(code))];
  if (closed.length > 0)
    await tx`update desk_need set replaced_at = now() where replaced_at is null and code = any(${closed})`;
  for (const need of fresh) {
    const before = latest.get(String(need.code)) ?? 0;
    Object.assign(need, { version: before + 1, used_from: before === 0 ? listBegan : new Date() });
  }
  const columns = { code: 'text', version: 'integer', used_from: 'timestamptz', ...wording };
  await insertMany(tx, 'desk_need', columns, fresh, '');
}
