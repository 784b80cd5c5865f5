import type { ScopedTx } from '@/lib/access/scoped';
import { footingOf, indicatorValues } from '@/lib/indicator/queries';
import type { Period } from '@/lib/period/schema';
import { standings } from '@/lib/target/queries';
import { dashboardArea } from './reading';
import type { IndicatorSheet } from './rules';

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
