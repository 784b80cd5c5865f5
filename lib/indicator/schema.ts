import { z } from 'zod';

/** What an indicator says of one area and period. */
export interface IndicatorValue {
  /** The registry's code, `R01` to `R30`; the second figure of an indicator that has two ends in `b` (`R16b`). */
  readonly code: string;
  readonly nameVi: string;
  readonly nameEn: string;
  /** What the value counts: a key of the messages under `indicator.unit`. */
  readonly unit: string;
  /** What is said in words only (`R30`, unit `text`) counts as declared and has no value. */
  readonly kind: 'computed' | 'declared';
  /** Null where nothing can be said ("—") or where it is hidden. */
  readonly value: number | null;
  /** Of how many; null where the indicator is no share, and as above. */
  readonly of: number | null;
  /** So few people that the figure is not shown to the caller, or hidden so that such a figure cannot be worked out. */
  readonly hidden: boolean;
  /** Where a declared value comes from, and the day it speaks of (`yyyy-mm-dd`). */
  readonly source: string | null;
  readonly asOf: string | null;
  /** When a computed one was counted. */
  readonly computedAt: Date | null;
}

export type IndicatorKind = 'computed' | 'declared' | 'remark';

/** One version of an indicator: what it counts, of what, where from. Words in both languages; the rest are keys of messages. */
export interface IndicatorVersion {
  readonly code: string;
  readonly kind: IndicatorKind;
  readonly version: number;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly nameVi: string;
  readonly nameEn: string;
  readonly numeratorVi: string;
  readonly numeratorEn: string;
  readonly denominatorVi: string;
  readonly denominatorEn: string;
  readonly sourceVi: string;
  readonly sourceEn: string;
  readonly unit: string;
  readonly shownAs: 'count' | 'share';
  readonly grain: string;
  readonly boundary: 'inPeriod' | 'atEnd' | 'onDay';
  readonly attribution: string;
  readonly breakdowns: readonly string[];
  readonly measure: string | null;
  readonly groups: readonly string[];
  readonly whole: 'none' | 'figure' | 'eligible' | 'declared';
  readonly wholeGroup: string | null;
  readonly evidence: 'found' | 'inferred' | 'new';
}

export const indicatorCode = z.string('chooseIndicator').regex(/^R\d\db?$/, 'chooseIndicator');

/** What was said last of a declared indicator. No value where it is to be added up and not all have spoken; the source then says how many have. */
export interface DeclaredValue {
  readonly code: string;
  readonly value: number | null;
  readonly denominator: number | null;
  readonly source: string;
  readonly asOf: string | null;
}

/** What one area said: the one asked about itself, or a unit right below it. */
export interface DeclaredSaid extends DeclaredValue {
  readonly own: boolean;
  readonly value: number;
  readonly asOf: string;
}

/** A cell of the figures as it came: hidden where its value is. */
export interface FigureCell {
  readonly period: string;
  readonly measure: string;
  readonly grp: string;
  readonly value: number | null;
  readonly denominator: number | null;
  readonly computedAt: Date;
}
