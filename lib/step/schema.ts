import { z } from 'zod';
import { addDays, dayOf, momentOf } from '@/lib/kernel/clock';
import { areaId, day, emptyAsMissing, id } from '@/lib/kernel/input';

export const stepAnswers = ['yes', 'no', 'unknown'] as const;
export type StepAnswer = (typeof stepAnswers)[number];

/** Who or what an answer rests on: the person, what was seen, a relative, a list of the police or the telecom. */
export const stepSources = ['self', 'seen', 'relative', 'list'] as const;
export type StepSource = (typeof stepSources)[number];

/** One step as it is asked, and what to do for whoever stops there. */
export interface Step {
  readonly code: string;
  readonly name: string;
  readonly ask: string;
  readonly next: string;
  readonly how: string;
}

/** A step and what is known of it of one person; nothing was ever said where `answer` is null. */
export interface StepStanding extends Step {
  readonly answer: StepAnswer | null;
  readonly source: StepSource | null;
  readonly at: Date | null;
}

/** What was answered, of one person, at one time. `key` is the form's or the device's: sent twice it is one. */
export interface StepsSaid {
  readonly personId: string;
  readonly answers: readonly { readonly step: string; readonly answer: StepAnswer }[];
  readonly source: StepSource;
  /** When it was said or seen. */
  readonly at: Date;
  readonly key: string;
}

/** The field of a step's answer in the form. */
export const fieldOf = (step: string) => `step_${step}`;
const answerField = /^step_([a-z][a-z_]{1,29})$/;

/** Most steps one form speaks of: more than there are. */
const mostAtOnce = 40;

/** The day somebody said or saw it: today or before, within ten years. Left out it is today. */
const saidOn = emptyAsMissing(
  day
    .refine((typed) => typed <= dayOf(new Date()), 'stepDayAhead')
    .refine((typed) => typed > addDays(dayOf(new Date()), -3653), 'stepDayOld'),
);

/**
 * The form: one field a step, of which those left alone say nothing. The steps themselves are data, so any field that looks like one is read;
 * whether there is such a step the command asks.
 */
export const stepsForm = z
  .looseObject({ personId: id, formKey: id, source: z.enum(stepSources, 'stepSource'), on: saidOn })
  .transform((typed, issues): StepsSaid => {
    const given = Object.entries(typed)
      .filter(([field, value]) => answerField.test(field) && value !== '')
      .slice(0, mostAtOnce);
    const answers = given.flatMap(([field, value]) => {
      const answer = stepAnswers.find((one) => one === value);
      if (!answer) issues.addIssue({ code: 'custom', path: [field], message: 'stepAnswer' });
      return answer ? [{ step: answerField.exec(field)?.[1] ?? '', answer }] : [];
    });
    if (given.length === 0) issues.addIssue({ code: 'custom', path: ['form'], message: 'stepsNone' });
    const today = dayOf(new Date());
    return {
      personId: typed.personId,
      key: typed.formKey,
      source: typed.source,
      answers,
      at: typed.on === undefined || typed.on === today ? new Date() : momentOf(typed.on, '12:00'),
    };
  });

/** `/manage/steps?area=&own=&step=&page=`: of which place (`own`: of it alone, nothing below it), and who stops at which step. */
export const funnelAddress = z.object({
  area: emptyAsMissing(areaId),
  step: z
    .string()
    .regex(/^[a-z][a-z_]{1,29}$/)
    .optional()
    .catch(undefined),
  own: z.literal('1').optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(2000).catch(1),
});
export type FunnelAddress = z.output<typeof funnelAddress>;

/** How the people of a place stand at one step; together they are all who are known there. */
export interface StepCounts extends Step {
  readonly yes: number;
  readonly no: number;
  readonly unknown: number;
  /** Those for whom it is the first in the way. */
  readonly stopped: number;
}

/** A place, how many people are known there, and how many stop at each step, by its code. */
export interface StepPlace {
  readonly id: number;
  readonly name: string;
  /** Of these people the commune or ward is known, the village is not. */
  readonly villageUnknown: boolean;
  readonly known: number;
  readonly stopped: Readonly<Record<string, number>>;
}

export interface Funnel {
  readonly known: number;
  readonly steps: readonly StepCounts[];
  readonly places: readonly StepPlace[];
}

/** Somebody who stops at a step. */
export interface Stopped {
  readonly id: string;
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly phoneHint: string | null;
  /** The whole number, for those who may read it. */
  readonly phone: string | null;
  readonly areaId: number;
  readonly village: string;
  /** When that was said. */
  readonly at: Date;
}
