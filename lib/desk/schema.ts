import { z } from 'zod';
import type { Cell } from '@/lib/figure/schema';
import {
  areaId,
  day,
  deviceTime,
  emptyAsMissing,
  id,
  optionalText,
  text,
  ticked,
  time,
  wholeNumber,
} from '@/lib/kernel/input';
import { periodKey } from '@/lib/period/schema';
import type { PointPerson } from '@/lib/visit/rules';
import { readHours, type Counts, type OpenFrom } from './rules';

export const deskKinds = ['service_centre', 'culture_house', 'mobile_point'] as const;
export type DeskKind = (typeof deskKinds)[number];
/** How much help, as skills are counted: 0 done for them, 1 by the hand, 2 when reminded, 3 alone, 4 and showed others. */
export const helpLevels = ['0', '1', '2', '3', '4'] as const;
/** About how long it took: few buttons, since nobody looks at a clock. */
export const assistMinutes = ['5', '10', '15', '30', '60'] as const;
export const referralPlaces = ['police', 'one_stop', 'bank', 'telecom', 'class', 'home_visit', 'elsewhere'] as const;
export type ReferralPlace = (typeof referralPlaces)[number];
/** Settled at the desk, or where they were sent. */
export const assistOutcomes = ['settled', ...referralPlaces] as const;

const needCode = z.string('chooseNeed').regex(/^[a-z][a-z_]{1,29}$/, 'chooseNeed');

/** A need as its button says it: the code and the version of its words (`vneid.1`). */
const needChosen = z
  .string('chooseNeed')
  .regex(/^[a-z][a-z_]{1,29}\.[1-9]\d{0,3}$/, 'chooseNeed')
  .transform((typed) => {
    const [code = '', version = ''] = typed.split('.');
    return { code, version: Number(version) };
  });

/** One person helped. `formKey` marks one rendering of the form and becomes the id: sent twice it is one. */
export const assistInput = z
  .object({
    formKey: id,
    deskId: id,
    need: needChosen,
    level: z.enum(helpLevels, 'chooseHelp').transform(Number),
    minutes: z.enum(assistMinutes, 'chooseMinutes').transform(Number),
    outcome: z.enum(assistOutcomes, 'chooseOutcome'),
    personId: emptyAsMissing(id),
    invite: ticked,
  })
  .transform(({ outcome, personId = null, invite, ...form }) => ({
    ...form,
    referredTo: outcome === 'settled' ? null : outcome,
    personId,
    invite: personId !== null && invite,
  }));
export type Assist = z.output<typeof assistInput>;

export const undoInput = z.object({ assistId: id });

const uuid = id.transform((typed) => typed.toLowerCase());
const act = { id: uuid, deskId: uuid, at: deviceTime };
/**
 * One act at a desk, as a device sends it (docs/protocols/desk-operations.md). Unknown fields are dropped. `said` is what the device's clock said,
 * however wrong it is.
 */
export const deskOperation = z
  .discriminatedUnion('kind', [
    z.object({
      ...act,
      kind: z.literal('assist'),
      need: needChosen,
      level: z.number('chooseHelp').int('chooseHelp').min(0, 'chooseHelp').max(4, 'chooseHelp'),
      minutes: z.number('chooseMinutes').int('chooseMinutes').min(1, 'chooseMinutes').max(240, 'chooseMinutes'),
      /** Null: settled at the desk. */
      referredTo: z.enum(referralPlaces, 'chooseOutcome').nullish(),
      personId: uuid.nullish(),
      invite: z.boolean('wrong').default(false),
    }),
    z.object({ ...act, kind: z.literal('undo'), assistId: uuid }),
  ])
  .transform((operation) => ({ ...operation, said: operation.at }));
export type DeskOperation = z.output<typeof deskOperation>;
/** The same on the wire, as the phone makes it. */
export type SentDeskOperation = z.input<typeof deskOperation>;
export const deskBatch = z.object({
  protocol: z.literal(1, 'protocolUnknown'),
  account: uuid,
  operations: z.array(z.unknown(), 'wrong').min(1, 'batchEmpty').max(200, 'batchTooLong'),
});
export type DeskBatch = z.output<typeof deskBatch>;
/** Which desks a phone holds or opens; the points of one's rounds come without asking. */
export const deskPackInput = z.object({
  language: z.enum(['vi', 'en']).default('vi'),
  desks: z.array(uuid, 'wrong').max(40, 'wrong').default([]),
});

/** Which desk the log is at, and who was looked up for it. */
export const deskAddress = z.object({
  desk: id.optional().catch(undefined),
  person: id.optional().catch(undefined),
  done: z.enum(['logged', 'undone', 'asked']).optional().catch(undefined),
  /** The assist a visit was just asked for: the slip's number itself stays out of a shared desk's history. */
  asked: id.optional().catch(undefined),
});

const hoursTyped = z
  .string('hoursShape')
  .max(200, 'hoursShape')
  .default('')
  .transform((typed, issues): readonly OpenFrom[] => {
    const hours = readHours(typed);
    if (hours === null) issues.addIssue({ code: 'custom', message: 'hoursShape' });
    return hours ?? [];
  });

const deskDetails = {
  kind: z.enum(deskKinds, 'chooseDeskKind'),
  name: text(120),
  address: text(200),
  wayThere: optionalText(300),
  day1: hoursTyped,
  day2: hoursTyped,
  day3: hoursTyped,
  day4: hoursTyped,
  day5: hoursTyped,
  day6: hoursTyped,
  day7: hoursTyped,
};
/** The days of the week in the form of a desk, Monday first. */
export const weekdayFields = ['day1', 'day2', 'day3', 'day4', 'day5', 'day6', 'day7'] as const;
export const newDeskInput = z.object({ areaId, ...deskDetails });
export const deskInput = z.object({ id, ...deskDetails });
export type DeskDetails = Omit<z.output<typeof deskInput>, 'id'>;
export const deskIdInput = z.object({ id });

/** Who is on duty: an account (`a:`) or a member of a team without one (`m:`). */
const whoOnDuty = z
  .string('chooseOnDuty')
  .regex(/^[am]:[0-9a-f-]{36}$/, 'chooseOnDuty')
  .transform((typed, issues) => {
    const known = id.safeParse(typed.slice(2));
    if (!known.success) issues.addIssue({ code: 'custom', message: 'chooseOnDuty' });
    return { kind: typed.startsWith('a:') ? ('account' as const) : ('member' as const), id: typed.slice(2) };
  });

/** Nobody is on duty for longer, in minutes; the database says so too. */
const longestShift = 16 * 60;
const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** Somebody on duty at a desk on a day, and in as many weeks after it as are wanted. */
export const shiftInput = z
  .object({
    deskId: id,
    who: whoOnDuty,
    day,
    from: time,
    until: time,
    weeks: z.preprocess((typed) => (typed === '' ? 1 : typed), wholeNumber(1, 12, 'weeksRange').default(1)),
  })
  .superRefine((shift, issues) => {
    if (shift.until <= shift.from) issues.addIssue({ code: 'custom', path: ['until'], message: 'shiftEnds' });
    if (minutesOf(shift.until) - minutesOf(shift.from) > longestShift)
      issues.addIssue({ code: 'custom', path: ['until'], message: 'shiftLong' });
  });
export type NewShift = z.output<typeof shiftInput>;
export const shiftIdInput = z.object({ shiftId: id });

/** A proposal is named by where it comes from: a desk, or the desks of an area together. */
export const dismissInput = z.object({
  areaId,
  deskId: emptyAsMissing(id),
  need: needCode,
  reason: text(300, 'sayWhy'),
});
export type Dismissal = z.output<typeof dismissInput>;

/** Of which place and period the counts are: of either calendar, as the indicators of desks (R04 to R06) are. */
export const deskFiguresAddress = z.object({ area: areaId.optional(), period: periodKey.optional().catch(undefined) });

/** What people come with, as it is worded now. */
export interface Need {
  readonly code: string;
  readonly version: number;
  readonly name: string;
  readonly hint: string;
}

/** A desk as a line: who is there now, and what was logged today. */
export interface DeskLine {
  readonly id: string;
  readonly name: string;
  readonly kind: DeskKind;
  readonly area: string;
  readonly address: string;
  readonly retired: boolean;
  readonly today: number;
  readonly onDuty: readonly string[];
}

export interface DeskRecord {
  readonly id: string;
  readonly areaId: number;
  readonly area: string;
  readonly kind: DeskKind;
  readonly name: string;
  readonly address: string;
  readonly wayThere: string;
  readonly retired: boolean;
  readonly mayManage: boolean;
  /** `opens` and `closes` as `HH:MM`, in order. */
  readonly hours: readonly (OpenFrom & { readonly weekday: number })[];
}

/**
 * A desk as a phone takes it along, to log there without a network. `people` may be named at it: those of the rounds that have it as their point, until
 * `endsAt` of the last of these; of any other desk nobody.
 */
export interface PackedDesk extends Pick<DeskRecord, 'id' | 'areaId' | 'area' | 'name'> {
  readonly people: readonly PointPerson[];
  readonly endsAt: Date | null;
}
/** On the wire its moments are ISO 8601. */
export interface DeskPack {
  readonly protocol: 1;
  readonly account: string;
  readonly needs: readonly Need[];
  readonly desks: readonly PackedDesk[];
}

/** One assist of today as a line. `person`: null without a name; '' where the caller may not see whose it is. */
export interface AssistLine {
  readonly id: string;
  readonly at: Date;
  readonly need: string;
  readonly level: number;
  readonly minutes: number;
  readonly referredTo: ReferralPlace | null;
  readonly person: string | null;
  readonly undoable: boolean;
}

/** How often something was needed in an hour of the day (0 to 23). */
export interface NeedHour {
  readonly code: string;
  readonly hour: number;
  readonly count: number;
}

export interface ShiftLine {
  readonly id: string;
  readonly whoId: string;
  readonly fullName: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** What somebody was on duty for at a desk: ended shifts of the last thirty days, and the next one. */
export interface StaffLine {
  readonly whoId: string;
  readonly fullName: string;
  readonly minutes: number;
  readonly nextAt: Date | null;
}

/** A class proposed by what repeats: all of it follows from what was logged. */
export interface Proposal {
  readonly areaId: number;
  /** Null: no desk alone, but those of the area together. */
  readonly deskId: string | null;
  readonly place: string;
  readonly unit: string;
  readonly need: string;
  readonly needName: string;
  readonly courseId: string;
  readonly course: string;
  readonly count: number;
  readonly days: number;
  /** How often it had to be done for them or by the hand. */
  readonly byHand: number;
  readonly referred: number;
  /** The hour in which it came most. */
  readonly busiestHour: number;
  /** Who agreed to be invited. */
  readonly willing: number;
}

/** Somebody who agreed to be invited. */
export interface Invitee {
  readonly personId: string;
  readonly fullName: string;
  readonly village: string;
  readonly birthYear: number | null;
  /** For those who may ring. */
  readonly phone: string | null;
  readonly lastAt: Date;
}

/** A class that came of what repeated, and who agreed to be invited and is not in it yet. */
export interface Answered {
  readonly classId: string;
  readonly title: string;
  readonly people: readonly Invitee[];
}

export interface NeedName {
  readonly code: string;
  readonly name: string;
}

/** What was logged at the desks of a place in a period, from the log itself. */
export interface Logged {
  readonly hours: readonly number[];
  readonly table: Counts;
  /** Settled at the desk. */
  readonly settled: number;
  readonly minutes: number;
  readonly desks: readonly { readonly id: string; readonly name: string; readonly count: number }[];
}

/** How often people were helped at the desks of a place in a period. */
export interface DeskFigures {
  readonly areaId: number;
  readonly place: string;
  readonly period: string;
  readonly needs: readonly NeedName[];
  /** By need, as figures are told; of the place and of the units in it. */
  readonly counts: readonly Cell[];
  readonly units: readonly { readonly id: number; readonly name: string; readonly counts: readonly Cell[] }[];
  /** For whoever may look people up there; null for anybody else. */
  readonly logged: Logged | null;
}
