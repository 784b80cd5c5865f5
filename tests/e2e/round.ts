import type { Sql } from 'postgres';
import { newId } from '../../lib/kernel/id';
import { newHelper } from './new-helper';

const unit = 18859;

/**
 * A round of today of a helper's who goes on no other, at a minute of its own, with a home whose people agreed and somebody who lives with them; and one of others with
 * a home of its own. One test at a time makes one, so that no two are at one minute.
 */
export const aRound = (sql: Sql) =>
  sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended('rounds of tests', 0))`;
    const { username, memberId, teamId } = await newHelper(tx, 'Trần Văn Đi Nhà');
    const [found] = await tx<{ areaId: number; mateId: string; before: number }[]>`
      select (select area_id from area_tree where ancestor_id = ${unit} and depth = 1 order by 1 limit 1) as area_id,
        (select id from team_member where team_id = ${teamId} and account_id is null and left_on is null order by id limit 1) as mate_id,
        (select count(*)::int from visit_round r where r.planned_by is null) as before`;
    if (!found?.mateId) throw new Error('nobody to go with');
    const home = async (members: string[], name: string) => {
      const [roundId, visitId, personId] = [newId(), newId(), newId()];
      await tx`insert into person (id, area_id, full_name, given_name, name_folded, birth_year) values (${personId}, ${found.areaId}, ${name}, ${name.split(' ').at(-1) ?? ''}, ${name.toLowerCase()}, 1949)`;
      await tx`insert into consent (person_id, purpose, text_version, given, how) values (${personId}, 'class', 1, true, 'oral')`;
      await tx`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
        select ${roundId}, ${found.areaId}, ${teamId}, d, (d + interval '1 minute' * ${found.before + 1}::int) at time zone 'Asia/Ho_Chi_Minh',
          (d + interval '1 minute' * ${found.before + 1}::int + interval '20 seconds') at time zone 'Asia/Ho_Chi_Minh'
        from (select (now() at time zone 'Asia/Ho_Chi_Minh')::date as d) x`;
      for (const member of members)
        await tx`insert into visit_round_helper (id, round_id, area_id, member_id, who_id, starts_at, ends_at) values (${newId()}, ${roundId}, ${found.areaId}, ${member}, ${member}, now(), now())`;
      await tx`insert into visit (id, round_id, area_id, day, person_id, pin)
        select ${visitId}, r.id, r.area_id, r.day, ${personId}, (select lpad(n::text, 4, '0') from generate_series(9999, 1000, -1) n
          where not exists (select from visit v where v.area_id = r.area_id and v.day = r.day and v.pin = lpad(n::text, 4, '0')) limit 1) from visit_round r where r.id = ${roundId}`;
      return { roundId, visitId, personId };
    };
    const mine = await home([memberId, found.mateId], 'Hồ Thị Xa Sóng');
    const { visitId: other } = await home([], 'Hồ Văn Nhà Khác');
    const [beside, householdId] = [newId(), newId()];
    await tx`insert into person (id, area_id, full_name, given_name, name_folded, birth_year) values (${beside}, ${found.areaId}, 'Hồ Thị Cùng Nhà', 'Nhà', 'ho thi cung nha', 1990)`;
    await tx`insert into household (id, area_id) values (${householdId}, ${found.areaId})`;
    for (const member of [mine.personId, beside])
      await tx`insert into household_member (household_id, person_id, area_id) values (${householdId}, ${member}, ${found.areaId})`;
    return { ...mine, other, beside, helper: username };
  });

/** A visit to the same person some days before, of a round of nobody's in particular, and the words said there. */
export async function visitedBefore(sql: Sql, visitId: string, daysAgo: number, words: string): Promise<void> {
  const [roundId, before] = [newId(), newId()];
  await sql`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
    select ${roundId}, r.area_id, r.team_id, r.day - ${daysAgo}::int, r.starts_at - interval '1 day' * ${daysAgo}::int, r.ends_at - interval '1 day' * ${daysAgo}::int
    from visit v join visit_round r on r.id = v.round_id where v.id = ${visitId}`;
  await sql`insert into visit (id, round_id, area_id, day, person_id, pin)
    select ${before}, ${roundId}, area_id, day - ${daysAgo}::int, person_id, pin from visit where id = ${visitId}`;
  await sql`insert into visit_outcome (id, visit_id, area_id, outcome, words, at)
    select ${newId()}, ${before}, area_id, 'not_home', ${words}, now() - interval '1 day' * ${daysAgo}::int from visit where id = ${visitId}`;
}
