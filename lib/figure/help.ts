import type { SystemTx } from '@/lib/access/scoped';
import type { Fragment } from './cells';
import { chosenBy, halfOfMoment, putRows, type Chosen, type TouchedRow } from './rows';

/** One row per time somebody was helped at a desk that was not taken back. */
export async function countHelp(tx: SystemTx, chosen: Chosen): Promise<TouchedRow[]> {
  const table = {
    name: 'figure_help',
    key: ['help_id'],
    columns: ['help_id', 'area_id', 'half', 'measure'],
    touches: 'select d.area_id, d.half::text as half, d.measure',
  };
  return putRows(
    tx,
    table,
    chosenBy(tx, 'help_id', chosen),
    tx`
    fresh as materialized (
      select s.id as help_id, s.area_id, ${halfOfMoment(tx, 's.at')} as half, 'assist_' || s.need_code as measure
      from desk_assist s where s.undone_at is null and ${chosenBy(tx, 's.id', chosen)})`,
  );
}

/** How often somebody was helped with one thing. */
export const helpCells = (tx: SystemTx): Fragment => tx`
  select c.area_id, c.period, c.measure, 'all' as grp, count(*)::int as value, count(*)::int as denominator
  from cell c join span s on s.period = c.period
  join figure_help f on f.area_id = c.area_id and f.measure = c.measure and f.half = s.half
  group by c.area_id, c.period, c.measure`;
