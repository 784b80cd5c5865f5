import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool, openScoped, type ScopedTx } from '@/lib/access/scoped';
import { removeDayOff, saveDayOff } from '@/lib/dayoff/commands';
import { calendarOwner, daysOffOf } from '@/lib/dayoff/queries';
import { dayOffOn } from '@/lib/dayoff/rules';
import { dayOffInput, type DayOffInput } from '@/lib/dayoff/schema';
import { isRefusal } from '@/lib/kernel/result';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  await cast.owner`delete from day_off where area_id <> 44`;
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

type Who = 'organiser' | 'helper' | 'province_admin';
const as = async <R>(role: Who, place: Place, work: (tx: ScopedTx, caller: { accountId: string }) => Promise<R>) => {
  const accountId = await cast.accountOf(role, place);
  return openScoped('read write', 'camtay_app', await cast.token(role, place), (tx) => work(tx, { accountId }));
};
const entry = (areaId: number, more: object = {}): DayOffInput =>
  dayOffInput.parse({ areaId, kind: 'dates', firstDay: '2027-03-02', reason: 'harvest', name: 'Gặt', ...more });
const save = (input: DayOffInput, role: Who = 'organiser', place = cast.here) =>
  as(role, place, (tx, caller) => saveDayOff(tx, input, caller));
const calendar = (areaId: number, from = '2026-01-01') =>
  as('organiser', cast.here, (tx) => daysOffOf(tx, 'vi', areaId, from));

describe('the calendar of an area', () => {
  test('has the public holidays of the province, in 2027 with Tết from 4/2 to 9/2', async () => {
    const entries = await calendar(cast.here.villageId);
    for (const off of [
      '2027-02-04',
      '2027-02-06',
      '2027-02-09',
      '2027-04-16',
      '2027-04-30',
      '2027-05-01',
      '2027-09-02',
    ])
      expect(dayOffOn(off, entries), off).toMatchObject({ reason: 'holiday', area: 'Tỉnh Quảng Trị' });
    for (const on of ['2027-02-03', '2027-02-10', '2027-04-15']) expect(dayOffOn(on, entries), on).toBeNull();
  });

  test('holds below: a village follows its ward, and says otherwise by an entry of its own; the next commune sees neither', async () => {
    const { unitId, villageId } = cast.here;
    await save(entry(unitId, { kind: 'weekly', weekday: '7', firstDay: '', reason: 'weekly', name: 'Chủ nhật' }));
    await save(entry(villageId, { kind: 'exception', firstDay: '2027-03-07', name: 'Học bù' }));
    const village = await calendar(villageId);
    expect(dayOffOn('2027-03-14', village)).toMatchObject({ name: 'Chủ nhật', areaId: unitId });
    expect(dayOffOn('2027-03-07', village)).toBeNull();
    expect(dayOffOn('2027-03-07', await calendar(unitId))).not.toBeNull();
    expect(dayOffOn('2027-03-14', await calendar(cast.there.villageId))).toBeNull();
    const distances = village.map(({ distance }) => distance);
    expect(distances).toEqual(distances.toSorted());
  });

  test('holds 200 entries that are not over, and refuses the next; one there is can still be changed', async () => {
    const { villageId } = cast.there;
    const add = (more: object = {}) => save(entry(villageId, more), 'organiser', cast.there);
    await cast.owner`insert into day_off (area_id, kind, first_day, last_day, reason, name)
      select ${villageId}, 'dates', day, day, 'other', 'x' from (select (now() at time zone 'Asia/Ho_Chi_Minh')::date as today) n,
        generate_series(today - 50, today + 198, interval '1 day') day`;
    expect(await add()).toEqual({ areaId: villageId });
    expect(await add()).toEqual({ refused: 'calendarFull' });
    const [one] = await cast.owner<
      { id: string }[]
    >`select id from day_off where area_id = ${villageId} and name = 'Gặt'`;
    expect(await save({ ...entry(villageId), id: one?.id ?? '' }, 'organiser', cast.there)).toEqual({
      areaId: villageId,
    });
    await cast.owner`delete from day_off where area_id = ${villageId}`;
  });

  test('is changed and emptied, each act with one audit row; what was over before is left out of what is asked for', async () => {
    const { villageId } = cast.here;
    await save(entry(villageId, { name: 'Phiên chợ', reason: 'market' }));
    const one = (await calendar(villageId)).find(({ name }) => name === 'Phiên chợ');
    if (!one) throw new Error('nothing was saved');
    await save({
      ...entry(villageId, { firstDay: '2027-03-09', name: 'Phiên chợ Cộn', reason: 'market' }),
      id: one.id,
    });
    expect((await calendar(villageId)).filter(({ id }) => id === one.id)).toMatchObject([
      { name: 'Phiên chợ Cộn', firstDay: '2027-03-09', lastDay: '2027-03-09' },
    ]);
    expect((await calendar(villageId, '2027-03-10')).some(({ id }) => id === one.id)).toBe(false);
    await as('organiser', cast.here, (tx, caller) => removeDayOff(tx, { id: one.id }, caller));
    expect((await calendar(villageId)).some(({ id }) => id === one.id)).toBe(false);
    const acts = await cast.owner<{ action: string }[]>`
      select action from audit_event where details->>'id' = ${one.id} order by at`;
    expect(acts.map(({ action }) => action)).toEqual(['calendar.save', 'calendar.save', 'calendar.remove']);
  });

  test("another unit's, the province's and a stranger's entry cannot be touched, and nothing is written", async () => {
    const mine = await save(entry(cast.here.villageId));
    expect(isRefusal(mine)).toBe(false);
    const one = (await calendar(cast.here.villageId)).find(({ name }) => name === 'Gặt');
    const before = await cast.owner`select * from day_off order by id`;
    const acts = await cast.owner`select count(*) from audit_event`;
    const id = one?.id ?? '';
    const refused = { refused: 'notFound' };
    expect(await save(entry(44))).toEqual(refused);
    expect(await save(entry(cast.there.villageId))).toEqual(refused);
    expect(await save(entry(cast.here.villageId), 'helper')).toEqual(refused);
    expect(await save({ ...entry(cast.here.villageId), id }, 'organiser', cast.there)).toEqual(refused);
    // Nor is an entry carried off into an area of one's own.
    expect(await save({ ...entry(cast.there.villageId), id }, 'organiser', cast.there)).toEqual(refused);
    expect(await as('organiser', cast.there, (tx, caller) => removeDayOff(tx, { id }, caller))).toEqual(refused);
    expect(await cast.owner`select * from day_off order by id`).toEqual(before);
    expect(await cast.owner`select count(*) from audit_event`).toEqual(acts);
  });

  test('the province’s is kept by its administrator, who may change a holiday', async () => {
    const tet = (await calendar(44)).find(({ firstDay }) => firstDay === '2027-02-04');
    const changed = {
      ...entry(44, { firstDay: '2027-02-04', lastDay: '2027-02-10', reason: 'holiday' }),
      id: tet?.id ?? '',
    };
    expect(await save(changed, 'province_admin')).toEqual({ areaId: 44 });
    expect(dayOffOn('2027-02-10', await calendar(cast.here.unitId))).toMatchObject({ name: 'Gặt' });
  });

  test('is shown of places whose classes one reads, and is offered to change only where one may', async () => {
    const owner = (role: Who, areaId: number) => as(role, cast.here, (tx) => calendarOwner(tx, 'vi', areaId));
    expect(await owner('organiser', cast.here.villageId)).toMatchObject({ mayWrite: true });
    expect(await owner('helper', cast.here.villageId)).toMatchObject({ mayWrite: false });
    expect(await owner('organiser', cast.there.unitId)).toBeNull();
    expect(await owner('organiser', 44)).toBeNull();
  });
});
