import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Role } from '@/db/capabilities';
import { closePool, openScoped } from '@/lib/access/scoped';
import { indicatorValues } from '@/lib/indicator/queries';
import { periodOf } from '@/lib/period/rules';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  // What is declared is appended only, by a trigger; here each test begins anew.
  await cast.owner`alter table declared_figure disable trigger user`;
});
beforeEach(async () => {
  await cast.owner`delete from declared_figure`;
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const say = (areaId: number, code: string, period: string, value: number, asOf: string, of: number | null = 1000) =>
  cast.owner`insert into declared_figure (indicator_code, area_id, period, value, denominator, source, as_of)
    values (${code}, ${areaId}, ${period}, ${value}, ${of}, 'Công an', ${asOf})`;
const told = async (areaId: number, key: string, code: string, role: Role = 'unit_leader') => {
  const period = periodOf(key);
  if (!period) throw new Error(key);
  const found = await openScoped('read only', 'camtay_app', await cast.token(role, cast.here), (tx) =>
    indicatorValues(tx, areaId, period, 'byAnyone', [code]),
  );
  const [{ value, of, source, asOf } = { value: null, of: null, source: null, asOf: null }] = found;
  return { value, of, source, asOf };
};
const nothing = { value: null, of: null, source: null, asOf: null };

test('what was said of a day holds from that day on in its year, of either calendar, with its own day and source', async () => {
  const { unitId } = cast.here;
  await say(unitId, 'R09', '2026', 300, '2026-03-01');
  await say(unitId, 'R09', '2026-q3', 450, '2026-09-10');
  const march = { value: 300, of: 1000, source: 'Công an', asOf: '2026-03-01' };
  const september = { value: 450, of: 1000, source: 'Công an', asOf: '2026-09-10' };
  expect(await told(unitId, 'k2026', 'R09')).toEqual(september);
  expect(await told(unitId, '2026', 'R09')).toEqual(september);
  expect(await told(unitId, 'k2026-q4', 'R09')).toEqual(september);
  expect(await told(unitId, 'k2026-06', 'R09')).toEqual(march);
  expect(await told(unitId, 'k2026-02', 'R09')).toEqual(nothing);
  expect(await told(unitId, 'k2027', 'R09')).toEqual(nothing);
  expect(await told(unitId, '2025', 'R09')).toEqual(nothing);
});

test('of one period what was said last counts, also when the day said before was mistyped as a later one', async () => {
  const { unitId } = cast.here;
  await say(unitId, 'R09', '2026', 900, '2026-08-01');
  await say(unitId, 'R09', '2026', 90, '2026-07-01');
  expect(await told(unitId, 'k2026-09', 'R09')).toMatchObject({ value: 90, asOf: '2026-07-01' });
  // Said of a month after the month: it is of that month all the same.
  await say(unitId, 'R09', 'k2026-05', 70, '2026-05-20');
  expect(await told(unitId, 'k2026-05', 'R09')).toMatchObject({ value: 70, asOf: '2026-05-20' });
});

test('what was counted in a period is of that period alone', async () => {
  const { unitId } = cast.here;
  await say(unitId, 'R21', '2026', 40, '2026-03-01', null);
  expect(await told(unitId, '2026', 'R21')).toMatchObject({ value: 40 });
  expect(await told(unitId, 'k2026', 'R21')).toEqual(nothing);
  expect(await told(unitId, 'k2026-06', 'R21')).toEqual(nothing);
});

test('units are added up for the province once all have spoken; before that it says how many have, and no sum', async () => {
  const units = await cast.owner<{ areaId: number }[]>`
    select area_id from area_tree where ancestor_id = 44 and depth = 1 order by area_id`;
  const [last, ...all] = units.map(({ areaId }) => areaId);
  if (last === undefined) throw new Error('there are units');
  for (const [at, unit] of all.entries())
    await say(unit, 'R09', '2026', 10, at === 0 ? '2026-02-01' : '2026-05-01', 20);
  const count = units.length;
  expect(await told(44, 'k2026', 'R09', 'province_leader')).toEqual({
    ...nothing,
    source: `${count - 1}/${count} xã, phường, đặc khu đã khai`,
  });
  await say(last, 'R09', 'k2026', 15, '2026-06-01', 20);
  expect(await told(44, 'k2026', 'R09', 'province_leader')).toEqual({
    value: 10 * (count - 1) + 15,
    of: 20 * count,
    source: `Cộng số đã khai của ${count} xã, phường, đặc khu`,
    asOf: '2026-02-01',
  });
  await say(44, 'R09', '2026', 7, '2026-01-10', 20);
  expect(await told(44, 'k2026', 'R09', 'province_leader')).toMatchObject({ value: 7, source: 'Công an' });
});
