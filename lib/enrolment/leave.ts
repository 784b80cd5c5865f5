import { elevated, presentCode, type ScopedTx } from '@/lib/access/scoped';
import { isRefusal, refuse, refuseAndKeep, type Refusal } from '@/lib/kernel/result';
import { promoteWaiting } from './promotion';
import { activeStates } from './rules';
import { byActor, step, type Actor } from './steps';

/** An enrolment by the code on its slip, which its holder shows, or by its id, which staff name. */
export type Which = { readonly code: string } | { readonly enrolmentId: string };

/**
 * Leaves a class, its queue or an offer, the same way; the seat goes to whoever waits first, in the same transaction. A resident
 * shows the slip's code, staff name the enrolment. Refuses: notFound, alreadyCancelled, classOver.
 */
export async function cancelEnrolment(
  tx: ScopedTx,
  actor: Actor,
  which: Which,
  reason: string,
): Promise<Refusal | { classId: string; promoted: number }> {
  const found = await theirs(tx, actor, which);
  if (isRefusal(found)) return found;
  const { id, classId } = found;
  return elevated(tx, 'cancel: free the seat and promote whoever waits', async (system) => {
    const [, [left]] = await Promise.all([
      system`select from class where id = ${classId} for update`,
      step(system, classId, 'cancelled', system`e.id = ${id}`, { code: 'left', reason, by: byActor(actor) }),
    ]);
    if (!left) return refuse('alreadyCancelled');
    const promoted = await promoteWaiting(system, classId);
    await system`
      insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
      values (${actor.caller?.accountId ?? null}, 'enrolment.cancel', 'enrolment', ${id}, ${left.areaId},
        ${system.json({ from: left.was, reason, promoted })})`;
    return { classId, promoted };
  });
}

/**
 * Answers an offer: the seat is theirs, or goes on to the next. Saying yes twice is saying it once. Refuses: notFound,
 * alreadyCancelled, classOver, offerOver (too late: the seat went on), noOffer.
 */
export async function answerOffer(
  tx: ScopedTx,
  actor: Actor,
  which: Which,
  answer: 'accept' | 'decline',
): Promise<Refusal | { classId: string; promoted: number }> {
  const found = await theirs(tx, actor, which);
  if (isRefusal(found)) return found;
  const { id, classId } = found;
  const to = answer === 'accept' ? 'confirmed' : 'offer_declined';
  return elevated(tx, 'answer to an offer: keep the seat or promote whoever waits', async (system) => {
    const [, [answered]] = await Promise.all([
      system`select from class where id = ${classId} for update`,
      step(system, classId, to, system`e.id = ${id} and e.status = 'offered' and e.offer_expires_at > now()`, {
        code: answer === 'accept' ? 'accepted' : 'declined',
        by: byActor(actor),
      }),
    ]);
    const promoted = await promoteWaiting(system, classId);
    if (!answered) {
      const [now] = await system<{ status: string }[]>`select status from enrolment where id = ${id}`;
      if (now?.status === to) return { classId, promoted };
      return refuseAndKeep(now?.status === 'waitlisted' || now?.status === 'confirmed' ? 'noOffer' : 'offerOver');
    }
    await system`
      insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
      values (${actor.caller?.accountId ?? null}, ${`enrolment.${answer}`}, 'enrolment', ${id}, ${answered.areaId},
        ${system.json({ promoted })})`;
    return { classId, promoted };
  });
}

/** The enrolment, when it is the caller's to change: the slip in hand, or one of a class of theirs. */
async function theirs(tx: ScopedTx, actor: Actor, which: Which): Promise<Refusal | { id: string; classId: string }> {
  if ('code' in which) await presentCode(tx, which.code);
  const mine = 'code' in which ? tx`e.code = ${which.code}` : tx`e.id = ${which.enrolmentId}`;
  const own = actor.caller ? tx`e.area_id = any (coalesce((select may_areas('enrolment.write')), '{}'))` : tx`true`;
  const [row] = await tx<{ id: string; classId: string; active: boolean; gone: boolean; over: boolean }[]>`
    select e.id, e.class_id, e.status in ${tx(activeStates)} as active, e.status in ('offer_declined', 'offer_expired') as gone,
      coalesce(c.last_ends_at <= now(), false) as over
    from enrolment e join class c on c.id = e.class_id where ${mine} and ${own}`;
  if (!row) return refuse('notFound');
  if (row.gone) return refuse('offerOver');
  if (!row.active) return refuse('alreadyCancelled');
  return row.over ? refuse('classOver') : row;
}
