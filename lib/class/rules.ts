import { addDays, momentOf, weekdayOf } from '@/lib/kernel/clock';
import type { SessionVerdict, WeeklyRule } from './schema';

/** A class meets at most this often, and its rule looks at most this far ahead: a slip of the finger plans no century. */
export const mostSessions = 60;
const mostDays = 400;

/**
 * The days a weekly rule makes: ticked weekdays from the first day on, in order, without repeats; as many as `count` says
 * or up to and including `until`. Never more than `mostSessions`, never further than 400 days ahead.
 */
export function weeklyDates(rule: WeeklyRule): string[] {
  const wanted = Math.min(rule.count ?? mostSessions, mostSessions);
  const days: string[] = [];
  for (let ahead = 0; ahead < mostDays && days.length < wanted; ahead += 1) {
    const day = addDays(rule.firstDay, ahead);
    if (rule.until !== undefined && day > rule.until) break;
    if (rule.weekdays.includes(weekdayOf(day))) days.push(day);
  }
  return days;
}

/** From when until when a session of a day lasts. */
export function sessionSpan(day: string, startTime: string, minutes: number): { startsAt: Date; endsAt: Date } {
  const startsAt = momentOf(day, startTime);
  return { startsAt, endsAt: new Date(startsAt.getTime() + minutes * 60_000) };
}

interface Seats {
  readonly capacity: number;
  readonly venueSeats: number | null;
}

/**
 * What is to be known about a date before it is planned. `past` and `venueTaken` cannot be planned; `fewSeats` is a warning:
 * the room holds fewer than the class takes.
 */
export function verdictOf(
  span: { startsAt: Date; endsAt: Date },
  now: Date,
  taken: readonly { startsAt: Date; endsAt: Date }[],
  seats: Seats,
): SessionVerdict {
  if (span.startsAt <= now) return 'past';
  if (taken.some((other) => other.startsAt < span.endsAt && span.startsAt < other.endsAt)) return 'venueTaken';
  if (seats.venueSeats !== null && seats.capacity > seats.venueSeats) return 'fewSeats';
  return 'fine';
}

/** Whether a date with this verdict may be planned at all. */
export const canPlan = (verdict: SessionVerdict) => verdict === 'fine' || verdict === 'fewSeats';

/** How long after its end a session's register is overdue. */
export const registerDueAfterMs = 24 * 3_600_000;

/** `open`: the session ended and its register is not finished; `overdue`: for more than a day. */
export function registerDue(endsAt: Date, now: Date): 'notYet' | 'open' | 'overdue' {
  if (endsAt > now) return 'notYet';
  return now.getTime() - endsAt.getTime() > registerDueAfterMs ? 'overdue' : 'open';
}
