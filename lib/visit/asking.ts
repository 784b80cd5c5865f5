import { elevated, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { mine } from '@/lib/class/queries';
import { senderFrom } from '@/lib/enrolment/commands';
import { newId, newSlipCode } from '@/lib/kernel/id';
import { countedAddress } from '@/lib/kernel/network';
import { refuse, refuseAndKeep, type Refusal } from '@/lib/kernel/result';
import { emptied, forgetWords, takeOffUnrecorded } from './forgetting';
import { audit, type Staff } from './record';
import { fullToday, requestKey } from './rules';
import type { HelpAsked, RequestFor } from './schema';
import { holdPeople } from './settling';

/** Wrong codes from one address within ten minutes before no code is looked at there any more. */
const wrongCodes = 30;

interface Standing {
  code: string | null;
  placeKnown: boolean;
  consentVersion: number | null;
  all: { phone: number; place: number; unit: number };
  near: { phone: number; place: number; unit: number };
}

/**
 * Writes down that somebody asks for a visit and gives the number of their slip. The same form again is the same request. Refuses:
 * chooseVillage, consentChanged (the words were replaced meanwhile), askTooMany (today's are used up), askTooManyHere (their network's share is).
 */
export async function askForVisit(
  tx: ScopedTx,
  asked: HelpAsked,
  address: string,
): Promise<Refusal | { code: string }> {
  const key = requestKey(asked);
  const { network } = senderFrom(address, new Date());
  return elevated(tx, 'ask for a visit', async (system) => {
    // One at a time, so that the counts of the day hold.
    await system`select pg_advisory_xact_lock(hashtextextended('camtay.help', 4))`;
    const [found] = await system<Standing[]>`
      with unit as (select u.id from area_tree t join area u on u.id = t.ancestor_id
          where t.area_id = ${asked.area} and u.kind in ${system(unitKinds)} order by t.depth limit 1),
        today as (select q.phone = ${asked.phone} as phone, q.area_id = ${asked.area} as place,
            q.area_id in (select area_id from area_tree where ancestor_id = (select id from unit)) as unit, s.network = ${network} as near
          from visit_request q left join visit_request_sighting s on s.request_id = q.id
          where q.asked_by not in ('staff', 'desk') and q.created_by is null and q.created_at > now() - interval '1 day')
      select (select code from visit_request where idempotency_key = ${key}) as code,
        exists (select from area where id = ${asked.area} and kind <> 'province' and (valid_to is null or valid_to > current_date)) as place_known,
        (select max(version) from consent_text where purpose = 'visit' and used_from <= now()) as consent_version,
        ${counted(system, system`true`)} as all, ${counted(system, system`near`)} as near`;
    if (!found?.placeKnown) return refuse('chooseVillage', 'area');
    if (found.code !== null) return { code: found.code };
    if (asked.consentVersion !== found.consentVersion) return refuse('consentChanged', 'consent');
    const full = fullToday(found.all, found.near);
    if (full) return refuse(full);
    const [id, code] = [newId(), newSlipCode()];
    await system`
      insert into visit_request (id, code, area_id, asked_by, full_name, birth_year, phone, phone_of, needs, times, words, consent_version, idempotency_key)
      values (${id}, ${code}, ${asked.area}, ${asked.askedBy}, ${asked.fullName}, ${asked.birthYear}, ${asked.phone}, ${asked.phoneOf},
        ${[...asked.needs]}::text[], ${[...asked.times]}::text[], ${asked.words}, ${asked.consentVersion}, ${key})`;
    if (network !== null)
      await system`insert into visit_request_sighting (request_id, network) values (${id}, ${network})`;
    return { code };
  });
}

/** How many of today's requests have the same phone, are of the same village, of the same unit. */
const counted = (tx: ScopedTx, which: ReturnType<ScopedTx>) => tx`
  (select jsonb_build_object('phone', count(*) filter (where phone), 'place', count(*) filter (where place), 'unit', count(*) filter (where unit))
    from today where ${which})`;

/**
 * An organiser asks for a visit to somebody they may look up. Who refused or moved is left alone until they ask themselves, or have told the
 * organiser so (`wanted`); the dead always; of whoever withdrew what they had agreed to, if only at this moment, it is as if there were nobody.
 * Refuses: notFound, personDied, visitWanted (nobody says that they want it), visitOpen (a request waits already). The same form again is the same
 * request.
 */
export async function askForSomebody(
  tx: ScopedTx,
  asked: RequestFor,
  caller: Staff,
): Promise<Refusal | { id: string }> {
  const gone = await holdPeople(tx, [asked.personId]);
  const [person] = await tx<{ areaId: number; fullName: string; birthYear: number | null; stopped: string | null }[]>`
    select area_id, full_name, birth_year, visit_stopped(id) as stopped from person
    where id = ${asked.personId} and merged_into is null and area_id = ${mine(tx, 'visit.plan')} for share`;
  if (!person || gone.size > 0) return refuse('notFound');
  if (person.stopped === 'died') return refuse('personDied');
  await tx`select pg_advisory_xact_lock(hashtextextended(${asked.personId}, 43))`;
  const [same] = await tx<{ id: string; mine: boolean }[]>`
    select id, idempotency_key = ${asked.formKey} as mine from visit_request where person_id = ${asked.personId} and closed_at is null limit 1`;
  if (same) return same.mine ? { id: same.id } : refuse('visitOpen');
  const leftAlone = person.stopped === 'refused' || person.stopped === 'moved';
  if (leftAlone && !asked.wanted) return refuse('visitWanted', 'wanted');
  const id = newId();
  const made = await tx`
    insert into visit_request (id, code, area_id, asked_by, full_name, birth_year, needs, times, words, person_id, idempotency_key, created_by)
    values (${id}, ${newSlipCode()}, ${person.areaId}, 'staff', ${person.fullName}, ${person.birthYear}, ${[...asked.needs]}::text[],
      ${[...asked.times]}::text[], ${asked.words}, ${asked.personId}, ${asked.formKey}, ${caller.accountId})
    on conflict (idempotency_key) do nothing`;
  if (made.count === 0) return refuse('visitOpen');
  await audit(
    tx,
    caller,
    'visit.ask',
    { kind: 'visit_request', id, areaId: person.areaId },
    leftAlone ? { wanted: true } : undefined,
  );
  return { id };
}

/**
 * A unit took somebody on whom another unit referred for a visit: they wait in its queue. Who lives there by now (`personId`) is matched; of
 * others there is the name that was handed over, and the phone where that was agreed. The referral's id is the key: twice is once. For the
 * system role, once the referral was accepted.
 */
export async function askForReferred(
  system: SystemTx,
  asked: {
    readonly referralId: string;
    readonly areaId: number;
    readonly personId: string | null;
    readonly fullName: string;
    readonly birthYear: number | null;
    readonly phone: string | null;
    readonly words: string;
  },
  caller: Staff,
): Promise<void> {
  const { referralId, areaId, personId, fullName, birthYear, phone, words } = asked;
  if (
    personId !== null &&
    (await system`select from visit_request where person_id = ${personId} and closed_at is null`).count > 0
  )
    return;
  await system`
    insert into visit_request (id, code, area_id, asked_by, full_name, birth_year, phone, phone_of, needs, words, person_id, idempotency_key, created_by)
    values (${newId()}, ${newSlipCode()}, ${areaId}, 'staff', ${fullName}, ${birthYear}, ${phone}, ${phone === null ? null : 'self'}, '{other}',
      ${words.slice(0, 200)}, ${personId}, ${referralId}, ${caller.accountId})
    on conflict (idempotency_key) do nothing`;
}

/** A referral, or what was logged at a desk, was taken back: nobody goes there for it any more, and its name and phone are forgotten at once. For the system role. */
export async function forgetReferred(system: SystemTx, key: string, askedBy: 'staff' | 'desk'): Promise<void> {
  // Whoever logs at a desk chooses the key: it is no way to what others asked for.
  const [gone] = await system<{ id: string }[]>`
    update visit_request set closed_at = coalesce(closed_at, now()), closed_because = coalesce(closed_because, 'withdrawn'), ${emptied(system)}
    where idempotency_key = ${key} and asked_by = ${askedBy} returning id`;
  if (!gone) return;
  await forgetWords(system, system`q.id = ${gone.id}`);
  await takeOffUnrecorded(system, gone.id);
}

/**
 * Whoever holds the slip takes the request back: name, phone and all words go at once, and no round goes there for it. Twice is once; one that
 * was settled without a visit may be taken back too. Refuses: visitCodeUnknown (counted, see `mayLookUp`), visitSettled (somebody was there already).
 */
export async function withdrawRequest(
  tx: ScopedTx,
  code: string,
  address: string,
): Promise<Refusal | { code: string }> {
  const from = countedAddress(address);
  return elevated(tx, 'withdraw a request for a visit', async (system) => {
    if (!(await mayLookUp(system, from))) return refuse('tooManyTries', 'code');
    const [found] = await system<{ id: string; areaId: number; because: string | null }[]>`
      select id, area_id, closed_because as because from visit_request where code = ${code} for update`;
    if (!found) {
      await system`insert into slip_attempt (address) values (${from})`;
      return refuseAndKeep('visitCodeUnknown', 'code');
    }
    if (found.because === 'withdrawn' || found.because === 'expired') return { code };
    if (found.because !== null && found.because !== 'not_needed') return refuse('visitSettled');
    await system`
      update visit_request set closed_at = now(), closed_because = 'withdrawn', ${emptied(system)} where id = ${found.id}`;
    await forgetWords(system, system`q.id = ${found.id}`);
    await takeOffUnrecorded(system, found.id);
    await system`
      insert into audit_event (action, subject_kind, subject_id, area_id) values ('visit.withdraw', 'visit_request', ${found.id}, ${found.areaId})`;
    return { code };
  });
}

/** Whether codes are still looked at from an address. For the system role. */
export async function mayLookUp(system: ScopedTx, from: string): Promise<boolean> {
  const [tries] = await system<{ count: number }[]>`
    select count(*)::int as count from slip_attempt where address = ${from} and at > now() - interval '10 minutes'`;
  return (tries?.count ?? 0) < wrongCodes;
}

/**
 * Looks for the request of a slip's number, for whoever typed it. Refuses: tooManyTries (so many wrong ones from there that none is looked at any
 * more), visitCodeUnknown (counted; kept a day).
 */
export async function openVisitSlip(tx: ScopedTx, code: string, address: string): Promise<Refusal | { code: string }> {
  const from = countedAddress(address);
  return elevated(tx, 'visits: open a slip by its number', async (system) => {
    if (!(await mayLookUp(system, from))) return refuse('tooManyTries', 'code');
    const found = await system`select from visit_request where code = ${code}`;
    if (found.count > 0) return { code };
    await system`
      with old as (delete from slip_attempt where at < now() - interval '1 day') insert into slip_attempt (address) values (${from})`;
    return refuseAndKeep('visitCodeUnknown', 'code');
  });
}
