import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool, openScoped } from '../../lib/access/scoped';
import { rowsOf } from '../../lib/figure/drill';
import type { Group, Measure } from '../../lib/figure/schema';
import { periodOf } from '../../lib/period/rules';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;
const period = periodOf('k2031');
if (!period) throw new Error('a year is a period');

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  const { unitId, villageId } = cast.here;
  // As the worker leaves it: of what is hidden only everybody's cell stands, empty or not; single skills of a village are never told.
  const cells: [number, string, string, number, number][] = [
    [unitId, 'people_reached', 'all', 120, 140],
    [unitId, 'people_reached', 'age60', 87, 90],
    [villageId, 'people_reached', 'all', 120, 140],
    [unitId, 'sessions_held', 'all', 12, 14],
    [villageId, 'sessions_held', 'all', 9, 10],
    [unitId, 'core_attained', 'all', 40, 60],
    [villageId, 'core_attained', 'all', 40, 60],
    [unitId, 'skill_A1', 'all', 50, 70],
  ];
  for (const [area, measure, grp, value, of] of cells)
    await cast.owner`insert into figure (area_id, period, measure, grp, value, denominator, computed_at)
      values (${area}, ${period.key}, ${measure}, ${grp}, ${value}, ${of}, now())`;
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const opened = async (measure: Measure, group: Group) => {
  const rows = await openScoped('read only', 'camtay_app', await cast.token('unit_leader', cast.here), (tx) =>
    rowsOf(tx, { area: cast.here.unitId, period, measure, group, page: 1 }),
  );
  return rows && { cell: rows.cell, place: rows.places[0]?.cell, own: rows.own };
};

test('a leader who opens a group is told that it is hidden below, and not that its people are of no place below', async () => {
  expect(await opened('people_reached', 'age60')).toEqual({ cell: { value: 87, of: 90 }, place: null, own: null });
});

test('nor are those of a single skill, which is told of no village', async () => {
  expect(await opened('skill_A1', 'all')).toEqual({ cell: { value: 50, of: 70 }, place: null, own: null });
});

test('what is told below still leaves what is the area’s own', async () => {
  expect(await opened('people_reached', 'all')).toMatchObject({ own: { value: 0, of: 0 } });
  expect(await opened('sessions_held', 'all')).toMatchObject({ place: { value: 9, of: 10 }, own: { value: 3, of: 4 } });
});
