import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '@/db/capabilities';
import { closePool } from '@/lib/access/scoped';
import { askFiguresExport } from '@/lib/export/commands';
import { exportHandlers } from '@/lib/export/jobs';
import { figuresExportInput } from '@/lib/export/schema';
import { rebuildFigures } from '@/lib/figure/commands';
import { jobOutput, jobShown } from '@/lib/job/queries';
import { runNextJob } from '@/lib/job/worker';
import { dayOf } from '@/lib/kernel/clock';
import { isRefusal } from '@/lib/kernel/result';
import { periodAround } from '@/lib/period/rules';
import { readSheet } from '@/lib/sheet/queries';
import { as } from '../import/scene';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;
const now = new Date();
const period = periodAround(dayOf(new Date(now.getTime() - 3 * 86_400_000)), 'administrative', 'year').key;

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  await cast.owner`update class_session set status = 'held', starts_at = starts_at - interval '2 days', ends_at = ends_at - interval '2 days'
    where id in (${cast.here.sessionIds[0]}, ${cast.there.sessionIds[0]})`;
  await cast.owner`insert into eligible (area_id, as_of, grp, people, source) values (${cast.here.villageId}, '2020-01-01', 'age60', 40, 'sổ hộ')`;
  await rebuildFigures(now);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

async function made(role: Role, place: Place, area: number, format: 'xlsx' | 'csv' = 'xlsx') {
  const asked = { area, period, format, language: 'vi' } as const;
  const left = await as(cast, (tx, caller) => askFiguresExport(tx, caller, asked), { role, place });
  if (isRefusal(left)) return { refused: left.refused, field: left.field };
  await runNextJob(exportHandlers);
  const shown = await as(cast, (tx) => jobShown(tx, left.id), { role, place });
  const output = await as(cast, (tx) => jobOutput(tx, left.id), { role, place });
  const sheet = output && (await readSheet(output.output));
  const rows = sheet && !isRefusal(sheet) ? sheet.rows : [];
  return { id: left.id, state: shown?.state, result: shown?.result, name: output?.outputName, rows };
}

test('the province’s leader takes the 78 units along, numbers as numbers, small ones hidden as on the screen', async () => {
  for (const format of ['xlsx', 'csv'] as const) {
    const { rows = [], name, result } = await made('province_leader', cast.here, 44, format);
    expect(name).toMatch(new RegExp(`^so-sanh-${period}-\\d{4}-\\d\\d-\\d\\d\\.${format}$`));
    expect(result).toMatchObject({ what: 'places', rows: 78, cut: false });
    const [head, ...lines] = rows.map(({ cells }) => cells);
    expect(lines).toHaveLength(78);
    const at = (title: string) => head?.indexOf(title) ?? -1;
    const ward = lines.find(([place]) => place === 'Đồng Thuận');
    expect(ward?.[at('So trong nhóm')]).toBe('Các phường');
    // Sessions are about nobody; who came is one person.
    expect(ward?.[at('Buổi đã dạy')]).toBe('1');
    expect(ward?.[at('Người đến lớp')]).toBe('ẩn');
    expect(ward?.[at('Từ 60 tuổi còn chưa đến')]).toBe('ẩn');
    expect(ward?.[at('Đã đến / 1.000 người từ 60 tuổi')]).toBe('ẩn');
    expect(rows.every(({ formulas = [] }) => formulas.length === 0)).toBe(true);
  }
});

test('whoever may look people up gets exact numbers, and the file only as long as they may', async () => {
  const { here } = cast;
  const { rows = [], id = '' } = await made('organiser', here, here.unitId);
  const [head, line] = rows.map(({ cells }) => cells);
  expect(line?.[head?.indexOf('Người đến lớp') ?? -1]).toBe('1');
  expect(line?.[head?.indexOf('Từ 60 tuổi sống ở đó') ?? -1]).toBe('40');
  const account = await cast.accountOf('organiser', here);
  const fetched = async () => (await as(cast, (tx) => jobOutput(tx, id))) !== null;
  expect(await fetched()).toBe(true);
  await cast.owner`update account_grant set role = 'unit_leader' where account_id = ${account}`;
  const asLeader = await fetched();
  await cast.owner`update account_grant set role = 'organiser' where account_id = ${account}`;
  expect([asLeader, await fetched()]).toEqual([false, true]);
});

test('is of one’s own areas only, known formats, and written down', async () => {
  expect(await made('unit_leader', cast.here, cast.there.unitId)).toEqual({ refused: 'notFound', field: 'area' });
  expect(await made('unit_leader', cast.here, 44)).toEqual({ refused: 'notFound', field: 'area' });
  const wrong = figuresExportInput.safeParse({ area: '44', period: 'k2026', format: 'pdf', language: 'vi' });
  expect(wrong.error?.issues.map(({ path, message }) => [path.join(), message])).toEqual([['format', 'chooseFormat']]);
  await made('unit_leader', cast.here, cast.here.unitId);
  const [event] =
    await cast.owner`select details from audit_event where action = 'export.make' order by at desc limit 1`;
  expect(event?.details).toEqual({ what: 'places', rows: 1, period });
});
