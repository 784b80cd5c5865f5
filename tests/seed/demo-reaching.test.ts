import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectionOptions } from '@/db/connection';
import { asSystem, closePool } from '@/lib/access/scoped';
import { taskKinds } from '@/lib/task/kinds';
import { tasksIn } from '@/lib/task/queries';
import { testDatabase } from '../support/database';

let sql: postgres.Sql;

beforeAll(async () => {
  const { url } = await testDatabase({ demo: true });
  sql = postgres({ ...connectionOptions(url), max: 1, onnotice: () => {} });
}, 180_000);
afterAll(async () => {
  await closePool();
  await sql.end();
});

const none = async (query: postgres.PendingQuery<postgres.Row[]>) => expect([...(await query)]).toEqual([]);

describe('how people are reached in the demo world', () => {
  test('has people whom desks sent on, whom a helper is to see, who were not at home, are left alone, or are said to have moved', async () => {
    for (const unit of [18859, 18901]) {
      const [row] = await sql`
        with under as (select area_id from area_tree where ancestor_id = ${unit})
        select (select count(*)::int from desk_assist where referred_to in ('home_visit', 'class') and area_id in (select * from under)) as sent,
          (select count(*)::int from task_given where account_id is not null and until > now() and area_id in (select * from under)) as given,
          (select string_agg(outcome, ' ' order by outcome) from task_work where area_id in (select * from under)) as outcomes,
          (select count(*)::int from person_pause where until > now() and area_id in (select * from under)) as paused`;
      expect(row).toMatchObject({ given: 2, outcomes: 'done moved not_home', paused: 1 });
      expect(row?.sent).toBeGreaterThan(1);
    }
  });

  test('has people who wait for a visit, a round that went, one of today and one to come, in both units', async () => {
    const units = await sql<{ went: number; today: number; ahead: number; waits: number; seen: number }[]>`
      select count(*) filter (where r.day < d.today and exists (select from visit_outcome o where o.visit_id = v.id))::int as went,
        count(*) filter (where r.day = d.today)::int as today, count(*) filter (where r.day > d.today)::int as ahead,
        (select count(*)::int from visit_request q join area_tree x on x.area_id = q.area_id and x.ancestor_id = u.id where q.closed_at is null) as waits,
        (select count(*)::int from skill_observation o join area_tree x on x.area_id = o.area_id and x.ancestor_id = u.id where o.source = 'visit') as seen
      from (select (now() at time zone 'Asia/Ho_Chi_Minh')::date as today) d, area u join area_tree t on t.ancestor_id = u.id
        join visit_round r on r.area_id = t.area_id join visit v on v.round_id = r.id
      where u.id in (18859, 18901) group by u.id, d.today`;
    expect(units).toEqual([
      { went: 5, today: 2, ahead: 3, waits: 5, seen: 2 },
      { went: 5, today: 2, ahead: 3, waits: 5, seen: 2 },
    ]);
    await none(sql`select v.id from visit v join person p on p.id = v.person_id where v.planned_at < p.created_at`);
  });

  test('has a team that is closed with what it did, one opened again, a round nothing was said of, visits at a door, and what other units handed over', async () => {
    for (const unit of [18859, 18901]) {
      const [seen] = await sql`
        with under as (select area_id from area_tree where ancestor_id = ${unit}), today as (select (now() at time zone 'Asia/Ho_Chi_Minh')::date as day),
          closed as (select id from team where area_id = ${unit} and closed_on < (select day from today)),
          again as (select subject_id::uuid as id from audit_event where action = 'team.reopen' and area_id = ${unit})
        select (select count(*)::int from closed) as closed,
          (select count(*)::int from team_member where team_id in (select id from closed) and left_on is not null and left_with_team) as gone,
          (select count(*)::int from team_member where team_id in (select id from closed) and left_on is null) as left_behind,
          (select count(*) > 0 from class c join class_session s on s.class_id = c.id and s.status = 'held' join session_helper h on h.session_id = s.id and h.state = 'yes'
            join team_member m on m.id = h.member_id and m.team_id = c.team_id where c.team_id in (select id from closed)) as taught,
          (select bool_and(k.closed_on is null and x.lost = x.anew and x.lost > 0) from again join team k on k.id = again.id cross join lateral (
            select count(*) filter (where c.revoked_because = 'left')::int as lost, count(*) filter (where c.revoked_at is null)::int as anew
            from team_member m join helper_card c on c.member_id = m.id where m.team_id = k.id) x) as opened,
          (select string_agg(outcome || ' ' || met, ', ' order by outcome) from door_visit d join task_work w on w.at = d.at and w.by = d.by
            where d.area_id in (select area_id from under)) as doors,
          (select count(*)::int from desk_assist a join visit_round r on r.desk_id = a.desk_id and (a.at at time zone 'Asia/Ho_Chi_Minh')::date = r.day
            where r.area_id in (select area_id from under)) as at_point`;
      expect(seen).toMatchObject({ closed: 1, gone: 3, left_behind: 0, taught: true, opened: true, at_point: 5 });
      expect(seen?.doors).toBe('done true, moved false, not_home false');
      const under = await sql<
        { areaId: number }[]
      >`select area_id as "areaId" from area_tree where ancestor_id = ${unit}`;
      const wanted = ['met_unknown', 'referral_promised', 'referral_received', 'round_unsaid'];
      const kinds = taskKinds.filter(({ code }) => wanted.includes(code));
      const scope = { areas: under.map(({ areaId }) => areaId), people: null, language: 'vi', kinds } as const;
      const lines = await asSystem('test: tasks of the demo world', (tx) =>
        tasksIn(tx, '00000000-0000-4000-8000-000000000000', scope, new Date()),
      );
      const open = lines.filter(({ state }) => state === 'open').map(({ kind }) => kind);
      expect([...new Set(open)].toSorted()).toEqual(wanted);
    }
    await none(
      sql`select id from door_visit d where at > now() or at < (select min(created_at) from person p where p.id = d.home)`,
    );
    const told = await sql<{ purpose: string }[]>`
      select distinct purpose from message where visit_id is not null or member_id is not null order by 1`;
    expect(told.map(({ purpose }) => purpose)).toEqual(expect.arrayContaining(['ask', 'round', 'visit']));
  });
});
