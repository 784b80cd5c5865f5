import { z } from 'zod';
import { areaId, day, emptyAsMissing, id, optionalText, text, ticked } from '@/lib/kernel/input';
import { dayOf } from '@/lib/kernel/clock';

export const referralWhys = ['work', 'studies', 'lives_there', 'wants_class', 'other'] as const;
export type ReferralWhy = (typeof referralWhys)[number];
export const referralAsks = ['class', 'visit', 'desk'] as const;
export type ReferralAsk = (typeof referralAsks)[number];
export type ReferralState = 'open' | 'accepted' | 'rejected' | 'withdrawn' | 'done';

/** Days a referral waits for an answer, and days the receiving unit reads the record after it took somebody on. */
export const openDays = 30;
export const acceptedDays = 90;
/** So long a returned one stands on the sender's day. */
export const returnedDays = 14;

/** Somebody handed to another unit, with the evidence of their consent: on paper, or by word of mouth before somebody who heard it. */
export const referForm = z
  .object({
    personId: id,
    toAreaId: areaId,
    why: z.enum(referralWhys, 'referralWhy'),
    asks: z.enum(referralAsks, 'referralAsk'),
    courseId: emptyAsMissing(id),
    note: optionalText(500),
    sharePhone: ticked,
    agreed: ticked.refine((given) => given, 'referralAgreed'),
    how: z.enum(['oral', 'paper'], 'wrong'),
    witness: optionalText(100),
  })
  .refine(({ how, witness }) => how === 'paper' || witness !== '', { path: ['witness'], message: 'referralWitness' });
export type Referring = z.output<typeof referForm>;

/** Who takes them on, by name; and where they live by now, when they moved here. */
export const acceptForm = z
  .object({
    referralId: id,
    takenBy: text(100, 'takenBy'),
    livesHere: ticked,
    homeId: emptyAsMissing(areaId),
    movedOn: emptyAsMissing(day.refine((on) => on <= dayOf(new Date()), 'movedFuture')),
  })
  .refine(({ livesHere, homeId }) => !livesHere || homeId !== undefined, { path: ['homeId'], message: 'chooseArea' });
export type Accepting = z.output<typeof acceptForm>;

export const returnForm = z.object({ referralId: id, reason: text(300, 'referralReason') });
export const referralForm = z.object({ referralId: id });

/** `/manage/referrals?done=`. */
export interface ReferralLine {
  readonly id: string;
  /** Whole for the unit that sent it while the person lives there; masked for the one that receives it. */
  readonly name: string;
  readonly unit: string;
  readonly asks: ReferralAsk;
  readonly course: string | null;
  readonly why: ReferralWhy;
  readonly state: ReferralState;
  readonly expired: boolean;
  readonly stateAt: Date;
  readonly sentAt: Date;
}

export interface ReferralStep {
  readonly toState: ReferralState;
  readonly at: Date;
  readonly by: string | null;
  readonly note: string;
}

export interface ReferralRecord extends ReferralLine {
  readonly personId: string;
  readonly from: string;
  readonly to: string;
  readonly toAreaId: number;
  readonly note: string;
  readonly sharePhone: boolean;
  readonly expiresAt: Date;
  readonly takenBy: string | null;
  readonly mineToSend: boolean;
  readonly mineToReceive: boolean;
  /** Stands and has not run out. */
  readonly live: boolean;
  readonly steps: readonly ReferralStep[];
}

/** What the receiving unit needs of somebody; the phone only where they agreed to it. */
export interface ReferredPerson {
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly phone: string | null;
}

/** A referral as its person sees it on their card. */
export interface OwnReferral {
  readonly id: string;
  readonly to: string;
  readonly asks: ReferralAsk;
  readonly sentAt: Date;
  readonly expiresAt: Date;
}
