import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool, recordReading } from '../../lib/access/scoped';
import { refreshFigures } from '../../lib/figure/commands';
import { dayOf, momentOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { fold, givenName } from '../../lib/kernel/text';
import { recordWork } from '../../lib/task/commands';
import { doorOf } from '../../lib/task/door';
import { workInput, type Outcome, type Work } from '../../lib/task/schema';
import { hoursOfTeam } from '../../lib/team/queries';
import { as, deskWith } from '../desk/scene';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;
let memberId: string;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  memberId = newId();
  await cast.owner`insert into team_member (id, team_id, area_id, full_name, account_id)
    select ${memberId}, ${cast.here.teamId}, ${cast.here.unitId}, 'Trần Thị Đại Sứ', ${await cast.accountOf('helper', cast.here)}`;
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

/** Noon of today, so that a day never ends between two steps. */
const noon = momentOf(dayOf(new Date()), '12:00');
const at = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);

/** People of one home whom nobody has met, given to the helper to see this week. */
async function home(count = 1): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  for (const id of ids) {
    await cast.owner`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
      values (${id}, ${cast.here.villageId}, 'Hồ Thị Chưa', ${givenName('Hồ Thị Chưa')}, ${fold('Hồ Thị Chưa')}, 1950)`;
    await cast.owner`insert into task_given (kind, person_id, fact, area_id, member_id, account_id, given_at, until)
      values ('never', ${id}, 'never', ${cast.here.villageId}, ${memberId}, ${await cast.accountOf('helper', cast.here)}, ${at(-600)}, ${at(60 * 24 * 7)})`;
  }
  if (count > 1)
    await cast.owner`with made as (insert into household (area_id) values (${cast.here.villageId}) returning id)
      insert into household_member (household_id, person_id, area_id) select id, person, ${cast.here.villageId} from made, unnest(${ids}::uuid[]) person`;
  return ids;
}
const met = (personId: string, spent: Work['spent'], more: { outcome?: Outcome; role?: Role; when?: Date } = {}) =>
  as(cast, more.role ?? 'helper', cast.here, (tx, caller) =>
    recordWork(
      tx,
      {
        formKey: newId(),
        task: { kind: 'never', personId, fact: 'never' },
        outcome: more.outcome ?? 'done',
        note: '',
        spent,
      },
      caller,
      more.when ?? noon,
    ),
  );
const doors = (ids: readonly string[]) => cast.owner<
  { id: string; minutes: number; met: boolean; elsewhere: string | null; visitId: string | null }[]
>`
  select w.id, w.minutes, w.met, w.elsewhere, w.visit_id from door_visit w
  where w.home = any(${[...ids]}::uuid[]) or w.home in (select household_id from household_member where person_id = any(${[...ids]}::uuid[]))
  order by w.at, w.id`;
/** What the figures count of some homes gone to: visits, and minutes. */
async function counted(ids: readonly string[]): Promise<{ visits: number; minutes: number }> {
  await refreshFigures(at(60));
  const [row] = await cast.owner<{ visits: number; minutes: number }[]>`
    select count(*) filter (where measure = 'home_visits')::int as visits, coalesce(sum(amount) filter (where measure = 'helper_minutes'), 0)::int as minutes
    from figure_help where help_id in (select w.id from door_visit w where w.home = any(${[...ids]}::uuid[])
      or w.home in (select household_id from household_member where person_id = any(${[...ids]}::uuid[])))`;
  return row ?? { visits: -1, minutes: -1 };
}
async function ofMember(): Promise<{ minutes: number; doors: number }> {
  const rows = await as(cast, 'organiser', cast.here, (tx) => hoursOfTeam(tx, cast.here.teamId, '2020-01', at(600)));
  const own = rows.filter((row) => row.memberId === memberId);
  return {
    minutes: own.reduce((sum, { minutes }) => sum + minutes, 0),
    doors: own.reduce((sum, row) => sum + row.doors, 0),
  };
}

test('seeing two of one home on a day is one home visit, for the longest time said, and stands on the helper’s page', async () => {
  const before = await ofMember();
  const ids = await home(2);
  await met(ids[0] ?? '', '20');
  expect(await met(ids[1] ?? '', '30', { when: at(5) })).toMatchObject({ personId: ids[1] });
  expect(await doors(ids)).toMatchObject([{ minutes: 30, met: true }]);
  expect(await counted(ids)).toEqual({ visits: 1, minutes: 30 });
  const after = await ofMember();
  expect(after).toEqual({ minutes: before.minutes + 30, doors: before.doors + 1 });
  const door = await as(cast, 'organiser', cast.here, async (tx, caller) =>
    doorOf(await recordReading(tx, caller, ids[0] ?? '', 'door'), 'vi', caller, ids[0] ?? '', noon),
  );
  expect(door?.came, 'somebody else said it').toBeNull();
});

test('nobody at home is time given and no visit; ringing is neither, nor is saying nothing', async () => {
  const [away] = await home();
  await met(away ?? '', '10', { outcome: 'not_home' });
  expect(await counted([away ?? ''])).toEqual({ visits: 0, minutes: 10 });
  const [refuses] = await home();
  await met(refuses ?? '', '20', { outcome: 'refused' });
  expect(await counted([refuses ?? '']), 'as on rounds').toEqual({ visits: 0, minutes: 20 });
  for (const spent of ['call', undefined] as const) {
    const [rung] = await home();
    await met(rung ?? '', spent);
    expect(await doors([rung ?? ''])).toEqual([]);
  }
});

test('two who go there on one day make one visit, each with their own time', async () => {
  const ids = await home(2);
  await met(ids[0] ?? '', '20');
  await met(ids[1] ?? '', '60', { role: 'organiser', when: at(3) });
  expect(await doors(ids)).toHaveLength(2);
  expect(await counted(ids)).toEqual({ visits: 1, minutes: 80 });
});

test('where a round met them that day it is the round’s visit and time; where it did not, it is their own', async () => {
  const [one] = await home();
  const [round, visit, other] = [newId(), newId(), newId()];
  await cast.owner`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
    values (${round}, ${cast.here.villageId}, ${cast.here.teamId}, ${dayOf(noon)}, ${at(-60)}, ${at(60)})`;
  await cast.owner`insert into visit_round_helper (id, round_id, area_id, member_id, who_id, starts_at, ends_at)
    values (${newId()}, ${round}, ${cast.here.villageId}, ${memberId}, ${memberId}, now(), now())`;
  for (const [id, person] of [
    [visit, one],
    [other, cast.here.personId],
  ])
    await cast.owner`insert into visit (id, round_id, area_id, day, person_id, pin)
      values (${id ?? ''}, ${round}, ${cast.here.villageId}, ${dayOf(noon)}, ${person ?? ''}, ${id === visit ? '7301' : '7302'})`;
  await met(one ?? '', '20');
  expect(await doors([one ?? ''])).toMatchObject([{ visitId: visit }]);
  expect(await counted([one ?? '']), 'nothing was said on the round').toEqual({ visits: 1, minutes: 20 });
  const say = (visitId: string, outcome: string, minutes: number) => cast.owner`
    insert into visit_outcome (id, visit_id, area_id, outcome, at) values (${newId()}, ${visitId}, ${cast.here.villageId}, ${outcome}, ${at(minutes)})`;
  await say(other, 'not_home', 1);
  expect(await counted([one ?? '']), 'the round went').toEqual({ visits: 1, minutes: 0 });
  await say(visit, 'done', 2);
  expect(await counted([one ?? ''])).toEqual({ visits: 0, minutes: 0 });
  await say(visit, 'not_home', 3);
  expect(await counted([one ?? ''])).toEqual({ visits: 1, minutes: 0 });
});

test('in the time of duty it is a visit, and the duty’s time', async () => {
  const [one] = await home();
  const deskId = await deskWith(cast, cast.here, []);
  await cast.owner`insert into desk_shift (desk_id, area_id, member_id, who_id, starts_at, ends_at)
    select ${deskId}, area_id, ${memberId}, ${memberId}, ${at(200)}, ${at(320)} from desk where id = ${deskId}`;
  await met(one ?? '', '20', { when: at(250) });
  expect(await doors([one ?? ''])).toMatchObject([{ elsewhere: 'shift' }]);
  expect(await counted([one ?? ''])).toEqual({ visits: 1, minutes: 0 });
});

test('only what the form offers is taken as time', () => {
  const form = {
    formKey: newId(),
    person: newId(),
    task: `never~${newId()}~never`,
    outcome: 'done',
    note: '',
  };
  for (const spent of ['15', '-1', 'x']) expect(workInput.safeParse({ ...form, spent }).success).toBe(false);
  for (const spent of ['call', '20', '']) expect(workInput.safeParse({ ...form, spent }).success).toBe(true);
});
