import { z } from 'zod';
import { addressId, areaId, day, emptyAsMissing, id, optionalText, text, time, wholeNumber } from '@/lib/kernel/input';
import { daysBetween } from '@/lib/kernel/clock';
import { listOf } from './schema';

/** Forms that change what is planned already: sessions, whole units after a storm, a class with few people. */

export const editScopes = ['this', 'following', 'all'] as const;
export type EditScope = (typeof editScopes)[number];

/** What a session is to become; the same change is made to the others in its scope. */
export interface SessionChange {
  readonly day: string;
  readonly time: string;
  readonly minutes: number;
  readonly venueId: string;
  readonly note: string;
}

const change = {
  scope: z.enum(editScopes, 'chooseScope'),
  day,
  time,
  minutes: wholeNumber(30, 480, 'minutesRange'),
  venueId: z.uuid('chooseVenue'),
  note: optionalText(200),
};

/** The change as the address tells it, to be looked at. */
export const editDraft = z.object(change);
export type EditDraft = z.output<typeof editDraft>;

/** The change, and the sessions it is made to. */
export const editInput = z.object({
  sessionId: id,
  ...change,
  sessions: listOf(id, 200, 'chooseDate'),
});
export type EditInput = z.output<typeof editInput>;

export const runAnywayInput = z.object({ classId: addressId });

/** A storm is over within a month. */
const mostStormDays = 31;
/** More units than the province has. */
const mostUnits = 200;

const storm = z.object({
  areas: listOf(areaId, mostUnits, 'chooseStormArea'),
  firstDay: day,
  lastDay: emptyAsMissing(day),
  instead: z.enum(['move', 'cancel'], 'chooseInstead'),
  reason: text(200, 'sayWhy'),
});

function daysInOrder({ firstDay, lastDay }: z.output<typeof storm>, context: z.RefinementCtx): void {
  const wrong = (message: string) => context.addIssue({ code: 'custom', path: ['lastDay'], message });
  if (lastDay === undefined) return;
  if (lastDay < firstDay) wrong('untilBeforeFirst');
  else if (daysBetween(firstDay, lastDay) >= mostStormDays) wrong('stormTooLong');
}
const whole = <T extends { firstDay: string; lastDay?: string | undefined }>(typed: T) => ({
  ...typed,
  lastDay: typed.lastDay ?? typed.firstDay,
});

/** Whose sessions of which days are put off, and what happens instead, as the address tells it. Without a last day it is the first alone. */
export const stormDraft = storm.superRefine(daysInOrder).transform(whole);
export type Storm = z.output<typeof stormDraft>;

/** The same with the mark of the preview that was looked at. */
export const stormInput = storm
  .extend({ seen: z.string('wrong').regex(/^[0-9a-f]{32}$/, 'wrong') })
  .superRefine(daysInOrder)
  .transform(whole);
export type StormInput = z.output<typeof stormInput>;

export const undoStormInput = z.object({ pressId: id });
