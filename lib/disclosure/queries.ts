import type { ScopedTx } from '@/lib/access/scoped';

/**
 * Whether a row of `figure f` tells the caller anything. That a number is hidden does not where they may look people up: what they see is exact, and of nobody
 * there is no exact row.
 */
export const tellsCaller = (tx: ScopedTx) =>
  tx`(f.value is not null or not f.area_id = any(coalesce((select may_areas('person.read')), '{}')))`;
