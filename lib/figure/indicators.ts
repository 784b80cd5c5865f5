import type { ScopedTx } from '@/lib/access/scoped';
import { eligibleUnder } from '@/lib/eligible/queries';
import { eligibleGroups } from '@/lib/eligible/schema';
import { footingOf, indicatorValues } from '@/lib/indicator/queries';
import type { IndicatorVersion } from '@/lib/indicator/schema';
import { lastDayOf } from '@/lib/period/rules';
import type { Period } from '@/lib/period/schema';
import { standings } from '@/lib/target/queries';
import { dashboardArea, figuresOf } from './reading';
import { breakdownGroups, type Breakdown, type IndicatorParts, type IndicatorSheet } from './rules';
import type { Cell, FigureOf, Group } from './schema';

/**
 * Every indicator of the registry for an area and period, as far as the caller may see it, with its target where there is one. Null when the area is
 * none of the caller's.
 */
export async function indicatorSheet(
  tx: ScopedTx,
  asked: { area: number | undefined; period: Period },
  today: string,
): Promise<IndicatorSheet | null> {
  const area = await dashboardArea(tx, asked.area);
  if (!area) return null;
  const { period } = asked;
  const footing = await footingOf(tx, area.id, period);
  const { registry } = footing;
  const [values, aims] = await Promise.all([
    indicatorValues(tx, area.id, period, 'byCaller', null, footing),
    standings(tx, area.id, period, today, footing),
  ]);
  const lines = registry.flatMap((version) => {
    const value = values.find(({ code }) => code === version.code);
    return value ? [{ version, value, standing: aims.find(({ code }) => code === version.code) ?? null }] : [];
  });
  return { area, period, lines };
}

/**
 * A computed indicator taken apart by what its definition names, as far as the caller may see it. Null when the area is none of the caller's; nothing by
 * groups where it is of one group itself.
 */
export async function indicatorParts(
  tx: ScopedTx,
  asked: { area: number | undefined; period: Period; version: IndicatorVersion },
): Promise<IndicatorParts | null> {
  const area = await dashboardArea(tx, asked.area);
  if (!area) return null;
  const { period, version } = asked;
  const by = version.breakdowns.filter(isByGroups);
  const cells = by.length > 0 ? partsIn(await figuresOf(tx, area.id, period.key), version) : {};
  const asGroups = eligibleGroups.filter((group) =>
    by.some((one) => groupsOf(one, cells).some((part) => part === group)),
  );
  const isOfPeople = version.grain === 'person' && version.attribution === 'home';
  const living = isOfPeople ? await eligibleUnder(tx, area.id, asGroups, lastDayOf(period)) : null;
  const livingOf = (group: Group) => (living && asGroups.some((one) => one === group) ? living(area.id, group) : null);
  return {
    area,
    period,
    version,
    by: by.map((breakdown) => ({
      breakdown,
      rows: groupsOf(breakdown, cells).map((group) => ({ group, cell: cells[group], living: livingOf(group) })),
    })),
  };
}

const isByGroups = (key: string): key is Breakdown => key in breakdownGroups || key === 'organisation';

type Parts = Partial<Record<Group, Cell>>;

const partsIn = (figures: FigureOf, { measure }: IndicatorVersion): Parts =>
  Object.entries(figures).find(([one]) => one === measure)?.[1] ?? {};

function groupsOf(breakdown: Breakdown, cells: Parts): readonly Group[] {
  if (breakdown !== 'organisation') return breakdownGroups[breakdown];
  return Object.entries(cells)
    .filter(([group]) => group.startsWith('org_'))
    .sort(([, one], [, other]) => (other?.value ?? 0) - (one?.value ?? 0))
    .map(([group]) => group as Group);
}
