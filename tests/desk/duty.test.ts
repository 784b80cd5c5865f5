import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool } from '../../lib/access/scoped';
import { addDesk, callOffShift, changeDesk, planShifts, setDeskOpen } from '../../lib/desk/commands';
import { deskForStaff, dutyAhead, dutyChoices, staffOf } from '../../lib/desk/queries';
import { newDeskInput, shiftInput } from '../../lib/desk/schema';
import { addDays, dayOf, momentOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { problemsOf } from '../../lib/kernel/input';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { as, deskWith } from './scene';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});
beforeEach(() => cast.owner`delete from desk_shift where starts_at > '2026-02-01'`);

const today = dayOf(new Date());
const shift = (who: string, more: Record<string, string> = {}) =>
  shiftInput.parse({
    deskId: cast.here.deskId,
    who,
    day: addDays(today, 3),
    from: '07:30',
    until: '11:30',
    weeks: '1',
    ...more,
  });
const plan = (input: ReturnType<typeof shift>, role: Role = 'organiser', place = cast.here) =>
  as(cast, role, place, (tx, caller) => planShifts(tx, input, caller, new Date()));
const member = () => `m:${cast.here.memberId}`;
const officer = async () => `a:${await cast.accountOf('desk_officer', cast.here)}`;
const standing = async () => {
  const [row] =
    await cast.owner`select count(*)::int as count from desk_shift where called_off_at is null and starts_at > now()`;
  return row?.count as number;
};

describe('duty', () => {
  test('is planned for as many weeks as are wanted, all of them or none', async () => {
    expect(await plan(shift(member(), { weeks: '4' }))).toEqual({ deskId: cast.here.deskId, planned: 4 });
    const elsewhere = await deskWith(cast, cast.here, []);
    // The third of these weeks meets what was planned: none is written.
    const clash = shift(member(), {
      deskId: elsewhere,
      day: addDays(today, 10),
      from: '11:00',
      until: '15:00',
      weeks: '6',
    });
    expect(await plan(clash)).toEqual({ refused: 'shiftClash', field: 'who' });
    expect(await standing()).toBe(4);
    expect(await plan({ ...clash, from: '11:30' }), 'right after is fine').toMatchObject({ planned: 6 });
  });

  test('one person at two desks at a time is refused by the database itself, whoever they are planned as', async () => {
    const account = await cast.accountOf('helper', cast.here);
    await cast.owner`update team_member set account_id = ${account} where id = ${cast.here.memberId}`;
    const insert = (column: string, id: string, from: string) => cast.owner`
      insert into desk_shift (desk_id, area_id, ${cast.owner(column)}, who_id, starts_at, ends_at)
      values (${cast.here.deskId}, ${cast.here.villageId}, ${id}, ${newId()}, ${`2027-03-01T${from}+07:00`}, ${'2027-03-01T12:00+07:00'})`;
    await insert('account_id', account, '08:00');
    const twice = insert('member_id', cast.here.memberId, '09:00');
    await expect(twice).rejects.toThrow(/desk_shift_free/);
    await cast.owner`update team_member set account_id = null where id = ${cast.here.memberId}`;
  });

  test('planned by twenty at once at twenty desks is had by one', async () => {
    const desks = await Promise.all(Array.from({ length: 20 }, () => deskWith(cast, cast.here, [])));
    const who = await officer();
    const all = await Promise.all(desks.map((deskId) => plan(shift(who, { deskId }))));
    expect(all.filter((one) => !('refused' in one))).toHaveLength(1);
    expect(all.filter((one) => 'refused' in one && one.refused === 'shiftClash')).toHaveLength(19);
    expect(await standing()).toBe(1);
  });

  test('is refused for a day gone by, for a class somebody agreed to, for strangers, at others’ desks', async () => {
    expect(await plan(shift(member(), { day: addDays(today, -1) }))).toEqual({ refused: 'shiftPast', field: 'day' });
    expect(await plan(shift(`m:${cast.there.memberId}`))).toEqual({ refused: 'chooseOnDuty', field: 'who' });
    expect(await plan(shift(`a:${await cast.accountOf('desk_officer', cast.there)}`))).toEqual({
      refused: 'chooseOnDuty',
      field: 'who',
    });
    expect(await plan(shift(member()), 'organiser', cast.there)).toEqual({ refused: 'notFound' });
    expect(await plan(shift(member()), 'desk_officer')).toEqual({ refused: 'notFound' });
    const [starts, ends] = [momentOf(addDays(today, 3), '09:00'), momentOf(addDays(today, 3), '10:30')];
    await cast.owner`update class_session set starts_at = ${starts}, ends_at = ${ends} where id = ${cast.here.sessionIds[1]}`;
    await cast.owner`update session_helper set state = 'yes', answered_at = now() where member_id = ${cast.here.memberId}`;
    expect(await plan(shift(member()))).toEqual({ refused: 'shiftTeaches', field: 'who' });
    await cast.owner`update session_helper set state = 'asked', answered_at = null where member_id = ${cast.here.memberId}`;
    expect(await standing()).toBe(0);
  });

  test('can be called off until it is over, which frees the time; twice is once', async () => {
    await plan(shift(member()));
    const [row] = await cast.owner<{ id: string }[]>`select id from desk_shift where starts_at > now() limit 1`;
    const off = (role: Role = 'organiser') =>
      as(cast, role, cast.here, (tx, caller) => callOffShift(tx, { shiftId: row?.id ?? '' }, caller, new Date()));
    expect(await off('desk_officer')).toEqual({ refused: 'notFound' });
    expect(await off()).toEqual({ deskId: cast.here.deskId });
    expect(await off()).toEqual({ deskId: cast.here.deskId });
    expect(await plan(shift(member()))).toMatchObject({ planned: 1 });
    const [old] = await cast.owner<
      { id: string }[]
    >`select id from desk_shift where starts_at < now() and desk_id = ${cast.here.deskId} limit 1`;
    const late = await as(cast, 'organiser', cast.here, (tx, caller) =>
      callOffShift(tx, { shiftId: old?.id ?? '' }, caller, new Date()),
    );
    expect(late).toEqual({ refused: 'shiftOver' });
  });

  test('is told to those who log there, with names and the hours that are over; planned ahead are no hours', async () => {
    await plan(shift(await officer(), { weeks: '2' }));
    await cast.owner`insert into desk_shift (desk_id, area_id, member_id, who_id, starts_at, ends_at)
      values (${cast.here.deskId}, ${cast.here.villageId}, ${cast.here.memberId}, ${newId()}, now() - interval '5 hours', now() - interval '2 hours')`;
    const seen = await as(cast, 'helper', cast.here, async (tx) => ({
      duty: await dutyAhead(tx, cast.here.deskId, new Date(), 28),
      staff: await staffOf(tx, cast.here.deskId, new Date()),
    }));
    expect(seen.duty.filter(({ startsAt }) => startsAt > new Date()).map(({ fullName }) => fullName)).toEqual(
      Array.from({ length: 2 }, () => 'Người thử desk_officer.18859'),
    );
    expect(seen.staff.map(({ fullName, minutes, nextAt }) => [fullName, minutes, nextAt !== null])).toEqual([
      ['Trần Văn Thử', 180, false],
      ['Người thử desk_officer.18859', 0, true],
    ]);
    expect(await as(cast, 'helper', cast.there, (tx) => dutyAhead(tx, cast.here.deskId, new Date(), 28))).toEqual([]);
    const choices = await as(cast, 'organiser', cast.here, (tx) => dutyChoices(tx, cast.here.villageId));
    expect(choices.map(({ value }) => value)).toEqual(expect.arrayContaining([member(), await officer()]));
    expect(choices.map(({ fullName }) => fullName).join()).not.toMatch(/18901|unit_leader/);
  });

  test('what is typed wrong is said at its own box', () => {
    const wrong = (more: Record<string, string>) => {
      const parsed = shiftInput.safeParse({
        deskId: newId(),
        who: `m:${newId()}`,
        day: today,
        from: '08:00',
        until: '09:00',
        weeks: '1',
        ...more,
      });
      return parsed.success ? null : problemsOf(parsed.error);
    };
    expect(wrong({})).toBeNull();
    expect(wrong({ until: '07:00' })).toEqual({ until: 'shiftEnds' });
    expect(wrong({ from: '00:01', until: '23:59' })).toEqual({ until: 'shiftLong' });
    expect(wrong({ who: 'x', weeks: '13', day: '2027-02-31', from: 'sáng' })).toMatchObject({
      who: 'chooseOnDuty',
      weeks: 'weeksRange',
      day: 'dayUnknown',
      from: 'timeShape',
    });
    expect(wrong({ who: `m:${'-'.repeat(36)}` })).toEqual({ who: 'chooseOnDuty' });
  });
});

describe('a desk', () => {
  const details = (more: Record<string, string> = {}) =>
    newDeskInput.parse({
      areaId: cast.here.villageId,
      kind: 'culture_house',
      name: 'Điểm mới',
      address: 'Thôn',
      day1: '7:30-11:30, 13:30-17:00',
      ...more,
    });
  const add = (input: ReturnType<typeof details>, role: Role = 'organiser') =>
    as(cast, role, cast.here, (tx, caller) => addDesk(tx, input, caller));

  test('is set up with its hours and changed, by those who keep desks there alone', async () => {
    const made = await add(details());
    if ('refused' in made) throw new Error(made.refused);
    const look = (place = cast.here) => as(cast, 'desk_officer', place, (tx) => deskForStaff(tx, 'vi', made.id));
    expect(await look()).toMatchObject({
      name: 'Điểm mới',
      mayManage: false,
      hours: [
        { weekday: 1, opens: '07:30', closes: '11:30' },
        { weekday: 1, opens: '13:30', closes: '17:00' },
      ],
    });
    expect(await look(cast.there)).toBeNull();
    const change = (place: typeof cast.here) =>
      as(cast, 'organiser', place, (tx, caller) =>
        changeDesk(tx, { ...details({ day1: '', day2: '8-11' }), id: made.id, name: 'Tên mới' }, caller),
      );
    expect(await change(cast.there)).toEqual({ refused: 'notFound' });
    expect(await change(cast.here)).toEqual({ id: made.id });
    expect(await look()).toMatchObject({ name: 'Tên mới', hours: [{ weekday: 2, opens: '08:00', closes: '11:00' }] });
    expect(await add({ ...details(), areaId: cast.there.villageId })).toEqual({
      refused: 'chooseArea',
      field: 'areaId',
    });
    expect(await add({ ...details(), areaId: 44 })).toEqual({ refused: 'chooseArea', field: 'areaId' });
    expect(await add(details(), 'desk_officer')).toEqual({ refused: 'chooseArea', field: 'areaId' });
  });

  test('once closed takes no assists and calls duty off; what was logged stays, and it can be opened again', async () => {
    const deskId = await deskWith(cast, cast.here, [{ hoursAgo: 30 }]);
    await plan(shift(member(), { deskId }));
    const set = (open: boolean) =>
      as(cast, 'organiser', cast.here, (tx, caller) => setDeskOpen(tx, { id: deskId, open }, caller, new Date()));
    expect(await set(false)).toEqual({ id: deskId });
    expect(await standing()).toBe(0);
    expect(await plan(shift(member(), { deskId }))).toEqual({ refused: 'notFound' });
    expect(await set(false)).toEqual({ id: deskId });
    expect(await set(true)).toEqual({ id: deskId });
    const [row] = await cast.owner`select count(*)::int as count from desk_assist where desk_id = ${deskId}`;
    expect(row?.count).toBe(1);
  });
});
