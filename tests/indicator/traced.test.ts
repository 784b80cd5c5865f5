import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedInAs } from '../../bench/signed-in';
import { connectionOptions } from '../../db/connection';
import { closePool, openScoped } from '../../lib/access/scoped';
import { refreshFigures } from '../../lib/figure/commands';
import { indicators, indicatorValues } from '../../lib/indicator/queries';
import { periodOf } from '../../lib/period/rules';
import { expectedFigures } from '../figure/reference';
import { buildWorld, dice, happenings } from '../figure/world';
import '../figure/world-help';
import { testDatabase } from '../support/database';

/**
 * Every computed indicator of one ward and one year of the administration, asked of the tables by the words of its definition. Measures are traced elsewhere
 * (tests/figure/trace.test.ts); what is tested here is which measure, group and whole the registry chose for a code.
 */

const seed = Number(process.env.FIGURES_SEED ?? Date.now() % 1_000_000);
const now = new Date();
const ward = 18859;
const year = now.getFullYear() - 1;
const [from, to] = [`${year - 1}-12-15`, `${year}-12-15`];
const period = periodOf(`k${year}`);
if (!period) throw new Error('a year is a period');
/** As declared of the ward. */
const living = { adults: 5000, households: 900 };
let sql: postgres.Sql;

beforeAll(async () => {
  const database = await testDatabase();
  sql = postgres({ ...connectionOptions(database.url), max: 4, onnotice: () => {}, transform: postgres.camel });
  const roll = dice(seed);
  const world = await buildWorld(sql, roll, now);
  for (let fact = 0; fact < 1500; fact += 1)
    await roll
      .pick(Object.values(happenings))(world, roll)
      .catch((error: unknown) => {
        if (!(error instanceof postgres.PostgresError) || !error.code.startsWith('23')) throw error;
      });
  // Whatever the dice made, people came to some sessions of late.
  for (let register = 0; register < 30; register += 1) await happenings.register?.(world, roll);
  // One team of each kind with two members, so that a wrong kind shows whatever the dice made.
  for (const kind of ['digital_ambassadors', 'community_tech', 'community_tech', 'shock_team', 'front'])
    await sql`
      with k as (insert into team (area_id, kind, name) values (${ward}, ${kind}, 'Tổ thử') returning id, area_id)
      insert into team_member (team_id, area_id, full_name, joined_on) select id, area_id, name, '2025-08-01' from k, (values ('Lê Thị Đội'), ('Trần Văn Tổ')) m (name)`;
  for (const at of [ward, 44])
    for (const [grp, people] of Object.entries(living))
      await sql`insert into eligible (area_id, as_of, grp, people, source) values (${at}, '2025-01-01', ${grp}, ${people}, 'Sổ dân cư')`;
  while ((await refreshFigures(now)).changes > 0);
});
afterAll(async () => {
  await closePool();
  await sql.end();
});

const local = (moment: string) => sql.unsafe(`(${moment} at time zone 'Asia/Ho_Chi_Minh')::date`);
let area = ward;
const there = () => sql`(select area_id from area_tree where ancestor_id = ${area})`;
const during = (moment: string) => sql`${local(moment)} >= ${from} and ${local(moment)} < ${to}`;
const sessions = () => sql`class_session s join class c on c.id = s.class_id join team k on k.id = c.team_id
  where s.status = 'held' and ${during('s.starts_at')}`;
/** Somebody present at a session (`s`), and who that is by today's record (`p`). */
const coming = () => sql`
  attendance a join class_session s on s.id = a.session_id and s.status in ('published', 'held') and ${during('s.starts_at')}
  join person o on o.id = a.person_id join person p on p.id = coalesce(o.merged_into, o.id) where a.state in ('present', 'late', 'left_early')`;
/** What a trainer saw (`b`) of somebody (`p`) who lives there. */
const seen = () => sql`
  skill_observation b join person o on o.id = b.person_id join person p on p.id = coalesce(o.merged_into, o.id)
  where b.source <> 'own_claim' and p.area_id in ${there()}`;
const said = (question: string) => sql`exists (select from equality_answer e join consent c on c.id = e.consent_id
  where e.person_id = p.id and e.question = ${question} and e.answer and c.given and c.withdrawn_at is null)`;
const age = () => sql`(${year} - coalesce(p.birth_year, p.born_about))`;
/** Who lives there and came at least once. */
const people = (which = sql`true`) =>
  sql`select count(distinct p.id) as value from ${coming()} and p.area_id in ${there()} and ${which}`;
/** Who can do the whole core set at the period's end, of those ever observed. */
const core = (which = sql`true`) => sql`
  select count(*) filter (where held = (select count(*) from skill_version where core and valid_to is null)) as value, count(*) as of from (
    select id, count(*) filter (where level >= 3 and skill_code in (select skill_code from skill_version where core and valid_to is null)) as held
    from (select distinct on (p.id, b.skill_code) p.id, b.skill_code, b.level from ${seen()} and ${local('b.observed_at')} < ${to} and ${which}
      order by p.id, b.skill_code, b.observed_at desc, b.id desc) one group by 1) f`;
const assists = (need: string) => sql`
  select count(*) as value from desk_assist e where e.need_code = ${need} and e.undone_at is null and ${during('e.at')} and e.area_id in ${there()}`;
const roster = (kind: string) => sql`
  team_member m join team k on k.id = m.team_id where k.kind = ${kind} and k.area_id in ${there()}
    and coalesce(m.joined_on, '2025-07-01') < ${to} and (m.left_on is null or m.left_on >= ${to})`;
/** Homes known by the period's end, with what their members of today had done by then. */
const homes = (which: ReturnType<typeof sql>) => sql`
  select count(*) filter (where yes) as value, count(*) as of from (
    select ${which} as yes from household h where h.area_id in ${there()} and exists (
      select from household_member m join person p on p.id = m.person_id and p.merged_into is null
      where m.household_id = h.id and m.left_at is null and ${local('m.joined_at')} < ${to})) f`;
const memberOf = () => sql`household_member n join person p on p.id = n.person_id and p.merged_into is null`;

/** By code; `of` only where the definition counts it too. */
const asked: Record<string, () => postgres.PendingQuery<postgres.Row[]>> = {
  R01: () => sql`select count(*) as value from ${sessions()} and s.area_id in ${there()}`,
  R01b: () => sql`select count(distinct c.id) as value from ${sessions()} and c.area_id in ${there()}`,
  R02: () => sql`select count(*) as value from ${coming()} and s.area_id in ${there()}`,
  R03: () => people(),
  R04: () => assists('vneid'),
  R05: () => assists('service'),
  R06: () => assists('trader'),
  R07: () => sql`
    select count(distinct id) as value from (
      select p.id from ${coming()} and p.area_id in ${there()} and s.lesson_id in (select lesson_id from lesson_skill where skill_code like 'D%')
      union all select p.id from ${seen()} and ${during('b.observed_at')} and b.skill_code like 'D%') f`,
  R08: () => core(sql`${age()} >= 18`),
  R16: () => sql`select count(distinct k.id) as value from ${roster('community_tech')}`,
  R16b: () => sql`select count(*) as value from ${roster('community_tech')}`,
  R17: () => sql`select count(*) as value from ${roster('digital_ambassadors')}`,
  R18: () =>
    sql`select count(distinct k.id) as value from ${sessions()} and k.kind = 'shock_team' and k.area_id in ${there()}`,
  R20: () =>
    homes(sql`exists (select from ${memberOf()} where n.household_id = h.id and n.left_at is null and 12 = (
      select count(*) from (
        select distinct on (b.skill_code) b.level from skill_observation b join person o on o.id = b.person_id
        where p.id = coalesce(o.merged_into, o.id) and b.source <> 'own_claim' and ${local('b.observed_at')} < ${to}
          and b.skill_code in ('B3', 'C1', 'D1', 'D2', 'D3', 'D4', 'E1', 'E2', 'E3', 'E5', 'F1', 'F2')
        order by b.skill_code, b.observed_at desc, b.id desc) l where l.level >= 3))`),
  R20b: () =>
    homes(sql`exists (select from ${memberOf()} join person o on p.id = coalesce(o.merged_into, o.id)
      join attendance a on a.person_id = o.id and a.state in ('present', 'late', 'left_early')
      join class_session s on s.id = a.session_id and s.status in ('published', 'held')
      where n.household_id = h.id and n.left_at is null and ${local('s.starts_at')} < ${to})`),
  R22: () => people(sql`${age()} >= 60`),
  R23: () => people(said('ethnic_minority')),
  R24: () => people(said('disability')),
  R25: () => people(said('poor_household')),
  R26: () => people(sql`p.gender = 'female'`),
  R27: () => sql`
    with met as (
      select v.id, v.area_id, v.day from visit v
      where 'done' = (select (array_agg(o.outcome order by o.at desc, o.id desc))[1] from visit_outcome o where o.visit_id = v.id)),
      for_tasks as (
        select w.home, w.day, (array_agg(w.area_id order by w.at, w.id) filter (where w.met))[1] as area_id from door_visit w
        group by w.home, w.day having bool_or(w.met) and not bool_or(coalesce(w.visit_id in (select id from met), false)))
    select count(*) as value from (select area_id, day from met union all select area_id, day from for_tasks) f
    where f.day >= ${from} and f.day < ${to} and f.area_id in ${there()}`,
  R28: () => sql`
    select count(*) as value from (
      select p.id, b.skill_code, min(b.observed_at) as first from ${seen()} and b.level >= 3 group by 1, 2) f where ${during('f.first')}`,
  R28b: () => core(),
};

test(`each computed indicator of a ward, and of the province, is what its definition counts (FIGURES_SEED=${seed})`, async () => {
  const token = await signedInAs(sql, 'organiser', ward);
  // Re-checks are told by walking each person's past, as the property test's reference does.
  const expected = await expectedFigures(sql, now);
  const wrong: string[] = [];
  const counted = new Set<string>();
  for (const [role, caller, place] of [
    ['camtay_app', token, ward],
    ['camtay_system', '', 44],
  ] as const) {
    area = place;
    const { registry, found } = await openScoped('read only', role, caller, async (tx) => ({
      registry: await indicators(tx),
      found: await indicatorValues(tx, place, period),
    }));
    for (const { code, whole, wholeGroup } of registry.filter(({ kind, measure }) => kind === 'computed' && measure)) {
      const ask = asked[code];
      if (!ask && code !== 'R29') throw new Error(`${code} has no statement of its own`);
      const walked = expected.get(`${place} k${year} retention all`)?.split('/') ?? [];
      const [row] = ask ? await ask() : [{ value: walked[0] ?? '0', of: walked[1] ?? '0' }];
      const value = Number(row?.value);
      const declared = living[wholeGroup as keyof typeof living];
      const of = whole === 'eligible' ? declared : whole === 'figure' ? Number(row?.of) : null;
      const one = found.find((each) => each.code === code);
      if (value > 0) counted.add(code);
      // What was never counted there is not told, and not as 0.
      const same = one?.value === value ? one.of === of : value === 0 && one?.value === null;
      if (!same) wrong.push(`${place} ${code}: counted ${value} of ${of}, told ${one?.value} of ${one?.of}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(counted.size).toBeGreaterThan(14);
}, 120_000);
