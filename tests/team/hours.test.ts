import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool, openScoped } from '@/lib/access/scoped';
import { rebuildFigures } from '@/lib/figure/commands';
import { figuresOf } from '@/lib/figure/queries';
import { newId } from '@/lib/kernel/id';
import { hoursOfTeam } from '@/lib/team/queries';
import { testDatabase } from '../support/database';
import { teamScene } from './scene';

let scene: Awaited<ReturnType<typeof teamScene>>;
beforeAll(async () => {
  await testDatabase();
  scene = await teamScene();
});
afterAll(async () => {
  await closePool();
  await scene.cast.owner.end();
});

test('a team’s page and the figure of its unit tell the same time, of sessions, duty, rounds and help outside duty', async () => {
  const { cast, as, classOn, member } = scene;
  const { owner, here } = cast;
  await owner`delete from desk_shift`;
  await owner`update desk_assist set undone_at = now()`;
  const account = await cast.accountOf('desk_officer', here);
  await owner`update team_member set account_id = null where account_id = ${account}`;
  const who = await member(here, { account });
  const other = await member(here);
  const now = new Date();
  const ago = (days: number, hours = 0) => new Date(now.getTime() - days * 86_400_000 + hours * 3_600_000);

  const made = await classOn(here, [-40, -38]);
  await owner`update class_session set register_started_at = starts_at, register_finished_at = ends_at, status = 'held' where id = ${made.session}`;
  for (const id of made.sessionIds)
    await owner`insert into session_helper (session_id, member_id, role, state, answered_at) values (${id}, ${who}, 'helps', 'yes', now())`;

  const [desk] = await owner<{ areaId: number }[]>`select area_id from desk where id = ${here.deskId}`;
  const area = desk?.areaId ?? 0;
  await owner`insert into desk_shift (desk_id, area_id, account_id, who_id, starts_at, ends_at)
    values (${here.deskId}, ${area}, ${account}, ${account}, ${ago(20)}, ${ago(20, 2)}), (${here.deskId}, ${area}, ${account}, ${account}, ${ago(25)}, ${ago(25, 2)})`;
  for (const at of [ago(20, 1), ago(22)])
    await owner`insert into desk_assist (id, desk_id, area_id, need_code, need_version, level, minutes, at, logged_by)
      select ${newId()}, ${here.deskId}, ${area}, code, version, 2, 15, ${at}, ${account} from desk_need where replaced_at is null order by position limit 1`;

  // Two rounds of one home each; of one nothing was recorded.
  for (const [nth, days] of [10, 8].entries()) {
    const [round, visit] = [newId(), newId()];
    await owner`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
      values (${round}, ${here.villageId}, ${here.teamId}, (${ago(days)}::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date, ${ago(days)}, ${ago(days, 3)})`;
    await owner`insert into visit_round_helper (id, round_id, area_id, member_id, who_id, starts_at, ends_at)
      select gen_random_uuid(), r.id, r.area_id, m, m, r.starts_at, r.ends_at from visit_round r, unnest(${[who, other]}::uuid[]) m where r.id = ${round}`;
    await owner`insert into visit (id, round_id, area_id, day, person_id, pin) select ${visit}, id, area_id, day, ${here.personId}, '4711' from visit_round where id = ${round}`;
    if (nth === 0)
      await owner`insert into visit_outcome (id, visit_id, area_id, outcome, at) values (${newId()}, ${visit}, ${here.villageId}, 'not_home', ${ago(days, 1)})`;
  }

  const rows = await as('unit_leader', here, (tx) => hoursOfTeam(tx, here.teamId, '2020-01', now));
  const sum = (what: 'minutes' | 'sessions' | 'shifts' | 'rounds' | 'assists', of?: string) =>
    rows.filter(({ memberId }) => !of || memberId === of).reduce((all, row) => all + row[what], 0);
  // 90 at the session held, 120 on duty, 15 outside of it, 180 on the round that went.
  expect(sum('minutes', who)).toBe(90 + 120 + 15 + 180);
  expect([sum('sessions', who), sum('shifts', who), sum('rounds', who), sum('assists', who)]).toEqual([1, 1, 1, 2]);
  expect(sum('minutes', other)).toBe(180);

  await rebuildFigures(now);
  const years = [now.getFullYear(), now.getFullYear() - 1].map(String);
  const told = await Promise.all(
    years.map((year) => openScoped('read only', 'camtay_system', '', (tx) => figuresOf(tx, here.unitId, year))),
  );
  expect(told.reduce((all, figures) => all + (figures.helper_minutes?.all?.value ?? 0), 0)).toBe(sum('minutes'));
});
