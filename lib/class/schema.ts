import { z } from 'zod';
import { addressId, areaId, day, emptyAsMissing, id, optionalText, text, ticked, time, wholeNumber } from '@/lib/kernel/input';
import { phoneNumber } from '@/lib/kernel/phone';

/** Languages a class is taught in, as stored. */
export const taughtIn = ['vi', 'bru', 'pako'] as const;
export type TaughtIn = (typeof taughtIn)[number];

/** States of a class, as stored. */
export const classStatuses = ['draft', 'published', 'cancelled', 'closed'] as const;
export type ClassStatus = (typeof classStatuses)[number];

export type SessionStatus = 'planned' | 'published' | 'cancelled' | 'held' | 'did_not_happen';
export type SessionVerdict = 'fine' | 'fewSeats' | 'venueTaken' | 'past';

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
const listOf = <T extends z.ZodType>(item: T, most: number, wrong: string) =>
  z.preprocess(
    (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
    z.array(item).min(1, wrong).max(most, 'tooMany'),
  );

const capacity = wholeNumber(1, 500, 'capacityRange');
const minimumToRun = wholeNumber(1, 500, 'minimumRange');
const hotline = optionalText(40).refine((typed) => typed === '' || phoneNumber(typed) !== null, 'phoneShape');
const reason = text(300, 'sayWhy');

/** In a plan's `venueId`: the venue is described in the same form. */
export const newVenue = 'new';

const plan = z.object({
  courseId: id,
  venueId: z.union([z.literal(newVenue), id], 'chooseVenue'),
  teamId: id,
  capacity,
  minimumToRun,
  language: z.enum(taughtIn, 'wrong'),
  firstDay: day,
  weekdays: listOf(z.coerce.number('chooseWeekday').int('chooseWeekday').min(1, 'chooseWeekday').max(7, 'chooseWeekday'), 7, 'chooseWeekday'),
  startTime: time,
  minutes: wholeNumber(30, 480, 'minutesRange'),
  count: emptyAsMissing(wholeNumber(1, 60, 'countRange')),
  until: emptyAsMissing(day),
});

function ruleEnds(typed: z.output<typeof plan>, context: z.RefinementCtx): void {
  if (typed.count === undefined && typed.until === undefined)
    context.addIssue({ code: 'custom', path: ['count'], message: 'countOrUntil' });
  if (typed.until !== undefined && typed.until < typed.firstDay)
    context.addIssue({ code: 'custom', path: ['until'], message: 'untilBeforeFirst' });
  if (typed.minimumToRun > typed.capacity)
    context.addIssue({ code: 'custom', path: ['minimumToRun'], message: 'minimumAboveCapacity' });
}

/** The first step of planning a class: what, where, by whom, and the weekly rule. Read from the address; nothing personal in it. */
export const planDraft = plan.superRefine(ruleEnds);
export type PlanDraft = z.output<typeof planDraft>;

/** The second step: the first one again, the dates kept from the preview, and what the first left open. */
export const planInput = plan
  .extend({
    dates: listOf(day, 60, 'chooseDate'),
    venueName: optionalText(120),
    venueAddress: optionalText(200),
    venueWayThere: optionalText(300),
    venueAreaId: emptyAsMissing(areaId),
    venueSeats: emptyAsMissing(wholeNumber(1, 2000, 'seatsRange')),
    venueStepFree: ticked,
    note: optionalText(500),
    hotline,
    then: z.enum(['draft', 'publish'], 'wrong'),
  })
  .superRefine((typed, context) => {
    ruleEnds(typed, context);
    if (typed.venueId !== newVenue) return;
    if (!typed.venueName) context.addIssue({ code: 'custom', path: ['venueName'], message: 'required' });
    if (!typed.venueAddress) context.addIssue({ code: 'custom', path: ['venueAddress'], message: 'required' });
    if (!typed.venueAreaId) context.addIssue({ code: 'custom', path: ['venueAreaId'], message: 'chooseArea' });
  });
export type PlanInput = z.output<typeof planInput>;

export const publishInput = z.object({ classId: addressId });
export const changeInput = z
  .object({ classId: addressId, teamId: id, capacity, minimumToRun, language: z.enum(taughtIn, 'wrong'), note: optionalText(500), hotline })
  .superRefine((typed, context) => {
    if (typed.minimumToRun > typed.capacity)
      context.addIssue({ code: 'custom', path: ['minimumToRun'], message: 'minimumAboveCapacity' });
  });
export const cancelClassInput = z.object({ classId: addressId, reason });
export const cancelSessionInput = z.object({ sessionId: id, reason });
export const restoreSessionInput = z.object({ sessionId: id });

/** The list of classes, as its address says. What is not understood is left out, so that an old link still opens. */
export const classListInput = z.object({
  state: z.enum(classStatuses).optional().catch(undefined),
  area: z.coerce.number().int().min(1).max(2_000_000_000).optional().catch(undefined),
  when: z.enum(['coming', 'running', 'past']).optional().catch(undefined),
  need: z.enum(['register', 'waiting', 'few']).optional().catch(undefined),
  q: z.string().max(200).optional().catch(undefined),
  sort: z.string().max(20).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(500).catch(1),
});
export type ClassListInput = z.output<typeof classListInput>;
