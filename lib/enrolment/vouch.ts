import { elevated, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { promoteWaiting } from './promotion';
import { activeStates } from './rules';
import { byActor, step, type Actor } from './steps';

/** Whether the class is one where the caller may do this, asked under the caller's own rows. */
async function inReach(tx: ScopedTx, classId: string, may: 'enrolment.write' | 'class.write'): Promise<boolean> {
  const [row] = await tx`
    select from class where id = ${classId} and area_id = any (coalesce((select may_areas(${may})), '{}'))`;
  return row !== undefined;
}

async function audit(tx: SystemTx, actor: Actor, action: string, classId: string, details: Record<string, unknown>) {
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    select ${actor.caller?.accountId ?? null}, ${action}, 'class', id, area_id, ${tx.json(details as never)} from class where id = ${classId}`;
}

/** Takes the mark off these places: somebody vouches for them. The class is locked. */
export async function takeMarkOff(tx: SystemTx, classId: string, enrolmentIds: readonly string[]): Promise<number> {
  if (enrolmentIds.length === 0) return 0;
  const changed = await tx`
    update enrolment set unconfirmed_until = null
    where class_id = ${classId} and id in ${tx(enrolmentIds)} and unconfirmed_until is not null and status in ${tx(activeStates)}`;
  return changed.count;
}

/**
 * Somebody who runs the class vouches for an unconfirmed place: it is a place like any, and who waits gets a seat if there is one.
 * Saying so twice is saying it once. Refuses: notFound, alreadyCancelled (it ended meanwhile).
 */
export async function confirmPlace(
  tx: ScopedTx,
  actor: Actor,
  { classId, enrolmentId }: { readonly classId: string; readonly enrolmentId: string },
): Promise<Refusal | { classId: string }> {
  if (!(await inReach(tx, classId, 'enrolment.write'))) return refuse('notFound');
  return elevated(tx, 'unconfirmed place: somebody vouches', async (system) => {
    await system`select from class where id = ${classId} for update`;
    const changed = await takeMarkOff(system, classId, [enrolmentId]);
    const [now] = await system<{ status: string }[]>`
      select status from enrolment where id = ${enrolmentId} and class_id = ${classId}`;
    if (!now) return refuse('notFound');
    if (!activeStates.some((state) => state === now.status)) return refuse('alreadyCancelled');
    if (changed > 0) {
      // They are on the phone, or stand before us: their turn is not an offer to wait for.
      await promoteWaiting(system, classId, enrolmentId);
      await audit(system, actor, 'enrolment.vouch', classId, { enrolmentId });
    }
    return { classId };
  });
}

/**
 * Ends a whole batch of sign-ups that came from one network for one class: all that are unconfirmed, but for those named in `keep`,
 * which somebody vouches for by that. `batch` is any enrolment of it. Refuses: notFound.
 */
export async function undoBatch(
  tx: ScopedTx,
  actor: Actor,
  {
    classId,
    batch,
    keep,
    before,
  }: { readonly classId: string; readonly batch: string; readonly keep: readonly string[]; readonly before: Date },
): Promise<Refusal | { classId: string; undone: number }> {
  if (!(await inReach(tx, classId, 'class.write'))) return refuse('notFound');
  return elevated(tx, 'unconfirmed places: undo a batch', async (system) => {
    await system`select from class where id = ${classId} for update`;
    const [seen] = await system<{ network: string | null; why: string | null }[]>`
      select network, why from signup_sighting where enrolment_id = ${batch} and class_id = ${classId}`;
    if (!seen) return refuse('notFound');
    const kept = await takeMarkOff(system, classId, keep);
    // Only what the preview showed: who came after it is another matter. Thousands: gathered once, not looked for one by one.
    const undone = await step(
      system,
      classId,
      'cancelled',
      system`e.unconfirmed_until is not null and e.id = any (array(select s.enrolment_id from signup_sighting s
        where s.class_id = ${classId} and s.network is not distinct from ${seen.network} and s.why is not distinct from ${seen.why}
          and s.at <= ${before}))`,
      { code: 'undone', by: byActor(actor) },
    );
    await promoteWaiting(system, classId);
    await audit(system, actor, 'enrolment.undo', classId, { undone: undone.length, kept });
    return { classId, undone: undone.length };
  });
}
