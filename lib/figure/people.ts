import type { SystemTx } from '@/lib/access/scoped';
import type { Fragment } from './cells';
import { chosenBy, groupsIn, halfOfMoment, putRows, who, whoIs, type Chosen, type TouchedRow } from './rows';

export const peopleMeasures = ['people_reached', 'service_guided', 'new_core'] as const;
export const skillMeasures = ['skills_attained', 'retention'] as const;
export const coreMeasures = ['core_attained'] as const;

/** The domain of the catalogue that public services are taught in. */
const serviceDomain = 'D';
/** A re-check within these days after somebody came to hold a skill tells whether they kept it; later ones tell of 90 days. */
const recheck = { from: 30, to: 90 } as const;

const whoColumns = ['area_id', 'birth_year', 'sex', 'ethnic_minority', 'disability', 'poor_household'] as const;

/** The chosen people, each with everyone merged into them (`source`). */
const members = (tx: SystemTx, chosen: Chosen) => {
  const { columns, joins } = whoIs(tx, chosen);
  return tx`
  root as materialized (
    select r.id as person_id, ${columns} from person r ${joins} where r.merged_into is null and ${chosenBy(tx, 'r.id', chosen)}),
  member as materialized (
    select person_id as source, root.* from root
    union all select p.id, root.* from root join person p on p.merged_into = root.person_id)`;
};

/**
 * What was observed of each person's skills, by half-month, and how they stood at its end: the latest authoritative observation decides (by moment,
 * then id), an own claim never counts.
 */
export async function countSkills(tx: SystemTx, chosen: Chosen): Promise<TouchedRow[]> {
  const table = {
    name: 'figure_skill',
    key: ['person_id', 'skill_code', 'half'],
    columns: ['person_id', 'skill_code', 'half', 'to_half', ...whoColumns, 'good', 'first', 'rechecks', 'retained'],
    touches: `select d.area_id, d.half::text as half, 'skill_' || d.skill_code as measure`,
    stands: true,
    followed: true,
  } as const;
  return putRows(
    tx,
    table,
    chosenBy(tx, 'person_id', chosen),
    tx`
    ${members(tx, chosen)},
    seen as materialized (
      select m.person_id, o.skill_code, o.observed_at, o.id, o.level >= 3 as good, o.source = 'recheck' as again,
        ${halfOfMoment(tx, 'o.observed_at')} as half
      from member m join skill_observation o on o.person_id = m.source where o.source <> 'own_claim'),
    run as (
      select *, count(*) filter (where good) over w as times, lag(good, 1, false) over w as held,
        case when good and not lag(good, 1, false) over w then observed_at end as begins
      from seen window w as (partition by person_id, skill_code order by observed_at, id)),
    since as (
      select *, max(begins) over (partition by person_id, skill_code order by observed_at, id rows between unbounded preceding and 1 preceding) as since
      from run),
    looked as (
      select *, again and held and observed_at >= since + make_interval(days => ${recheck.from})
        and observed_at < since + make_interval(days => ${recheck.to}) as due from since),
    told as (
      select *, due and row_number() over (partition by person_id, skill_code, since, due order by observed_at, id) = 1 as rechecked from looked),
    by_half as (
      select person_id, skill_code, half, (array_agg(good order by observed_at desc, id desc))[1] as good,
        bool_or(good and times = 1) as first, (count(*) filter (where rechecked))::int as rechecks,
        (count(*) filter (where rechecked and good))::int as retained
      from told group by person_id, skill_code, half),
    fresh as materialized (
      select b.person_id, b.skill_code, b.half, lead(b.half) over (partition by b.person_id, b.skill_code order by b.half) as to_half,
        r.area_id, ${who(tx, 'r')}, b.good, b.first, b.rechecks, b.retained
      from by_half b join root r using (person_id))`,
  );
}

/** When each person held the whole core set of today's catalogue, from their skills; those must have been counted before. */
export async function countCore(tx: SystemTx, chosen: Chosen): Promise<TouchedRow[]> {
  const table = {
    name: 'figure_core',
    key: ['person_id', 'half'],
    columns: ['person_id', 'half', 'to_half', ...whoColumns, 'attained'],
    touches: 'select d.area_id, d.half::text as half',
    stands: true,
    followed: true,
  } as const;
  return putRows(
    tx,
    table,
    chosenBy(tx, 'person_id', chosen),
    tx`
    core as (select skill_code from skill_version where core and valid_to is null),
    step as (
      select person_id, half, area_id, ${who(tx, 'f')}, (skill_code in (select skill_code from core))::int
        * (good::int - lag(good::int, 1, 0) over (partition by person_id, skill_code order by half)) as gained
      from figure_skill f where ${chosenBy(tx, 'person_id', chosen)}),
    fresh as materialized (
      select person_id, half, lead(half) over later as to_half, area_id, ${who(tx, 'f')},
        sum(sum(gained)) over later > 0 and sum(sum(gained)) over later = (select count(*) from core) as attained
      from step f group by person_id, half, area_id, ${who(tx, 'f')} window later as (partition by person_id order by half))`,
  );
}

/** One row per person and half-month in which they were marked or observed; skills and core sets must have been counted before. */
export async function countPeople(tx: SystemTx, chosen: Chosen): Promise<TouchedRow[]> {
  const table = {
    name: 'figure_person',
    key: ['person_id', 'half'],
    columns: ['person_id', 'half', ...whoColumns, 'marked', 'came', 'guided', 'new_core'],
    touches: 'select d.area_id, d.half::text as half',
  };
  return putRows(
    tx,
    table,
    chosenBy(tx, 'person_id', chosen),
    tx`
    ${members(tx, chosen)},
    taught as materialized (
      select distinct l.lesson_id from lesson_skill l join skill k on k.code = l.skill_code where k.domain_code = ${serviceDomain}),
    fact as (
      select m.person_id, ${halfOfMoment(tx, 's.starts_at')} as half, 1 as marked, (a.state in ('present', 'late', 'left_early'))::int as came,
        t.lesson_id is not null and a.state in ('present', 'late', 'left_early') as guided, false as new_core
      from member m join attendance a on a.person_id = m.source
      join class_session s on s.id = a.session_id and s.status in ('published', 'held') left join taught t on t.lesson_id = s.lesson_id
      union all
      select f.person_id, f.half, 0, 0, k.domain_code = ${serviceDomain}, false
      from figure_skill f join skill k on k.code = f.skill_code where ${chosenBy(tx, 'f.person_id', chosen)}
      union all
      select person_id, min(half), 0, 0, false, true from figure_core
      where attained and ${chosenBy(tx, 'person_id', chosen)} group by person_id),
    summed as (
      select person_id, half, sum(marked)::int as marked, sum(came)::int as came, bool_or(guided) as guided, bool_or(new_core) as new_core
      from fact group by person_id, half),
    fresh as materialized (
      select s.person_id, s.half, r.area_id, ${who(tx, 'r')}, s.marked, s.came, s.guided, s.new_core
      from summed s join root r using (person_id))`,
  );
}

/** Distinct people of each period, as buckets of people who are alike, and those by group. */
export const peopleCells = (tx: SystemTx): Fragment => tx`
  select area_id, period, m.measure, grp, m.value::int, m.denominator::int
  from (
    select f.area_id, f.period, g.grp, sum(f.reached) as reached, sum(f.marked) as marked, sum(f.guided) as guided,
      sum(f.new_core) as new_core
    from (
      select area_id, period, year, ${who(tx, 'p')}, count(*) filter (where came) as reached,
        count(*) filter (where marked) as marked, count(*) filter (where guided) as guided,
        count(*) filter (where new_core) as new_core
      from (
        select c.area_id, c.period, c.year, f.person_id, ${who(tx, 'f')}, sum(f.came) > 0 as came, sum(f.marked) > 0 as marked,
          bool_or(f.guided) as guided, bool_or(f.new_core) as new_core
        from cell c join span s on s.period = c.period join figure_person f on f.area_id = c.area_id and f.half = s.half
        group by c.area_id, c.period, c.year, f.person_id, ${who(tx, 'f')}) p
      group by area_id, period, year, ${who(tx, 'p')}) f, ${groupsIn(tx, 'f', 'f.year')}
    group by f.area_id, f.period, g.grp) s,
  lateral (values ('people_reached', reached, marked), ('service_guided', guided, guided), ('new_core', new_core, new_core))
    m (measure, value, denominator)`;

/** What was learnt for the first time, and what was still known when looked at again. */
export const skillCells = (tx: SystemTx): Fragment => tx`
  select area_id, period, m.measure, grp, m.value::int, m.denominator::int
  from (
    select f.area_id, f.period, g.grp, sum(f.attained) as attained, sum(f.retained) as retained, sum(f.rechecks) as rechecks
    from (
      select c.area_id, c.period, c.year, ${who(tx, 'f')}, count(*) filter (where f.first) as attained, sum(f.retained) as retained,
        sum(f.rechecks) as rechecks
      from cell c join span s on s.period = c.period join figure_skill f on f.area_id = c.area_id and f.half = s.half
      group by c.area_id, c.period, c.year, ${who(tx, 'f')}) f, ${groupsIn(tx, 'f', 'f.year')}
    group by f.area_id, f.period, g.grp) s,
  lateral (values ('skills_attained', attained, attained), ('retention', retained, rechecks)) m (measure, value, denominator)`;

/**
 * By how much the end of the half-month differs from that of the half-month before. Ages are told in the half-month's year: at the first of a year whoever
 * stands goes from one age to the next.
 */
export const coreCells = (tx: SystemTx): Fragment => tx`
  select f.area_id, f.period, 'core_attained' as measure, g.grp, coalesce(sum(f.good), 0)::int as value, sum(f.people)::int as denominator
  from (
    select area_id, period, year, ${who(tx, 'f')}, sum(sign) as people, sum(sign) filter (where attained) as good
    from (
      select c.period, c.year, 1 as sign, f.* from cell c join figure_core f on f.area_id = c.area_id and f.half = c.at
      union all
      select c.period, extract(year from c.at - 1)::int, -1, f.* from cell c join figure_core f on f.area_id = c.area_id and f.to_half = c.at
      union all
      select c.period, c.year + y.step, case y.step when 0 then 1 else -1 end, f.*
      from (select * from cell where extract(doy from at) = 1) c
      join figure_core f on f.area_id = c.area_id and f.half < c.at and (f.to_half is null or f.to_half > c.at), (values (0), (-1)) y (step)) f
    group by area_id, period, year, ${who(tx, 'f')}) f,
  ${groupsIn(tx, 'f', 'f.year')}
  group by f.area_id, f.period, g.grp`;

/** Each skill likewise; not by groups, since there are many skills. */
export const levelCells = (tx: SystemTx): Fragment => tx`
  select area_id, period, measure, 'all' as grp, (coalesce(sum(sign) filter (where good), 0))::int as value, sum(sign)::int as denominator
  from (
    select c.*, 1 as sign, f.good from cell c
    join figure_skill f on f.area_id = c.area_id and f.skill_code = substr(c.measure, 7) and f.half = c.at
    union all
    select c.*, -1, f.good from cell c
    join figure_skill f on f.area_id = c.area_id and f.skill_code = substr(c.measure, 7) and f.to_half = c.at) f
  group by area_id, period, measure`;
