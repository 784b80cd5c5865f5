import type { DayOff } from '@/lib/dayoff/schema';
import { dayOf, timeOf, weekdayOf } from '@/lib/kernel/clock';
import type { Storm } from './forms';
import { freeDaysAfter, type AtVenue, type MakeUp } from './moves';
import type { Span } from './rules';
import type { WeeklyRule } from './schema';

/** All of a session that putting it off changes, and that taking it back restores. */
export interface SessionState extends Span {
  readonly venueId: string;
  readonly lessonId: string | null;
  readonly note: string;
  readonly movedFrom: Date | null;
  readonly status: 'planned' | 'published' | 'cancelled';
  readonly reason: string | null;
}

/** A session to come of a class the storm touches. */
export interface ComingSession {
  readonly id: string;
  readonly revision: number;
  readonly lessonPosition: number | null;
  readonly now: SessionState;
}

/** A class with all its sessions to come, in order of time. */
export interface ComingClass {
  readonly id: string;
  readonly venueId: string;
  readonly capacity: number;
  readonly weeklyRule: Pick<WeeklyRule, 'weekdays' | 'startTime' | 'minutes'> | null;
  readonly sessions: readonly ComingSession[];
}

/** What becomes of one session; `put` is false where only its lesson changed, because an earlier one was put off. */
export interface StormLine {
  readonly session: ComingSession;
  readonly after: SessionState;
  readonly put: boolean;
}

/** What a storm makes of one class: its lines in order of time, and the days passed over while free ones were looked for. */
export interface StormOfClass<Taken, Off> {
  readonly id: string;
  readonly lines: readonly StormLine[];
  readonly passed: MakeUp<Taken, Off>['passed'];
}

const inDays = ({ startsAt }: Span, { firstDay, lastDay }: Storm) =>
  dayOf(startsAt) >= firstDay && dayOf(startsAt) <= lastDay;

/** The rule a class's make-up days go by: its own, or where none is stored the rhythm of the session put off. */
function ruleOf({ weeklyRule }: ComingClass, { startsAt, endsAt }: Span) {
  const minutes = (endsAt.getTime() - startsAt.getTime()) / 60_000;
  return weeklyRule ?? { weekdays: [weekdayOf(dayOf(startsAt))], startTime: timeOf(startsAt), minutes };
}

const cancelled = (state: SessionState, reason: string): SessionState => ({ ...state, status: 'cancelled', reason });

function moved(state: SessionState, to: Span, venueId: string, reason: string): SessionState {
  const movedFrom = state.status === 'published' ? (state.movedFrom ?? state.startsAt) : null;
  return { ...state, ...to, venueId, movedFrom, note: [state.note, reason].filter(Boolean).join('. ') };
}

/** The lessons of the sessions that are on, in the order of the course again. */
function lessonsInOrder(lines: readonly StormLine[]): StormLine[] {
  const on = lines
    .filter(({ after }) => after.status !== 'cancelled')
    .sort((one, other) => one.after.startsAt.getTime() - other.after.startsAt.getTime());
  const far = Number.MAX_SAFE_INTEGER;
  const lessons = on
    .map(({ session }) => session)
    .sort((one, other) => (one.lessonPosition ?? far) - (other.lessonPosition ?? far))
    .map(({ now }) => now.lessonId);
  return lines.map((line) => {
    const at = on.indexOf(line);
    return at < 0 ? line : { ...line, after: { ...line.after, lessonId: lessons[at] ?? null } };
  });
}

/**
 * What a storm makes of classes, one after the other: each of its sessions in those days goes to the first free days of the class's rule
 * after its last one and after the storm, lessons in order again; or is cancelled, as it also is where half a year holds no free day.
 * No two are put at one venue at once. Only what changes is in the lines.
 */
export function stormOf<Taken extends Span, Off extends DayOff>(
  classes: readonly ComingClass[],
  storm: Storm,
  around: { now: Date; at: ReadonlyMap<string, AtVenue<Taken, Off>> },
): StormOfClass<Taken | Span, Off>[] {
  const assigned = new Map<string, Span[]>();
  return classes.map((one) => {
    const hit = one.sessions.filter(({ now }) => inDays(now, storm));
    const [first] = hit;
    if (!first) return { id: one.id, lines: [], passed: [] };
    if (storm.instead === 'cancel') {
      const lines = hit.map((session) => ({ session, put: true, after: cancelled(session.now, storm.reason) }));
      return { id: one.id, lines, passed: [] };
    }
    const { taken = [], daysOff = [], seats = null } = around.at.get(one.venueId) ?? {};
    const own = assigned.get(one.venueId) ?? [];
    const days = [storm.lastDay, dayOf(around.now), ...one.sessions.map(({ now }) => dayOf(now.startsAt))].sort();
    const { found, passed } = freeDaysAfter<Taken | Span, Off>(ruleOf(one, first.now), days.at(-1) ?? '', hit.length, {
      now: around.now,
      capacity: one.capacity,
      at: { taken: [...taken, ...own], daysOff, seats },
    });
    assigned.set(one.venueId, [...own, ...found]);
    const lines = one.sessions.map((session) => {
      const to = found[hit.indexOf(session)];
      if (!hit.includes(session)) return { session, put: false, after: session.now };
      const after = to ? moved(session.now, to, one.venueId, storm.reason) : cancelled(session.now, storm.reason);
      return { session, put: true, after };
    });
    const ordered = lessonsInOrder(lines);
    const changed = ordered.filter(({ put, session, after }) => put || after.lessonId !== session.now.lessonId);
    return { id: one.id, lines: changed, passed };
  });
}
