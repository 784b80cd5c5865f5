import type { ScopedTx } from '@/lib/access/scoped';
import { tellsCaller } from '@/lib/disclosure/queries';
import { groupsHidden } from '@/lib/disclosure/rules';
import { eligibleOf, eligibleUnder } from '@/lib/eligible/queries';
import { lastDayOf } from '@/lib/period/rules';
import type { Period } from '@/lib/period/schema';
import { declaredOf } from './declared';
import { computedValue, declaredValue } from './rules';
import type { FigureCell, IndicatorValue, IndicatorVersion } from './schema';

type Seen = 'byCaller' | 'byAnyone';

const versionColumns = (tx: ScopedTx) => tx`
  v.indicator_code as code, v.kind, v.version, v.valid_from::text, v.valid_to::text, v.name_vi, v.name_en, v.numerator_vi, v.numerator_en,
  v.denominator_vi, v.denominator_en, v.source_vi, v.source_en, v.unit, v.shown_as, v.grain, v.boundary, v.attribution, v.breakdowns,
  v.measure, v.groups, v.whole, v.whole_group, v.evidence`;

/** The registry as it stands, in its order. */
export async function indicators(tx: ScopedTx): Promise<IndicatorVersion[]> {
  return tx<IndicatorVersion[]>`
    select ${versionColumns(tx)} from indicator i join indicator_version v on v.indicator_code = i.code and v.valid_to is null order by i.position`;
}

/** Every version of an indicator, the newest first; none where there is no such indicator. */
export async function indicatorVersions(tx: ScopedTx, code: string): Promise<IndicatorVersion[]> {
  return tx<IndicatorVersion[]>`
    select ${versionColumns(tx)} from indicator_version v where v.indicator_code = ${code} order by v.version desc limit 100`;
}

type CellThere = FigureCell & { readonly areaId: number };

/** The cells of the measures for areas and some periods, as the caller, or as anybody who reads figures there, may see them. */
async function cellsOf(
  tx: ScopedTx,
  areas: readonly number[],
  periods: readonly string[],
  registry: readonly IndicatorVersion[],
  seen: Seen,
): Promise<CellThere[]> {
  const groups = [...new Set(['all', ...registry.flatMap((version) => version.groups)])];
  const [wanted, measures, places] = [[...periods], measuresOf(registry), [...areas]];
  const cells = await tx<(CellThere & { exact: boolean })[]>`
    select area_id, period, measure, grp, coalesce(e.value, f.value) as value, coalesce(e.denominator, f.denominator) as denominator,
      coalesce(f.computed_at, now()) as computed_at, e.value is not null as exact
    from (
      select * from figure f where f.area_id = any (${places}) and f.period = any (${wanted}) and f.measure = any (${measures}) and f.grp = any (${groups})
        and ${seen === 'byCaller' ? tellsCaller(tx) : tx`true`}) f
    full join (
      select x.area_id, p.period, x.measure, x.grp, sum(x.value)::int as value, sum(x.denominator)::int as denominator
      from unnest(${wanted}::text[]) p (period)
      join figure_exact x on x.area_id = any (${places}) and (x.period = p.period or x.period between 's' and standing_until(p.period))
      where ${seen === 'byCaller'} and x.measure = any (${measures}) and x.grp = any (${groups})
      group by x.area_id, p.period, x.measure, x.grp having sum(x.denominator) > 0) e
      using (area_id, period, measure, grp)`;
  return areas.flatMap((area) => {
    const own = cells.filter(({ areaId }) => areaId === area);
    return own.some(({ exact }) => exact) ? own : withHidden(own);
  });
}

/** With an empty cell for each group that is hidden: only everybody's is kept where none may be shown. */
function withHidden(cells: readonly CellThere[]): CellThere[] {
  const kept = new Map<string, Set<string>>();
  for (const { period, measure, grp } of cells)
    kept.set(`${period} ${measure}`, (kept.get(`${period} ${measure}`) ?? new Set()).add(grp));
  const hidden = cells
    .filter(({ grp }) => grp === 'all')
    .flatMap((all) =>
      groupsHidden(all.measure, kept.get(`${all.period} ${all.measure}`) ?? new Set()).map((grp) => ({
        ...all,
        grp,
        value: null,
        denominator: null,
      })),
    );
  return [...cells, ...hidden];
}

/** How many of each group live there at the end of the period, where that is known whole. */
async function wholesOf(tx: ScopedTx, registry: readonly IndicatorVersion[], areaId: number, period: Period) {
  const groups = [...new Set(registry.flatMap(({ wholeGroup }) => wholeGroup ?? []))];
  const known = new Map<string, number>();
  for (const group of groups) {
    const found = await eligibleOf(tx, areaId, group, lastDayOf(period));
    if (found.complete && found.people !== null) known.set(group, found.people);
  }
  return known;
}

const chosen = (registry: readonly IndicatorVersion[], only: readonly string[] | null) =>
  only === null ? registry : registry.filter(({ code }) => only.includes(code));

const measuresOf = (registry: readonly IndicatorVersion[]) => [
  ...new Set(registry.flatMap(({ measure }) => measure ?? [])),
];

/**
 * Every indicator of the registry for one area and period, in the registry's order, as far as the caller may see it. Computed ones are read
 * from the figures, declared ones from what was said with a source; never the one for the other. `byAnyone`: as anybody who reads figures there
 * may see it, whatever more the caller may, for what is handed on to others. `only`: no more than these codes are asked about.
 */
export async function indicatorValues(
  tx: ScopedTx,
  areaId: number,
  period: Period,
  seen: Seen = 'byCaller',
  only: readonly string[] | null = null,
): Promise<IndicatorValue[]> {
  const registry = chosen(await indicators(tx), only);
  const [cells, declared, wholes] = await Promise.all([
    cellsOf(tx, [areaId], [period.key], registry, seen),
    declaredOf(tx, areaId, period),
    wholesOf(tx, registry, areaId, period),
  ]);
  return registry.map((version) =>
    version.kind === 'computed'
      ? computedValue(version, cells, wholes.get(version.wholeGroup ?? '') ?? null)
      : declaredValue(
          version,
          declared.find(({ code }) => code === version.code),
        ),
  );
}

/** What was counted, by period and code: null where nothing can be said or it is hidden; and which of the two. */
export interface Counts {
  (period: string, code: string): number | null;
  readonly isHidden: (period: string, code: string) => boolean;
}

/** What some computed indicators of one area counted in several periods. */
export async function countsOver(
  tx: ScopedTx,
  areaId: number,
  periods: readonly string[],
  codes: readonly string[],
): Promise<Counts> {
  const registry = chosen(await indicators(tx), codes);
  const cells = await cellsOf(tx, [areaId], periods, registry, 'byCaller');
  const told = (period: string, code: string) => {
    const version = registry.find((one) => one.code === code);
    const own = cells.filter((cell) => cell.period === period);
    return version ? computedValue(version, own, null) : null;
  };
  return Object.assign((period: string, code: string) => told(period, code)?.value ?? null, {
    isHidden: (period: string, code: string) => told(period, code)?.hidden ?? false,
  });
}

/**
 * What some computed indicators say of several areas that lie in one, and periods: asked once, told of any of them. Null where there is no such
 * indicator. `seen` as for `indicatorValues`. Declared ones are not asked about.
 */
export async function computedUnder(
  tx: ScopedTx,
  { above, areas, periods }: { above: number; areas: readonly number[]; periods: readonly Period[] },
  codes: readonly string[] | null,
  seen: Seen,
): Promise<(areaId: number, period: Period, code: string) => IndicatorValue | null> {
  const registry = chosen(await indicators(tx), codes).filter(
    ({ kind, measure }) => kind === 'computed' && measure !== null,
  );
  const groups = [...new Set(registry.flatMap(({ wholeGroup }) => wholeGroup ?? []))];
  const cells = await cellsOf(
    tx,
    areas,
    periods.map(({ key }) => key),
    registry,
    seen,
  );
  const living = new Map<string, Awaited<ReturnType<typeof eligibleUnder>>>();
  for (const period of groups.length > 0 ? periods : [])
    living.set(period.key, await eligibleUnder(tx, above, groups, lastDayOf(period)));
  const byPlace = new Map<string, CellThere[]>();
  for (const cell of cells) {
    const key = `${cell.areaId} ${cell.period}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), cell]);
  }
  return (areaId, period, code) => {
    const version = registry.find((one) => one.code === code);
    if (!version) return null;
    const known = version.wholeGroup === null ? undefined : living.get(period.key)?.(areaId, version.wholeGroup);
    return computedValue(version, byPlace.get(`${areaId} ${period.key}`) ?? [], known?.complete ? known.people : null);
  };
}
