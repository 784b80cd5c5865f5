import type { SystemTx } from '@/lib/access/scoped';
import { roundedTo } from '@/lib/disclosure/rules';
import { toldKey, toNearest, type BlockCell } from '@/lib/disclosure/schema';

interface Told {
  readonly areaId: number;
  readonly period: string;
  readonly measure: string;
  readonly group: string;
  readonly value: number;
}

/**
 * What signed reports say of some measures in some areas and what is still so, by area and measure. It stands in papers that were handed on, beside
 * whatever is shown today. A figure that was corrected since is none of them: what it says is not so any more; what is rounded is so while it rounds to the same. Reports of villages are not asked about: they
 * are read as far as today's figures may be (`toldToday`).
 */
export async function toldInReports(
  tx: SystemTx,
  areas: readonly number[],
  measures: readonly string[],
  cells: ReadonlyMap<number, ReadonlyMap<string, readonly BlockCell[]>>,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await tx<Told[]>`
    select distinct f.area_id, r.period, v.measure, v.grp as group, f.value
    from (
      select distinct indicator_code, measure, groups[1] as grp from indicator_version
      where measure = any(${[...measures]}::text[]) and cardinality(groups) = 1) v
    join report_figure f on f.code = v.indicator_code and f.area_id = any(${[...areas]}::int[]) and f.value is not null
    join report r on r.id = f.report_id`;
  const told = new Map<string, Set<string>>();
  for (const { areaId, period, measure, group, value } of rows) {
    const now = cells
      .get(areaId)
      ?.get(measure)
      ?.find((cell) => cell.period === period && cell.group === group);
    if (toNearest(now?.value ?? 0, roundedTo(measure)) !== value) continue;
    const key = `${areaId} ${measure}`;
    told.set(key, (told.get(key) ?? new Set()).add(toldKey({ period, group })));
  }
  return told;
}
