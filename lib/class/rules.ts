import { dayOffOn } from '@/lib/dayoff/rules';
import type { DayOff } from '@/lib/dayoff/schema';
import { addDays, dayOf, momentOf, weekdayOf } from '@/lib/kernel/clock';
import type { Moves, SessionVerdict, WeeklyRule } from './schema';

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

/** The first day of a rule's weekdays after a day. */
export function nextDayOf(weekdays: readonly number[], after: string): string {
  const ahead = [1, 2, 3, 4, 5, 6, 7].find((days) => weekdays.includes(weekdayOf(addDays(after, days))));
  return addDays(after, ahead ?? 1);
}

/** From when until when a session of a day lasts. */
export function sessionSpan(day: string, startTime: string, minutes: number): { startsAt: Date; endsAt: Date } {
  const startsAt = momentOf(day, startTime);
  return { startsAt, endsAt: new Date(startsAt.getTime() + minutes * 60_000) };
}

export interface Span {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** What else there is when a session is to be: sessions at the venue, days off there, and the room. Helpers' other sessions join here. */
export interface Circumstances<Taken extends Span, Off extends DayOff> {
  readonly now: Date;
  readonly taken: readonly Taken[];
  readonly daysOff: readonly Off[];
  readonly capacity: number;
  readonly venueSeats: number | null;
}

/** A verdict with what it stands on. */
export interface Judged<Taken, Off> {
  readonly verdict: SessionVerdict;
  readonly clash: Taken | null;
  readonly dayOff: Off | null;
}

const overlap = (one: Span, other: Span) => one.startsAt < other.endsAt && other.startsAt < one.endsAt;

/**
 * What is to be known about a session before it is planned, the gravest first: `past` and `venueTaken` cannot be planned; `dayOff` is
 * left out unless it is kept on purpose; `fewSeats` is a warning: the room holds fewer than the class takes.
 */
export function judge<Taken extends Span, Off extends DayOff>(
  span: Span,
  { now, taken, daysOff, capacity, venueSeats }: Circumstances<Taken, Off>,
): Judged<Taken, Off> {
  const clash = taken.find((other) => overlap(span, other)) ?? null;
  const off = dayOffOn(dayOf(span.startsAt), daysOff);
  const told = (verdict: SessionVerdict) => ({ verdict, clash, dayOff: off });
  if (span.startsAt <= now) return told('past');
  if (clash) return told('venueTaken');
  if (off) return told('dayOff');
  return told(venueSeats !== null && capacity > venueSeats ? 'fewSeats' : 'fine');
}

/** Whether a session with this verdict may be planned at all. */
export const canPlan = (verdict: SessionVerdict) => verdict !== 'past' && verdict !== 'venueTaken';
/** Whether it is planned unless somebody says otherwise. */
export const keptAtFirst = (verdict: SessionVerdict) => verdict === 'fine' || verdict === 'fewSeats';

interface Decided extends WeeklyRule {
  readonly moves: Moves;
  readonly dates: readonly string[];
}

/** One day of a rule: what is to be known of it, whether the class meets then, and where it was moved, if it was. */
export interface PlannedDay<Taken, Off> extends Judged<Taken, Off>, Span {
  readonly day: string;
  readonly kept: boolean;
  readonly moved: (Judged<Taken, Off> & Span) | null;
}

/** Whether some day of a rule is moved, and to when. */
function movedTo({ moves, startTime, minutes }: Decided, day: string): Span | null {
  const { day: toDay = day, time = startTime } = moves[day] ?? {};
  return toDay === day && time === startTime ? null : sessionSpan(toDay, time, minutes);
}

/**
 * What a plan makes of its rule, day by day: kept days (`dates`, or before anybody decided those that are fine), moved ones with the
 * verdict of where they went, and those left out. A move onto another session of the same plan is `venueTaken`; so the sessions
 * stored are exactly `sessionsOf` this.
 */
export function planOf<Taken extends Span, Off extends DayOff>(
  plan: Decided,
  decided: boolean,
  around: Circumstances<Taken, Off>,
): PlannedDay<Taken | Span, Off>[] {
  const days = weeklyDates(plan).map((day) => {
    const span = sessionSpan(day, plan.startTime, plan.minutes);
    const told = judge(span, around);
    const to = movedTo(plan, day);
    return { day, ...span, ...told, to, kept: !to && (decided ? plan.dates.includes(day) : keptAtFirst(told.verdict)) };
  });
  const own = days.flatMap((one) => one.to ?? (one.kept ? [{ startsAt: one.startsAt, endsAt: one.endsAt }] : []));
  return days.map(({ to, ...one }) => {
    if (!to) return { ...one, moved: null };
    const taken = [...around.taken, ...own.filter((other) => other !== to)];
    return { ...one, moved: { ...to, ...judge<Taken | Span, Off>(to, { ...around, taken }) } };
  });
}

/** When the class meets by a plan, in order of time, each with the day of the rule it comes from. */
export function sessionsOf(days: readonly PlannedDay<unknown, unknown>[]): (Span & { day: string })[] {
  return days
    .flatMap(({ day, kept, startsAt, endsAt, moved }) => {
      if (moved) return [{ day, startsAt: moved.startsAt, endsAt: moved.endsAt }];
      return kept ? [{ day, startsAt, endsAt }] : [];
    })
    .sort((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
}

/** How long after its end a session's register is overdue. */
export const registerDueAfterMs = 24 * 3_600_000;

/** `open`: the session ended and its register is not finished; `overdue`: for more than a day. */
export function registerDue(endsAt: Date, now: Date): 'notYet' | 'open' | 'overdue' {
  if (endsAt > now) return 'notYet';
  return now.getTime() - endsAt.getTime() > registerDueAfterMs ? 'overdue' : 'open';
}
