import { z } from 'zod';
import { daysBetween } from '@/lib/kernel/clock';
import { areaId, day, emptyAsMissing, id, text, wholeNumber } from '@/lib/kernel/input';

export const dayOffKinds = ['dates', 'weekly', 'exception'] as const;
export type DayOffKind = (typeof dayOffKinds)[number];
export const dayOffReasons = ['holiday', 'harvest', 'market', 'flood', 'weekly', 'other'] as const;
export type DayOffReason = (typeof dayOffReasons)[number];

/** One entry of a calendar. A weekly one may be bounded by days; the others always are. `distance` is how many levels above. */
export interface DayOff {
  readonly kind: DayOffKind;
  /** Monday 1 to Sunday 7. */
  readonly weekday: number | null;
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  readonly distance: number;
}

/** An entry with whose it is and why. */
export interface DayOffLine extends DayOff {
  readonly id: string;
  readonly reason: DayOffReason;
  readonly name: string;
  readonly areaId: number;
  readonly area: string;
}

/** Entries of more than a year are slips of the finger. */
const mostDaysOff = 366;

/** Entries one area has at most that are not over: each day of every plan below it is compared with them. */
export const mostEntries = 200;

/** The form of one entry; without `id` a new one. Without a last day it is the first day alone. */
export const dayOffInput = z
  .object({
    id: emptyAsMissing(id),
    areaId,
    kind: z.enum(dayOffKinds, 'chooseDayOffKind'),
    weekday: emptyAsMissing(wholeNumber(1, 7, 'chooseOneWeekday')),
    firstDay: emptyAsMissing(day),
    lastDay: emptyAsMissing(day),
    reason: z.enum(dayOffReasons, 'chooseDayOffReason'),
    name: text(120),
  })
  .superRefine(({ kind, weekday, firstDay, lastDay }, issues) => {
    const wrong = (field: string, message: string) => issues.addIssue({ code: 'custom', path: [field], message });
    if (kind === 'weekly' && weekday === undefined) wrong('weekday', 'chooseOneWeekday');
    if (kind !== 'weekly' && firstDay === undefined) wrong('firstDay', 'dayShape');
    if (firstDay === undefined || lastDay === undefined) return;
    if (lastDay < firstDay) wrong('lastDay', 'untilBeforeFirst');
    else if (kind !== 'weekly' && daysBetween(firstDay, lastDay) >= mostDaysOff) wrong('lastDay', 'dayOffTooLong');
  })
  .transform(({ weekday, firstDay, lastDay, ...rest }) => ({
    ...rest,
    id: rest.id ?? null,
    weekday: rest.kind === 'weekly' ? (weekday ?? null) : null,
    firstDay: firstDay ?? null,
    lastDay: lastDay ?? (rest.kind === 'weekly' ? null : (firstDay ?? null)),
  }));
export type DayOffInput = z.output<typeof dayOffInput>;

export const removeDayOffInput = z.object({ id });

/** The calendar's address: whose, and which entry to change or to open in spite of. What is not understood is left out. */
export const calendarAddress = z.object({
  area: areaId.optional().catch(undefined),
  edit: id.optional().catch(undefined),
  open: id.optional().catch(undefined),
  done: z.enum(['saved', 'removed']).optional().catch(undefined),
});
