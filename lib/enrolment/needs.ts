import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { newId } from '@/lib/kernel/id';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { promoteWaiting } from './promotion';
import type { Actor } from './steps';

/**
 * Notes, with a consent of its own, that somebody has the need their class keeps places for (a disability, a poor household); their
 * turn follows from it at once. Nobody signed in can read it afterwards. Refuses: notFound, noNeedHere (the class keeps no places
 * for such a need), consentChanged.
 */
export async function noteNeed(
  tx: ScopedTx,
  actor: Actor,
  need: { readonly enrolmentId: string; readonly consentVersion: number; readonly how: 'oral' | 'paper' },
): Promise<Refusal | { classId: string }> {
  const [found] = await tx<{ id: string; classId: string; personId: string; areaId: number; kind: string | null }[]>`
    select e.id, e.class_id, e.person_id, e.area_id, c.reserved_for as kind from enrolment e join class c on c.id = e.class_id
    where e.id = ${need.enrolmentId} and e.area_id = any (coalesce((select may_areas('enrolment.write')), '{}'))`;
  if (!found) return refuse('notFound');
  if (found.kind !== 'disability' && found.kind !== 'poor_household') return refuse('noNeedHere');
  const { classId, personId, kind } = found;
  return elevated(tx, 'note a need, and give the turn that follows from it', async (system) => {
    const [words] = await system<{ version: number }[]>`
      select max(version) as version from consent_text where purpose = 'need' and used_from <= now()`;
    if (words?.version !== need.consentVersion) return refuse('consentChanged', 'consent');
    const consentId = newId();
    const accountId = actor.caller?.accountId ?? null;
    await system`
      insert into consent (id, person_id, purpose, text_version, given, how, taken_by)
      values (${consentId}, ${personId}, 'need', ${need.consentVersion}, true, ${need.how}, ${accountId})`;
    await system`
      insert into person_need (person_id, kind, consent_id, recorded_by) values (${personId}, ${kind}, ${consentId}, ${accountId})
      on conflict (person_id, kind) where withdrawn_at is null do nothing`;
    await system`update enrolment set queue_priority = queue_priority % 2 + 2 where id = ${found.id}`;
    await promoteWaiting(system, classId);
    await system`
      insert into audit_event (account_id, action, subject_kind, subject_id, area_id)
      values (${accountId}, 'person.need', 'person', ${personId}, ${found.areaId})`;
    return { classId };
  });
}
