import { z } from 'zod';

/** The two ways months are cut: calendar months, and the administration's, which run from the 15th of the month before to the 14th. */
export const calendars = ['calendar', 'administrative'] as const;
export type CalendarKind = (typeof calendars)[number];

export const grains = ['month', 'quarter', 'year'] as const;
export type Grain = (typeof grains)[number];

const shape = /^(k?)(20\d\d)(?:-(?:q([1-4])|(0[1-9]|1[0-2])))?$/;

/**
 * A period as addresses and tables write it: `2026`, `2026-q4`, `2026-11` by the calendar; the same with a `k` in front (`k2026-11`: from
 * 15 October to 14 November) as the administration counts.
 */
export const periodKey = z.string().regex(shape, 'wrong');

export interface Period {
  readonly key: string;
  readonly calendar: CalendarKind;
  readonly grain: Grain;
  readonly year: number;
  /** 1 for a year; else which quarter or month of it. */
  readonly nth: number;
  /** First day, and the first day after it (`yyyy-mm-dd`). */
  readonly from: string;
  readonly to: string;
}

export { shape as periodShape };
