import { z } from 'zod';
import { indicatorCode } from '@/lib/indicator/schema';
import { areaId, countTyped, optionalText } from '@/lib/kernel/input';
import { periodKey } from '@/lib/period/schema';

/** The form of one target: a count, or per cent of the whole where the indicator is a share. Left empty it takes the target back. */
export const targetInput = z.object({
  areaId,
  period: periodKey,
  indicator: indicatorCode,
  value: countTyped(),
  source: optionalText(200),
});
export type TargetInput = z.output<typeof targetInput>;

/** The page's address. What is not understood is left out. */
export const targetAddress = z.object({
  area: areaId.optional().catch(undefined),
  period: periodKey.optional().catch(undefined),
  indicator: indicatorCode.optional().catch(undefined),
  done: z.enum(['set', 'taken']).optional().catch(undefined),
});

/** A target that holds for an area and period, and whose it is: the area's own, or that of one above (shares only). */
export interface TargetSet {
  readonly code: string;
  readonly value: number;
  readonly source: string;
  readonly areaId: number;
  readonly areaNameVi: string;
  readonly areaNameEn: string;
  /** The period it was set for: the one asked about, or the same year of the other calendar. */
  readonly period: string;
}

/** What is gained from month to month before today, the oldest first, and the sessions held in the same months. */
export interface Past {
  readonly gains: readonly number[];
  readonly sessions: readonly number[];
  /** The gains are everybody's in proportion, of a group whose own months are not told: by chance those differ more. */
  readonly inProportion?: true;
}

/** Where one expects to stand at the period's end; the band is null where too few months are known. */
export interface Forecast {
  readonly value: number;
  readonly band: { readonly low: number; readonly high: number } | null;
}

/** An indicator against its target. Null where nothing can be said; `hidden` where so few people are behind it. */
export interface Standing {
  readonly code: string;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly unit: string;
  readonly shownAs: 'count' | 'share';
  /** What the value counts, and of how many. */
  readonly actual: number | null;
  readonly of: number | null;
  readonly hidden: boolean;
  readonly target: TargetSet | null;
  /** Where one would stand today on an even way to the target. */
  readonly pace: number | null;
  readonly forecast: Forecast | null;
  /** Sessions more, at the area's own yield, to close the gap. */
  readonly sessions: number | null;
  /** Sessions that what is left of the period brings at the area's own tempo, so that the number above can be judged; null where none are needed. */
  readonly room: number | null;
  /** The months of its group are not told: both were reckoned from the year as a whole (`gainsOfYears`). */
  readonly byYear: boolean;
}

/** A target as it was set, for the history. */
export interface TargetLine {
  readonly id: number;
  readonly code: string;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly shownAs: 'count' | 'share';
  readonly value: number | null;
  readonly source: string;
  readonly period: string;
  readonly recordedBy: string | null;
  readonly by: string | null;
  readonly at: Date;
}
