import type { ScopedTx } from '@/lib/access/scoped';
import { cellsTold, type Seen } from '@/lib/disclosure/queries';
import { groupsHidden } from '@/lib/disclosure/rules';
import { eligibleUnder, type Living } from '@/lib/eligible/queries';
import { grouped } from '@/lib/kernel/group';
import { lastDayOf } from '@/lib/period/rules';
import type { Period } from '@/lib/period/schema';
import { declaredOf } from './declared';
import { computedValue, declaredValue } from './rules';
import type { FigureCell, IndicatorValue, IndicatorVersion } from './schema';

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
  const cells = await tx<(CellThere & { exact: boolean })[]>`
    select * from ${cellsTold(tx, { areas, periods, only: { measures: measuresOf(registry), groups } }, seen)} c`;
  return [...grouped(cells, ({ areaId }) => areaId).values()].flatMap((own) =>
    own.some(({ exact }) => exact) ? own : withHidden(own),
  );
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

/** How many people of its group live in an area, where an indicator is a share of them and that is known whole. */
function wholeOf({ wholeGroup }: IndicatorVersion, living: Living, areaId: number): number | null {
  if (wholeGroup === null) return null;
  const { people, complete } = living(areaId, wholeGroup);
  return complete ? people : null;
}

const chosen = (registry: readonly IndicatorVersion[], only: readonly string[] | null) =>
  only === null ? registry : registry.filter(({ code }) => only.includes(code));

const measuresOf = (registry: readonly IndicatorVersion[]) => [
  ...new Set(registry.flatMap(({ measure }) => measure ?? [])),
];

const wholeGroupsOf = (registry: readonly IndicatorVersion[]) => registry.flatMap(({ wholeGroup }) => wholeGroup ?? []);

/** What everything said of one area and period rests on: the registry, and how many live in the area and each place below it at the period's end. */
export interface Footing {
  readonly period: Period;
  readonly registry: readonly IndicatorVersion[];
  readonly living: Living;
}

/**
 * The footing of an area and period, for some codes or all: a page that shows several things asks for it once and hands it on. `besides`: groups that
 * the page itself wants to know of.
 */
export async function footingOf(
  tx: ScopedTx,
  areaId: number,
  period: Period,
  codes: readonly string[] | null = null,
  besides: readonly string[] = [],
): Promise<Footing> {
  const registry = await indicators(tx);
  const groups = [...new Set([...besides, ...wholeGroupsOf(chosen(registry, codes))])];
  return { period, registry, living: await eligibleUnder(tx, areaId, groups, lastDayOf(period)) };
}

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
  footing?: Footing,
): Promise<IndicatorValue[]> {
  const { registry: all, living } = footing ?? (await footingOf(tx, areaId, period, only));
  const registry = chosen(all, only);
  const [cells, declared] = await Promise.all([
    cellsOf(tx, [areaId], [period.key], registry, seen),
    registry.some(({ kind }) => kind === 'declared') ? declaredOf(tx, areaId, period) : [],
  ]);
  return registry.map((version) =>
    version.kind === 'computed'
      ? computedValue(version, cells, wholeOf(version, living, areaId))
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
  /** Of everybody, whatever group the indicator is about: 0 where nobody was counted, null only where it is hidden. */
  readonly everybody: (period: string, code: string) => number | null;
}

/** What some computed indicators of one area counted in several periods. `all`: the registry. */
export async function countsOver(
  tx: ScopedTx,
  areaId: number,
  periods: readonly string[],
  codes: readonly string[],
  all: readonly IndicatorVersion[],
): Promise<Counts> {
  const registry = chosen(all, codes);
  const cells = await cellsOf(tx, [areaId], periods, registry, 'byCaller');
  const told = (period: string, code: string, groups?: readonly string[]) => {
    const version = registry.find((one) => one.code === code);
    const own = cells.filter((cell) => cell.period === period);
    return version ? computedValue(groups ? { ...version, groups } : version, own, null) : null;
  };
  const everybody = (period: string, code: string) => {
    const one = told(period, code, ['all']);
    return one?.hidden ? null : (one?.value ?? 0);
  };
  return Object.assign((period: string, code: string) => told(period, code)?.value ?? null, {
    isHidden: (period: string, code: string) => told(period, code)?.hidden ?? false,
    everybody,
  });
}

/**
 * What some computed indicators say of several areas that lie in the footing's, in its period and others before: asked once, told of any of them. Null
 * where there is no such indicator. `seen` as for `indicatorValues`. A share of who lives there is told of the footing's period alone. Declared ones are
 * not asked about.
 */
export async function computedUnder(
  tx: ScopedTx,
  { registry: all, living, period: own }: Footing,
  { areas, earlier = [] }: { areas: readonly number[]; earlier?: readonly Period[] },
  codes: readonly string[] | null,
  seen: Seen,
): Promise<(areaId: number, period: Period, code: string) => IndicatorValue | null> {
  const computed = chosen(all, codes).filter(({ kind, measure }) => kind === 'computed' && measure !== null);
  const registry = new Map(computed.map((version) => [version.code, version]));
  const periods = [own, ...earlier].map(({ key }) => key);
  const cells = await cellsOf(tx, areas, periods, computed, seen);
  const byPlace = grouped(cells, (cell) => `${cell.areaId} ${cell.period}`);
  return (areaId, period, code) => {
    const version = registry.get(code);
    if (!version) return null;
    const whole = period.key === own.key ? wholeOf(version, living, areaId) : null;
    return computedValue(version, byPlace.get(`${areaId} ${period.key}`) ?? [], whole);
  };
}
