import { z } from 'zod';
import {
  areaId,
  birthYear,
  day,
  deviceTime,
  emptyAsMissing,
  id,
  optionalText,
  text,
  ticked,
  time,
  wholeNumber,
  visitSlipCode,
} from '@/lib/kernel/input';
import { phoneNumber } from '@/lib/kernel/phone';
import { stepAnswers, stepSources, stepsForm } from '@/lib/step/schema';

/** What somebody wants help with at home, in plain words. Nothing sensitive is asked. */
export const visitNeeds = ['phone', 'vneid', 'service', 'payment', 'safety', 'other'] as const;
export type VisitNeed = (typeof visitNeeds)[number];
/** When somebody is at home. */
export const visitTimes = ['morning', 'afternoon', 'evening'] as const;
export type VisitTime = (typeof visitTimes)[number];
export const visitOutcomes = ['done', 'not_home', 'refused', 'moved', 'died', 'unsafe', 'wrong_details'] as const;
export type VisitOutcome = (typeof visitOutcomes)[number];
export type ClosedBecause =
  'withdrawn' | 'done' | 'refused' | 'moved' | 'died' | 'wrong_details' | 'not_needed' | 'expired';

/** A field that comes not at all, once or often; each of its values once. */
const manyOf = <T extends z.ZodType>(item: T, most: number, missing?: string) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? [...new Set(value)] : [value]),
    z
      .array(item)
      .max(most, 'wrong')
      .refine((all) => missing === undefined || all.length > 0, missing),
  );
const needs = manyOf(z.enum(visitNeeds, 'wrong'), visitNeeds.length, 'chooseVisitNeed');
const times = manyOf(z.enum(visitTimes, 'wrong'), visitTimes.length);

const personName = text(100, 'nameMissing').refine((name) => /^[\p{L}\p{M} .'’-]+$/u.test(name), 'nameShape');
const phone = emptyAsMissing(
  z.string('phoneShape').transform((typed, issues) => {
    const number = phoneNumber(typed);
    if (number === null) issues.addIssue({ code: 'custom', message: 'phoneShape' });
    return number ?? '';
  }),
);
/** "1954", or about how old: "71". */
const bornOrAge = z
  .string('ageShape')
  .max(20, 'ageShape')
  .default('')
  .transform((typed, issues) => {
    // Words around the number are fine ("71 tuổi"), a minus before it is not.
    const [, digits = ''] = /^[^\d-]*(\d+)\D*$/.exec(typed.normalize('NFKC')) ?? [];
    if (typed.trim() === '') return null;
    const [number, year] = [Number(digits), new Date().getFullYear()];
    if (/^\d{4}$/.test(digits) && number >= 1900 && number <= year) return number;
    if (/^\d{1,3}$/.test(digits) && number >= 1 && number <= 120) return year - number;
    issues.addIssue({ code: 'custom', message: 'ageShape' });
    return null;
  });

/** Nothing is chosen beforehand: a request of a whole commune comes from whoever does not know the village, not from who left a field alone. */
const village = areaId.catch(0).refine((chosen) => chosen > 0, 'chooseAreaKind');

/** What is said of whoever stands before one, with the words agreed to; who is to be visited says when they are at home, too. */
const said = {
  fullName: personName,
  born: bornOrAge,
  phone,
  phoneOf: z.enum(['self', 'relative'], 'wrong').default('self'),
  needs,
  words: optionalText(200),
  consent: ticked.refine((given) => given, 'visitConsent'),
  consentVersion: wholeNumber(1, 10_000, 'visitConsent'),
};
const asked = { ...said, times };
/** Whose a phone is means nothing where there is none. */
const read = <Typed extends { born: number | null; phone?: string | undefined; phoneOf: 'self' | 'relative' }>({
  born,
  phone: number,
  phoneOf,
  ...form
}: Typed) => ({ ...form, birthYear: born, phone: number ?? null, phoneOf: number === undefined ? null : phoneOf });

/** The public form: somebody asks that somebody comes. `formKey` marks one rendering, `stamp` when it was rendered. */
export const helpForm = z
  .object({
    area: village,
    askedBy: z.enum(['self', 'relative'], 'chooseWhoAsks'),
    ...asked,
    formKey: id,
    stamp: z.string().max(200).default(''),
  })
  .transform(read);
export type HelpAsked = z.output<typeof helpForm>;

/** An organiser asks for somebody known. */
export const requestForm = z.object({
  personId: id,
  needs,
  times,
  words: optionalText(200),
  /** Whoever was to be left alone has just said themselves that somebody may come. */
  wanted: ticked,
  formKey: id,
});
export type RequestFor = z.output<typeof requestForm>;

/** A desk asks for somebody it sent on to a visit and did not name: the assist is the key. */
export const deskAskForm = z.object({ assistId: id, area: areaId, ...asked }).transform(read);
export type DeskAsked = z.output<typeof deskAskForm>;
/** Somebody nobody named before, met on a round. */
export const metForm = z.object({ roundId: id, area: village, ...said, formKey: id }).transform(read);
export type Met = z.output<typeof metForm>;
/** `?desk=&assist=` of that form. */
export const deskAskAddress = z.object({ assist: id });

/** The number of a slip: to look at it, or to take back what was asked for. */
export const visitSlipForm = z.object({ code: visitSlipCode });

export const matchForm = z.object({ requestId: id, personId: id });
/**
 * Somebody the search did not know, written down with the consent of being on a list, heard or on paper. The phone was given for the visit alone:
 * it goes along only where they said so (`keepPhone`).
 */
export const newPersonForm = z.object({
  requestId: id,
  birthYear,
  keepPhone: ticked,
  how: z.enum(['oral', 'paper'], 'consentMissing').default('oral'),
  consent: ticked.refine((given) => given, 'consentMissing'),
});
/** Where somebody lives who named the commune alone: said by an organiser who asked. */
export const villageForm = z.object({ requestId: id, area: village });
export const requestIdForm = z.object({ requestId: id });
export const closeForm = z.object({ requestId: id, reason: text(300, 'sayWhy') });

const stepCode = z.string('wrong').regex(/^[a-z][a-z_]{1,29}$/, 'wrong');

/** A round into a village: on a day, from when until when, two (at most four) of one team. */
export const roundForm = z
  .object({
    areaId,
    day,
    from: time,
    until: time,
    first: id.or(z.literal('')).refine((one) => one !== '', 'chooseHelper'),
    second: id.or(z.literal('')).refine((one) => one !== '', 'chooseHelper'),
    /** With a mobile point in the village, for short helps one by one. */
    point: ticked,
    /** Whoever stops at this step there goes on it at once. */
    step: emptyAsMissing(stepCode),
    formKey: id,
  })
  .superRefine((round, issues) => {
    if (round.until <= round.from) issues.addIssue({ code: 'custom', path: ['until'], message: 'shiftEnds' });
    if (Number(round.until.slice(0, 2)) - Number(round.from.slice(0, 2)) > 11)
      issues.addIssue({ code: 'custom', path: ['until'], message: 'roundLong' });
    if (round.first === round.second) issues.addIssue({ code: 'custom', path: ['second'], message: 'helperTwice' });
  });
export type NewRound = z.output<typeof roundForm>;

/** Whom a round goes to: requests and people, as `r:ID` and `p:ID`. */
export const putOnForm = z.object({
  roundId: id,
  homes: manyOf(z.string('wrong').regex(/^[rp]:[0-9a-f-]{36}$/, 'wrong'), 40, 'chooseHome'),
});
/** One helper of a round for another; `out` is left empty where a place is free. */
export const swapForm = z.object({
  roundId: id,
  out: emptyAsMissing(id),
  member: id.or(z.literal('')).refine((one) => one !== '', 'chooseHelper'),
});
export const visitIdForm = z.object({ visitId: id });
export const roundIdForm = z.object({ roundId: id });

/** A place and a number, as a household types them. The number may carry blanks. */
export const checkForm = z.object({
  area: areaId,
  pin: z
    .string('pinShape')
    .max(40, 'pinShape')
    .transform((typed) => typed.normalize('NFKC').replace(/[\s.-]/g, ''))
    .pipe(z.string().regex(/^[0-9]{4}$/, 'pinShape')),
});

/** How long a visit took, to choose from. */
export const visitMinutes = [10, 15, 20, 30, 45, 60, 90, 120] as const;

/** What came of a visit. `formKey` becomes the row's id. Skills are `level.CODE`, left empty where nothing was seen. */
export const outcomeForm = z
  .looseObject({
    formKey: id,
    visitId: id,
    outcome: z.enum(visitOutcomes, 'chooseVisitOutcome'),
    minutes: emptyAsMissing(wholeNumber(1, 600, 'chooseMinutes')),
    nextOn: emptyAsMissing(day),
    words: optionalText(300),
  })
  .transform(({ formKey, visitId, outcome, minutes, nextOn, words, ...rest }, issues) => {
    const skills: { code: string; level: number }[] = [];
    for (const [name, value] of Object.entries(rest)) {
      const code = /^level\.([A-Z]{1,3}\d{1,3})$/.exec(name)?.[1];
      if (code === undefined || value === '') continue;
      if (typeof value === 'string' && /^[0-4]$/.test(value)) skills.push({ code, level: Number(value) });
      else issues.addIssue({ code: 'custom', path: [name], message: 'levelShape' });
    }
    if (skills.length > 60) issues.addIssue({ code: 'custom', message: 'wrong' });
    if (outcome === 'done' && minutes === undefined)
      issues.addIssue({ code: 'custom', path: ['minutes'], message: 'chooseMinutes' });
    if (outcome !== 'done' && skills.length > 0)
      issues.addIssue({ code: 'custom', path: ['outcome'], message: 'skillsOnlyDone' });
    return { id: formKey, visitId, outcome, minutes: minutes ?? null, nextOn: nextOn ?? null, words, skills };
  });
export type OutcomeSaid = z.output<typeof outcomeForm>;
/** Steps asked at a door. */
export const doorStepsForm = z.object({ visitId: id }).and(stepsForm);
export type DoorSteps = z.output<typeof doorStepsForm>;

const uuid = id.transform((typed) => typed.toLowerCase());
const act = { id: uuid, visitId: uuid, at: deviceTime };
/** One act at a door, as a device sends it (docs/protocols/visit-operations.md). Unknown fields are dropped. */
export const visitOperation = z.discriminatedUnion('kind', [
  z.object({
    ...act,
    kind: z.literal('outcome'),
    outcome: z.enum(visitOutcomes, 'chooseVisitOutcome'),
    minutes: z.number('minutesShape').int('minutesShape').min(1, 'minutesShape').max(600, 'minutesShape').nullish(),
    nextOn: day.nullish(),
    words: optionalText(300),
    /** What had been said of this visit that the device knew of. */
    after: z.array(uuid, 'wrong').max(200, 'wrong').default([]),
  }),
  z.object({
    ...act,
    kind: z.literal('skill'),
    skillCode: z.string('skillUnknown').regex(/^[\w.-]{1,40}$/, 'skillUnknown'),
    level: z.number('levelShape').int('levelShape').min(0, 'levelShape').max(4, 'levelShape'),
  }),
  z.object({
    ...act,
    kind: z.literal('steps'),
    answers: z
      .array(
        z.object({
          step: z.string().regex(/^[a-z][a-z_]{1,29}$/, 'stepUnknown'),
          answer: z.enum(stepAnswers, 'stepAnswer'),
        }),
      )
      .min(1, 'stepsNone')
      .max(40, 'wrong'),
    source: z.enum(stepSources, 'stepSource'),
    /** The day it was said or seen, where that is not the day of writing it down. */
    on: day.nullish(),
  }),
  /** Somebody nobody named before, met on a round, as the form has them: the home the other acts are of. */
  z.object({ ...act, kind: z.literal('met'), roundId: uuid, area: village, ...said }).transform(read),
]);
export type VisitOperation = z.output<typeof visitOperation>;
/** The same on the wire, as the phone makes it. */
export type SentVisitOperation = z.input<typeof visitOperation>;
export const visitBatch = z.object({
  protocol: z.literal(1, 'protocolUnknown'),
  account: uuid,
  operations: z.array(z.unknown(), 'wrong').min(1, 'batchEmpty').max(200, 'batchTooLong'),
});
export type VisitBatch = z.output<typeof visitBatch>;
export const visitPackInput = z.object({ language: z.enum(['vi', 'en']).default('vi') });

export const queueAddress = z.object({
  area: emptyAsMissing(areaId).catch(undefined),
  /** Of a new round: who goes, and at which step those stop whom it is for. */
  first: emptyAsMissing(id).catch(undefined),
  step: emptyAsMissing(stepCode).catch(undefined),
  done: z.string().max(20).optional().catch(undefined),
});

/** Why somebody comes sooner: keys of words, with what each adds. */
export type PriorityReason = 'waits' | 'next_visit' | 'age70' | 'alone' | 'remote' | 'never' | 'safety' | 'tried';
export interface Priority {
  readonly score: number;
  readonly reasons: readonly PriorityReason[];
}

export interface QueueLine {
  readonly id: string;
  readonly areaId: number;
  readonly fullName: string;
  readonly village: string;
  readonly needs: readonly VisitNeed[];
  readonly times: readonly VisitTime[];
  readonly createdAt: Date;
  readonly personId: string | null;
  readonly askedBy: 'self' | 'relative' | 'staff' | 'desk';
  readonly plannedOn: string | null;
  readonly plannedRound: string | null;
  readonly priority: Priority;
}

export interface RequestRecord extends Omit<QueueLine, 'priority'> {
  readonly birthYear: number | null;
  readonly phone: string | null;
  readonly phoneOf: 'self' | 'relative' | null;
  readonly words: string;
  readonly code: string;
  readonly closedAt: Date | null;
  readonly closedBecause: ClosedBecause | null;
  readonly closedNote: string;
  readonly personName: string | null;
}

export interface RoundLine {
  readonly id: string;
  readonly village: string;
  readonly team: string;
  readonly day: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly calledOff: boolean;
  readonly homes: number;
  readonly recorded: number;
  readonly helpers: readonly string[];
  /** The mobile point, where there is one. */
  readonly deskId: string | null;
}

/** One home of a round, with what its helpers may know. Names gone with a settled request are ''. */
export interface HomeLine {
  readonly id: string;
  readonly pin: string;
  readonly toldAt: Date | null;
  /** They were told that nobody comes. */
  readonly rungBackAt: Date | null;
  readonly personId: string | null;
  readonly requestId: string | null;
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly phone: string | null;
  readonly phoneOf: 'self' | 'relative' | null;
  readonly needs: readonly VisitNeed[];
  readonly times: readonly VisitTime[];
  readonly words: string;
  readonly outcome: VisitOutcome | null;
  readonly outcomeAt: Date | null;
  readonly nextOn: string | null;
}
