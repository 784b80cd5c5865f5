import type { ScopedTx } from '@/lib/access/scoped';
import { newId } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { audit, classInHand, isExclusion, isTeamClosed, spanAgain, venueInUse, type Staff } from './record';
import { sessionSpan } from './rules';
import type { ClassStatus, SessionStatus, WeeklyRule } from './schema';

interface SessionInHand {
  id: string;
  classId: string;
  areaId: number;
  venueId: string;
  status: SessionStatus;
  started: boolean;
  over: boolean;
  classStatus: ClassStatus;
}

/** The session, with its class locked first, when it is the caller's to change. */
async function sessionInHand(tx: ScopedTx, sessionId: string): Promise<SessionInHand | null> {
  const [owner] = await tx<{ classId: string }[]>`select class_id from class_session where id = ${sessionId}`;
  const found = owner ? await classInHand(tx, owner.classId) : null;
  if (!owner || !found) return null;
  const [row] = await tx<Omit<SessionInHand, 'classStatus'>[]>`
    select id, class_id, area_id, venue_id, status, register_started_at is not null as started, ends_at <= now() as over
    from class_session where id = ${sessionId} for update`;
  return row ? { ...row, classStatus: found.status } : null;
}

/** Cancels one session for a reason. Refused: not one's own, already cancelled or held, its register begun. */
export async function cancelSession(
  tx: ScopedTx,
  input: { sessionId: string; reason: string },
  caller: Staff,
): Promise<Refusal | { classId: string }> {
  const found = await sessionInHand(tx, input.sessionId);
  if (!found) return refuse('notFound');
  if (found.started || (found.status !== 'planned' && found.status !== 'published')) return refuse('sessionOver');
  await tx`update class_session set status = 'cancelled', status_reason = ${input.reason} where id = ${found.id}`;
  await spanAgain(tx, found.classId);
  await audit(tx, caller, 'session.cancel', { kind: 'class_session', id: found.id, areaId: found.areaId }, {});
  return { classId: found.classId };
}

/** Puts a cancelled session back. Refused: not one's own, not cancelled, in the past, class over, venue taken or retired since, its team closed. */
export async function restoreSession(
  tx: ScopedTx,
  input: { sessionId: string },
  caller: Staff,
): Promise<Refusal | { classId: string }> {
  const found = await sessionInHand(tx, input.sessionId);
  if (!found) return refuse('notFound');
  if (found.status !== 'cancelled' || found.over) return refuse('sessionOver');
  if (found.classStatus === 'cancelled' || found.classStatus === 'closed') return refuse('classOver');
  if (!(await venueInUse(tx, found.venueId))) return refuse('venueRetired');
  const status = found.classStatus === 'draft' ? 'planned' : 'published';
  try {
    await tx.savepoint(
      (point) => point`update class_session set status = ${status}, status_reason = null where id = ${found.id}`,
    );
  } catch (error) {
    if (isExclusion(error)) return refuse('venueTaken');
    if (isTeamClosed(error)) return refuse('classTeamClosed');
    throw error;
  }
  await spanAgain(tx, found.classId);
  await audit(tx, caller, 'session.restore', { kind: 'class_session', id: found.id, areaId: found.areaId }, {});
  return { classId: found.classId };
}

interface Skipped {
  areaId: number;
  classStatus: ClassStatus;
  venueId: string;
  courseId: string;
  weeklyRule: Pick<WeeklyRule, 'startTime' | 'minutes'>;
}

/** The lesson of the course that comes first among those no session of the class that is on teaches. */
async function lessonLeft(tx: ScopedTx, classId: string, courseId: string): Promise<string | null> {
  const [lesson] = await tx<{ id: string }[]>`
    select l.id from lesson l where l.course_id = ${courseId} and not exists (
      select from class_session s where s.class_id = ${classId} and s.lesson_id = l.id
        and s.status not in ('cancelled', 'did_not_happen'))
    order by l.position limit 1`;
  return lesson?.id ?? null;
}

/**
 * Puts a day that was left out back: a session at the rule's time, with the first lesson not taught yet. Its verdict is of this moment.
 * Refused: not one's own or not left out (`notFound`), class over, in the past, venue taken or retired, its team closed.
 */
export async function putDayBack(
  tx: ScopedTx,
  { classId, day }: { classId: string; day: string },
  caller: Staff,
  now: Date,
): Promise<Refusal | { classId: string }> {
  if (!(await classInHand(tx, classId))) return refuse('notFound');
  const [found] = await tx<Skipped[]>`
    select c.area_id, c.status as class_status, c.venue_id, c.course_id, c.weekly_rule
    from class_skipped_day k join class c on c.id = k.class_id where k.class_id = ${classId} and k.day = ${day}`;
  if (!found) return refuse('notFound');
  if (found.classStatus === 'cancelled' || found.classStatus === 'closed') return refuse('classOver');
  const { startsAt, endsAt } = sessionSpan(day, found.weeklyRule.startTime, found.weeklyRule.minutes);
  if (startsAt <= now) return refuse('past');
  if (!(await venueInUse(tx, found.venueId))) return refuse('venueRetired');
  const row = {
    id: newId(),
    classId,
    areaId: found.areaId,
    venueId: found.venueId,
    lessonId: await lessonLeft(tx, classId, found.courseId),
    startsAt,
    endsAt,
    status: found.classStatus === 'draft' ? 'planned' : 'published',
  };
  const [last] = await tx<{ position: number }[]>`
    select coalesce(max(position), 0) as position from class_session where class_id = ${classId}`;
  const placed = { ...row, position: (last?.position ?? 0) + 1 };
  try {
    await tx.savepoint((point) => point`insert into class_session ${point(placed)}`);
  } catch (error) {
    if (isExclusion(error)) return refuse('venueTaken');
    if (isTeamClosed(error)) return refuse('classTeamClosed');
    throw error;
  }
  await tx`delete from class_skipped_day where class_id = ${classId} and day = ${day}`;
  await spanAgain(tx, classId);
  await audit(tx, caller, 'session.put_back', { kind: 'class_session', id: row.id, areaId: found.areaId }, { day });
  return { classId };
}
