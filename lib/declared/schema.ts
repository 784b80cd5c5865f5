import { z } from 'zod';
import { sourceDay, sourceName } from '@/lib/eligible/schema';
import { indicatorCode } from '@/lib/indicator/schema';
import { areaId, countTyped, optionalText } from '@/lib/kernel/input';
import { periodKey } from '@/lib/period/schema';

/** The form of one declared figure. Whether the indicator wants a whole ("of how many") is the registry's to say. */
export const declaredInput = z
  .object({
    areaId,
    period: periodKey,
    indicator: indicatorCode,
    value: countTyped(),
    of: countTyped(),
    source: sourceName,
    asOf: sourceDay,
    note: optionalText(500),
  })
  .superRefine(({ value, of }, issues) => {
    // Said here: a field that was not sent at all passes by what is asked of the field itself.
    if (value === undefined) issues.addIssue({ code: 'custom', path: ['value'], message: 'countShape' });
    else if (of !== undefined && (of === 0 || of < value))
      issues.addIssue({ code: 'custom', path: ['of'], message: 'lessThanPart' });
  })
  .transform(({ value = 0, of, ...rest }) => ({ ...rest, value, of: of ?? null }));
export type DeclaredInput = z.output<typeof declaredInput>;

/** The page's address. What is not understood is left out. */
export const declaredAddress = z.object({
  area: areaId.optional().catch(undefined),
  period: periodKey.optional().catch(undefined),
  indicator: indicatorCode.optional().catch(undefined),
  done: z.literal('saved').optional().catch(undefined),
});

/** One thing said, with who said it when; `newest` is the one that counts. */
export interface DeclaredLine {
  readonly id: number;
  readonly code: string;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly shownAs: 'count' | 'share';
  readonly value: number;
  readonly denominator: number | null;
  readonly source: string;
  readonly asOf: string;
  readonly note: string;
  readonly recordedBy: string | null;
  readonly by: string | null;
  readonly at: Date;
  readonly newest: boolean;
}
