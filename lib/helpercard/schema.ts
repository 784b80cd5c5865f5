import { z } from 'zod';
import { day, emptyAsMissing, id, optionalText, text } from '@/lib/kernel/input';
import { isSerial, serialLength } from '@/lib/kernel/serial';
import type { Organisation } from '@/lib/team/schema';
import type { CardState } from './rules';

/** A code, however it was typed: small letters, spaces and dashes are fine. What its check sign refuses was typed wrong. */
const codeTyped = z
  .string('helperCodeShape')
  .max(100, 'helperCodeShape')
  .transform((typed) =>
    typed
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[\s.\-–—_]/g, ''),
  )
  .refine((typed) => typed.length === serialLength, 'helperCodeShape')
  .refine((typed) => typed.length !== serialLength || isSerial(typed), 'helperCodeTypo');

/** What a stranger asks: a code, and the initials of the name on the card where they are asked for. */
export const helperCheckInput = z.object({ code: codeTyped, initials: emptyAsMissing(text(40)) });

export const issueInput = z.object({ memberId: id, until: day });
export const issueAllInput = z.object({ teamId: id, until: day });

/** Why somebody ends a card by hand; `replaced` and `left` follow from what else is done. */
export const endedBecause = ['lost', 'mistake', 'other'] as const;
type CardEnd = (typeof endedBecause)[number] | 'replaced' | 'left';
export const revokeInput = z
  .object({ cardId: id, because: z.enum(endedBecause, 'chooseReason'), note: optionalText(300) })
  .refine(({ because, note }) => because !== 'other' || note !== '', { path: ['note'], message: 'reasonRequired' });
export type CardRevocation = z.output<typeof revokeInput>;

/** Whose cards are printed. */
export const printAsked = z.object({ member: id.optional().catch(undefined) });

/** A card of a member, as those who give it out look at it. */
export interface HelperCardLine {
  readonly id: string;
  readonly code: string;
  readonly validFrom: string;
  readonly validUntil: string;
  readonly state: CardState;
  readonly revokedAt: Date | null;
  readonly revokedBecause: CardEnd | null;
  readonly revokedNote: string;
}

/** What stands on a printed card. */
export interface PrintedHelperCard {
  readonly code: string;
  readonly fullName: string;
  readonly team: string;
  readonly organisation: Organisation;
  readonly unit: string;
  readonly validFrom: string;
  readonly validUntil: string;
}

/**
 * What a stranger is told of a code. Nobody's name: they compare with the card in their hand. `more`: too many wrong codes came, so that
 * the initials on the card are asked for too.
 */
export type HelperCheck =
  | { readonly verdict: 'unknown' | 'more' | 'revoked' }
  | { readonly verdict: 'expired'; readonly until: string }
  | {
      readonly verdict: 'valid';
      readonly team: string;
      readonly organisation: Organisation;
      readonly unit: string;
      readonly until: string;
    };

/** Who helps where today, in public facts only. */
export interface WorkToday {
  readonly kind: 'class' | 'desk' | 'round' | 'point';
  /** The team's, or the desk's. */
  readonly name: string;
  readonly unitId: number;
  readonly unit: string;
  /** The village, or the unit itself. */
  readonly place: string;
  readonly venue: string;
  readonly address: string;
  readonly startsAt: string;
  readonly endsAt: string;
}
