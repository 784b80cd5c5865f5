import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool } from '../../lib/access/scoped';
import { askExport } from '../../lib/export/commands';
import { exportHandlers } from '../../lib/export/jobs';
import { exportInput } from '../../lib/export/schema';
import { jobOutput, jobShown } from '../../lib/job/queries';
import { runNextJob } from '../../lib/job/worker';
import { isRefusal } from '../../lib/kernel/result';
import { readSheet } from '../../lib/sheet/queries';
import { as } from '../import/scene';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  await cast.owner`update person set full_name = '=HYPERLINK("http://x")' where id = ${cast.there.personId}`;
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

type Asked = Parameters<typeof askExport>[2];
const asked = (what: Asked['what'], more: Partial<Asked> = {}): Asked => ({
  what,
  format: 'xlsx',
  reason: 'In phiếu mời',
  language: 'vi',
  ...more,
});

async function made(what: Asked['what'], more: Partial<Asked> = {}, role: Role = 'organiser', place = cast.here) {
  const left = await as(cast, (tx, caller) => askExport(tx, caller, asked(what, more)), { role, place });
  if (isRefusal(left)) return { refused: left.refused, field: left.field };
  await runNextJob(exportHandlers);
  const shown = await as(cast, (tx) => jobShown(tx, left.id), { role, place });
  const output = await as(cast, (tx) => jobOutput(tx, left.id), { role, place });
  const sheet = output && (await readSheet(output.output));
  const rows = sheet && !isRefusal(sheet) ? sheet.rows.map(({ cells }) => cells) : [];
  return { id: left.id, state: shown?.state, result: shown?.result, name: output?.outputName, rows };
}

describe('an export', () => {
  test('of people holds those of one’s own areas, with what a search shows of them and no whole phone', async () => {
    const { rows, name, result } = await made('people');
    expect(name).toMatch(/^nguoi-dan-\d{4}-\d\d-\d\d\.xlsx$/);
    expect(rows).toEqual([
      ['Họ và tên', 'Năm sinh', 'Nơi ở', 'Điện thoại', 'Số lớp'],
      ['Nguyễn Thị Thử', '1954', `Thôn Thử ${cast.here.villageId}`, '••• 567', '1'],
    ]);
    expect(result).toEqual({ what: 'people', rows: 1, cut: false });
  });

  test('of a class holds the whole phone only for whom the wall lets it through, as on screen', async () => {
    const organiser = await made('roster', { classId: cast.here.classId });
    expect(organiser.rows?.[1]?.[3]).toBe('0912 345 567');
    const desk = await made('roster', { classId: cast.here.classId }, 'desk_officer');
    expect(desk.rows?.[1]?.[3]).toBe('••• 567');
  });

  test('of registers holds each mark in words', async () => {
    const { rows } = await made('registers', { classId: cast.here.classId, format: 'csv' });
    expect(rows?.[1]?.slice(2, 6)).toEqual(['Nguyễn Thị Thử', '1954', `Thôn Thử ${cast.here.villageId}`, 'Có mặt']);
  });

  test('of a name that is a formula holds it as text', async () => {
    const { rows } = await made('people', { format: 'csv' }, 'organiser', cast.there);
    expect(rows?.[1]?.[0]).toBe(`'=HYPERLINK("http://x")`);
  });

  test('is written down: what, how many and why; and in the record of everybody in it who read it', async () => {
    const before =
      await cast.owner`select from audit_event where action = 'person.read' and subject_id = ${cast.here.personId}`;
    await made('people');
    const events =
      await cast.owner`select details from audit_event where action = 'export.make' order by at desc limit 1`;
    expect(events[0]?.details).toEqual({ what: 'people', rows: 1, reason: 'In phiếu mời' });
    const after =
      await cast.owner`select from audit_event where action = 'person.read' and subject_id = ${cast.here.personId}`;
    expect(after.count).toBe(before.count + 1);
  });

  test('needs a reason, and a class where it is of one', () => {
    const errors = (fields: object) =>
      exportInput.safeParse(fields).error?.issues.map(({ path, message }) => `${path.join()} ${message}`);
    expect(errors({ what: 'people', format: 'xlsx', reason: ' ', language: 'vi' })).toEqual(['reason sayWhy']);
    expect(errors({ what: 'roster', format: 'csv', reason: 'x', language: 'vi', classId: '' })).toEqual([
      'classId chooseClass',
    ]);
  });
});

describe('whoever may not see it', () => {
  test('gets none: another unit’s class, people without the right to look them up', async () => {
    expect(await made('roster', { classId: cast.there.classId })).toEqual({ refused: 'notFound', field: 'classId' });
    expect(await made('people', {}, 'helper')).toEqual({ refused: 'notFound', field: 'what' });
    expect(await made('roster', { classId: cast.here.classId }, 'unit_leader')).toEqual({
      refused: 'notFound',
      field: 'what',
    });
  });

  test('cannot fetch it, and nobody after 24 hours', async () => {
    const { id = '' } = await made('people');
    expect(await as(cast, (tx) => jobOutput(tx, id), { role: 'desk_officer' })).toBeNull();
    expect(await as(cast, (tx) => jobOutput(tx, id), { place: cast.there })).toBeNull();
    const [kept] =
      await cast.owner`select kept_until between now() + interval '23 hours' and now() + interval '24 hours' as a_day from job where id = ${id}`;
    expect(kept?.aDay).toBe(true);
    await cast.owner`update job set kept_until = now() where id = ${id}`;
    expect(await as(cast, (tx) => jobOutput(tx, id))).toBeNull();
  });

  test('lost the right since cannot fetch what was made with it, and can again with it', async () => {
    const account = await cast.accountOf('organiser', cast.here);
    const files = [(await made('people')).id ?? '', (await made('roster', { classId: cast.here.classId })).id ?? ''];
    const fetched = async () => {
      const outputs = files.map((id) => as(cast, (tx) => jobOutput(tx, id)));
      return (await Promise.all(outputs)).map((one) => one !== null);
    };
    expect(await fetched()).toEqual([true, true]);
    await cast.owner`update account_grant set role = 'desk_officer', area_id = ${cast.there.unitId} where account_id = ${account}`;
    const elsewhere = await fetched();
    await cast.owner`update account_grant set role = 'unit_leader', area_id = ${cast.here.unitId} where account_id = ${account}`;
    const otherwise = await fetched();
    await cast.owner`update account_grant set role = 'organiser' where account_id = ${account}`;
    expect([elsewhere, otherwise, await fetched()]).toEqual([
      [false, false],
      [false, false],
      [true, true],
    ]);
  });

  test('at the time it is made gets nothing, though they might when they asked', async () => {
    const left = await as(cast, (tx, caller) => askExport(tx, caller, asked('roster', { classId: cast.here.classId })));
    const account = await cast.accountOf('organiser', cast.here);
    await cast.owner`update account_grant set area_id = ${cast.there.unitId} where account_id = ${account}`;
    await runNextJob(exportHandlers);
    const shown = await as(cast, (tx) => jobShown(tx, isRefusal(left) ? '' : left.id));
    await cast.owner`update account_grant set area_id = ${cast.here.unitId} where account_id = ${account}`;
    expect(shown).toMatchObject({ state: 'failed', reason: 'notFound', hasOutput: false });
  });
});
