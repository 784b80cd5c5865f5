/** What an indicator says of one area and period. */
export interface IndicatorValue {
  /** The registry's code, `R01` to `R30`. */
  readonly code: string;
  readonly nameVi: string;
  readonly nameEn: string;
  /** What the value counts: a key of the messages under `indicator.unit`. */
  readonly unit: string;
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
