import type { SystemTx } from '@/lib/access/scoped';
import { boundedBy, groupsPeriods } from '@/lib/disclosure/rules';
import type { BlockCell, DisclosureRule } from '@/lib/disclosure/schema';
import type { Years } from './begun';

/** The list of a key, made where there is none. */
export function listIn<K, V>(lists: Map<K, V[]>, key: K): V[] {
  let found = lists.get(key);
  if (!found) lists.set(key, (found = []));
  return found;
}

type Row = readonly [period: string, measure: string, group: string, value: number, of: number];
export type ByMeasure = ReadonlyMap<string, readonly BlockCell[]>;

/** The cells of some areas, by area and measure. */
export async function cellsOf(
  tx: SystemTx,
  table: 'figure_exact' | 'figure_own',
  areas: readonly number[],
  measures: readonly string[],
  rule: DisclosureRule | null,
  years: Years,
): Promise<ReadonlyMap<number, ByMeasure>> {
  const rows = await tx<{ areaId: number; cells: Row[] }[]>`
    select f.area_id, json_agg(json_build_array(f.period, f.measure, f.grp, f.value, f.denominator)) as cells
    from ${tx(table)} f
    where f.area_id = any(${[...areas]}::int[]) and f.period < 's' and f.measure = any(${[...measures]}::text[])
      and ${rule ? tx`(f.grp = 'all' or f.period ~ ${groupsPeriods})` : tx`true`}
    group by f.area_id`;
  const found = new Map<number, Map<string, BlockCell[]>>();
  const put = (areaId: number, cell: BlockCell) => {
    let ofArea = found.get(areaId);
    if (!ofArea) found.set(areaId, (ofArea = new Map<string, BlockCell[]>()));
    listIn(ofArea, cell.measure).push(cell);
  };
  for (const { areaId, cells } of rows)
    for (const [period, measure, group, value, of] of cells) put(areaId, { period, measure, group, value, of });
  // How things stand is kept as changes.
  const changes = await tx<{ areaId: number; measure: string; group: string; steps: [string, number, number][] }[]>`
    select f.area_id, f.measure, f.grp as group, json_agg(json_build_array(f.period, f.value, f.denominator)) as steps
    from ${tx(table)} f
    where f.area_id = any(${[...areas]}::int[]) and f.period >= 's' and f.measure = any(${[...measures]}::text[])
    group by f.area_id, f.measure, f.grp`;
  for (const { areaId, measure, group, steps } of changes)
    for (const { period, until } of years.begun) {
      let [value, of] = [0, 0];
      for (const [at, more, moreOf] of steps)
        if (at <= until) {
          value += more;
          of += moreOf;
        }
      if (of > 0) put(areaId, { period, measure, group, value, of });
    }
  return found;
}

/** The periods in which everybody's number is hidden of the measure that some of these must not tell the bounds of; by area, of areas where there are any. */
export async function hiddenPeriods(
  tx: SystemTx,
  areas: readonly number[],
  measures: readonly string[],
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const bounded = measures.map(boundedBy).find((one) => one !== null);
  if (!bounded) return new Map();
  const rows = await tx<{ areaId: number; periods: string[] }[]>`
    select area_id, array_agg(period) as periods from figure
    where area_id = any(${[...areas]}::int[]) and measure = ${bounded} and grp = 'all' and value is null
    group by area_id`;
  return new Map(rows.map(({ areaId, periods }) => [areaId, new Set(periods)]));
}
