import { elevated, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { newId, newSlipCode } from '@/lib/kernel/id';
import { isRefusal, refuse, type Refusal } from '@/lib/kernel/result';
import { takeTurns } from './merge';
import { promoteWaiting } from './promotion';
import { freeSeats, inGroup, priority } from './queue';
import { activeStates, keyOf, mostOverbooked } from './rules';
import { byActor, step, type Actor } from './steps';

interface InHand {
  readonly id: string;
  readonly classId: string;
  readonly personId: string;
  readonly areaId: number;
}

/** An enrolment of a class the caller enrols people in, wherever it stands; null as if it did not exist. */
async function inHand(tx: ScopedTx, enrolmentId: string): Promise<InHand | null> {
  const [row] = await tx<InHand[]>`
    select id, class_id, person_id, area_id from enrolment
    where id = ${enrolmentId} and area_id = any (coalesce((select may_areas('enrolment.write')), '{}'))`;
  return row ?? null;
}

async function audit(tx: SystemTx, actor: Actor, action: string, on: InHand, details: Record<string, unknown>) {
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${actor.caller?.accountId ?? null}, ${action}, 'enrolment', ${on.id}, ${on.areaId}, ${tx.json({ ...details } as never)})`;
}

/**
 * One seat more than the class has, for a reason: never more than two or a tenth of the seats. The class is locked. False when
 * the bound is reached.
 */
async function oneMoreSeat(tx: SystemTx, classId: string): Promise<boolean> {
  const [room] = await tx<{ capacity: number; seatsOverbooked: number }[]>`
    select capacity, seats_overbooked from class where id = ${classId} and status = 'published' and last_ends_at > now()`;
  if (!room || room.seatsOverbooked >= mostOverbooked(room.capacity)) return false;
  await tx`update class set seats_overbooked = seats_overbooked + 1 where id = ${classId}`;
  return true;
}

/**
 * Takes somebody who waits, or has an offer, in beyond the class's seats, for a reason that is kept. Refuses: notFound, notWaiting,
 * overbookedFull (two, or a tenth of the seats, are taken already).
 */
export async function overbook(
  tx: ScopedTx,
  actor: Actor,
  { enrolmentId, reason }: { readonly enrolmentId: string; readonly reason: string },
): Promise<Refusal | { classId: string }> {
  const found = await inHand(tx, enrolmentId);
  if (!found) return refuse('notFound');
  const { id, classId } = found;
  return elevated(tx, 'overbook: a seat more than the class has', async (system) => {
    // Whoever is owed a seat gets it first; it may be this very person.
    await promoteWaiting(system, classId, id);
    const [now] = await system<{ status: string }[]>`select status from enrolment where id = ${id}`;
    if (now?.status === 'confirmed') return { classId };
    if (now?.status === 'waitlisted') {
      if (!(await oneMoreSeat(system, classId))) return refuse('overbookedFull');
      await step(system, classId, 'confirmed', system`e.id = ${id}`, {
        code: 'overbooked',
        reason,
        by: byActor(actor),
      });
      await audit(system, actor, 'enrolment.overbook', found, { reason });
      return { classId };
    }
    return refuse('notWaiting');
  });
}

export interface Move {
  readonly enrolmentId: string;
  readonly toClassId: string;
  readonly formKey: string;
  /** Given, a full class is overbooked for this reason; otherwise one waits there. */
  readonly overbookReason: string | null;
}

/**
 * Moves somebody to another class in one step: their place here ends as moved and its seat goes on; there they get a seat if there
 * is one and nobody waits, are overbooked where a reason says so, or wait. The same form again gives the same. Refuses: notFound
 * (either class), alreadyCancelled, sameClass, classOver, alreadyEnrolled, overbookedFull.
 */
export async function moveEnrolment(
  tx: ScopedTx,
  actor: Actor,
  move: Move,
): Promise<Refusal | { classId: string; enrolmentId: string; status: string }> {
  const found = await inHand(tx, move.enrolmentId);
  if (!found) return refuse('notFound');
  const { classId: from } = found;
  const to = move.toClassId;
  if (from === to) return refuse('sameClass', 'toClassId');
  const [mine] = await tx`
    select from class where id = ${to} and area_id = any (coalesce((select may_areas('enrolment.write')), '{}'))`;
  if (!mine) return refuse('notFound', 'toClassId');
  return elevated(tx, 'move: from one class to another', async (system) => {
    await takeTurns(system, [found.personId]);
    await system`select from class where id in (${from}, ${to}) order by id for update`;
    const key = keyOf('move', move.formKey.toLowerCase(), found.id, to);
    const [before] = await system<{ id: string; status: string }[]>`
      select id, status from enrolment where idempotency_key = ${key}`;
    if (before) return { classId: to, enrolmentId: before.id, status: before.status };
    await promoteWaiting(system, to);
    const no = await mayNotCome(system, found.personId, to);
    if (no) return no;
    const by = byActor(actor);
    const [left] = await step(system, from, 'moved', system`e.id = ${found.id}`, { code: 'moved', by });
    if (!left) return refuse('alreadyCancelled');
    const arrived = await arrive(system, actor, found, { ...move, key });
    if (isRefusal(arrived)) return arrived;
    for (const classId of [from, to].sort())
      await promoteWaiting(system, classId, classId === to ? arrived.enrolmentId : null);
    await audit(system, actor, 'enrolment.move', found, {
      from: left.was,
      toClass: to,
      status: arrived.status,
      overbooked: arrived.overbooked,
    });
    return { classId: to, ...arrived };
  });
}

async function mayNotCome(tx: SystemTx, personId: string, classId: string): Promise<Refusal | null> {
  const [row] = await tx<{ open: boolean; there: boolean }[]>`
    select c.status = 'published' and c.last_ends_at > now() as open,
      exists (select from enrolment e where e.class_id = c.id and e.person_id = ${personId} and e.status in ${tx(activeStates)}) as there
    from class c where c.id = ${classId}`;
  if (!row?.open) return refuse('classOver', 'toClassId');
  return row.there ? refuse('alreadyEnrolled', 'toClassId') : null;
}

/** A new enrolment in the other class, which is locked and whose books are in order. */
async function arrive(
  tx: SystemTx,
  actor: Actor,
  found: InHand,
  { toClassId, overbookReason, key }: Move & { readonly key: string },
): Promise<Refusal | { enrolmentId: string; status: string; overbooked: boolean }> {
  const [room] = await tx<{ areaId: number; kept: boolean; open: boolean; rank: number }[]>`
    select c.area_id, c.seats_reserved > 0 and ${inGroup(tx)} as kept, ${freeSeats(tx)} > 0 and c.waiting = 0 as open, ${priority(tx)} as rank
    from class c join person p on p.id = ${found.personId} where c.id = ${toClassId}`;
  if (!room) throw new Error('the class is locked, so it is there');
  const beyond = !room.kept && !room.open && overbookReason !== null;
  if (beyond && !(await oneMoreSeat(tx, toClassId))) return refuse('overbookedFull', 'overbookReason');
  const status = room.kept || room.open || beyond ? 'confirmed' : 'waitlisted';
  const enrolmentId = newId();
  const { channel } = actor;
  await tx`
    with counted as (
      update class c set seats_reserved = c.seats_reserved - ${room.kept ? 1 : 0}, seats_confirmed = c.seats_confirmed + ${status === 'confirmed' ? 1 : 0},
        waiting = c.waiting + ${status === 'waitlisted' ? 1 : 0} where c.id = ${toClassId}
    ), arrived as (
      insert into enrolment (id, class_id, area_id, person_id, status, code, channel, idempotency_key, reserved, queue_priority)
      values (${enrolmentId}, ${toClassId}, ${room.areaId}, ${found.personId}, ${status}, ${newSlipCode()}, ${channel}, ${key}, ${room.kept}, ${room.rank})
    )
    insert into enrolment_event (enrolment_id, area_id, to_status, account_id, on_behalf_of, channel, reason_code, reason, idempotency_key)
    values (${enrolmentId}, ${room.areaId}, ${status}, ${actor.caller?.accountId ?? null}, ${found.personId}, ${channel},
      ${beyond ? 'overbooked' : 'moved'}, ${beyond ? overbookReason : null}, ${key})`;
  return { enrolmentId, status, overbooked: beyond };
}
