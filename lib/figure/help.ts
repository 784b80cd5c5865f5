import type { SystemTx } from '@/lib/access/scoped';
import { ownVisit, timeGiven } from '@/lib/team/queries';
import type { Fragment } from './cells';
import { chosenBy, halfOfDay, halfOfMoment, putRows, type Chosen, type TouchedRow } from './rows';

export const visitMeasures = ['home_visits'] as const;
export const minuteMeasures = ['helper_minutes'] as const;

/**
 * What was done for people outside classes: times somebody was helped at a desk that were not taken back, homes where somebody was met (on a round, where what was
 * recorded of the visit last decides, or for tasks), and the time given at desks, on rounds and there.
 */
export async function countHelp(tx: SystemTx, chosen: Chosen): Promise<TouchedRow[]> {
  const table = {
    name: 'figure_help',
    key: ['help_id', 'measure'],
    columns: ['help_id', 'area_id', 'half', 'measure', 'amount'],
    touches: 'select d.area_id, d.half::text as half, d.measure',
  };
  const given = timeGiven(tx, {
    sessions: null,
    shifts: chosenBy(tx, 'd.id', chosen),
    rounds: chosenBy(tx, 'v.id', chosen),
    assists: chosenBy(tx, 'e.id', chosen),
    doors: chosenBy(tx, 'w.id', chosen),
  });
  return putRows(
    tx,
    table,
    chosenBy(tx, 'help_id', chosen),
    tx`
    fresh as materialized (
      select s.id as help_id, s.area_id, ${halfOfMoment(tx, 's.at')} as half, 'assist_' || s.need_code as measure, 1 as amount
      from desk_assist s where s.undone_at is null and ${chosenBy(tx, 's.id', chosen)}
      union all
      select v.id, v.area_id, ${halfOfDay(tx, 'v.day')}, 'home_visits', 1 from visit v, lateral (
        select o.outcome from visit_outcome o where o.visit_id = v.id order by o.at desc, o.id desc limit 1) last
      where last.outcome = 'done' and ${chosenBy(tx, 'v.id', chosen)}
      union all
      select w.id, w.area_id, ${halfOfDay(tx, 'w.day')}, 'home_visits', 1 from door_visit w where ${ownVisit(tx)} and ${chosenBy(tx, 'w.id', chosen)}
      union all
      select g.id, g.area_id, ${halfOfMoment(tx, 'g.starts_at')}, 'helper_minutes', g.minutes from (${given}) g)`,
  );
}

/** How often somebody was helped with one thing. */
export const helpCells = (tx: SystemTx): Fragment => tx`
  select c.area_id, c.period, c.measure, 'all' as grp, count(*)::int as value, count(*)::int as denominator
  from cell c join span s on s.period = c.period
  join figure_help f on f.area_id = c.area_id and f.measure = c.measure and f.half = s.half
  group by c.area_id, c.period, c.measure`;

/** How often somebody was met at home. */
export const visitCells = (tx: SystemTx): Fragment => tx`
  select c.area_id, c.period, 'home_visits' as measure, 'all' as grp, count(*)::int as value, count(*)::int as denominator
  from cell c join span s on s.period = c.period
  join figure_help f on f.area_id = c.area_id and f.measure = 'home_visits' and f.half = s.half
  group by c.area_id, c.period`;

/** The time given, at sessions and elsewhere, of that agreed to. */
export const minuteCells = (tx: SystemTx): Fragment => tx`
  select area_id, period, 'helper_minutes' as measure, 'all' as grp, sum(given)::int as value, sum(agreed)::int as denominator
  from (
    select c.area_id, c.period, f.helper_minutes as given, f.helper_agreed as agreed
    from cell c join span s on s.period = c.period join figure_session f on f.area_id = c.area_id and f.half = s.half
    union all
    select c.area_id, c.period, f.amount, f.amount
    from cell c join span s on s.period = c.period
    join figure_help f on f.area_id = c.area_id and f.measure = 'helper_minutes' and f.half = s.half) f
  group by area_id, period`;
