import type { ScopedTx } from '@/lib/access/scoped';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { audit, classInHand, isExclusion, spanAgain, venueInUse, type Staff } from './record';
import type { ClassStatus, SessionStatus } from './schema';

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

/** Puts a cancelled session back. Refused: not one's own, not cancelled, in the past, class over, venue taken or retired since. */
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
    throw error;
  }
  await spanAgain(tx, found.classId);
  await audit(tx, caller, 'session.restore', { kind: 'class_session', id: found.id, areaId: found.areaId }, {});
  return { classId: found.classId };
}
