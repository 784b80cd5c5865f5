import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { addDays, momentOf } from '@/lib/kernel/clock';
import { periodAfter } from '@/lib/period/rules';
import { changedBelow, type LiveBelow } from '@/lib/report/below';
import { earlierOverdue, reportList } from '@/lib/report/queries';
import { beginReport } from '@/lib/report/commands';
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

/** What the figures say now: one book of all places. */
const live: LiveBelow = async () => (_area, _period, code) =>
  code === 'R01' ? indicator('R01', 15) : code === 'R22' ? indicator('R22', null, { hidden: true }) : null;

describe('what has changed below', () => {
  const seen = (role: 'province_leader' | 'unit_leader', areaId: number, with_: LiveBelow = live) =>
    scene.as(
      role,
      scene.cast.here,
      async (tx) => (await changedBelow(tx, 'vi', { areaId, period: closed }, with_)) ?? 'none',
    );

  test('since a report was handed in is told with what was frozen and what is now; what is declared or hidden alike is not', async () => {
    const { here, there } = scene.cast;
    expect(await seen('province_leader', province)).toBe('none');
    const id = await scene.brought(here, 'approved');
    await scene.brought(there, 'draft');
    const found = await seen('province_leader', province);
    expect(found).toMatchObject({
      handed: 1,
      all: 78,
      places: [{ areaId: here.unitId, reportId: id, state: 'approved' }],
    });
    const changed = found === 'none' ? [] : (found.places[0]?.changed ?? []);
    expect(changed.map(({ code, frozen, now: today }) => [code, frozen.value, today.value])).toEqual([['R01', 12, 15]]);
    const same: LiveBelow = async () => (_area, _period, code) => (code === 'R01' ? indicator('R01', 12) : null);
    expect(await seen('province_leader', province, same)).toMatchObject({ handed: 1, places: [] });
  });

  test('is asked of the figures themselves, as anybody may see them', async () => {
    const { here } = scene.cast;
    await scene.brought(here, 'submitted');
    await scene.cast.owner`delete from figure where area_id = ${here.unitId} and period = ${closed.key}`;
    await scene.cast.owner`insert into figure (area_id, period, measure, grp, value, denominator, computed_at)
      values (${here.unitId}, ${closed.key}, 'people_reached', 'all', 430, 430, now()), (${here.unitId}, ${closed.key}, 'sessions_held', 'all', 12, 12, now())`;
    const found = await scene.as(
      'province_leader',
      here,
      async (tx) => (await changedBelow(tx, 'vi', { areaId: province, period: closed })) ?? 'none',
    );
    const changed = found === 'none' ? [] : (found.places[0]?.changed ?? []);
    // R03 was frozen as 412 of 1 930; R01 stands at 12; R22 was hidden and is hidden, since everybody is told and no group is.
    expect(changed.map(({ code, frozen, now: today }) => [code, frozen.value, today.value])).toEqual([
      ['R03', 412, 430],
    ]);
  });

  test('is told to nobody of places that are none of theirs', async () => {
    await scene.brought(scene.cast.there, 'submitted');
    expect(await seen('unit_leader', province)).toBe('none');
    expect(await seen('unit_leader', scene.cast.there.unitId)).toBe('none');
  });
});

describe('earlier months', () => {
  const months = [periodAfter(closed, -1), periodAfter(closed, -2), periodAfter(closed, -3)];
  const late = new Date(momentOf(addDays(closed.to, 30), '08:00'));
  const owed = (role: 'province_leader' | 'unit_leader') =>
    scene.as(role, scene.cast.here, async (tx) =>
      (await earlierOverdue(tx, role === 'unit_leader' ? scene.cast.here.unitId : province, months, late)).map(
        ({ period, count }) => [period.key, count],
      ),
    );

  test('owe a report of each unit that never began one, from the first month anything was taught or reported; as many as the list of the month says', async () => {
    const { here } = scene.cast;
    const [first, second] = months;
    if (!first || !second) throw new Error('three months');
    // What was taught lies in the running month: nothing is owed of months before.
    expect(await owed('province_leader')).toEqual([]);
    await scene.brought(here, 'submitted', second.key);
    expect(await owed('province_leader')).toEqual([
      [first.key, 78],
      [second.key, 77],
    ]);
    expect(await owed('unit_leader')).toEqual([[first.key, 1]]);
    const list = await scene.as('province_leader', here, (tx) => reportList(tx, 'vi', province, second, late));
    const units = list?.filter(({ overdue, own }) => overdue && !own);
    expect(units).toHaveLength(77);
    done(
      await scene.as('organiser', here, (tx, caller) =>
        beginReport(tx, { area: here.unitId, period: first.key }, caller, now),
      ),
    );
    // Begun and not handed in is owed all the same.
    expect(await owed('unit_leader')).toEqual([[first.key, 1]]);
  });
});
