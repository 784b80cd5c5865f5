import { z } from 'zod';
import { areaId, day, emptyAsMissing, id } from '@/lib/kernel/input';

/** The audit page's address: filters, and the last event already seen (`before`). What does not fit is as if not there. */
export const auditAddress = z.object({
  action: z
    .string()
    .regex(/^[a-z_]{1,40}(\.[a-z_]{1,40}){0,2}$/)
    .optional()
    .catch(undefined),
  account: id.optional().catch(undefined),
  area: emptyAsMissing(areaId).catch(undefined),
  from: emptyAsMissing(day).catch(undefined),
  until: emptyAsMissing(day).catch(undefined),
  before: id.optional().catch(undefined),
});
export type AuditFilter = z.output<typeof auditAddress>;
