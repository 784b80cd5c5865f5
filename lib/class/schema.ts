import { z } from 'zod';
import {
  addressId,
  areaId,
  day,
  emptyAsMissing,
  id,
  optionalText,
  sortAsked,
  text,
  ticked,
  time,
  wholeNumber,
} from '@/lib/kernel/input';
import { placesFields, placesGoTogether } from '@/lib/enrolment/schema';
import { phoneNumber } from '@/lib/kernel/phone';
import { fold, tidy } from '@/lib/kernel/text';

/** Morning ends at noon, evening begins at 18:00; a session belongs to the part it starts in. */
export const dayParts = ['morning', 'afternoon', 'evening'] as const;
export type DayPart = (typeof dayParts)[number];

/** Languages a class is taught in, as stored. */
export const taughtIn = ['vi', 'bru', 'pako'] as const;
export type TaughtIn = (typeof taughtIn)[number];

/** What a resident looks for. All of it is in the address; what is missing does not narrow. */
export interface ScheduleFilters {
  readonly area?: number;
  readonly q?: string;
  /** A skill's code, or a whole domain's. */
  readonly skill?: string;
  /** A day (`yyyy-mm-dd`), a day of the week (`1` Monday to `7` Sunday), `today`, or `week` (seven days from today). */
  readonly day?: string;
  readonly part?: DayPart;
  readonly lang?: TaughtIn;
  /** Only where one gets in without a step. */
  readonly stepFree?: true;
  readonly open?: true;
  readonly page: number;
}
export const filterNames = ['area', 'q', 'skill', 'day', 'part', 'lang', 'stepFree', 'open'] as const;
export type FilterName = (typeof filterNames)[number];

export const classesPerPage = 10;
/** More words than this narrow nothing further. */
const mostWords = 8;

const readable = {
  area: areaId,
  q: z
    .string()
    .max(200)
    .transform(tidy)
    .refine((text) => fold(text) !== ''),
  skill: z
    .string()
    .regex(/^[A-Za-z]{1,3}\d{0,3}$/)
    .transform((code) => code.toUpperCase()),
  day: z.union([z.literal(['today', 'week']), z.string().regex(/^[1-7]$/), day]),
  part: z.literal(dayParts),
  lang: z.literal(taughtIn),
  stepFree: z.literal('1').transform((): true => true),
  open: z.literal('1').transform((): true => true),
  page: wholeNumber(1, 10_000, 'wrong'),
};

/**
 * The filters of an address. What cannot be read (twice given, too long, no such day) is left out and named in `ignored`;
 * an empty answer of the form is simply no filter.
 */
export function scheduleFilters(params: Readonly<Record<string, string | string[] | undefined>>): {
  filters: ScheduleFilters;
  ignored: string[];
} {
  const ignored: string[] = [];
  const read = <T>(name: string, schema: z.ZodType<T>): T | undefined => {
    const given = params[name];
    if (given === undefined || (typeof given === 'string' && given.trim() === '')) return undefined;
    const typed = schema.safeParse(given);
    if (!typed.success || Array.isArray(given)) ignored.push(name);
    return typed.success && !Array.isArray(given) ? typed.data : undefined;
  };
  const filters = {
    area: read('area', readable.area),
    q: read('q', readable.q),
    skill: read('skill', readable.skill),
    day: read('day', readable.day),
    part: read('part', readable.part),
    lang: read('lang', readable.lang),
    stepFree: read('stepFree', readable.stepFree),
    open: read('open', readable.open),
    page: read('page', readable.page) ?? 1,
  };
  return { filters, ignored };
}

/** The words looked for, folded; each has to begin a word of the class or of a place it lies in. */
export function searchWords(q: string): string[] {
  return fold(q).split(' ').filter(Boolean).slice(0, mostWords);
}

/** A skill one can look for, with its domain. */
export type SkillChoice = {
  readonly code: string;
  readonly domainCode: string;
  readonly title: string;
  readonly domain: string;
};

/** A class as its card shows it. */
export interface ClassCard {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** What one will be able to do: the first statements of the skills taught, the core ones first. */
  readonly canDo: readonly string[];
  readonly skillCode: string | null;
  /** The next session that fits what was looked for. */
  readonly nextStartsAt: Date;
  readonly nextEndsAt: Date;
  readonly sessionsToCome: number;
  readonly venue: string;
  readonly address: string;
  readonly placeName: string;
  readonly unitName: string | null;
  readonly stepFree: boolean;
  readonly seatsLeft: number;
  readonly waiting: number;
  readonly teamName: string;
  readonly bring: string;
  readonly language: TaughtIn;
  /** Which of the places looked around, counted from 1, it lies in; null when none were named. */
  readonly ring: number | null;
}

/** Where to look, the nearest first: a class belongs to the first of these places it lies in. */
export interface Around {
  readonly rings: readonly number[];
  readonly perPage?: number;
  /** A class to leave out. */
  readonly except?: string;
}

export interface ClassSessionLine {
  readonly id: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly state: 'toCome' | 'past' | 'cancelled';
  readonly reason: string | null;
  readonly lesson: string | null;
  /** Only when it is held elsewhere than the class. */
  readonly venue: string | null;
  /** What is said of just this one. */
  readonly note: string;
  /** When it was to begin at first. */
  readonly movedFrom: Date | null;
}

/** Everything a resident may know about a class. */
export interface ClassDetails extends Omit<
  ClassCard,
  'nextStartsAt' | 'nextEndsAt' | 'sessionsToCome' | 'canDo' | 'ring'
> {
  readonly areaId: number;
  readonly status: 'published' | 'cancelled' | 'closed';
  readonly statusReason: string | null;
  readonly over: boolean;
  readonly capacity: number;
  readonly wayThere: string;
  readonly note: string;
  readonly hotline: string;
  readonly skills: readonly { code: string; title: string; canDo: string }[];
  readonly sessions: readonly ClassSessionLine[];
}

// — For those who run classes —

/** States of a class, as stored. */
export const classStatuses = ['draft', 'published', 'cancelled', 'closed'] as const;
export type ClassStatus = (typeof classStatuses)[number];

export type SessionStatus = 'planned' | 'published' | 'cancelled' | 'held' | 'did_not_happen';
export type SessionVerdict = 'fine' | 'fewSeats' | 'dayOff' | 'venueTaken' | 'past';
/** Why a day of the rule is without a session. */
export type SkipReason = 'chosen' | 'dayOff' | 'venueTaken' | 'past';

/** The weekly rule a class's sessions are made by. Weekdays are Monday 1 to Sunday 7. At least one of `count` and `until`. */
export interface WeeklyRule {
  readonly firstDay: string;
  readonly weekdays: readonly number[];
  readonly startTime: string;
  readonly minutes: number;
  readonly count?: number | undefined;
  readonly until?: string | undefined;
}

/** A repeated field as a list, whether it came once, often or not at all. */
export const listOf = <T extends z.ZodType>(item: T, most: number, wrong: string, least = 1) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
    z.array(item).min(least, wrong).max(most, 'tooMany'),
  );

const capacity = wholeNumber(1, 500, 'capacityRange');
const minimumToRun = wholeNumber(1, 500, 'minimumRange');
const hotline = optionalText(40).refine((typed) => typed === '' || phoneNumber(typed) !== null, 'phoneShape');
const reason = text(300, 'sayWhy');

/** In a plan's `venueId`: the venue is described in the same form. */
export const newVenue = 'new';

const weekday = z.coerce.number('chooseWeekday').int('chooseWeekday').min(1, 'chooseWeekday').max(7, 'chooseWeekday');
/** What a plan says, each part with its rule; a described model holds the same parts. */
export const plan = z.object({
  courseId: z.uuid('chooseCourse'),
  venueId: z.string('chooseVenue').regex(/^(new|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/, 'chooseVenue'),
  teamId: z.uuid('chooseTeam'),
  capacity,
  minimumToRun,
  reservedPlaces: placesFields.reservedPlaces,
  reservedFor: placesFields.reservedFor,
  offerHours: placesFields.offerHours,
  language: z.enum(taughtIn, 'wrong'),
  firstDay: day,
  weekdays: listOf(weekday, 7, 'chooseWeekday'),
  startTime: time,
  minutes: wholeNumber(30, 480, 'minutesRange'),
  count: emptyAsMissing(wholeNumber(1, 60, 'countRange')),
  until: emptyAsMissing(day),
  modelId: emptyAsMissing(id),
});

function ruleEnds(typed: z.output<typeof plan>, context: z.RefinementCtx): void {
  if (typed.count === undefined && typed.until === undefined)
    context.addIssue({ code: 'custom', path: ['count'], message: 'countOrUntil' });
  if (typed.until !== undefined && typed.until < typed.firstDay)
    context.addIssue({ code: 'custom', path: ['until'], message: 'untilBeforeFirst' });
  if (typed.minimumToRun > typed.capacity)
    context.addIssue({ code: 'custom', path: ['minimumToRun'], message: 'minimumAboveCapacity' });
  placesGoTogether(typed, context);
}

/** Of a day of the rule, the day and time on which the class meets instead. Left empty, that part stays as the rule says. */
const moves = z.record(day, z.object({ day: emptyAsMissing(day), time: emptyAsMissing(time) }));
export type Moves = z.output<typeof moves>;
/** The fields of a move; what is wrong with one is said at just that field. */
export const moveField = (from: string, part: 'day' | 'time') => `moves.${from}.${part}`;

/** Gathers the fields of moves, which are named by their day, into one record. */
function gatherMoves(sent: unknown): unknown {
  if (typeof sent !== 'object' || sent === null || 'moves' in sent) return sent;
  const gathered = new Map<string, Record<string, unknown>>();
  for (const [name, value] of Object.entries(sent)) {
    const [, from = '', part = ''] = /^moves\.(20\d\d-\d\d-\d\d)\.(day|time)$/.exec(name) ?? [];
    if (day.safeParse(from).success) gathered.set(from, { ...gathered.get(from), [part]: value });
  }
  return { ...sent, moves: Object.fromEntries(gathered) };
}

/**
 * What is planned: what, where, by whom, and the weekly rule. Read from the address; nothing personal in it. Once dates were decided on
 * (`decided`), which of them are kept and which are moved; `wanted` is how many sessions there should be in the end.
 */
export const planDraft = z.preprocess(
  gatherMoves,
  plan
    .extend({
      decided: z.literal('1').optional().catch(undefined),
      wanted: wholeNumber(1, 60, 'countRange').optional().catch(undefined),
      dates: listOf(day, 60, 'chooseDate', 0).catch([]),
      moves: moves.catch({}),
      venueAreaId: emptyAsMissing(areaId).catch(undefined),
    })
    .superRefine(ruleEnds),
);
export type PlanDraft = z.output<typeof planDraft>;

/** What is sent: the same, the dates kept or moved, what a new venue is like, and whether to save, publish, or only look again. */
export const planInput = z.preprocess(
  gatherMoves,
  plan
    .extend({
      wanted: emptyAsMissing(wholeNumber(1, 60, 'countRange')),
      dates: listOf(day, 60, 'chooseDate', 0),
      moves,
      venueName: optionalText(120),
      venueAddress: optionalText(200),
      venueWayThere: optionalText(300),
      venueAreaId: emptyAsMissing(areaId),
      venueSeats: emptyAsMissing(wholeNumber(1, 2000, 'seatsRange')),
      venueStepFree: ticked,
      note: optionalText(500),
      hotline,
      saveAs: z.enum(['check', 'draft', 'publish'], 'wrong'),
    })
    .superRefine((typed, context) => {
      ruleEnds(typed, context);
      const wrong = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
      const moved = Object.values(typed.moves).some((move) => move.day ?? move.time);
      if (typed.saveAs === 'check') return;
      if (typed.dates.length === 0 && !moved) wrong('dates', 'chooseDate');
      if (typed.venueId !== newVenue) return;
      if (!typed.venueName) wrong('venueName', 'required');
      if (!typed.venueAddress) wrong('venueAddress', 'required');
      if (!typed.venueAreaId) wrong('venueAreaId', 'chooseArea');
    }),
);
export type PlanInput = z.output<typeof planInput>;

export const publishInput = z.object({ classId: addressId });
export const changeInput = z
  .object({
    classId: addressId,
    teamId: z.uuid('chooseTeam'),
    capacity,
    minimumToRun,
    ...placesFields,
    language: z.enum(taughtIn, 'wrong'),
    note: optionalText(500),
    hotline,
  })
  .superRefine((typed, context) => {
    placesGoTogether(typed, context);
    if (typed.minimumToRun > typed.capacity)
      context.addIssue({ code: 'custom', path: ['minimumToRun'], message: 'minimumAboveCapacity' });
  });
export type ClassChange = z.output<typeof changeInput>;
export const cancelClassInput = z.object({ classId: addressId, reason });
export const cancelSessionInput = z.object({ sessionId: id, reason });
export const restoreSessionInput = z.object({ sessionId: id });
export const putDayBackInput = z.object({ classId: addressId, day });

export const classTimes = ['coming', 'running', 'past'] as const;
export const classNeeds = ['register', 'overdue', 'waiting', 'few'] as const;

/** The list of classes, as its address says. What is not understood is left out, so that an old link still opens. */
export const classListInput = z.object({
  state: z.enum(classStatuses).optional().catch(undefined),
  area: z.coerce.number().int().min(1).max(2_000_000_000).optional().catch(undefined),
  when: z.enum(classTimes).optional().catch(undefined),
  need: z.enum(classNeeds).optional().catch(undefined),
  q: z.string().max(200).optional().catch(undefined),
  view: z.enum(['week', 'month']).optional().catch(undefined),
  day: day.optional().catch(undefined),
  sort: sortAsked,
  page: z.coerce.number().int().min(1).max(500).catch(1),
});
export type ClassListInput = z.output<typeof classListInput>;
