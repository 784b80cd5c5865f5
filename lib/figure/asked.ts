import { z } from 'zod';
import { areaId, emptyAsMissing } from '@/lib/kernel/input';
import { periodKey } from '@/lib/period/schema';
import { isRowGroup, isRowMeasure } from './rules';
import type { Group, Measure } from './schema';

/** `/dashboard/rows?area=&period=&measure=&group=&page=`: what one figure is made of. */
export const rowsAddress = z.object({
  area: emptyAsMissing(areaId),
  period: emptyAsMissing(periodKey),
  measure: z.custom<Measure>((typed) => typeof typed === 'string' && isRowMeasure(typed)),
  group: z.custom<Group>((typed) => typeof typed === 'string' && isRowGroup(typed)).default('all'),
  page: emptyAsMissing(z.coerce.number().int().min(1).max(2000)),
});

/** `/dashboard/indicators?area=&period=`. */
export const indicatorsAddress = z.object({ area: emptyAsMissing(areaId), period: emptyAsMissing(periodKey) });

/** `/dashboard/quality?area=`. */
export const qualityAddress = z.object({ area: emptyAsMissing(areaId) });
