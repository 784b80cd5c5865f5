import { z } from 'zod';
import { areaId, emptyAsMissing, id, optionalText, ticked, wholeNumber } from '@/lib/kernel/input';
import { phoneNumber } from '@/lib/kernel/phone';

/** When somebody has time. */
export const demandTimes = ['morning', 'afternoon', 'evening', 'weekend'] as const;
export type DemandTime = (typeof demandTimes)[number];
/** What became of what was asked for. */
export const demandOutcomes = ['class_made', 'referred', 'no_longer_needed'] as const;

/** A field that comes not at all, once or often. */
const manyOf = <T extends z.ZodType>(item: T, most: number) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
    z.array(item).max(most, 'wrong'),
  );

const skillCode = z.string('wrong').regex(/^[A-Z]{1,3}\d{1,3}$/, 'wrong');

/**
 * The form that asks for a class: where, what (a skill, or own words), when one has time, for how many. A name or a phone only with
 * the box ticked; `formKey` marks one rendering, `consentVersion` the words beside the box.
 */
export const askForm = z
  .object({
    area: areaId,
    skill: emptyAsMissing(skillCode),
    wish: optionalText(200),
    times: manyOf(z.enum(demandTimes, 'wrong'), 4),
    people: z.preprocess((typed) => (typed === '' ? 1 : typed), wholeNumber(1, 200, 'peopleRange').default(1)),
    fullName: optionalText(100).refine((name) => name === '' || /^[\p{L}\p{M} .'’-]+$/u.test(name), 'nameShape'),
    phone: emptyAsMissing(
      z.string('phoneShape').transform((typed, issues) => {
        const number = phoneNumber(typed);
        if (number === null) issues.addIssue({ code: 'custom', message: 'phoneShape' });
        return number ?? '';
      }),
    ),
    consent: ticked,
    consentVersion: wholeNumber(1, 10_000, 'askConsent'),
    formKey: id,
  })
  .superRefine((form, issues) => {
    if (!form.skill && !form.wish) issues.addIssue({ code: 'custom', path: ['skill'], message: 'sayWhatToLearn' });
    if ((form.fullName || form.phone) && !form.consent)
      issues.addIssue({ code: 'custom', path: ['consent'], message: 'askConsent' });
  })
  .transform(({ area, skill, wish, times, people, formKey, fullName, phone, consentVersion }) => ({
    area,
    wish,
    people,
    formKey,
    times: [...new Set(times)],
    skill: skill ?? null,
    contact: fullName || phone ? { fullName, phone: phone ?? null, consentVersion } : null,
  }));
export type Ask = z.output<typeof askForm>;

/** Settles what was asked for and shown together: a class was made, people were sent elsewhere, or it is needed no longer. */
export const settleForm = z
  .object({
    ids: manyOf(id, 200).refine((all) => all.length > 0, 'wrong'),
    outcome: z.enum(demandOutcomes, 'chooseOutcome'),
    classId: emptyAsMissing(z.string('chooseClass').regex(/^[2-9a-hjkmnp-z]{8}$/, 'chooseClass')),
    note: optionalText(300),
  })
  .superRefine((form, issues) => {
    if (form.outcome === 'class_made' && !form.classId)
      issues.addIssue({ code: 'custom', path: ['classId'], message: 'chooseClass' });
  })
  .transform((form) => ({ ...form, classId: form.outcome === 'class_made' ? (form.classId ?? null) : null }));
export type Settlement = z.output<typeof settleForm>;

/** Which group of asks a page of the organiser's shows: a place, and a skill or (`other`) own words. */
export const groupInput = z.object({
  area: z.coerce.number().int().min(1).max(2_000_000_000),
  skill: z.union([z.literal('other'), skillCode]),
});

/** What is asked for in one place about one skill. */
export interface DemandGroup {
  readonly areaId: number;
  readonly place: string;
  readonly unit: string | null;
  readonly skillCode: string | null;
  readonly skill: string | null;
  readonly asked: number;
  readonly people: number;
  readonly latest: Date;
  readonly times: readonly DemandTime[];
  readonly mayWrite: boolean;
}

/** One of them, with whom to call where that is known and the caller's to know. */
export interface DemandLine {
  readonly id: string;
  readonly wish: string;
  readonly people: number;
  readonly times: readonly DemandTime[];
  readonly createdAt: Date;
  readonly fullName: string | null;
  readonly phone: string | null;
}

/** What was settled of late. */
export interface DemandSettled {
  readonly place: string;
  readonly skill: string | null;
  readonly asked: number;
  readonly outcome: (typeof demandOutcomes)[number];
  readonly note: string;
  readonly classId: string | null;
  readonly at: Date;
}

/** Asks without an answer, as a dashboard counts them: people, and in how many places. */
export interface DemandUnder {
  readonly people: number;
  readonly places: number;
  /** Whether the caller is one of those who answer them. */
  readonly mayAnswer: boolean;
  /** The places directly below where somebody asks, the most people first. */
  readonly below: readonly {
    readonly id: number;
    readonly kind: string;
    readonly nameVi: string;
    readonly nameEn: string;
    readonly people: number;
    readonly places: number;
  }[];
}
