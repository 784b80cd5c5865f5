import { attempt, elevated, type ScopedTx } from '@/lib/access/scoped';
import { changePlaces, endAllPlaces } from '@/lib/enrolment/commands';
import { placesOf } from '@/lib/enrolment/schema';
import { phoneNumber } from '@/lib/kernel/phone';
import { isRefusal, refuse, type Refusal } from '@/lib/kernel/result';
import { audit, classInHand, isTeamClosed, putOnSchedule, type Staff } from './record';
import type { ClassChange } from './schema';

/** Puts a draft on the schedule. Refused: not one's own (`notFound`), no draft any more, no session still to come. */
export async function publishClass(
  tx: ScopedTx,
  input: { classId: string },
  caller: Staff,
): Promise<Refusal | { id: string }> {
  const found = await classInHand(tx, input.classId);
  if (!found) return refuse('notFound');
  if (found.status !== 'draft') return refuse('notADraft');
  const [coming] =
    await tx`select from class_session where class_id = ${input.classId} and status = 'planned' and starts_at > now() limit 1`;
  if (!coming) return refuse('noSessionToCome');
  await putOnSchedule(tx, input.classId);
  await audit(tx, caller, 'class.publish', { kind: 'class', id: input.classId, areaId: found.areaId }, {});
  return { id: input.classId };
}

/**
 * Decides to run a class with fewer than its minimum, for the first session as it stands: another first session asks anew. Refused: not
 * one's own (`notFound`), begun, over or not published (`classOver`).
 */
export async function runAnyway(
  tx: ScopedTx,
  { classId }: { classId: string },
  caller: Staff,
): Promise<Refusal | { id: string }> {
  const found = await classInHand(tx, classId);
  if (!found) return refuse('notFound');
  const [decided] = await tx<{ confirmed: number; minimum: number }[]>`
    update class set run_anyway_from = first_starts_at where id = ${classId} and status = 'published' and first_starts_at > now()
    returning seats_confirmed as confirmed, minimum_to_run as minimum`;
  if (!decided) return refuse('classOver');
  await audit(tx, caller, 'class.run_anyway', { kind: 'class', id: classId, areaId: found.areaId }, decided);
  return { id: classId };
}

/**
 * Changes details and capacity; more capacity promotes whoever waits, in the same transaction. Refused: not one's own, a team
 * out of reach, or closed at this very moment (`teamClosed`), a class that is over, a capacity below the seats already given (`belowTaken`).
 */
export async function changeClass(tx: ScopedTx, change: ClassChange, caller: Staff): Promise<Refusal | { id: string }> {
  const found = await classInHand(tx, change.classId);
  if (!found) return refuse('notFound');
  if (found.status === 'cancelled' || found.status === 'closed') return refuse('classOver');
  const [team] = await tx`
    select from team k where k.id = ${change.teamId}
    and (k.closed_on is null or k.id = (select team_id from class where id = ${change.classId}))
    and (k.area_id = any (coalesce((select may_areas('class.write')), '{}'))
         or k.area_id in (select ancestor_id from area_tree where area_id = ${found.areaId}))`;
  if (!team) return refuse('notFound', 'teamId');
  try {
    await attempt(
      tx,
      (inner) => inner`
    update class set team_id = ${change.teamId}, minimum_to_run = ${change.minimumToRun},
      language = ${change.language}, note = ${change.note}, hotline = ${phoneNumber(change.hotline) ?? ''}
    where id = ${change.classId}`,
    );
  } catch (error) {
    if (isTeamClosed(error)) return refuse('teamClosed', 'teamId');
    throw error;
  }
  const seats = placesOf(change, found);
  const changed = await elevated(tx, 'change of places: promote whoever waits', (system) =>
    changePlaces(system, change.classId, seats),
  );
  if (isRefusal(changed)) return changed;
  await audit(
    tx,
    caller,
    'class.change',
    { kind: 'class', id: change.classId, areaId: found.areaId },
    {
      capacityBefore: found.capacity,
      ...seats,
      promoted: changed.promoted,
    },
  );
  return { id: change.classId };
}

/**
 * Cancels a class for a reason: what is left of its sessions, and every place and every turn in its queue, each with its
 * own event. Sessions already held stay as they are. Refused: not one's own, already over.
 */
export async function cancelClass(
  tx: ScopedTx,
  input: { classId: string; reason: string },
  caller: Staff,
): Promise<Refusal | { id: string }> {
  const found = await classInHand(tx, input.classId);
  if (!found) return refuse('notFound');
  if (found.status === 'cancelled' || found.status === 'closed') return refuse('classOver');
  await tx`
    update class_session set status = 'cancelled', status_reason = ${input.reason}
    where class_id = ${input.classId} and status in ('planned', 'published') and ends_at > now() and register_started_at is null`;
  const by = { accountId: caller.accountId, channel: 'staff' } as const;
  const ended = await elevated(tx, 'a cancelled class ends every place in it', (system) =>
    endAllPlaces(system, input.classId, by, input.reason),
  );
  await tx`update class set status = 'cancelled', status_reason = ${input.reason} where id = ${input.classId}`;
  await audit(
    tx,
    caller,
    'class.cancel',
    { kind: 'class', id: input.classId, areaId: found.areaId },
    { places: ended },
  );
  return { id: input.classId };
}
