import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool } from '../../lib/access/scoped';
import { planShifts } from '../../lib/desk/commands';
import { shiftInput } from '../../lib/desk/schema';
import { addDays, dayOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { planRound } from '../../lib/visit/commands';
import { roundForm } from '../../lib/visit/schema';
import { as } from '../desk/scene';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { pair } from '../visit/scene';

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
const inDays = (days: number) => addDays(dayOf(now), days);
const away = (member: string, first: number, last: number) =>
  cast.owner`insert into team_member_away (member_id, area_id, first_day, last_day) values (${member}, ${cast.here.unitId}, ${inDays(first)}, ${inDays(last)})`;
const shift = (who: string, day: number, weeks = '1') =>
  as(cast, 'organiser', cast.here, (tx, caller) =>
    planShifts(
      tx,
      shiftInput.parse({ deskId: cast.here.deskId, who, day: inDays(day), from: '08:00', until: '10:00', weeks }),
      caller,
      now,
    ),
  );
const round = (day: number, [first, second] = [own, mate]) =>
  as(cast, 'organiser', cast.here, (tx, caller) =>
    planRound(
      tx,
      roundForm.parse({
        areaId: String(cast.here.villageId),
        day: inDays(day),
        from: '14:00',
        until: '16:00',
        first,
        second,
        formKey: newId(),
      }),
      caller,
      now,
    ),
  );
const standing = async () =>
  (
    await cast.owner`select id from desk_shift where starts_at > now() union all select id from visit_round where starts_at > now()`
  ).count;

test('nobody is put on duty at a desk on a day they are away, as a member or by their account, in any of the weeks', async () => {
  const account = `a:${await cast.accountOf('helper', cast.here)}`;
  for (const member of [own, mate]) await away(member, 20, 21);
  const before = await standing();
  for (const who of [`m:${mate}`, account])
    for (const [day, weeks] of [
      [20, '1'],
      [21, '1'],
      [6, '3'],
    ] as const)
      expect(await shift(who, day, weeks), `${who} ${day} ${weeks}`).toEqual({ refused: 'helperAway', field: 'who' });
  expect(await standing(), 'nothing half written').toBe(before);
  expect(await shift(account, 22), 'back the day after').toMatchObject({ planned: 1 });
});

test('nor sent on a round; it is said of the one who is away', async () => {
  await away(mate, 30, 30);
  const before = await standing();
  expect(await round(30)).toEqual({ refused: 'helperAway', field: 'second' });
  expect(await round(30, [mate, own])).toEqual({ refused: 'helperAway', field: 'first' });
  expect(await standing()).toBe(before);
  expect(await round(31)).toHaveProperty('id');
});
