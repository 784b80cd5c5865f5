import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool } from '../../lib/access/scoped';
import { planShifts } from '../../lib/desk/commands';
import { addDays, dayOf, momentOf, weekdayOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { callOffRound, planRound } from '../../lib/visit/commands';
import { matesOn, roundHelpers } from '../../lib/visit/queries';
import { suitsThen } from '../../lib/visit/rules';
import { roundForm } from '../../lib/visit/schema';
import { as } from '../desk/scene';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { pair, roundAt } from './scene';

let cast: Cast;
let own: string;
let mate: string;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  ({ own, mate } = await pair(cast, cast.here));
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const now = new Date();
let ahead = 1;
const nextDay = () => addDays(dayOf(now), (ahead += 1));
const then = (day: string, from = '08:00', until = '10:00') => ({ day, from, until });
const helper = async (id: string, except: string | null = null) =>
  as(cast, 'organiser', cast.here, async (tx) => {
    const found = (await roundHelpers(tx, null, now, except)).find((one) => one.id === id);
    if (!found) throw new Error('not among those who may go');
    return found;
  });
const how = async (id: string, day: string, from?: string, until?: string) =>
  suitsThen(await helper(id), then(day, from, until));
const plan = (day: string, from = '08:00', until = '10:00') =>
  as(cast, 'organiser', cast.here, (tx, caller) =>
    planRound(
      tx,
      roundForm.parse({
        areaId: String(cast.here.villageId),
        day,
        from,
        until,
        first: own,
        second: mate,
        formKey: newId(),
      }),
      caller,
      now,
    ),
  );

test('whoever is told as busy or away is refused, and whoever is not is taken: at a class, at a desk under either name, on a round, away', async () => {
  const [atClass, atDesk, onRound, away, free] = [nextDay(), nextDay(), nextDay(), nextDay(), nextDay()];
  const session = newId();
  await cast.owner`insert into class_session (id, class_id, area_id, venue_id, position, starts_at, ends_at, status)
    select ${session}, c.id, c.area_id, c.venue_id, 700, ${momentOf(atClass, '09:00')}, ${momentOf(atClass, '11:00')}, 'published'
    from class c where c.id = ${cast.here.classId}`;
  await cast.owner`insert into session_helper (id, session_id, member_id, area_id, member_area_id, role, starts_at, ends_at)
    values (${newId()}, ${session}, ${own}, 1, 1, 'helps', now(), now())`;
  const shift = await as(cast, 'organiser', cast.here, async (tx, caller) =>
    planShifts(
      tx,
      {
        deskId: cast.here.deskId,
        who: { kind: 'account', id: await cast.accountOf('helper', cast.here) },
        day: atDesk,
        from: '09:00',
        until: '11:00',
        weeks: 1,
      },
      caller,
      now,
    ),
  );
  expect(shift).toMatchObject({ planned: 1 });
  await roundAt(cast, cast.here, { day: onRound, from: '09:00', until: '11:00', members: [own] });
  await cast.owner`insert into team_member_away (member_id, area_id, first_day, last_day) values (${own}, ${cast.here.unitId}, ${away}, ${away})`;
  expect(await Promise.all([atClass, atDesk, onRound, away, free].map((day) => how(own, day)))).toEqual([
    'busy',
    'busy',
    'busy',
    'away',
    'unsaid',
  ]);
  for (const day of [atClass, atDesk, onRound])
    expect(await plan(day), day).toEqual({ refused: 'roundClash', field: 'first' });
  expect(await plan(away)).toEqual({ refused: 'helperAway', field: 'first' });
  // What ends as it begins is no clash, and a round of one's own is none to oneself.
  expect(await how(own, atClass, '07:00', '09:00')).toBe('unsaid');
  const made = await plan(atClass, '07:00', '09:00');
  if (!('id' in made)) throw new Error('refused');
  expect(suitsThen(await helper(own, made.id), then(atClass, '07:00', '08:00'))).toBe('unsaid');
  expect(await how(own, atClass, '07:00', '08:00')).toBe('busy');
  await as(cast, 'organiser', cast.here, (tx, caller) => callOffRound(tx, { roundId: made.id }, caller, now));
  expect(await how(own, atClass, '07:00', '08:00'), 'called off').toBe('unsaid');
});

test('what somebody usually does is told for the part of the week in which most of the round lies', async () => {
  const day = nextDay();
  const free = { free: [`${weekdayOf(day)}.afternoon`], taken: [] };
  expect(suitsThen(free, then(day, '11:00', '14:00'))).toBe('free');
  expect(suitsThen(free, then(day, '08:00', '11:00'))).toBe('other');
  expect(suitsThen(free, then(day, '17:00', '20:00'))).toBe('other');
  expect(suitsThen(free, then(addDays(day, 1), '14:00', '16:00'))).toBe('other');
  await cast.owner`insert into team_member_free (member_id, area_id, weekday, part)
    values (${own}, ${cast.here.unitId}, ${weekdayOf(day)}, 'morning') on conflict do nothing`;
  expect(await how(own, day)).toBe('free');
  await cast.owner`update team_member set languages = '{vi,bru}' where id = ${own}`;
  expect((await helper(own)).languages).toEqual(['vi', 'bru']);
});

test('nobody of another unit is offered, and of somebody’s time only when', async () => {
  const all = await as(cast, 'organiser', cast.here, (tx) => roundHelpers(tx));
  expect(all.some(({ id }) => id === cast.there.memberId)).toBe(false);
  expect(new Set(all.flatMap(({ taken }) => taken.flatMap((time) => Object.keys(time))))).toEqual(
    new Set(['from', 'until', 'away']),
  );
  expect(await as(cast, 'helper', cast.here, (tx) => roundHelpers(tx))).toEqual([]);
});

test('who goes on a round is told how to reach the other: a phone for those who run classes with them, nobody their own, nothing of other units', async () => {
  await cast.owner`update team_member set phone = '+8491234567' || case id when ${own} then '1' else '2' end where id in (${own}, ${mate})`;
  const roundId = await roundAt(cast, cast.here, { members: [own, mate], from: '22:10', until: '22:20' });
  const told = async (role: Role, place = cast.here) =>
    new Map((await as(cast, role, place, (tx) => matesOn(tx, roundId))).map(({ id, phone }) => [id, phone]));
  expect(await told('helper')).toEqual(
    new Map([
      [own, null],
      [mate, '+84912345672'],
    ]),
  );
  expect(await told('organiser')).toEqual(
    new Map([
      [own, '+84912345671'],
      [mate, '+84912345672'],
    ]),
  );
  for (const [role, place] of [
    ['helper', cast.there],
    ['organiser', cast.there],
    ['desk_officer', cast.here],
    ['unit_leader', cast.here],
  ] as const)
    expect([...(await told(role, place)).values()].filter(Boolean), `${role}`).toEqual([]);
});
