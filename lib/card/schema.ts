import { z } from 'zod';
import { answer, slipForm, type Slip } from '@/lib/enrolment/schema';
import type { MarkState } from '@/lib/register/rules';
import { birthYear, emptyAsMissing, id, paperCode, ticked } from '@/lib/kernel/input';
import { phoneNumber } from '@/lib/kernel/phone';
import { tidy } from '@/lib/kernel/text';

/** What besides the code a card's holder knows: one is enough, unless many wrong tries came from the same place. */
const factors = {
  birthYear,
  /** The last three digits of the phone; whoever types the whole number is understood. */
  digits: z
    .string()
    .max(60, 'digitsShape')
    .default('')
    .transform((typed) => typed.normalize('NFKC').replace(/\D/g, ''))
    .refine((typed) => typed === '' || typed.length >= 3, 'digitsShape')
    .transform((typed) => typed.slice(-3)),
  name: z.string().max(200, 'tooLong').default('').transform(tidy),
};
export interface Factors {
  readonly birthYear?: number | undefined;
  readonly digits: string;
  readonly name: string;
}

/** The one field of /my: a slip's code (eight signs), or a card's (nine) and in a second step what else its holder knows. */
export const codeForm = slipForm.extend({ code: paperCode, second: ticked, ...factors });

/** How many signs a card's code has. */
export const cardCodeLength = 9;

/** The same for whoever has a slip in hand already. */
export const factorsForm = z.object(factors);

/** Whether anything was typed that could prove whose card it is. */
export const saysSomething = ({ birthYear: year, digits, name }: Factors) =>
  year !== undefined || digits !== '' || name !== '';

export const ownSessionForm = z.object({ sessionId: id });
export const ownEnrolmentForm = z.object({ enrolmentId: id });
export const ownAnswerForm = ownEnrolmentForm.extend({ answer });

/** A new number, first typed, then confirmed as it was understood. */
export const phoneForm = z.object({
  phone: emptyAsMissing(
    z
      .string('phoneShape')
      .transform((typed) => phoneNumber(typed))
      .refine((number) => number !== null, 'phoneShape'),
  ),
  phoneOf: z.enum(['self', 'relative'], 'wrong').default('self'),
  sure: ticked,
});

export const withdrawForm = z.object({ understood: ticked.refine((given) => given, 'withdrawTick') });

/** Staff make or replace somebody's card. */
export const cardOfForm = z.object({ personId: id });

/** A session of a class the holder is enrolled in, as their card shows it. */
export interface OwnSession {
  readonly id: string;
  readonly classTitle: string;
  readonly lesson: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly status: 'published' | 'held' | 'cancelled' | 'did_not_happen';
  readonly note: string;
  /** When it was to begin at first; null when it was not moved. */
  readonly movedFrom: Date | null;
  readonly venue: string;
  readonly address: string;
  readonly wayThere: string;
  readonly bring: string;
  readonly hotline: string;
  readonly skills: readonly string[];
  readonly state: MarkState | null;
  readonly byDefault: boolean;
  readonly finished: boolean;
}

export interface OwnEnrolment extends Pick<
  Slip,
  'answerBy' | 'placeInQueue' | 'kept' | 'unconfirmedUntil' | 'hotline'
> {
  readonly id: string;
  readonly classId: string;
  readonly title: string;
  readonly status: 'waitlisted' | 'offered' | 'confirmed';
  readonly firstStartsAt: Date | null;
  readonly lastEndsAt: Date | null;
  readonly nextStartsAt: Date | null;
  readonly placeName: string;
  readonly venue: string;
}

export interface Holder {
  readonly fullName: string;
  readonly code: string;
  readonly placeName: string;
  readonly unitId: number | null;
  readonly phoneHint: string | null;
}

/** One can-do statement as a stamp: filled once the holder does it alone. */
export interface Stamp {
  readonly code: string;
  readonly title: string;
  readonly canDo: string;
  readonly core: boolean;
  readonly since: Date | null;
}

export interface StampDomain {
  readonly code: string;
  readonly name: string;
  readonly stamps: readonly Stamp[];
}

/** Who read the record: never the official's name. `own` readings of a day are counted together. */
export interface Reading {
  readonly at: Date;
  readonly own: boolean;
  readonly times: number;
  readonly role: string | null;
  readonly place: string | null;
  readonly purpose: string | null;
  /** From another unit: what for. */
  readonly why: string | null;
}

/** Somebody's card as those see it who print it. */
export interface StaffCard {
  readonly fullName: string;
  readonly code: string | null;
  readonly since: Date | null;
  /** It was tried too often: only another card helps. */
  readonly blocked: boolean;
  /** When the holder last changed the phone themselves. */
  readonly phoneChangedAt: Date | null;
  /** The consent was withdrawn: no card is made without a new one. */
  readonly withdrawn: boolean;
}

/** Everything kept about a holder, as they take it with them. */
export interface OwnRecord {
  readonly person: {
    readonly fullName: string;
    readonly birthYear: number | null;
    readonly gender: 'female' | 'male' | 'other' | null;
    readonly livesIn: string;
    readonly phone: string | null;
    readonly phoneOf: 'self' | 'relative' | null;
    readonly keptSince: Date;
  };
  readonly enrolments: readonly {
    readonly class: string;
    readonly place: string;
    readonly status: string;
    readonly since: Date;
    readonly slip: string;
    readonly channel: string;
    readonly signedUpBy: string | null;
    readonly signedUpAt: Date;
  }[];
  readonly attendance: readonly {
    readonly class: string;
    readonly lesson: string | null;
    readonly sessionAt: Date;
    readonly state: MarkState;
    readonly minutesLate: number | null;
    readonly walkIn: boolean;
    readonly markedAt: Date;
  }[];
  readonly skills: readonly {
    readonly skillCode: string;
    readonly skill: string | null;
    readonly level: number;
    readonly source: 'session' | 'recheck' | 'own_claim' | 'visit';
    readonly observedAt: Date;
    readonly help: string;
  }[];
  readonly certificates: readonly {
    readonly serial: string;
    readonly course: string;
    readonly initials: string;
    readonly issuedAt: Date;
    readonly revokedAt: Date | null;
    readonly revokedCode: string | null;
  }[];
  readonly consents: readonly {
    readonly purpose: string;
    readonly textVersion: number;
    readonly given: boolean;
    readonly how: string;
    readonly representative: string | null;
    readonly at: Date;
    readonly withdrawnAt: Date | null;
  }[];
  readonly needs: readonly { readonly kind: string; readonly at: Date; readonly withdrawnAt: Date | null }[];
  /** From when until when they were linked to the people they live with. */
  readonly households: readonly { readonly joinedAt: Date; readonly leftAt: Date | null }[];
  /** Help at desks: what for, where, how much of it they did themselves, and whether they agreed to be invited to a class. */
  readonly assists: readonly {
    readonly at: Date;
    readonly need: string;
    readonly desk: string;
    readonly level: number;
    readonly minutes: number;
    readonly referredTo: string | null;
    readonly mayInvite: boolean;
  }[];
  /** What they have and lack before skills: the step, what was answered, who or what it rests on. */
  readonly steps: readonly {
    readonly at: Date;
    readonly code: string;
    readonly step: string;
    readonly answer: 'yes' | 'no' | 'unknown';
    readonly source: 'self' | 'seen' | 'relative' | 'list';
  }[];
  /** What came of visits and calls, in the words of whoever wrote it down, and for how long nobody was to come. */
  readonly followUps: readonly {
    readonly at: Date;
    readonly what: string;
    readonly words: string;
    readonly until: Date | null;
  }[];
  /** Visits that were asked for, and what was recorded of those that took place. */
  readonly visitRequests: readonly {
    readonly at: Date;
    readonly needs: readonly string[];
    readonly words: string;
    readonly closedBecause: string | null;
  }[];
  readonly visits: readonly {
    readonly at: Date;
    readonly outcome: string;
    readonly minutes: number | null;
    readonly words: string;
  }[];
  /** How they chose to be told of their classes, and what they were told; `values` are what a message said, while that is kept. */
  readonly messageChoice: {
    readonly zalo: boolean;
    readonly sms: boolean;
    readonly email: string | null;
    readonly noCallsAt: Date | null;
    readonly changedAt: Date;
  } | null;
  readonly messages: readonly {
    readonly about: string;
    /** Null of a visit at home. */
    readonly class: string | null;
    readonly state: string;
    readonly channel: string | null;
    readonly madeAt: Date;
    readonly values: unknown;
  }[];
  readonly cards: readonly {
    readonly code: string;
    readonly createdAt: Date;
    readonly endedAt: Date | null;
    readonly endedWhy: string | null;
  }[];
  readonly readings: readonly Reading[];
}
