import { z } from 'zod';
import { birthYear, deviceTime, emptyAsMissing, id, optionalText, sheetCode, text } from '@/lib/kernel/input';
import { phoneNumber } from '@/lib/kernel/phone';
import { markStates, type MarkState } from './rules';

/** Why a session that is not to be held takes no register: message keys. */
export const closedReason = {
  planned: 'sessionNotPublished',
  cancelled: 'sessionCancelled',
  did_not_happen: 'sessionDidNotHappen',
} as const;

const uuid = id.transform((typed) => typed.toLowerCase());

const minutesLate = z.number('minutesShape').int('minutesShape').min(1, 'minutesShape').max(600, 'minutesShape');
const state = z.enum(markStates, 'chooseState');
const phone = z
  .string('phoneShape')
  .max(100, 'phoneShape')
  .nullish()
  .transform((typed, context) => {
    if (!typed?.trim()) return undefined;
    const number = phoneNumber(typed);
    if (!number) context.addIssue({ code: 'custom', message: 'phoneShape' });
    return number ?? undefined;
  });

/** The marks of this person the device knew of when it made this one: it replaces them. Protocol 2. */
const after = z.array(uuid, 'wrong').max(200, 'wrong').optional();
/** Why a register settled long ago is corrected. Protocol 2. */
const why = text(200, 'reasonMissing').optional();

const every = { id: uuid, sessionId: uuid, at: deviceTime, baseVersion: z.number().int().min(0).optional() };

/** One act on a register, as a device sends it. Unknown fields are dropped, so that newer devices can say more. */
export const operation = z.discriminatedUnion('kind', [
  z.object({ ...every, kind: z.literal('start') }),
  z.object({
    ...every,
    kind: z.literal('mark'),
    personId: uuid,
    state,
    minutesLate: minutesLate.optional(),
    after,
    why,
  }),
  z.object({
    ...every,
    kind: z.literal('walk_in'),
    personId: uuid,
    fullName: text(120, 'nameMissing'),
    birthYear,
    areaId: z.number('chooseArea').int('chooseArea').min(1, 'chooseArea').max(2_000_000_000, 'chooseArea'),
    phone,
    state: state.default('present'),
    minutesLate: minutesLate.optional(),
    after,
    why,
    consent: z.enum(['oral', 'paper'], 'consentMissing').default('oral'),
  }),
  z.object({
    ...every,
    kind: z.literal('observe'),
    personId: uuid,
    skillCode: z.string('skillUnknown').regex(/^[\w.-]{1,40}$/, 'skillUnknown'),
    level: z.number('levelShape').int('levelShape').min(0, 'levelShape').max(4, 'levelShape'),
    help: optionalText(500),
  }),
  z.object({
    ...every,
    kind: z.literal('guests'),
    count: z.number('guestsShape').int('guestsShape').min(0, 'guestsShape').max(1000, 'guestsShape'),
  }),
  z.object({ ...every, kind: z.literal('finish') }),
]);
export type Operation = z.output<typeof operation>;

/** An operation on the wire, as the phone makes it. */
export type SentOperation = z.input<typeof operation>;

/**
 * The envelope. Its operations are read one by one, so that a bad one never blocks the rest. Since protocol 2 it says whose work it is: a
 * phone that somebody else signed in on meanwhile must not send it under their name.
 */
const operations = z.array(z.unknown(), 'wrong').min(1, 'batchEmpty').max(200, 'batchTooLong');
export const operationBatch = z.discriminatedUnion(
  'protocol',
  [z.object({ protocol: z.literal(1), operations }), z.object({ protocol: z.literal(2), account: uuid, operations })],
  'protocolUnknown',
);
export type OperationBatch = z.output<typeof operationBatch>;

/** What a phone asks for: everything it needs of the days around, or one session. */
export const packInput = z.object({ language: z.enum(['vi', 'en']).default('vi'), session: uuid.optional() });

const isOneOf = (value: unknown, known: readonly string[]) => known.some((one) => one === value);

/**
 * The plain form: `mark.PERSON`, `level.PERSON.SKILL`, each with what was shown as `was.…`; '' for one that was left alone. `seen.PERSON`
 * holds the marks it showed, which a new one replaces.
 */
export const plainRegister = z
  .looseObject({
    sessionId: uuid,
    act: z.enum(['start', 'save', 'finish'], 'wrong'),
    guests: z.coerce.number('guestsShape').int('guestsShape').min(0, 'guestsShape').max(1000, 'guestsShape').optional(),
    why: emptyAsMissing(text(200, 'reasonMissing')),
  })
  .superRefine((form, context) => {
    for (const [name, value] of Object.entries(form).slice(0, 5_000)) {
      if (name.startsWith('mark.') && !isOneOf(value, ['', ...markStates]))
        context.addIssue({ code: 'custom', path: [name], message: 'chooseState' });
      if (name.startsWith('help.') && (typeof value !== 'string' || value.length > 500))
        context.addIssue({ code: 'custom', path: [name], message: 'tooLong' });
      if (name.startsWith('level.') && !isOneOf(value, ['', '0', '1', '2', '3', '4']))
        context.addIssue({ code: 'custom', path: [name], message: 'levelShape' });
    }
  });
export type PlainRegister = z.output<typeof plainRegister>;

export const plainWalkIn = z.object({
  sessionId: uuid,
  personId: uuid,
  fullName: text(120, 'nameMissing'),
  birthYear,
  areaId: z.coerce.number('chooseArea').int('chooseArea').min(1, 'chooseArea').max(2_000_000_000, 'chooseArea'),
  phone,
  consent: z.literal('oral', 'consentMissing'),
  why: emptyAsMissing(text(200, 'reasonMissing')),
});
export type PlainWalkIn = z.output<typeof plainWalkIn>;

export const newPaperSheet = z.object({ sessionId: uuid });

/** The longest text typed from a sheet: it goes into an address to be looked at. */
export const paperTextLength = 1000;
const paperText = z.string('paperUnclear').max(paperTextLength, 'tooLong');

/** What the page of a sheet's entry reads from its address. */
export const paperAsked = z.object({
  sheet: sheetCode.optional().catch(undefined),
  said: paperText.optional().catch(undefined),
});

/** A sheet's entry once it was looked at. `seen` holds the marks that were shown, `came.PERSON` whom the sheet says nothing about. */
export const paperEntry = z
  .looseObject({
    sessionId: uuid,
    sheet: sheetCode,
    said: paperText,
    seen: z
      .string('wrong')
      .max(40_000, 'wrong')
      .transform((typed) => typed.split(',').filter(Boolean))
      .pipe(z.array(uuid, 'wrong').max(1000, 'wrong')),
    why: emptyAsMissing(text(200, 'reasonMissing')),
  })
  .superRefine((form, context) => {
    for (const [name, value] of Object.entries(form).slice(0, 1000))
      if (name.startsWith('came.') && !isOneOf(value, ['yes', 'no']))
        context.addIssue({ code: 'custom', path: [name], message: 'chooseWhoCame' });
  });
export type PaperEntry = z.output<typeof paperEntry>;

const paperProblems = [
  'unknownWord',
  'noWord',
  'noNumbers',
  'notOnSheet',
  'saidTwice',
  'unknownSkill',
  'levelShape',
  'minutesShape',
  'notThere',
  'unclear',
] as const;
/** What was not understood, and the piece of text it is about. */
export interface PaperProblem {
  readonly kind: (typeof paperProblems)[number];
  readonly text: string;
}

/** A line of a printed register. `personId` is null for somebody who is out of sight by now. */
export interface PaperLine {
  readonly number: number;
  readonly personId: string | null;
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly village: string;
}

/** A printed register: whom its numbers stand for. `isCurrent`: the roll and the skills are still the same. */
export interface PaperSheet {
  readonly code: string;
  readonly madeAt: Date;
  readonly lines: readonly PaperLine[];
  readonly skills: readonly SheetSkill[];
  readonly isCurrent: boolean;
}

/** Someone on the sheet; `state` null is unmarked, which is not absent. */
export interface SheetPerson {
  readonly id: string;
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly village: string;
  readonly state: MarkState | null;
  readonly minutesLate: number | null;
  readonly byDefault: boolean;
  readonly walkIn: boolean;
  /** Ids of all marks by hand made of them: a new one replaces them. */
  readonly marks: readonly string[];
  /** Where two devices said different things, each of them, newest first; else empty. */
  readonly versions: readonly SheetVersion[];
}

/** One of several marks in conflict. `byName` is null for learners themselves. */
export interface SheetVersion {
  readonly id: string;
  readonly state: MarkState;
  readonly minutesLate: number | null;
  readonly at: Date;
  readonly byName: string | null;
}

export interface SheetSkill {
  readonly code: string;
  readonly title: string;
  readonly canDo: string;
}

/** One change in the history of marks: who, what, when; `won` is false for a mark that another one overrode. */
export interface SheetChange {
  readonly personId: string | null;
  readonly kind: string;
  readonly state: MarkState | null;
  /** What it was until then. */
  readonly before: MarkState | null;
  readonly at: Date;
  /** Null for learners themselves. */
  readonly byName: string | null;
  readonly won: boolean;
  /** Given with what was corrected long after. */
  readonly why: string | null;
}

export interface Sheet {
  readonly id: string;
  readonly classId: string;
  readonly title: string;
  readonly lesson: string | null;
  readonly venue: string;
  readonly address: string;
  readonly areaId: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly status: 'planned' | 'published' | 'cancelled' | 'held' | 'did_not_happen';
  readonly statusReason: string | null;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly guests: number;
  /** It is planned to start more than two hours from now. */
  readonly isEarly: boolean;
  readonly mayRecord: boolean;
  readonly people: readonly SheetPerson[];
  readonly skills: readonly SheetSkill[];
  /** Levels before this session and in it, by `PERSON:SKILL`. */
  readonly levelsBefore: Readonly<Record<string, number>>;
  readonly levelsHere: Readonly<Record<string, number>>;
  /** What help was given with them; phones keep sheets from before there was any. */
  readonly helpHere?: Readonly<Record<string, string>>;
  readonly villages: readonly { readonly id: number; readonly name: string }[];
  /** Ids of the operations this sheet takes into account, marks aside. */
  readonly known: readonly string[];
  readonly history: readonly SheetChange[];
}

/** A session as a line of a list; its register on a phone. */
export interface PackedLine {
  readonly id: string;
  readonly classId: string;
  readonly title: string;
  readonly lesson: string | null;
  readonly venue: string;
  readonly area: string;
  readonly inUnit: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly status: Sheet['status'];
  readonly confirmed: number;
  readonly capacity: number;
  readonly minimum: number;
  readonly waiting: number;
  readonly started: boolean;
  readonly finished: boolean;
  readonly mayMark: boolean;
}

/** `unit` names the villages in the pack. */
export type PackedSheet = Omit<Sheet, 'villages' | 'history'> & { readonly unit: number };

/** What a phone takes along. On the wire its moments are ISO 8601. */
export interface Pack {
  readonly protocol: 2;
  /** Whose phone it is, to be kept apart from others who sign in on it. */
  readonly account: string;
  readonly name: string;
  readonly sessions: readonly { readonly line: PackedLine; readonly sheet: PackedSheet }[];
  readonly villages: Readonly<Record<string, Sheet['villages']>>;
}
