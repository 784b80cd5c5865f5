import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { roles, type Role } from '@/db/capabilities';
import { closePool } from '@/lib/access/scoped';
import { addDays, momentOf } from '@/lib/kernel/clock';
import { periodOf } from '@/lib/period/rules';
import { setDueDay } from '@/lib/report/commands';
import { reportList, reportsToBegin } from '@/lib/report/queries';
import { byUrgency, changedSince, dueOn, figureWords, headlineFigures, isOverdue, unsaidVi } from '@/lib/report/rules';
import type { ReportFigure } from '@/lib/report/schema';
import type { Place } from '../support/cast';
import { closed, done, indicator, now, province, reportScene } from './scene';

let scene: Awaited<ReturnType<typeof reportScene>>;
beforeAll(async () => {
  scene = await reportScene();
});
beforeEach(() => scene.clear());
afterAll(async () => {
  await closePool();
  await scene.cast.owner.end();
});

describe('the list of a period', () => {
  test('shows every unit, those that wait for an answer first, then the overdue; villages where somebody writes', async () => {
    const { here, there } = scene.cast;
    await scene.brought(here, 'submitted');
    const late = new Date(momentOf(addDays(closed.to, 30), '08:00'));
    const list = await scene.as('province_leader', here, (tx) => reportList(tx, 'vi', province, closed, late));
    expect(list).toHaveLength(79);
    const at = (areaId: number) => list?.findIndex((line) => line.areaId === areaId) ?? -1;
    expect(list?.[at(there.unitId)]).toMatchObject({ state: null, overdue: true });
    expect(list?.[at(here.unitId)]).toMatchObject({ state: 'submitted', overdue: false });
    expect(at(here.unitId)).toBe(0);
    expect(list?.slice(1).every(({ overdue }, index, rest) => overdue || !rest[index + 1]?.overdue)).toBe(true);
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

  test('write a figure the same way everywhere: with its share, “không nêu” where hidden, however many, “—” where nothing is known', () => {
    expect(figureWords('vi', figure('R03', 1930.5), unsaidVi)).toBe('1.930,5');
    expect(figureWords('vi', figure('R03', 412, { of: 1930, unitWord: 'người' }), unsaidVi)).toBe(
      '412 / 1.930 người (21,3\u00a0%)',
    );
    expect(figureWords('vi', figure('R03', 0, { of: 0 }), unsaidVi)).toBe('0 / 0');
    expect(figureWords('vi', figure('R03', null, { hidden: true }), unsaidVi)).toBe('không nêu');
    expect(figureWords('vi', figure('R03', null), unsaidVi)).toBe('—');
    expect(figureWords('en', figure('R03', 1930.5), unsaidVi)).toBe('1,930.5');
  });

  test('know what changed: value, base or hiding; not what left the registry', () => {
    const frozen = [figure('A', 1), figure('B', 2, { of: 4 }), figure('C', null, { hidden: true }), figure('D', 4)];
    const today = [figure('A', 1), figure('B', 2, { of: 5 }), figure('C', null)];
    expect(changedSince(frozen, today)?.map(({ code }) => code)).toEqual(['B', 'C']);
    expect(changedSince(frozen, [])).toBeNull();
    expect(changedSince(frozen, [figure('A', 1)])).toEqual([]);
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
      figure('R20', 0, { of: 1377 }),
      figure('Z', 1),
    ]);
    expect(shown.map(({ code }) => code)).toEqual(['R03', 'R01', 'Z']);
  });
});
