import type { SystemTx } from '@/lib/access/scoped';
import type { BlockCell } from '@/lib/disclosure/schema';
import { halfOf, standingPeriods } from './halves';

/** The time that is told of. */
export interface Years {
  /** The half-month that runs. */
  readonly now: string;
  /** The periods that have begun since the first year of which anything is known, each with the key up to which changes tell how things stood at its end. */
  readonly begun: readonly { readonly period: string; readonly until: string }[];
}

/** The periods from the first year of which anything is known to the next. */
export async function yearsOf(tx: SystemTx, now: Date): Promise<Years> {
  const [first] = await tx<{ year: number | null }[]>`
    select min(left(ltrim(period, 'ks'), 4))::int as year from figure_exact e
    where not exists (select from area_tree t where t.area_id = e.area_id and t.depth > 0)`;
  const last = now.getFullYear() + 1;
  const years = Array.from({ length: last - (first?.year ?? last) + 1 }, (_, at) => last - at).reverse();
  return { now: halfOf(now), begun: years.flatMap((year) => standingPeriods(year, now)) };
}

/** Everybody's cells of a measure in which nobody is counted. */
export function emptyCells(measure: string, cells: readonly BlockCell[], { begun }: Years): BlockCell[] {
  const kept = new Set(cells.flatMap(({ period, group }) => (group === 'all' ? [period] : [])));
  return begun.flatMap(({ period }) => (kept.has(period) ? [] : [{ period, measure, group: 'all', value: 0, of: 0 }]));
}
