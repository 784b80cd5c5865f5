import type { DayOff } from '@/lib/dayoff/schema';
import { addDays, dayOf, daysBetween, timeOf, weekdayOf } from '@/lib/kernel/clock';
import { canPlan, judge, keptAtFirst, sessionSpan, type Judged, type Span } from './rules';
import type { SessionChange } from './forms';
import type { WeeklyRule } from './schema';

/** A session that may still be changed, as it stands. */
export interface Standing extends Span {
  readonly id: string;
  readonly venueId: string;
  readonly note: string;
}

/** What else there is at one venue. */
export interface AtVenue<Taken extends Span, Off extends DayOff> {
  readonly taken: readonly Taken[];
  readonly daysOff: readonly Off[];
  readonly seats: number | null;
}

/** One session with what it would become; `kept`: the change holds for it. */
export interface Edited<Taken, Off> extends Judged<Taken, Off> {
  readonly id: string;
  readonly before: Standing;
  readonly after: Standing;
  readonly kept: boolean;
}

const minutesOf = ({ startsAt, endsAt }: Span) => (endsAt.getTime() - startsAt.getTime()) / 60_000;
const overlap = (one: Span, other: Span) => one.startsAt < other.endsAt && other.startsAt < one.endsAt;

/**
 * A session after a change that was typed for another one (`chosen`): days move by as many as the chosen one's does; time, length,
 * venue and note are set where they differ from the chosen one's and stay as they are otherwise. For the chosen one it is the change itself.
 */
export function changedLike(one: Standing, chosen: Standing, to: SessionChange): Standing {
  const day = addDays(dayOf(one.startsAt), daysBetween(dayOf(chosen.startsAt), to.day));
  const time = to.time === timeOf(chosen.startsAt) ? timeOf(one.startsAt) : to.time;
  const minutes = to.minutes === minutesOf(chosen) ? minutesOf(one) : to.minutes;
  return {
    id: one.id,
    ...sessionSpan(day, time, minutes),
    venueId: to.venueId === chosen.venueId ? one.venueId : to.venueId,
    note: to.note === chosen.note ? one.note : to.note,
  };
}

const same = (one: Standing, other: Standing) =>
  one.startsAt.getTime() === other.startsAt.getTime() &&
  one.endsAt.getTime() === other.endsAt.getTime() &&
  one.venueId === other.venueId &&
  one.note === other.note;

/**
 * What a change makes of the sessions in its scope, each with its verdict: those that would differ only. `staying` are the class's other
 * sessions that are on; wherever they are held, a class does not meet twice at once. Before anybody decided (`decided` null) those are kept
 * that are fine; a day off counts only for a session whose day changes. What is stored is exactly the kept ones' `after`.
 */
export function editsOf<Taken extends Span, Off extends DayOff>(
  { chosen, inScope, staying }: { chosen: Standing; inScope: readonly Standing[]; staying: readonly Span[] },
  to: SessionChange,
  around: { now: Date; capacity: number; at: ReadonlyMap<string, AtVenue<Taken, Off>> },
  decided: readonly string[] | null,
): Edited<Taken | Span, Off>[] {
  const told = (one: Standing, after: Standing, own: readonly Span[]) => {
    const { taken = [], daysOff = [], seats = null } = around.at.get(after.venueId) ?? {};
    const sameDay = dayOf(one.startsAt) === dayOf(after.startsAt);
    return judge<Taken | Span, Off>(after, {
      now: around.now,
      taken: [...taken, ...own],
      daysOff: sameDay ? [] : daysOff,
      capacity: around.capacity,
      venueSeats: seats,
    });
  };
  const changing = inScope
    .map((before) => ({ before, after: changedLike(before, chosen, to) }))
    .filter(({ before, after }) => !same(before, after));
  const unchanged = inScope.filter((one) => !changing.some(({ before }) => before === one));
  const others = [...staying, ...unchanged];
  const first = changing.map(({ before, after }) => ({
    before,
    after,
    kept: decided ? decided.includes(before.id) : keptAtFirst(told(before, after, others).verdict),
  }));
  return first.map(({ before, after, kept }) => {
    const own = first.filter((one) => one.before !== before).map((one) => (one.kept ? one.after : one.before));
    return { id: before.id, before, after, kept, ...told(before, after, [...others, ...own]) };
  });
}

/** The first of the kept ones that cannot be, in order of time. */
export const firstImpossible = <Taken, Off>(edits: readonly Edited<Taken, Off>[]) =>
  edits.find(({ kept, verdict }) => kept && !canPlan(verdict)) ?? null;

/**
 * An order in which sessions can be moved one by one without any meeting another one of theirs on the way. Moved together they keep their
 * order in time, so there is always one whose new time is free of those still to be moved.
 */
export function inFreeOrder<E extends { readonly before: Span; readonly after: Span }>(edits: readonly E[]): E[] {
  const left = [...edits];
  const order: E[] = [];
  while (left.length > 0) {
    const free = left.findIndex((one) => left.every((other) => other === one || !overlap(one.after, other.before)));
    order.push(...left.splice(Math.max(0, free), 1));
  }
  return order;
}

/** A weekly rule after all sessions from one on changed alike: weekdays move along, time and length are the new ones. */
export function ruleLike(rule: WeeklyRule, chosen: Standing, to: SessionChange): WeeklyRule {
  const moved = daysBetween(dayOf(chosen.startsAt), to.day);
  const weekdays = rule.weekdays.map((weekday) => weekdayOf(addDays('2024-01-01', weekday - 1 + moved))).sort();
  return {
    ...rule,
    weekdays,
    startTime: to.time === timeOf(chosen.startsAt) ? rule.startTime : to.time,
    minutes: to.minutes === minutesOf(chosen) ? rule.minutes : to.minutes,
  };
}

/** How far ahead a free day is looked for. */
const mostDaysAhead = 180;

/** Where sessions put off go, and which days of the rule were passed over on the way, with what stood there. */
export interface MakeUp<Taken, Off> {
  readonly found: readonly Span[];
  readonly passed: readonly (Judged<Taken, Off> & { readonly day: string })[];
}

/**
 * The first `many` days of a rule after a day on which nothing stands in the way: no session at the venue, no day off, not in the past.
 * Fewer when half a year holds no more.
 */
export function freeDaysAfter<Taken extends Span, Off extends DayOff>(
  rule: Pick<WeeklyRule, 'weekdays' | 'startTime' | 'minutes'>,
  last: string,
  many: number,
  around: { now: Date; capacity: number; at: AtVenue<Taken, Off> },
): MakeUp<Taken, Off> {
  const found: Span[] = [];
  const passed: (Judged<Taken, Off> & { day: string })[] = [];
  for (let ahead = 1; ahead <= mostDaysAhead && found.length < many; ahead += 1) {
    const day = addDays(last, ahead);
    if (!rule.weekdays.includes(weekdayOf(day))) continue;
    const span = sessionSpan(day, rule.startTime, rule.minutes);
    const { taken, daysOff, seats } = around.at;
    const told = judge(span, { now: around.now, taken, daysOff, capacity: around.capacity, venueSeats: seats });
    if (keptAtFirst(told.verdict)) found.push(span);
    else passed.push({ ...told, day });
  }
  return { found, passed };
}
