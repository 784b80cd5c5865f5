import { addDays } from '@/lib/kernel/clock';

/** A card holds so many days at most, the first included: never a whole year, leap or not. */
const mostDays = 365;

/** The last day a card given out on a day may hold. */
export const lastDayFrom = (day: string): string => addDays(day, mostDays - 1);

interface CardTimes {
  /** Days, `yyyy-mm-dd`; the last one included. */
  readonly validFrom: string;
  readonly validUntil: string;
  readonly revoked: boolean;
}

export type CardState = 'valid' | 'expired' | 'revoked';

/** How a card stands on a day. Revoked comes first: whoever shows it must not be let in for its dates. Not yet begun is not valid. */
export function cardState({ validFrom, validUntil, revoked }: CardTimes, today: string): CardState {
  if (revoked || today < validFrom) return 'revoked';
  return today > validUntil ? 'expired' : 'valid';
}
