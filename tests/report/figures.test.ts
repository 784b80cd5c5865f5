import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '@/db/capabilities';
import { roles } from '@/db/capabilities';
import { closePool } from '@/lib/access/scoped';
import { giveBackReport, reopenReport, setDueDay, writeRemarks } from '@/lib/report/commands';
import { dueDayBelow, reportAreas, reportInFull, reportList, reportsToBegin, shownFigures } from '@/lib/report/queries';
import { byUrgency, changedSince, dueOn, figureWords, headlineFigures, isOverdue, unsaidVi } from '@/lib/report/rules';
import type { ReportFigure } from '@/lib/report/schema';
import { addDays, momentOf } from '@/lib/kernel/clock';
import { periodOf } from '@/lib/period/rules';
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
        expect(view?.changed.map(({ code, frozen, now: today }) => [code, frozen.value, today.value])).toEqual([
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

describe('the list of a period', () => {
  test('shows every unit, the overdue first, then those that wait; villages where somebody writes', async () => {
    const { here, there } = scene.cast;
    await scene.brought(here, 'submitted');
    const late = new Date(momentOf(addDays(closed.to, 30), '08:00'));
    const list = await scene.as('province_leader', here, (tx) => reportList(tx, 'vi', province, closed, late));
    expect(list).toHaveLength(79);
    const at = (areaId: number) => list?.findIndex((line) => line.areaId === areaId) ?? -1;
    expect(list?.[at(there.unitId)]).toMatchObject({ state: null, overdue: true });
    expect(list?.[at(here.unitId)]).toMatchObject({ state: 'submitted', overdue: false });
    expect(at(there.unitId)).toBeLessThan(at(here.unitId));
    const early = new Date(momentOf(closed.to, '08:00'));
    const before20 = await scene.as('province_leader', here, (tx) => reportList(tx, 'vi', province, closed, early));
    expect(before20?.some(({ overdue }) => overdue)).toBe(false);
    expect(before20?.[0]).toMatchObject({ areaId: here.unitId, state: 'submitted' });
    const ofUnit = () => scene.as('unit_leader', here, (tx) => reportList(tx, 'vi', here.unitId, closed, now));
    expect((await ofUnit())?.map(({ areaId }) => areaId)).toEqual([here.unitId]);
    done(await scene.begin('organiser', here, here.villageId));
    expect((await ofUnit())?.map(({ areaId }) => areaId).toSorted()).toEqual([here.unitId, here.villageId].toSorted());
  });

  test('the day they are due is data: the nearest area above decides, the 20th where none did', async () => {
    const { here, there } = scene.cast;
    const due = async (place: Place, area: number, of: number) =>
      (await scene.as('province_leader', place, (tx) => reportList(tx, 'vi', area, closed, now)))?.find(
        ({ areaId }) => areaId === of,
      )?.dueOn;
    expect(await due(here, province, here.unitId)).toBe(dueOn(closed, 20));
    done(await scene.as('province_leader', here, (tx, caller) => setDueDay(tx, { area: province, day: 18 }, caller)));
    expect(await due(here, province, here.unitId)).toBe(dueOn(closed, 18));
    done(await scene.begin('organiser', here, here.villageId));
    done(await scene.as('unit_leader', here, (tx, caller) => setDueDay(tx, { area: here.unitId, day: 16 }, caller)));
    expect(await due(here, here.unitId, here.villageId)).toBe(dueOn(closed, 16));
    // The unit's own day stays that of the level above.
    expect(await due(here, province, here.unitId)).toBe(dueOn(closed, 18));
    for (const role of ['organiser', 'province_admin', 'helper'] as const)
      expect(
        await scene.as(role, here, (tx, caller) => setDueDay(tx, { area: here.unitId, day: 28 }, caller)),
      ).toMatchObject({ refused: 'notFound' });
    expect(
      await scene.as('unit_leader', here, (tx, caller) => setDueDay(tx, { area: there.unitId, day: 28 }, caller)),
    ).toMatchObject({ refused: 'notFound' });
  });

  test('a report begun by the organiser is offered to those who may begin, until there is one', async () => {
    const { here } = scene.cast;
    const offered = async (role: Role) =>
      (await scene.as(role, here, (tx) => reportsToBegin(tx, 'vi', here.unitId, closed))).map(({ id }) => id);
    expect(await offered('organiser')).toEqual([here.unitId, here.villageId]);
    expect(await offered('unit_leader')).toEqual([here.unitId]);
    expect(await offered('province_leader')).toEqual([]);
    await scene.brought(here, 'draft');
    expect(await offered('organiser')).toEqual([here.villageId]);
    for (const role of roles.filter((one) => one === 'helper' || one === 'desk_officer'))
      expect(await offered(role)).toEqual([]);
  });
});

describe('the rules', () => {
  const figure = (code: string, value: number | null, more: Partial<ReportFigure> = {}): ReportFigure => ({
    ...indicator(code, value),
    name: code,
    unitWord: '',
    ...more,
  });

  test('write a figure the same way everywhere: with its share, “ít hơn 10” where hidden, “—” where nothing is known', () => {
    expect(figureWords('vi', figure('R03', 1930.5), unsaidVi)).toBe('1.930,5');
    expect(figureWords('vi', figure('R03', 412, { of: 1930, unitWord: 'người' }), unsaidVi)).toBe(
      '412 / 1.930 người (21,3 %)',
    );
    expect(figureWords('vi', figure('R03', 0, { of: 0 }), unsaidVi)).toBe('0 / 0');
    expect(figureWords('vi', figure('R03', null, { hidden: true }), unsaidVi)).toBe('ít hơn 10');
    expect(figureWords('vi', figure('R03', null), unsaidVi)).toBe('—');
    expect(figureWords('en', figure('R03', 1930.5), unsaidVi)).toBe('1,930.5');
  });

  test('know what changed: value, base or hiding; not what left the registry', () => {
    const frozen = [figure('A', 1), figure('B', 2, { of: 4 }), figure('C', null, { hidden: true }), figure('D', 4)];
    const today = [figure('A', 1), figure('B', 2, { of: 5 }), figure('C', null)];
    expect(changedSince(frozen, today).map(({ code }) => code)).toEqual(['B', 'C']);
  });

  test('know what is overdue: from the day after, and only what is still to be handed in', () => {
    const period = periodOf('k2026-11');
    if (!period) throw new Error('no such period');
    const due = dueOn(period, 20);
    expect(due).toBe('2026-11-20');
    expect(isOverdue('draft', due, '2026-11-20')).toBe(false);
    expect(isOverdue('draft', due, '2026-11-21')).toBe(true);
    expect(isOverdue(null, due, '2026-11-21')).toBe(true);
    expect(isOverdue('submitted', due, '2026-12-21')).toBe(false);
    const quarter = periodOf('k2026-q4');
    expect(quarter && dueOn(quarter, 16)).toBe('2026-12-16');
    expect(byUrgency([])).toEqual([]);
  });

  test('show in a picture what says something, the most telling first', () => {
    const shown = headlineFigures([
      figure('R01', 3),
      figure('R03', 5),
      figure('R22', null, { hidden: true }),
      figure('Z', 1),
    ]);
    expect(shown.map(({ code }) => code)).toEqual(['R03', 'R01', 'Z']);
  });
});

test('a report that is not there, or whose id is another’s, is null', async () => {
  const { here } = scene.cast;
  const view = await scene.as('unit_leader', here, (tx) =>
    reportInFull(tx, 'vi', '00000000-0000-4000-8000-000000000000', scene.figures),
  );
  expect(view).toBeNull();
});
