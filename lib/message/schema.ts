import { z } from 'zod';
import { addressId, areaId, countTyped, emptyAsMissing, id, ticked } from '@/lib/kernel/input';
import { momentOf } from '@/lib/kernel/clock';

/** What somebody in a class is told, the household of a home on a round, and a helper. */
const classPurposes = ['offer', 'place', 'change', 'class_off', 'evening', 'morning'] as const;
export type ClassPurpose = (typeof classPurposes)[number];
const homePurposes = ['visit', 'visit_off', 'visit_soon'] as const;
export type HomePurpose = (typeof homePurposes)[number];
const helperPurposes = ['ask', 'let_go', 'round', 'round_off'] as const;
export type HelperPurpose = (typeof helperPurposes)[number];
export type MessagePurpose = ClassPurpose | HomePurpose | HelperPurpose;
export const messageChannels = ['zalo', 'sms', 'email'] as const;
export type MessageChannel = (typeof messageChannels)[number];
export type MessageState =
  'waiting' | 'sending' | 'sent' | 'delivered' | 'to_call' | 'told' | 'unsent' | 'withdrawn' | 'expired';

/** What comes of telling somebody by hand: four of a call, and the text sent from one's own phone. */
export const callOutcomes = ['reached', 'by_hand', 'no_answer', 'wrong_number', 'no_calls'] as const;
export type CallOutcome = (typeof callOutcomes)[number];

/** What the page of messages shows: whom to call, what waits, what went out, what did not. */
export const messageShows = ['call', 'waiting', 'sent', 'failed', 'ended'] as const;
export type MessageShow = (typeof messageShows)[number];
export const statesOf: Readonly<Record<MessageShow, readonly MessageState[]>> = {
  call: ['to_call'],
  waiting: ['waiting', 'sending'],
  sent: ['sent', 'delivered', 'told'],
  failed: ['unsent', 'expired'],
  ended: ['withdrawn'],
};
export const messagesPerPage = 30;

/** Where in the list of calls somebody stands: to be rung first, with more time, or rung a moment ago without an answer. */
export const callTurns = ['first', 'later', 'again'] as const;
export type CallTurn = (typeof callTurns)[number];
const turn = emptyAsMissing(z.enum(callTurns, 'wrong'));

/** The page of messages as its address says; what cannot be read is left out. */
export const messageList = z.object({
  show: z.enum(messageShows).catch('call'),
  class: emptyAsMissing(addressId).catch(undefined),
  page: z.coerce.number().int().min(1).max(1000).catch(1),
  /** The part of the list of calls that is looked at. */
  turn: turn.catch(undefined),
});
export type MessageList = z.output<typeof messageList>;

/** What came of one call, in which everything was told that is to be told to somebody. */
export const outcomeInput = z.object({
  messageId: z.preprocess(
    (sent) => (sent === undefined ? [] : [sent].flat()),
    z.array(id, 'wrong').min(1, 'wrong').max(messagesPerPage, 'tooMany'),
  ),
  outcome: z.enum(callOutcomes, 'chooseOutcome'),
  /** Where one comes from: the list of one class, and the part of the list. */
  class: emptyAsMissing(addressId),
  turn,
});

/** An address for e-mail, as people type it. */
const email = emptyAsMissing(
  z
    .string('emailShape')
    .max(200, 'emailShape')
    .transform((typed) => typed.trim())
    .pipe(z.email('emailShape').max(200, 'emailShape')),
);

/** How somebody wants to be told. What is ticked needs that they were read the words and said yes. */
export const choiceInput = z
  .object({
    personId: id,
    zalo: ticked,
    sms: ticked,
    email,
    noCalls: ticked,
    how: z.enum(['oral', 'paper'], 'chooseHow').default('oral'),
    agreed: ticked,
  })
  .refine((one) => one.agreed || !(one.zalo || one.sms || one.email), {
    path: ['agreed'],
    message: 'messagesNotAgreed',
  });
export type ChoiceInput = z.output<typeof choiceInput>;

/** By one's own card: what is ticked stays, the rest ends. */
export const ownChoiceInput = z.object({ zalo: ticked, sms: ticked, email: ticked, noCalls: ticked });
export type OwnChoiceInput = z.output<typeof ownChoiceInput>;

/** A helper's own. */
export const helperChoiceInput = z.object({ zalo: ticked, sms: ticked, email, noCalls: ticked });
export type HelperChoiceInput = z.output<typeof helperChoiceInput>;

/** A helper's without an account, as whoever plans with them writes it down: what is ticked needs that they were read the words and said yes. */
export const memberChoiceInput = helperChoiceInput
  .extend({ memberId: id, agreed: ticked })
  .refine((one) => one.agreed || !(one.zalo || one.sms || one.email), {
    path: ['agreed'],
    message: 'helperNotAgreed',
  });
export type MemberChoiceInput = z.output<typeof memberChoiceInput>;

/** A number of messages, which must be typed: nothing typed is not none. */
const budget = countTyped().pipe(z.number('countShape').max(1_000_000, 'countShape'));

/** A month, `yyyy-mm`. */
export const month = z.string('monthShape').regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'monthShape');

export const budgetInput = z.object({ areaId, month, allowed: budget });

/** Paid messages (Zalo, text) a unit may send in a month where nobody said otherwise. */
export const usualBudget = 1500;

/** Of a month its first day, as `message_budget` keeps it. */
export const monthStart = (of: string) => `${of}-01`;
export const monthOf = (now: Date) => new Date(now.getTime() + 7 * 3_600_000).toISOString().slice(0, 7);

/** Nobody is written to or rung between these hours. Sending stops a minute before, so that what is on its way arrives in time. */
export const quiet = { from: '21:00', lastSent: '20:59', until: '07:00' } as const;

/** Whether nothing is sent at this moment; `margin` is the minute before. */
export function isQuiet(now: Date, margin = true): boolean {
  const time = new Date(now.getTime() + 7 * 3_600_000).toISOString().slice(11, 16);
  return time >= (margin ? quiet.lastSent : quiet.from) || time < quiet.until;
}

/** When the quiet hours that are, or come next, end: seven in the morning. */
export function quietEnds(now: Date): Date {
  const local = new Date(now.getTime() + 7 * 3_600_000).toISOString();
  const today = momentOf(local.slice(0, 10), quiet.until);
  return today > now ? today : new Date(today.getTime() + 86_400_000);
}

/** When the next quiet hours begin. */
export function quietBegins(now: Date): Date {
  const local = new Date(now.getTime() + 7 * 3_600_000).toISOString();
  return momentOf(local.slice(0, 10), quiet.from);
}

export interface MessageLine {
  readonly id: string;
  readonly purpose: MessagePurpose;
  readonly state: MessageState;
  readonly why: string | null;
  readonly channel: MessageChannel | null;
  /** What it is about: a class or a round. */
  readonly classId: string | null;
  readonly roundId: string | null;
  /** The class, or the village of the round. */
  readonly title: string;
  /** A resident somebody knows; nobody where it is a helper, or whoever asked for a visit is not known. */
  readonly personId: string | null;
  readonly fullName: string;
  readonly at: Date;
  readonly expiresAt: Date;
  /** What was, or would be, said; null where nothing is to be said any more, or it was erased. */
  readonly text: string | null;
}

/** Somebody to be told by hand, with the words as they are true now. */
export interface CallLine extends MessageLine {
  readonly phone: string | null;
  readonly phoneOfRelative: boolean;
  readonly wrongNumber: boolean;
  readonly tried: number;
  readonly triedAt: Date | null;
  readonly turn: CallTurn;
  readonly text: string;
}
