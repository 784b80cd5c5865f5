import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedInAs } from '@/bench/signed-in';
import { connectionOptions } from '@/db/connection';
import { closePool, openScoped } from '@/lib/access/scoped';
import { rebuildFigures } from '@/lib/figure/commands';
import { dayOf } from '@/lib/kernel/clock';
import { isRefusal } from '@/lib/kernel/result';
import { beginReport } from '@/lib/report/commands';
import { writeReportSheet } from '@/lib/report/sheets';
import { officialPaper } from '@/lib/report/paper';
import { reportInFull } from '@/lib/report/queries';
import { lastClosed } from '@/lib/report/rules';
import { readSheet } from '@/lib/sheet/queries';
import { testDatabase } from '../support/database';

/** The province's report of a real month of the demo world, with the figures its leaders are shown: no book of a test's own. */

const now = new Date();
let sql: postgres.Sql;

beforeAll(async () => {
  const { url } = await testDatabase({ demo: true });
  sql = postgres({ ...connectionOptions(url), max: 2, onnotice: () => {}, transform: postgres.camel });
  await rebuildFigures(now);
}, 300_000);
afterAll(async () => {
  await closePool();
  await sql.end();
});

test('says “không nêu” of whatever is hidden, why, and never that it is few', async () => {
  const token = await signedInAs(sql, 'province_leader', 44);
  const [caller] = await sql<{ id: string }[]>`select id from account where full_name = 'Đo tốc độ'`;
  const period = lastClosed(dayOf(now));
  const report = await openScoped('read write', 'camtay_app', token, async (tx) => {
    const begun = await beginReport(tx, { area: 44, period: period.key }, { accountId: caller?.id ?? '' }, now);
    if (isRefusal(begun)) throw new Error(begun.refused);
    return reportInFull(tx, 'vi', begun.id);
  });
  if (!report) throw new Error('there is no report');
  const hidden = report.figures.filter((figure) => figure.hidden).map(({ code }) => code);
  // Groups are told by the year only: of a month none of them, thousands though they may be.
  for (const code of ['R22', 'R23', 'R24', 'R25', 'R26']) expect(hidden).toContain(code);
  const paper = officialPaper(report);
  const figures = paper.sections.flatMap((section) => section.figures ?? []);
  expect(figures.find(({ code }) => code === 'R22')?.value).toBe('không nêu');
  expect(JSON.stringify(paper)).not.toMatch(/ít hơn|từ 1 đến 9/);
  expect(paper.foot).toMatch(/“Không nêu”: .*chỉ nêu theo kỳ năm\./);
  const sheet = await readSheet(await writeReportSheet('vi', 'csv', report));
  if ('refused' in sheet) throw new Error(sheet.refused);
  const cells = sheet.rows.map((row) => row.cells);
  expect(cells.filter(([code = '']) => hidden.includes(code)).map(([, , value]) => value)).toEqual(
    hidden.map(() => 'không nêu'),
  );
  expect(JSON.stringify(cells)).not.toContain('ít hơn');
  // What was declared by units meets the month too, with its source.
  const said = report.figures.filter(({ code }) => ['R09', 'R14'].includes(code));
  expect(said.map(({ value, source }) => [value === null, source])).toEqual(
    said.map(() => [false, 'Cộng số đã khai của 78 xã, phường, đặc khu']),
  );
  const [groups] = await sql<{ count: number }[]>`
    select count(distinct k.id)::int as count from team k join team_member m on m.team_id = k.id where k.kind = 'community_tech'
      and coalesce(m.joined_on, '2025-07-01') < ${period.to} and (m.left_on is null or m.left_on >= ${period.to})`;
  expect(report.figures.find(({ code }) => code === 'R16')?.value).toBe(groups?.count);
}, 120_000);
