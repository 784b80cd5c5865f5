import type { ScopedTx } from '@/lib/access/scoped';
import type { Period } from '@/lib/period/schema';
import type { IndicatorValue } from './schema';

/**
 * Every indicator of the registry for one area and period, in the registry's order, as far as the caller may see it; with `byAnyone` as anybody
 * who reads figures there may see it, whatever more the caller may: for what is handed on to others.
 */
export async function indicatorValues(
  _tx: ScopedTx,
  _areaId: number,
  _period: Period,
  _seen: 'byCaller' | 'byAnyone' = 'byCaller',
): Promise<IndicatorValue[]> {
  return [];
}
