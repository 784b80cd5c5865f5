import type { Sql } from 'postgres';
import type { Capability } from '../../../db/capabilities';
import type { Named } from './matrix';
import type { Fields } from './portal';

/** One server action: who may post it, from which page, with what. */
export interface ActionRow {
  may: 'public' | 'signedIn' | Capability;
  /** The page the form stands on, in the sender's own unit. */
  page: (own: Named) => string;
  /** A whole form naming things of a unit; `own` are things of the sender's, for what only they could have. */
  fields: (named: Named, own: Named) => Fields;
  /** May name things of another unit on purpose (a resident signs up anywhere). */
  acrossUnits?: boolean;
  /** Sending it as somebody who may changes nothing that matters to the next row. */
  harmless?: boolean;
  /** Who sends it for real, once, and must get through. */
  works?: { as: string; fields?: (own: Named, sql: Sql) => Promise<Fields> };
  skip?: string;
}

/** The day so many days from today. */
export function inDays(days: number): string {
  return new Date(Date.now() + 7 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
}

/** Its day of the week, Monday 1. */
export function weekdayIn(days: number): number {
  return new Date(`${inDays(days)}T00:00:00Z`).getUTCDay() || 7;
}
