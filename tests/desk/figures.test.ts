import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { loadDeskNeeds, readDeskNeeds } from '../../db/seed/desk-needs';
import { seedConnection } from '../../db/seed/connection';
import { closePool } from '../../lib/access/scoped';
import { deskFigures, figurePlaces } from '../../lib/desk/figures';
import { needsNow } from '../../lib/desk/queries';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { as, deskWith } from './scene';

let cast: Cast;
let url: string;
beforeAll(async () => {
  url = (await testDatabase()).url;
  cast = await setTheScene(url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const month = '2026-03';
const at = (day: number, hour: number) =>
  new Date(`2026-03-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:10:00+07:00`);
/** So many assists in one hour of one day. */
const busy = (count: number, day: number, hour: number, need = 'vneid') =>
  deskWith(
    cast,
    cast.here,
    Array.from({ length: count }, () => ({ hoursAgo: 0, need })),
    { now: at(day, hour) },
  );
const figures = (role: Role, areaId = cast.here.unitId, place = cast.here, asked = month) =>
  as(cast, role, place, (tx) => deskFigures(tx, 'vi', areaId, asked));

describe('counts for leaders', () => {
  test('hold every assist of the month once, by need and hour; undone ones and other months not', async () => {
    await busy(12, 2, 8);
    await busy(15, 3, 9);
    const undone = await busy(3, 4, 8);
    await cast.owner`update desk_assist set undone_at = now() where desk_id = ${undone}`;
    const organiser = await figures('organiser');
    expect(organiser).toMatchObject({
      exact: true,
      hours: [8, 9],
      settled: 27,
      minutes: 270,
      table: { rows: [27, 0, 0, 0, 0], columns: [12, 15], total: 27 },
    });
    expect(organiser?.needs.map(({ code }) => code)).toEqual(['vneid', 'service', 'payment', 'phone', 'other']);
    expect((await figures('unit_leader'))?.table.cells).toEqual(organiser?.table.cells);
    expect((await figures('organiser', cast.here.unitId, cast.here, '2026-04'))?.table.total).toBe(0);
  });

  test('hide what is small from those who may not see names, its sums too, and tell it to those who may', async () => {
    await busy(2, 5, 8, 'phone');
    const [leader, organiser] = [await figures('unit_leader'), await figures('organiser')];
    expect(organiser?.table.cells?.[3]).toEqual([2, 0]);
    expect(leader).toMatchObject({ exact: false, table: { cells: null, rows: null, columns: [14, 15], total: 29 } });
    expect(leader?.parts.every(({ count }) => count === null)).toBe(true);
    expect(organiser?.parts.map(({ count }) => count)).toEqual([15, 12, 2]);
  });

  test('do not let a unit of few be worked out from the province: then no unit is told to whoever sees both', async () => {
    await deskWith(
      cast,
      cast.there,
      Array.from({ length: 3 }, () => ({ hoursAgo: 0 })),
      { now: at(6, 8) },
    );
    const province = await figures('province_leader', 44);
    expect(province?.table.total).toBe(32);
    expect(province?.parts.map(({ count }) => count)).toEqual([null, null]);
    expect((await figures('province_leader'))?.table).toEqual({ cells: null, rows: null, columns: null, total: null });
    expect((await figures('unit_leader'))?.table.total, 'who does not see the province').toBe(29);
    expect((await figures('unit_leader', cast.there.unitId, cast.there))?.table.total).toBeNull();
  });

  test('nor one row or hour of it: whoever sees the province is told no more of a unit than its sisters can tell', async () => {
    const then = (hour: number) => new Date(`2026-02-20T${hour}:10:00+07:00`);
    const many = (count: number, need: string, hour: number, place = cast.here) =>
      deskWith(
        cast,
        place,
        Array.from({ length: count }, () => ({ hoursAgo: 0, need })),
        { now: then(hour) },
      );
    for (const need of ['vneid', 'phone']) for (const hour of [10, 11]) await many(12, need, hour);
    await many(30, 'vneid', 10, cast.there);
    await many(4, 'phone', 10, cast.there);
    const look = (role: Role, areaId: number, place = cast.here) => figures(role, areaId, place, '2026-02');
    const province = await look('province_leader', 44);
    expect(province?.table.rows).toEqual([54, 0, 0, 28, 0]);
    // Of these 28, 24 are of the one unit: said, they would tell the other's four.
    expect((await look('province_leader', cast.here.unitId))?.table).toMatchObject({
      cells: null,
      rows: null,
      total: 48,
    });
    expect((await look('unit_leader', cast.here.unitId))?.table.rows).toEqual([24, 0, 0, 24, 0]);
    expect((await look('province_leader', cast.there.unitId, cast.there))?.table).toMatchObject({
      cells: null,
      rows: null,
    });
  });

  test('are of places one may see figures of, units and above', async () => {
    expect(await figures('unit_leader', cast.there.unitId)).toBeNull();
    expect(await figures('unit_leader', 44)).toBeNull();
    expect(await figures('unit_leader', cast.here.villageId)).toBeNull();
    expect(await figures('desk_officer')).toBeNull();
    const places = await as(cast, 'unit_leader', cast.here, (tx) => figurePlaces(tx, 'vi'));
    expect(places.map(({ id }) => id)).toEqual([cast.here.unitId]);
  });
});

test('the list of needs has versions: a new wording is the next one, what was logged keeps its own, loading again changes nothing', async () => {
  const sql = seedConnection(url);
  const load = (list: string) =>
    sql.begin(async (tx) => {
      await tx`select set_config('role', 'camtay_system', true)`;
      await loadDeskNeeds(tx, list);
    });
  const list = readDeskNeeds();
  const rows = () => cast.owner`select code, version, replaced_at is null as now from desk_need order by code, version`;
  const before = await rows();
  await load(list);
  expect(await rows()).toEqual(before);
  await load(
    list
      .replace('phone,4,Dùng điện thoại', 'phone,4,Điện thoại, mạng'.replace(', ', ' và '))
      .replace(/^other.*\n?/m, ''),
  );
  expect((await rows()).filter(({ code }) => code === 'phone' || code === 'other')).toEqual([
    { code: 'other', version: 1, now: false },
    { code: 'phone', version: 1, now: false },
    { code: 'phone', version: 2, now: true },
  ]);
  const needs = await as(cast, 'desk_officer', cast.here, (tx) => needsNow(tx, 'vi'));
  expect(needs.map(({ code, version }) => `${code}.${version}`)).toEqual([
    'vneid.1',
    'service.1',
    'payment.1',
    'phone.2',
  ]);
  expect((await figures('organiser'))?.table.total).toBe(29);
  await load(list);
  expect((await rows()).filter(({ now }) => now).map(({ code, version }) => `${code}.${version}`)).toEqual([
    'other.2',
    'payment.1',
    'phone.3',
    'service.1',
    'vneid.1',
  ]);
  await sql.end();
});
