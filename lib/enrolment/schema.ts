import { z } from 'zod';
import { addressId, areaId, emptyAsMissing, id, slipCode, ticked, wholeNumber } from '@/lib/kernel/input';
import { phoneNumber } from '@/lib/kernel/phone';
import { fold, tidy } from '@/lib/kernel/text';

/** The choice "I live elsewhere" in the list of villages. */
export const elsewhere = 'elsewhere';

/** A name as people write theirs: letters of any language, spaces, dots, dashes, apostrophes. */
export const personName = (missing: string) =>
  z
    .string(missing)
    .max(20_000, 'tooLong')
    .transform(tidy)
    .pipe(
      z
        .string()
        .min(1, missing)
        .max(100, 'tooLong')
        .regex(/^[\p{L}\p{M} .'’-]+$/u, 'nameShape')
        .refine((name) => fold(name) !== '', 'nameShape'),
    );

export const phoneTyped = emptyAsMissing(
  z.string('phoneShape').transform((typed, issues) => {
    const number = phoneNumber(typed);
    if (number === null) issues.addIssue({ code: 'custom', message: 'phoneShape' });
    return number ?? '';
  }),
);

/** Who is to learn: somebody typed in, or a person already found. */
export type Learner =
  | {
      readonly fullName: string;
      readonly phone: string | null;
      readonly phoneOf: 'self' | 'relative';
      readonly areaId: number;
      readonly birthYear: number | null;
      /** Staff looked for them and say it is none of those already known. */
      readonly isNew?: boolean;
    }
  | { readonly personId: string };

export interface Enrolment {
  readonly classId: string;
  readonly formKey: string;
  readonly learner: Learner;
  /** The field of the form that says where the learner lives. */
  readonly placeField?: 'village' | 'unit' | 'areaId';
  /** What follows the names of the fields of this person, where a form asks about several: '' for the first, '2', '3' … */
  readonly row?: string;
  /** Who signed up for somebody else; null when people did it themselves. */
  readonly signedUpBy: string | null;
  readonly consent: {
    readonly version: number;
    readonly how: 'self' | 'oral' | 'paper' | 'representative';
    readonly witness?: string | null;
  };
}

/** What enrolling ended in. `repeated`: the same form had come before and nothing new was written. */
export interface Enrolled {
  readonly enrolmentId: string;
  readonly code: string;
  readonly status: string;
  readonly repeated: boolean;
}

/** The form that opens a slip; the name is asked for only after many wrong codes from the same place. */
export const slipForm = z.object({
  code: slipCode,
  name: z.string().max(200, 'tooLong').default('').transform(tidy),
});

/** A meeting as the slip tells it. */
export interface SlipSession {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly cancelled: boolean;
  /** When it was to begin at first; null when it was not moved. */
  readonly movedFrom: Date | null;
  /** Only when it is held elsewhere than the class. */
  readonly venue: string | null;
  readonly note: string;
}

/** A slip as its holder sees it. */
export interface Slip {
  readonly enrolmentId: string;
  readonly code: string;
  readonly status: SlipStatus;
  readonly fullName: string;
  readonly signedUpBy: string | null;
  readonly classId: string;
  readonly classTitle: string;
  readonly classOver: boolean;
  readonly classStatusReason: string | null;
  readonly venue: string;
  readonly address: string;
  readonly wayThere: string;
  readonly placeName: string;
  readonly bring: string;
  readonly hotline: string;
  readonly teamName: string;
  readonly sessions: readonly SlipSession[];
  /** 1 for whoever is next; null when not waiting. */
  readonly placeInQueue: number | null;
  /** Until when an offer waits for its answer. */
  readonly answerBy: Date | null;
  /** Until when somebody has to vouch for this place; null when it is a place like any. */
  readonly unconfirmedUntil: Date | null;
  /** For whoever waits: places kept for others, and when they go to everybody. */
  readonly kept: (KeptPlaces & { readonly mine: boolean }) | null;
}

/** The states of an enrolment a slip speaks of; `over` for all that a finished class leaves behind. */
export type SlipStatus =
  'confirmed' | 'offered' | 'waitlisted' | 'cancelled' | 'offerGone' | 'moved' | 'classCancelled' | 'over';

/** Whom a class may keep places for, as stored. */
export const reservedGroups = ['over_60', 'own_village', 'disability', 'poor_household'] as const;
export type ReservedGroup = (typeof reservedGroups)[number];

/** Places still kept for a group, and until when. */
export interface KeptPlaces {
  readonly places: number;
  readonly group: ReservedGroup;
  readonly until: Date;
}

/** A class's seats as its organiser sets them. */
export interface Places {
  readonly capacity: number;
  /** Held back by staff. */
  readonly held: number;
  readonly reservedPlaces: number;
  readonly reservedFor: ReservedGroup | null;
  /** How long an offered seat waits for its answer; 0 confirms at once. */
  readonly offerHours: number;
}

/** The part of a class's form that sets its places. */
export const placesFields = {
  held: emptyAsMissing(wholeNumber(0, 500, 'heldRange')),
  reservedPlaces: emptyAsMissing(wholeNumber(0, 500, 'reservedRange')),
  reservedFor: emptyAsMissing(z.enum(reservedGroups, 'wrong')),
  offerHours: emptyAsMissing(wholeNumber(0, 168, 'offerHoursRange')),
};
type PlacesTyped = { capacity: number } & { [K in keyof typeof placesFields]?: z.output<(typeof placesFields)[K]> };

/** What of those fields does not go together. */
export function placesGoTogether(typed: PlacesTyped, context: z.RefinementCtx): void {
  const places = typed.reservedPlaces ?? 0;
  const wrong = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
  if (places > typed.capacity) wrong('reservedPlaces', 'reservedAboveCapacity');
  if (places > 0 && typed.reservedFor === undefined) wrong('reservedFor', 'chooseReservedFor');
}

/** Those fields as places; what was not sent stays as it was. */
export function placesOf(typed: PlacesTyped, before: Omit<Places, 'capacity'>): Places {
  const reservedPlaces = typed.reservedPlaces ?? before.reservedPlaces;
  return {
    capacity: typed.capacity,
    held: typed.held ?? before.held,
    reservedPlaces,
    reservedFor: reservedPlaces > 0 ? (typed.reservedFor ?? before.reservedFor) : null,
    offerHours: typed.offerHours ?? before.offerHours,
  };
}

/** An answer to an offer: to take the place, or to give it up. */
export const answer = z.enum(['accept', 'decline'], 'wrong');

/** The same, given for somebody on the phone or at the desk. */
export const staffAnswerForm = z.object({ enrolmentId: id, answer });

const reason = z
  .string('sayWhy')
  .max(20_000, 'tooLong')
  .transform(tidy)
  .pipe(z.string().min(1, 'sayWhy').max(300, 'tooLong'));

/** One more than the class has seats for, and why. */
export const overbookForm = z.object({ enrolmentId: id, reason });

/** To another class; with a reason also where that one is full. */
export const moveForm = z.object({
  enrolmentId: id,
  formKey: id,
  toClassId: z.string('chooseClass').min(1, 'chooseClass').pipe(addressId),
  overbookReason: emptyAsMissing(reason),
});

/** Staff enrol somebody already found: the class is chosen, the person is named by id. Whether they may see either, `enrol` asks. */
export const staffEnrolPersonForm = z
  .object({
    classId: z.string('chooseClass').min(1, 'chooseClass').pipe(addressId),
    personId: id,
    formKey: id,
    channel: z.enum(['staff', 'phone', 'paper'], 'wrong'),
    consent: ticked.refine((given) => given, 'consentRequired'),
    consentVersion: wholeNumber(1, 10_000, 'consentRequired'),
  })
  .transform(({ channel, classId, formKey, personId, consentVersion }) => ({
    channel,
    enrolment: {
      classId,
      formKey,
      learner: { personId },
      signedUpBy: null,
      consent: { version: consentVersion, how: channel === 'paper' ? 'paper' : 'oral' } as const,
    },
  }));

/** Staff take somebody out of a class, or of its queue, and say why. */
export const staffCancelForm = z.object({
  classId: addressId,
  enrolmentId: id,
  reason,
});

/** Need noted for a kept place: the words were read out, or signed. */
export const needForm = z.object({
  classId: addressId,
  enrolmentId: id,
  consent: ticked.refine((given) => given, 'consentRequired'),
  consentVersion: wholeNumber(1, 10_000, 'consentRequired'),
  onPaper: ticked,
});

/** The groups of the fairness table, in the order they are shown. */
export const fairnessGroups = {
  total: ['total'],
  age: ['under_40', '40_59', '60_79', '80_up', 'unknown'],
  home: ['own', 'elsewhere'],
  signup: ['self', 'other', 'staff'],
  wait: ['straight', 'waited'],
  ethnic_minority: ['yes', 'no', 'unanswered'],
  disability: ['yes', 'no', 'unanswered'],
  poor_household: ['yes', 'no', 'unanswered'],
} as const;
export type FairnessKind = keyof typeof fairnessGroups;

/** Whether a way of grouping is one of the equality questions: sensitive, and small counts of it are shown to nobody. */
export const isEquality = (by: FairnessKind) =>
  by === 'ethnic_minority' || by === 'disability' || by === 'poor_household';

/** `/manage/fairness?area=&year=`. What does not parse is no page of ours. */
export const fairnessAddress = z.object({
  area: emptyAsMissing(areaId),
  year: emptyAsMissing(
    z
      .string()
      .regex(/^20\d\d$/)
      .transform(Number),
  ),
});

interface Counts {
  readonly asked: number;
  readonly got: number;
  readonly waited: number;
}

/** How many of a group asked, got a place (or were asked to take one), and had to wait; and how many of the rest around the page. */
export interface FairnessCount extends Counts {
  readonly by: FairnessKind;
  readonly group: string;
  readonly rest?: Counts;
}

export interface Fairness {
  /** Whether the caller sees the names, and so small counts, save those of the equality questions. */
  readonly named: boolean;
  /** Whether the caller may see counts of the equality questions at all. */
  readonly answers: boolean;
  readonly rows: readonly FairnessCount[];
}

/** A line of that table; null is a number that is not shown. */
export interface FairnessLine {
  readonly group: string;
  readonly asked: number | null;
  readonly got: number | null;
  readonly waited: number | null;
}

export interface FairnessTable {
  readonly by: FairnessKind;
  readonly lines: readonly FairnessLine[];
}
