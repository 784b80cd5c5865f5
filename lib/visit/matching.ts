import { attempt, elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { mine } from '@/lib/class/queries';
import { dayOf } from '@/lib/kernel/clock';
import { isRefusal, refuse, type Refusal } from '@/lib/kernel/result';
import { addPeople } from '@/lib/person/commands';
import { answersSearch } from '@/lib/person/rules';
import type { PersonSearch } from '@/lib/person/schema';
import { emptied, forgetWords, takeOffUnrecorded } from './forgetting';
import { metUnnamed } from './met';
import { audit, isDouble, type Staff } from './record';
import { holdPeople } from './settling';

interface Open {
  areaId: number;
  personId: string | null;
  fullName: string;
  birthYear: number | null;
  phone: string | null;
  phoneOf: 'self' | 'relative' | null;
}

/** An open request of the caller's, held; with `met` also one of somebody who was met by now, while their name is kept. */
async function openRequest(tx: ScopedTx, id: string, met = false): Promise<Open | null> {
  const [found] = await tx<Open[]>`
    select area_id, person_id, full_name, birth_year, phone, phone_of from visit_request q
    where id = ${id} and (closed_at is null or ${met} and ${metUnnamed(tx)}) and area_id = ${mine(tx, 'visit.plan')} for update`;
  return found ?? null;
}

/**
 * Says of whom a request speaks: somebody the caller looked up; also after somebody was met there, while the name is kept, and what came of it is theirs from then on. Refuses: notFound (either is out of reach, or it is settled), personDied,
 * matchOnRound (a round that goes there for this request goes to them already), visitWithdrawn (they withdrew their consent, if only at this moment).
 */
export async function matchRequest(
  tx: ScopedTx,
  { requestId, personId }: { readonly requestId: string; readonly personId: string },
  caller: Staff,
): Promise<Refusal | { id: string }> {
  const gone = await holdPeople(tx, [personId]);
  const request = await openRequest(tx, requestId, true);
  const [person] = await tx<{ stopped: string | null }[]>`
    select visit_stopped(id) as stopped from person where id = ${personId} and merged_into is null and area_id = ${mine(tx, 'person.read')}`;
  if (!request || !person) return refuse('notFound');
  if (gone.size > 0) return refuse('visitWithdrawn');
  if (person.stopped === 'died') return refuse('personDied');
  try {
    await attempt(tx, async (inner) => {
      // Their village is the person's: where that is known and the caller plans there.
      await inner`
        update visit_request q set person_id = p.id, area_id = case when p.area_id = ${mine(tx, 'visit.plan')}
          and not exists (select from area_tree t where t.area_id = q.area_id and t.ancestor_id = p.area_id) then p.area_id else q.area_id end
        from person p where q.id = ${requestId} and p.id = ${personId}`;
      await inner`update visit set person_id = ${personId} where request_id = ${requestId} and taken_off_at is null`;
    });
  } catch (error) {
    if (isDouble(error)) return refuse('matchOnRound', 'personId');
    throw error;
  }
  await audit(tx, caller, 'visit.match', { kind: 'visit_request', id: requestId, areaId: request.areaId });
  return { id: requestId };
}

/**
 * Writes somebody down whom the search just made did not know, with the consent they gave for being on a list, and says the request is
 * about them. Their phone, given for the visit alone, is written down only where they agreed to that. Refuses: notFound, searchFirst (they were not searched for), what `addPeople` refuses.
 */
export async function matchNewPerson(
  tx: ScopedTx,
  form: {
    readonly requestId: string;
    readonly birthYear?: number | undefined;
    readonly keepPhone: boolean;
    readonly how: 'oral' | 'paper';
  },
  searched: PersonSearch | null,
  caller: Caller,
): Promise<Refusal | { id: string }> {
  const request = await openRequest(tx, form.requestId, true);
  if (!request) return refuse('notFound');
  if (request.personId !== null) return { id: form.requestId };
  const { fullName, phoneOf, areaId } = request;
  const phone = form.keepPhone ? request.phone : null;
  const birthYear = form.birthYear ?? null;
  if (!answersSearch(searched, { fullName, birthYear })) return refuse('searchFirst');
  const [words] = await tx<{ version: number }[]>`
    select max(version) as version from consent_text where purpose = 'class' and used_from <= now()`;
  const consent = { how: form.how, version: words?.version ?? 1, on: dayOf(new Date()) };
  const person = { fullName, birthYear, gender: null, phone, phoneOf: phoneOf ?? 'self', areaId, consent } as const;
  const no = await addPeople(tx, caller, [person]);
  if (isRefusal(no)) return no;
  const [made] = await tx<{ id: string }[]>`
    select id from person where created_by = ${caller.accountId} and area_id = ${areaId} and full_name = ${fullName}
    order by created_at desc, id desc limit 1`;
  return made ? matchRequest(tx, { requestId: form.requestId, personId: made.id }, caller) : refuse('notFound');
}

/** An organiser settles a request without a visit, with the reason; no round goes there for it. Refuses: notFound. */
export async function closeRequest(
  tx: ScopedTx,
  { requestId, reason }: { readonly requestId: string; readonly reason: string },
  caller: Staff,
): Promise<Refusal | { id: string }> {
  const request = await openRequest(tx, requestId);
  if (!request) return refuse('notFound');
  await tx`
    update visit_request set closed_at = now(), closed_because = 'not_needed', closed_by = ${caller.accountId}, closed_note = ${reason}
    where id = ${requestId}`;
  await tx`
    update visit v set taken_off_at = now() where v.request_id = ${requestId} and v.taken_off_at is null
      and not exists (select from visit_outcome o where o.visit_id = v.id)`;
  await audit(tx, caller, 'visit.close', { kind: 'visit_request', id: requestId, areaId: request.areaId });
  return { id: requestId };
}

/**
 * Whoever was written down and is not known wants to be in no book: their name, number and all words are forgotten now and not after thirty days, whether they
 * were met or said no, or somebody was still to come, who then does not come. What was recorded stays, of nobody. Refuses: notFound (out of reach, known by now, or
 * forgotten already).
 */
export async function forgetMet(tx: ScopedTx, requestId: string, caller: Staff): Promise<Refusal | { id: string }> {
  const [found] = await tx<{ areaId: number }[]>`
    select area_id from visit_request where id = ${requestId} and person_id is null and full_name <> '' and area_id = ${mine(tx, 'visit.plan')} for update`;
  if (!found) return refuse('notFound');
  await elevated(tx, 'visits: somebody nobody knows wants to be forgotten', async (system) => {
    await system`
      update visit_request set ${emptied(system)}, closed_at = coalesce(closed_at, now()), closed_because = coalesce(closed_because, 'withdrawn'),
        closed_by = case when closed_at is null then ${caller.accountId}::uuid else closed_by end
      where id = ${requestId}`;
    await forgetWords(system, system`q.id = ${requestId}`);
    await takeOffUnrecorded(system, requestId);
  });
  await audit(tx, caller, 'visit.forget', { kind: 'visit_request', id: requestId, areaId: found.areaId });
  return { id: requestId };
}
