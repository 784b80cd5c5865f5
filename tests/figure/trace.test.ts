import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectionOptions } from '../../db/connection';
import { closePool, openScoped } from '../../lib/access/scoped';
import { refreshFigures } from '../../lib/figure/commands';
import { signedInAs } from '../../bench/signed-in';
import { dashboard } from '../../lib/figure/queries';
import { figuresOf } from '../../lib/figure/reading';
import { headlines } from '../../lib/figure/rules';
import { measures, type Cell, type Group, type Measure } from '../../lib/figure/schema';
import { periodOf } from '../../lib/period/rules';
import { testDatabase } from '../support/database';
import { buildWorld, dice, happenings } from './world';
import './world-help';

/**
 * Every measure traced to its rows by one plain statement: what anybody with psql would ask of the tables, of an area, two days and a group. No
 * half-months, no period keys, no table that is derived.
 */

const seed = Number(process.env.FIGURES_SEED ?? Date.now() % 1_000_000);
const now = new Date();
let sql: postgres.Sql;

beforeAll(async () => {
  const database = await testDatabase();
  sql = postgres({ ...connectionOptions(database.url), max: 4, onnotice: () => {}, transform: postgres.camel });
  const roll = dice(seed);
  const world = await buildWorld(sql, roll, now);
  for (let fact = 0; fact < 500; fact += 1)
    await roll
      .pick(Object.values(happenings))(world, roll)
      .catch((error: unknown) => {
        if (!(error instanceof postgres.PostgresError) || !error.code.startsWith('23')) throw error;
      });
  while ((await refreshFigures(now)).changes > 0);
});
afterAll(async () => {
  await closePool();
  await sql.end();
});

interface Asked {
  area: number;
  from: string;
  to: string;
  year: number;
  group: Group;
}

const local = (moment: string) => sql.unsafe(`(${moment} at time zone 'Asia/Ho_Chi_Minh')::date`);

/** The area with everything below it, from the dated tree itself. */
const within = ({ area }: Asked) => sql`
  (with recursive down (id) as (select ${area}::int union all
    select p.area_id from down join area_parent p on p.parent_id = down.id where p.valid_from <= current_date and (p.valid_to is null or p.valid_to > current_date))
   select id from down)`;

/** `p`, a row of `person`, belongs to the group. */
const grouped = ({ group, year }: Asked) => {
  const yes = (question: string) => sql`exists (select from equality_answer e join consent c on c.id = e.consent_id
    where e.person_id = p.id and e.question = ${question} and e.answer and c.given and c.withdrawn_at is null)`;
  const age = sql`(${year} - coalesce(p.birth_year, p.born_about))`;
  if (group === 'women') return sql`p.gender = 'female'`;
  if (group === 'age60') return sql`${age} >= 60`;
  if (group === 'adults') return sql`${age} > 17`;
  if (group === 'age_18_34') return sql`${age} between 18 and 34`;
  if (group === 'disability') return yes('disability');
  return sql`true`;
};

const marks = (asked: Asked) => sql`
  attendance a join class_session s on s.id = a.session_id and s.status in ('published', 'held')
    and ${local('s.starts_at')} >= ${asked.from} and ${local('s.starts_at')} < ${asked.to}
  join person o on o.id = a.person_id join person p on p.id = coalesce(o.merged_into, o.id)`;
const came = () => sql`a.state in ('present', 'late', 'left_early')`;
/** Observations of people who live there. */
const seen = (asked: Asked) => sql`
  skill_observation b join person o on o.id = b.person_id join person p on p.id = coalesce(o.merged_into, o.id)
  where b.source <> 'own_claim' and p.area_id in ${within(asked)} and ${grouped(asked)}`;
const during = ({ from, to }: Asked) => sql`${local('b.observed_at')} >= ${from} and ${local('b.observed_at')} < ${to}`;
/** Each person's skills as they stood the moment before `to`: one row each. */
const standing = (asked: Asked) => sql`
  (select distinct on (p.id, b.skill_code) p.id as person_id, b.skill_code, b.level from ${seen(asked)} and ${local('b.observed_at')} < ${asked.to}
   order by p.id, b.skill_code, b.observed_at desc, b.id desc)`;
const sessions = (asked: Asked) => sql`
  class_session s join class c on c.id = s.class_id join team k on k.id = c.team_id
  where s.status <> 'planned' and ${local('s.starts_at')} >= ${asked.from} and ${local('s.starts_at')} < ${asked.to}`;

/** Duty in which somebody was helped (or, asked for, who was helped in it). */
const credited = (
  what: string,
) => sql`${sql.unsafe(what)} from desk_shift d join desk_assist n on n.desk_id = d.desk_id and n.at >= d.starts_at and n.at <= d.ends_at
  where d.called_off_at is null and n.undone_at is null and (d.account_id is null or n.logged_by = d.account_id)`;

type Traced = Record<string, (asked: Asked) => postgres.PendingQuery<{ value: string; of: string }[]>>;

const plain: Traced = {
  attendance: (asked) => sql`
    select count(*) filter (where ${came()}) as value, count(*) as of from ${marks(asked)} where s.area_id in ${within(asked)} and ${grouped(asked)}`,
  people_reached: (asked) => sql`
    select count(distinct p.id) filter (where ${came()}) as value, count(distinct p.id) as of from ${marks(asked)} where p.area_id in ${within(asked)} and ${grouped(asked)}`,
  service_guided: (asked) => sql`
    select count(distinct id) as value, count(distinct id) as of from (
      select p.id, ${came()} and exists (select from lesson_skill l where l.lesson_id = s.lesson_id and l.skill_code like 'D%') as good
      from ${marks(asked)} where p.area_id in ${within(asked)} and ${grouped(asked)}
      union all select p.id, b.skill_code like 'D%' from ${seen(asked)} and ${during(asked)}) f where good`,
  skills_attained: (asked) => sql`
    select count(*) as value, count(*) as of
    from (select distinct p.id, b.skill_code from ${seen(asked)} and b.level >= 3 and ${during(asked)}) f
    where not exists (select from ${seen(asked)} and p.id = f.id and b.skill_code = f.skill_code and b.level >= 3 and ${local('b.observed_at')} < ${asked.from})`,
  core_attained: (asked) => sql`
    select count(*) filter (where held > 0 and held = (select count(*) from skill_version where core and valid_to is null)) as value, count(*) as of from (
      select f.person_id, count(*) filter (where f.level >= 3 and f.skill_code in (select skill_code from skill_version where core and valid_to is null)) as held
      from ${standing(asked)} f group by 1) f`,
  sessions_held: (asked) => sql`
    select count(*) filter (where s.status = 'held') as value, count(*) as of from ${sessions(asked)} and s.area_id in ${within(asked)}`,
  registers_late: (asked) => sql`
    select count(*) filter (where s.register_finished_at - s.ends_at > interval '1 day') as value, count(*) as of
    from ${sessions(asked)} and s.status = 'held' and s.area_id in ${within(asked)}`,
  helper_minutes: (asked) => sql`
    select coalesce(sum(m) filter (where absent_at is null), 0) as value, coalesce(sum(m), 0) as of from (
      select h.absent_at, round(extract(epoch from s.ends_at - s.starts_at) / 60) as m
      from session_helper h, ${sessions(asked)} and h.session_id = s.id and h.state = 'yes' and s.status = 'held' and s.area_id in ${within(asked)}
      union all
      select null, round(extract(epoch from r.ends_at - r.starts_at) / 60) from visit_round r join visit_round_helper h on h.round_id = r.id
      where r.called_off_at is null and h.called_off_at is null and ${local('r.starts_at')} >= ${asked.from} and ${local('r.starts_at')} < ${asked.to}
        and r.area_id in ${within(asked)} and r.id in (select v.round_id from visit v join visit_outcome o on o.visit_id = v.id)
      union all
      select null, round(extract(epoch from d.ends_at - d.starts_at) / 60) from desk_shift d
      where d.called_off_at is null and ${local('d.starts_at')} >= ${asked.from} and ${local('d.starts_at')} < ${asked.to} and d.area_id in ${within(asked)}
        and d.id in (select ${credited('d.id')})
      union all
      select null, e.minutes from desk_assist e
      where e.undone_at is null and ${local('e.at')} >= ${asked.from} and ${local('e.at')} < ${asked.to} and e.area_id in ${within(asked)}
        and e.id not in (select ${credited('n.id')})
      union all
      select null, w.minutes from door_visit w
      where w.elsewhere is null and ${local('w.at')} >= ${asked.from} and ${local('w.at')} < ${asked.to} and w.area_id in ${within(asked)}
        and w.id not in (select n.id from door_visit n join visit_round_helper h on h.id = n.round_helper_id join visit_round r on r.id = h.round_id
          where h.called_off_at is null and r.called_off_at is null and r.id in (select v.round_id from visit v join visit_outcome o on o.visit_id = v.id))) f`,
  home_visits: (asked) => sql`
    with done as (
      select v.id, v.area_id, v.day from visit v where 'done' = (
        select (array_agg(o.outcome order by o.at desc, o.id desc))[1] from visit_outcome o where o.visit_id = v.id)),
      gone as (
        select distinct on (w.home, w.day) w.area_id, w.day from door_visit w
        where w.met and (w.home, w.day) not in (select n.home, n.day from door_visit n where n.visit_id in (select id from done))
        order by w.home, w.day, w.at, w.id)
    select count(*) as value, count(*) as of from (select area_id, day from done union all select area_id, day from gone) f
    where f.day >= ${asked.from} and f.day < ${asked.to} and f.area_id in ${within(asked)}`,
  households_five: (asked) => sql`
    select count(*) as value, count(*) as of from (
      select h.id, exists (
          select from household_member n join person p on p.id = n.person_id and p.merged_into is null
          where n.household_id = h.id and n.left_at is null and 12 = (
            select count(*) from (
              select distinct on (b.skill_code) b.skill_code, b.level from skill_observation b join person o on o.id = b.person_id
              where p.id = coalesce(o.merged_into, o.id) and b.source <> 'own_claim' and ${local('b.observed_at')} < ${asked.to}
              order by b.skill_code, b.observed_at desc, b.id desc) l
            where l.level >= 3 and l.skill_code in ('B3', 'C1', 'D1', 'D2', 'D3', 'D4', 'E1', 'E2', 'E3', 'E5', 'F1', 'F2'))) as able
      from household h where h.area_id in ${within(asked)} and exists (
        select from household_member m join person p on p.id = m.person_id and p.merged_into is null
        where m.household_id = h.id and m.left_at is null and ${local('m.joined_at')} < ${asked.to})) f where able`,
  classes_held: (asked) => sql`
    select count(distinct c.id) filter (where s.status = 'held') as value, count(distinct c.id) as of from ${sessions(asked)} and c.area_id in ${within(asked)}`,
  shock_teams_active: (asked) => sql`
    select count(distinct k.id) filter (where s.status = 'held') as value, count(distinct k.id) as of
    from ${sessions(asked)} and k.kind = 'shock_team' and k.area_id in ${within(asked)}`,
  teams: (asked) =>
    sql`select count(distinct m.team_id) as value, count(distinct m.team_id) as of from ${roster(asked)}`,
  team_members: (asked) => sql`select count(*) as value, count(*) as of from ${roster(asked)}`,
  ambassadors: (asked) => sql`
    select count(*) as value, count(*) as of from ${roster(asked)} and k.kind = 'digital_ambassadors'`,
  households_reached: (asked) => sql`
    select count(*) filter (where reached) as value, count(*) as of from (
      select h.id, exists (
          select from household_member n join person p on p.id = n.person_id and p.merged_into is null
          join person o on p.id = coalesce(o.merged_into, o.id) join attendance a on a.person_id = o.id
          join class_session s on s.id = a.session_id and s.status in ('published', 'held')
          where n.household_id = h.id and n.left_at is null and ${came()} and ${local('s.starts_at')} < ${asked.to}) as reached
      from household h where h.area_id in ${within(asked)} and exists (
        select from household_member m join person p on p.id = m.person_id and p.merged_into is null
        where m.household_id = h.id and m.left_at is null and ${local('m.joined_at')} < ${asked.to})) f`,
  skill_A1: (asked) => sql`
    select count(*) filter (where level >= 3) as value, count(*) as of from ${standing(asked)} f where skill_code = 'A1'`,
};
const roster = (asked: Asked) => sql`
  team_member m join team k on k.id = m.team_id where k.area_id in ${within(asked)} and coalesce(m.joined_on, '2025-07-01') < ${asked.to}
    and (m.left_on is null or m.left_on >= ${asked.to})`;

/** Told another way: by walking each person's past (the property test's reference does that too). */
const walked = new Set<string>(['new_core', 'retention']);
const ofPeople = new Set(['attendance', 'people_reached', 'service_guided', 'skills_attained', 'core_attained']);

test('every measure has its own statement', () => {
  expect(measures.filter((measure) => !(measure in plain) && !walked.has(measure))).toEqual([]);
});

test(`every figure a dashboard shows is what one plain statement counts (FIGURES_SEED=${seed})`, async () => {
  const year = now.getFullYear() - 1;
  // Over by now, so that what stands at the end is known; both calendars, every grain.
  const periods = [
    [`${year}`, `${year}-01-01`, `${year + 1}-01-01`, year],
    [`k${year}`, `${year - 1}-12-15`, `${year}-12-15`, year],
    [`${year}-q4`, `${year}-10-01`, `${year + 1}-01-01`, year],
    [`k${year + 1}-q1`, `${year}-12-15`, `${year + 1}-03-15`, year + 1],
    [`${year}-12`, `${year}-12-01`, `${year + 1}-01-01`, year],
    [`k${year + 1}-01`, `${year}-12-15`, `${year + 1}-01-15`, year + 1],
  ] as const;
  const wrong: string[] = [];
  let compared = 0;
  for (const [period, from, to, of] of periods)
    for (const area of [44, 18859, 18901, 1_800_001, 1_800_003, 1_800_005]) {
      const shown = await openScoped('read only', 'camtay_system', '', (tx) => figuresOf(tx, area, period));
      for (const [measure, ask] of Object.entries(plain))
        for (const group of (ofPeople.has(measure)
          ? ['all', 'women', 'age60', 'adults', 'age_18_34', 'disability']
          : ['all']) as Group[]) {
          const [row] = await ask({ area, from, to, year: of, group });
          const counted = Number(row?.of) > 0 ? `${Number(row?.value)}/${Number(row?.of)}` : '—';
          const cell = shown[measure as Measure]?.[group];
          const found = cell ? `${cell.value}/${cell.of}` : '—';
          if (counted !== '—') compared += 1;
          if (found !== counted)
            wrong.push(`${area} ${period} ${measure} ${group}: counted ${counted}, shown ${found}`);
        }
    }
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(200);
}, 120_000);

/** Any skill, as `skill_A1` does it. */
const skillStood = (code: string) => (asked: Asked) => sql<{ value: string; of: string }[]>`
  select count(*) filter (where level >= 3) as value, count(*) as of from ${standing(asked)} f where skill_code = ${code}`;

/** As leaders are told it: single skills to the nearest five, all that was learnt to the nearest ten. */
function toldLeaders(what: string, counts: string): string {
  const step = what === 'skills_attained' ? 10 : what in plain ? 1 : 5;
  return counts.replace(/\d+/g, (count) => String(Math.round(Number(count) / step) * step));
}

const told = (cell: Cell) => (cell === null ? '*' : cell ? `${cell.value}/${cell.of}` : '—');

async function counted(ask: (asked: Asked) => postgres.PendingQuery<{ value: string; of: string }[]>, asked: Asked) {
  const [row] = await ask(asked);
  return Number(row?.of) > 0 ? `${Number(row?.value)}/${Number(row?.of)}` : '—';
}

test(`all a page shows is what plain statements count, whoever opens it (FIGURES_SEED=${seed})`, async () => {
  const year = now.getFullYear() - 1;
  const asked = [
    [`k${year}`, `${year - 1}-12-15`, `${year}-12-15`, year],
    [`k${year + 1}-01`, `${year}-12-15`, `${year + 1}-01-15`, year + 1],
    [`${year}`, `${year}-01-01`, `${year + 1}-01-01`, year],
    [`${year}-q3`, `${year}-07-01`, `${year}-10-01`, year],
  ] as const;
  const callers = [
    ['organiser', 18859, [18859, 1_800_001]],
    ['unit_leader', 18901, [18901, 1_800_003, 1_800_005]],
    ['province_leader', 44, [44, 18859, 1_800_001]],
  ] as const;
  const wrong: string[] = [];
  let compared = 0;
  for (const [role, home, areas] of callers) {
    const token = await signedInAs(sql, role, home);
    for (const area of areas)
      for (const [key, from, to, of] of asked) {
        const period = periodOf(key);
        if (!period) throw new Error(key);
        const rank = { by: 'unreached', descending: true } as const;
        const page = await openScoped('read only', 'camtay_app', token, (tx) =>
          dashboard(tx, { area, period, rank }, now),
        );
        if (!page) throw new Error(`${role} ${area} sees no page`);
        const compare = async (
          what: string,
          cell: Cell,
          place: number,
          group: Group = 'all',
          days: { from: string; to: string } = { from, to },
        ) => {
          const plainly = await counted(plain[what] ?? skillStood(what), { area: place, ...days, year: of, group });
          if (plainly !== '—') compared += 1;
          // A leader may be shown nothing where few are counted, never another number; whoever sees the names sees all.
          const kept = cell === null && role !== 'organiser';
          const rounded = role === 'organiser' ? plainly : toldLeaders(what, plainly);
          if (told(cell) !== rounded && !kept)
            wrong.push(`${role} ${place} ${key} ${what} ${group}: counted ${plainly}, shown ${told(cell)}`);
        };
        for (const { measure, group } of headlines) await compare(measure, page.figures[measure]?.[group], area, group);
        for (const group of ['women', 'disability', 'age60', 'adults'] as const)
          for (const measure of ['people_reached', 'core_attained', 'skills_attained'] as const)
            await compare(measure, page.figures[measure]?.[group], area, group);
        for (const measure of [
          'teams',
          'team_members',
          'ambassadors',
          'shock_teams_active',
          'helper_minutes',
          'registers_late',
        ] as const)
          await compare(measure, page.figures[measure]?.all, area);
        for (const { code, cell } of page.skills.filter((_, nth) => nth % 4 === 0)) await compare(code, cell, area);
        for (const place of page.places) {
          await compare('people_reached', place.reached, place.id);
          await compare('people_reached', place.reachedAge60, place.id, 'age60');
          await compare('core_attained', place.core, place.id);
          await compare('skills_attained', place.skills, place.id);
          await compare('attendance', place.attendance, place.id);
          await compare('sessions_held', place.held, place.id);
          await compare('classes_held', place.classes, place.id);
        }
        for (const { month, figures } of page.months.filter((_, nth) => nth % 5 === 0)) {
          await compare('people_reached', figures.people_reached?.all, area, 'all', month);
          await compare('sessions_held', figures.sessions_held?.all, area, 'all', month);
        }
        const [late] = await sql<{ count: number }[]>`select count(*)::int as count from class_session s
          where s.status = 'published' and s.ends_at + interval '1 day' < now() and s.area_id in ${within({ area, from, to, year: of, group: 'all' })}`;
        if (page.missing.total !== late?.count)
          wrong.push(`${role} ${area} registers missing: ${late?.count}, shown ${page.missing.total}`);
      }
  }
  expect(wrong).toEqual([]);
  expect(compared).toBeGreaterThan(150);
}, 300_000);
