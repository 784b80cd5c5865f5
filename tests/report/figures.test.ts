import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '@/db/capabilities';
import { closePool } from '@/lib/access/scoped';
import { giveBackReport, reopenReport, writeRemarks } from '@/lib/report/commands';
import { dueDayBelow, reportAreas, reportInFull, reportList, reportsToBegin, shownFigures } from '@/lib/report/queries';
import type { ReportFigure } from '@/lib/report/schema';
import type { Place } from '../support/cast';
import { before, closed, done, indicator, now, province, reportScene } from './scene';

let scene: Awaited<ReturnType<typeof reportScene>>;
beforeAll(async () => {
  scene = await reportScene();
});
beforeEach(() => scene.clear());
afterAll(async () => {
  await closePool();
  await scene.cast.owner.end();
});

const short = (figures: readonly ReportFigure[] | undefined) =>
  figures?.map(({ code, value, of, hidden }) => [code, value, of, hidden]);
const signedFigures = [
  ['R01', 12, null, false],
  ['R03', 412, 1930, false],
  ['R22', null, null, true],
  ['R09', null, null, false],
  ['R12', 61.5, null, false],
];

describe('figures of a report', () => {
  test('are those of the moment while it is written; frozen with name, unit, source and day once it is handed in, whatever the facts do', async () => {
    const { here } = scene.cast;
    const start = scene.book.get('all') ?? [];
    const id = await scene.brought(here, 'draft');
    expect(short((await scene.view('organiser', here, id))?.figures)).toEqual(signedFigures);
    done(await scene.sign('unit_leader', here, id));
    scene.book.set('all', [
      indicator('R01', 15, { nameVi: 'Tên mới' }),
      indicator('R03', 412, { of: 1931 }),
      indicator('R22', 11),
      indicator('R09', null),
      indicator('R98', 5),
    ]);
    try {
      for (const role of ['organiser', 'unit_leader', 'province_leader', 'province_admin'] as const) {
        const view = await scene.view(role, here, id);
        expect(short(view?.figures)).toEqual(signedFigures);
        expect(view?.figures[0]?.name).toBe('Chỉ số R01');
        expect(view?.figures[4]).toMatchObject({ source: 'Công an xã', asOf: '2026-11-10', kind: 'declared' });
        expect(view?.figures[0]?.computedAt).toEqual(new Date('2026-11-15T01:00:00Z'));
        expect(view?.changed?.map(({ code, frozen, now: today }) => [code, frozen.value, today.value])).toEqual([
          ['R01', 12, 15],
          ['R03', 412, 412],
          ['R22', null, 11],
        ]);
      }
      done(await scene.approve('province_leader', here, id));
      done(await scene.lock('province_leader', here, id));
      expect(short((await scene.view('unit_leader', here, id))?.figures)).toEqual(signedFigures);
    } finally {
      scene.book.set('all', start);
    }
    expect((await scene.view('unit_leader', here, id))?.changed).toEqual([]);
  });

  test('are frozen anew when a report that was given back is handed in again; what was frozen before stays in its step', async () => {
    const { here } = scene.cast;
    const start = scene.book.get('all') ?? [];
    const id = await scene.brought(here, 'submitted');
    done(
      await scene.as('province_leader', here, (tx, caller) =>
        giveBackReport(tx, { report: id, reason: 'Sót' }, caller),
      ),
    );
    scene.book.set('all', [indicator('R01', 20)]);
    try {
      expect(short((await scene.view('organiser', here, id))?.figures)).toEqual([['R01', 20, null, false]]);
      done(await scene.sign('unit_leader', here, id));
      expect(short((await scene.view('organiser', here, id))?.figures)).toEqual([['R01', 20, null, false]]);
    } finally {
      scene.book.set('all', start);
    }
    const kept = await scene.cast.owner<{ value: number }[]>`
      select f.value from report_figure f join report_step s on s.id = f.step_id where f.report_id = ${id} and f.code = 'R01' order by s.nth`;
    expect(kept.map(({ value }) => value)).toEqual([12, 20]);
  });

  test('a hidden figure is kept without its number, whoever signs and whatever the source let slip', async () => {
    const { here } = scene.cast;
    const start = scene.book.get('all') ?? [];
    scene.book.set('all', [indicator('R22', 7, { of: 9, hidden: true })]);
    try {
      const id = done(await scene.begin('organiser', here, here.villageId)).id;
      done(await scene.sign('organiser', here, id));
      const [row] = await scene.cast.owner`select value, "of", hidden from report_figure where report_id = ${id}`;
      expect(row).toEqual({ value: null, of: null, hidden: true });
    } finally {
      scene.book.set('all', start);
    }
  });

  test('are asked for as anybody may see them who reads figures there, not as the signer may', () => {
    expect(String(shownFigures)).toMatch(/["'`]byAnyone["'`]/);
  });
});

describe('words of a report', () => {
  const write = (role: Role, report: string, version: number, obstacles: string) =>
    scene.as(role, scene.cast.here, (tx, caller) =>
      writeRemarks(tx, { report, version, number: '', obstacles, proposals: 'Mở thêm lớp tối' }, caller),
    );

  test('begin with those of the period before, and say so until somebody writes', async () => {
    const { here } = scene.cast;
    const older = await scene.brought(here, 'draft', before.key);
    done(await write('organiser', older, 1, 'Thôn 3 mất sóng'));
    const id = await scene.brought(here, 'draft');
    expect(await scene.view('organiser', here, id)).toMatchObject({
      obstacles: 'Thôn 3 mất sóng',
      proposals: 'Mở thêm lớp tối',
      carriedFrom: before.key,
    });
    done(await write('unit_leader', id, 1, 'Thôn 3 đã có sóng'));
    expect(await scene.view('organiser', here, id)).toMatchObject({
      obstacles: 'Thôn 3 đã có sóng',
      carriedFrom: null,
    });
    expect((await scene.view('organiser', here, older))?.obstacles).toBe('Thôn 3 mất sóng');
  });

  test('of two who write at once the second is told and nothing is lost; nobody signs words they have not seen', async () => {
    const { here } = scene.cast;
    const id = await scene.brought(here, 'draft');
    const both = await Promise.all([write('organiser', id, 1, 'Một'), write('unit_leader', id, 1, 'Hai')]);
    expect(both.map((one) => ('refused' in one ? one.refused : 'done')).toSorted()).toEqual([
      'changedMeanwhile',
      'done',
    ]);
    expect(await scene.sign('unit_leader', here, id, 1)).toMatchObject({ refused: 'changedMeanwhile' });
    done(await scene.sign('unit_leader', here, id, 2));
    expect(await write('organiser', id, 2, 'Muộn')).toMatchObject({ refused: 'reportMoved' });
  });

  test('of the villages are gathered into the unit’s, as far as handed in, and stand there once it is signed', async () => {
    const { here } = scene.cast;
    const village = done(await scene.begin('organiser', here, here.villageId)).id;
    done(await write('organiser', village, 1, 'Nhà văn hóa chưa có điện'));
    const unit = await scene.brought(here, 'draft');
    expect((await scene.view('unit_leader', here, unit))?.below).toEqual([]);
    done(await scene.sign('organiser', here, village, 2));
    const gathered = [
      {
        areaId: here.villageId,
        name: `Thôn Thử ${here.villageId}`,
        obstacles: 'Nhà văn hóa chưa có điện',
        proposals: 'Mở thêm lớp tối',
      },
    ];
    expect((await scene.view('unit_leader', here, unit))?.below).toEqual(gathered);
    done(await scene.sign('unit_leader', here, unit));
    done(
      await scene.as('unit_leader', here, (tx, caller) =>
        giveBackReport(tx, { report: village, reason: 'Ghi rõ hơn' }, caller),
      ),
    );
    expect((await scene.view('province_leader', here, unit))?.below).toEqual(gathered);
  });
});

test('reopening makes a new revision with the reason and the words; the locked one stays as it was', async () => {
  const { here } = scene.cast;
  const id = await scene.brought(here, 'draft');
  done(
    await scene.as('organiser', here, (tx, caller) =>
      writeRemarks(tx, { report: id, version: 1, number: '12', obstacles: 'Thiếu máy', proposals: '' }, caller),
    ),
  );
  done(await scene.sign('unit_leader', here, id, 2));
  done(await scene.approve('province_leader', here, id));
  done(await scene.lock('province_leader', here, id));
  const again = done(
    await scene.as('province_leader', here, (tx, caller) =>
      reopenReport(tx, { report: id, reason: 'Sổ thôn 2 nộp muộn' }, caller),
    ),
  ).id;
  const view = await scene.view('organiser', here, again);
  expect(view).toMatchObject({ revision: 2, state: 'draft', obstacles: 'Thiếu máy', number: '' });
  expect(view?.steps.map(({ toState, reason }) => [toState, reason])).toEqual([['draft', 'Sổ thôn 2 nộp muộn']]);
  expect(view?.revisions.map(({ revision, state }) => [revision, state])).toEqual([
    [2, 'draft'],
    [1, 'locked'],
  ]);
  expect(await scene.view('organiser', here, id)).toMatchObject({ state: 'locked', revision: 1, number: '12' });
});

test('the province’s own report is signed and approved by one hand, and gathers the units’', async () => {
  const { here } = scene.cast;
  const unit = await scene.brought(here, 'draft');
  done(
    await scene.as('unit_leader', here, (tx, caller) =>
      writeRemarks(tx, { report: unit, version: 1, number: '', obstacles: 'Thiếu loa', proposals: '' }, caller),
    ),
  );
  done(await scene.sign('unit_leader', here, unit, 2));
  const id = done(await scene.begin('province_leader', here, province)).id;
  done(await scene.sign('province_leader', here, id));
  const view = await scene.view('province_leader', here, id);
  expect(view?.state).toBe('approved');
  expect(view?.steps.map(({ toState }) => toState)).toEqual(['draft', 'submitted', 'approved']);
  expect(view?.below.map(({ name, obstacles }) => [name, obstacles])).toEqual([['Phường Đồng Thuận', 'Thiếu loa']]);
  expect(await scene.begin('province_admin', here, province, before.key)).toMatchObject({ refused: 'reportNotYours' });
});

describe('somebody of Minh Hóa', () => {
  const outsiders: readonly Role[] = ['helper', 'organiser', 'desk_officer', 'unit_leader'];
  test.each(outsiders)('as %s finds nothing of Đồng Thuận by any id, area, period or list', async (role) => {
    const { here, there } = scene.cast;
    const ids = [
      await scene.brought(here, 'locked', before.key),
      await scene.brought(here, 'submitted'),
      done(await scene.begin('organiser', here, here.villageId)).id,
      done(await scene.begin('province_leader', here, province)).id,
    ];
    const own: Place = there;
    for (const id of ids) expect(await scene.view(role, own, id)).toBeNull();
    for (const area of [here.unitId, here.villageId, province, 1, 2_000_000_000]) {
      for (const period of [before, closed]) {
        expect(await scene.as(role, own, (tx) => reportList(tx, 'vi', area, period, now))).toBeNull();
        expect(await scene.as(role, own, (tx) => reportsToBegin(tx, 'vi', area, period))).toEqual([]);
      }
      expect((await scene.as(role, own, (tx) => dueDayBelow(tx, area))).maySet).toBe(false);
    }
    const counts = await scene.as(role, own, async (tx) =>
      Promise.all(
        ['report', 'report_step', 'report_figure', 'report_remark'].map(
          async (table) => (await tx`select from ${tx(table)}`).count,
        ),
      ),
    );
    expect(counts).toEqual([0, 0, 0, 0]);
  });

  test('the areas one may look at are one’s own highest', async () => {
    const { here, there } = scene.cast;
    const areas = async (role: Role, place: Place) =>
      (await scene.as(role, place, (tx) => reportAreas(tx, 'vi'))).map(({ id }) => id);
    expect(await areas('unit_leader', here)).toEqual([here.unitId]);
    expect(await areas('organiser', there)).toEqual([there.unitId]);
    expect(await areas('province_leader', here)).toEqual([province]);
    expect(await areas('helper', here)).toEqual([]);
  });
});

test('a report that is not there, or whose id is another’s, is null', async () => {
  const { here } = scene.cast;
  const view = await scene.as('unit_leader', here, (tx) =>
    reportInFull(tx, 'vi', '00000000-0000-4000-8000-000000000000', scene.figures),
  );
  expect(view).toBeNull();
});
