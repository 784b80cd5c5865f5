import type { SystemTx } from '@/lib/access/scoped';
import { timeGiven } from '@/lib/team/queries';
import type { Fragment } from './cells';
import { chosenBy, groupsIn, halfOfMoment, putRows, whoIs, type Chosen, type TouchedRow } from './rows';

/** What is told of sessions themselves. */
export const sessionMeasures = ['sessions_held', 'registers_late', 'classes_held', 'shock_teams_active'] as const;
/** What is told of the marks made at them. */
export const markMeasures = ['attendance'] as const;

/** A register finished later than so many hours after its session is late. */
const lateAfterHours = 24;

/** One row per announced session. */
export async function countSessions(tx: SystemTx, chosen: Chosen): Promise<TouchedRow[]> {
  const table = {
    name: 'figure_session',
    key: ['session_id'],
    columns: [
      'session_id',
      'area_id',
      'half',
      'held',
      'late',
      'helper_minutes',
      'helper_agreed',
      'class_id',
      'class_area_id',
      'shock_team_id',
      'shock_area_id',
    ],
    touches: `select a.area_id, d.half::text as half
      from (values (d.area_id), (d.class_area_id), (d.shock_area_id)) a (area_id) where a.area_id is not null group by 1, 2`,
  };
  const sessions = chosenBy(tx, 'h.session_id', chosen);
  const given = timeGiven(tx, { sessions, shifts: null, rounds: null, assists: null, doors: null });
  return putRows(
    tx,
    table,
    chosenBy(tx, 'session_id', chosen),
    tx`
    helped as (
      select g.of_id as session_id, sum(g.minutes)::int as agreed, (sum(g.minutes) filter (where g.came))::int as given
      from (${given}) g group by g.of_id),
    fresh as materialized (
      select s.id as session_id, s.area_id, ${halfOfMoment(tx, 's.starts_at')} as half, s.status = 'held' as held,
        s.status = 'held' and coalesce(s.register_finished_at > s.ends_at + make_interval(hours => ${lateAfterHours}), false) as late,
        coalesce(h.given, 0) as helper_minutes, coalesce(h.agreed, 0) as helper_agreed,
        s.class_id, c.area_id as class_area_id, k.id as shock_team_id, k.area_id as shock_area_id
      from class_session s join class c on c.id = s.class_id left join team k on k.id = c.team_id and k.kind = 'shock_team'
      left join helped h on h.session_id = s.id
      where s.status <> 'planned' and ${chosenBy(tx, 's.id', chosen)})`,
  );
}

/** The marks of each session by group. Marks of one that was cancelled or did not happen do not count. */
export async function countMarks(tx: SystemTx, chosen: Chosen): Promise<TouchedRow[]> {
  const table = {
    name: 'figure_mark',
    key: ['session_id', 'year', 'grp'],
    columns: ['session_id', 'year', 'grp', 'area_id', 'half', 'marked', 'came'],
    touches: 'select d.area_id, d.half::text as half',
  };
  const { columns, joins } = whoIs(tx, chosen);
  return putRows(
    tx,
    table,
    chosenBy(tx, 'session_id', chosen),
    tx`
    mark as materialized (
      select s.id as session_id, s.area_id as taught_in, ${halfOfMoment(tx, 's.starts_at')} as half, a.state, ${columns}
      from class_session s join attendance a on a.session_id = s.id
      join person p on p.id = a.person_id join person r on r.id = coalesce(p.merged_into, p.id) ${joins}
      where s.status in ('published', 'held') and ${chosenBy(tx, 's.id', chosen)}),
    fresh as materialized (
      select f.session_id, y.year, g.grp, f.taught_in as area_id, f.half, count(*)::int as marked,
        (count(*) filter (where f.state in ('present', 'late', 'left_early')))::int as came
      from mark f,
      -- The administration's year turns with the half-month of 15 December.
      lateral (select extract(year from f.half)::int as year union select extract(year from f.half + 17)::int) y,
      ${groupsIn(tx, 'f', 'y.year')}
      group by f.session_id, y.year, g.grp, f.taught_in, f.half)`,
  );
}

export const sessionCells = (tx: SystemTx): Fragment => tx`
  select area_id, period, m.measure, 'all' as grp, m.value::int, m.denominator::int
  from (
    select c.area_id, c.period, count(*) as announced, count(*) filter (where f.held) as held, count(*) filter (where f.late) as late
    from cell c join span s on s.period = c.period join figure_session f on f.area_id = c.area_id and f.half = s.half
    group by c.area_id, c.period) s,
  lateral (values ('sessions_held', held, announced), ('registers_late', late, held)) m (measure, value, denominator)
  union all
  select c.area_id, c.period, 'classes_held', 'all', count(distinct f.class_id) filter (where f.held), count(distinct f.class_id)
  from cell c join span s on s.period = c.period join figure_session f on f.class_area_id = c.area_id and f.half = s.half
  group by c.area_id, c.period
  union all
  select c.area_id, c.period, 'shock_teams_active', 'all', count(distinct f.shock_team_id) filter (where f.held), count(distinct f.shock_team_id)
  from cell c join span s on s.period = c.period join figure_session f on f.shock_area_id = c.area_id and f.half = s.half
  group by c.area_id, c.period`;

export const markCells = (tx: SystemTx): Fragment => tx`
  select c.area_id, c.period, 'attendance' as measure, f.grp, sum(f.came)::int as value, sum(f.marked)::int as denominator
  from cell c join span s on s.period = c.period
  join figure_mark f on f.area_id = c.area_id and f.half = s.half and f.year = c.year
  group by c.area_id, c.period, f.grp`;
