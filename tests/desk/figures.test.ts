import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { loadDeskNeeds, readDeskNeeds } from '../../db/seed/desk-needs';
import { seedConnection } from '../../db/seed/connection';
import { closePool } from '../../lib/access/scoped';
import { deskFigures, figurePlaces } from '../../lib/desk/figures';
import type { DeskFigures } from '../../lib/desk/schema';
import { refreshFigures } from '../../lib/figure/commands';
import { needsNow } from '../../lib/desk/queries';
import { periodAround, periodOf } from '../../lib/period/rules';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { as, deskWith } from './scene';

let cast: Cast;
let url: string;
beforeAll(async () => {
  url = (await testDatabase()).url;
  cast = await setTheScene(url);
  // One of January in each unit, which numbers of March would be exchanged with.
  await cast.owner`delete from desk_assist`;
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const month = '2026-03';
const monthOf = (key: string) => periodOf(key) ?? periodAround(`${key}-01`, 'calendar', 'month');
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
  as(cast, role, place, (tx) => deskFigures(tx, 'vi', areaId, monthOf(asked)));

/** What the figures say of each need: `hidden`, a number, or nothing. */
const told = (counts: DeskFigures['counts'] = []) => counts.map((cell) => (cell === null ? 'hidden' : cell?.value));

describe('counts of help', () => {
  test('to whoever may look people up: every assist of the month once, by need, hour and desk; undone ones and other months not', async () => {
    await busy(12, 2, 8);
    await busy(15, 3, 9);
    const undone = await busy(3, 4, 8);
    await cast.owner`update desk_assist set undone_at = now() where desk_id = ${undone}`;
    await busy(2, 5, 8, 'phone');
    const organiser = await figures('organiser');
    expect(organiser?.logged).toMatchObject({
      hours: [8, 9],
      settled: 29,
      minutes: 290,
      table: { rows: [27, 0, 0, 2, 0, 0], columns: [14, 15], total: 29 },
    });
    expect(organiser?.logged?.desks.map(({ count }) => count)).toEqual([15, 12, 2]);
    expect(organiser?.needs.map(({ code }) => code)).toEqual([
      'vneid',
      'service',
      'payment',
      'phone',
      'other',
      'trader',
    ]);
    expect((await figures('organiser', cast.here.unitId, cast.here, '2026-04'))?.logged?.table.total).toBe(0);
  });

  test('to leaders as figures are told: nothing of few, nor what would give it away', async () => {
    const many = (need: string, count: number) => Array.from({ length: count }, () => ({ hoursAgo: 0, need }));
    await deskWith(cast, cast.there, [...many('vneid', 40), ...many('phone', 30)], { now: at(6, 8) });
    await refreshFigures();
    const [organiser, leader] = [await figures('organiser'), await figures('unit_leader')];
    expect(told(organiser?.counts)).toEqual([27, undefined, undefined, 2, undefined, undefined]);
    expect(leader?.logged).toBeNull();
    expect(told(leader?.counts)).toEqual([27, undefined, undefined, 'hidden', undefined, undefined]);
    const province = await figures('province_leader', 44);
    expect(told(province?.counts)).toEqual([67, undefined, undefined, 32, undefined, undefined]);
    // Of 32 with the phone, the sister's 30 would tell the other's two.
    expect(province?.units.map(({ counts }) => told(counts))).toEqual([
      [27, undefined, undefined, 'hidden', undefined, undefined],
      [40, undefined, undefined, 'hidden', undefined, undefined],
    ]);
    expect(told((await figures('unit_leader', cast.there.unitId, cast.there))?.counts)[3]).toBe('hidden');
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
    'trader.1',
  ]);
  expect((await figures('organiser'))?.logged?.table.total).toBe(29);
  await load(list);
  expect((await rows()).filter(({ now }) => now).map(({ code, version }) => `${code}.${version}`)).toEqual([
    'other.2',
    'payment.1',
    'phone.3',
    'service.1',
    'trader.1',
    'vneid.1',
  ]);
  await sql.end();
});
