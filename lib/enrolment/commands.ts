import { elevated, presentCode, type Caller, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { newId, newSlipCode } from '@/lib/kernel/id';
import { phoneHint } from '@/lib/kernel/phone';
import { isRefusal, refuse, refuseAndKeep, type Refusal } from '@/lib/kernel/result';
import { fold, givenName } from '@/lib/kernel/text';
import { activeStates, idempotencyKey, turn } from './rules';
import type { Enrolled, Enrolment, Learner } from './schema';

/** Who acts, and how it reached us. Without a caller it is a resident. */
export interface Actor {
  readonly caller: Caller | null;
  readonly channel: 'web' | 'staff' | 'phone' | 'paper';
}

/*
 * Locks are always taken in this order, so that nobody waits in a circle and nothing has to be tried again: the person's turn
 * (advisory) → the class's row → enrolments. One transaction locks one class.
 */

/**
 * Puts somebody into a class: a seat if there is one and nobody waits, otherwise the end of the queue. One statement decides,
 * takes the seat and writes person, enrolment, event, consent and audit. The same form again gives the same enrolment.
 * Refuses: notFound (no such class, or not the caller's), classCancelled, classOver, chooseVillage, consentChanged (the words
 * beside the box are no longer the current ones), alreadyEnrolled.
 */
export async function enrol(tx: ScopedTx, actor: Actor, enrolment: Enrolment): Promise<Refusal | Enrolled> {
  if (actor.caller && !(await mayEnrol(tx, enrolment))) return refuse('notFound', 'classId');
  return elevated(tx, 'enrol: match the person and take a seat', async (system) => {
    const found = await standing(system, enrolment);
    if (found.repeated && !found.repeated.mayShow) return refuse('alreadyEnrolled');
    if (found.repeated) return { ...found.repeated, repeated: true };
    const no = whyNot(found, enrolment);
    if (no) return no;
    const done = await takePlace(system, actor, enrolment, found.personId);
    if (isRefusal(done)) return done;
    // Rare: room and a queue at once (the class was enlarged by hand). Whoever waits longest goes first.
    if (!done.idle) return done;
    await promoteWaiting(system, enrolment.classId);
    return { ...done, status: await statusNow(system, done.enrolmentId) };
  });
}

/** The class, and the person where one is named, are the caller's to enrol: asked under the caller's own rows. */
async function mayEnrol(tx: ScopedTx, { classId, learner }: Enrolment): Promise<boolean> {
  const named = 'personId' in learner ? learner.personId : null;
  const [row] = await tx<{ may: boolean }[]>`
    select exists (select from class where id = ${classId} and area_id = any (coalesce((select may_areas('enrolment.write')), '{}')))
      and (${named}::uuid is null or exists (select from person where id = ${named} and merged_into is null)) as may`;
  return row?.may ?? false;
}

interface Standing {
  /**
   * What the same form made before. Its code is given again for an hour only: a cached page shows its form's key to everybody, and
   * whoever knows a neighbour's name, phone and village could otherwise send it again one day and hold the neighbour's slip.
   */
  readonly repeated: (Pick<Enrolled, 'enrolmentId' | 'code' | 'status'> & { readonly mayShow: boolean }) | null;
  readonly classStatus: string | null;
  readonly classOver: boolean;
  readonly placeKnown: boolean;
  readonly consentVersion: number | null;
  readonly personId: string | null;
  readonly enrolled: boolean;
}

/**
 * How things stand, once it is this person's turn. Somebody known is met again only by the same phone *and* name *and* village,
 * with years of birth that do not contradict: a family shares a phone, and a name is no proof. Anybody else is new.
 */
async function standing(tx: SystemTx, enrolment: Enrolment): Promise<Standing> {
  const { classId, learner } = enrolment;
  const typed = 'personId' in learner ? null : learner;
  const named = 'personId' in learner ? learner.personId : null;
  // Sent together; the second one's snapshot is taken after the first one's wait.
  const [, [row]] = await Promise.all([
    tx`select pg_advisory_xact_lock(hashtextextended(${turn(enrolment)}, 3))`,
    tx<Standing[]>`
      with known as (
        select coalesce(${named}::uuid, (
          select coalesce(p.merged_into, p.id) from person_phone f join person p on p.id = f.person_id
          where f.phone = ${typed?.phone ?? null} and p.name_folded = ${fold(typed?.fullName ?? '')} and p.area_id = ${typed?.areaId ?? 0}
            and (p.birth_year is null or ${typed?.birthYear ?? null}::integer is null or p.birth_year = ${typed?.birthYear ?? null})
          order by p.created_at, p.id limit 1)) as person_id
      )
      select known.person_id, c.status as class_status, coalesce(c.last_ends_at <= now(), true) as class_over,
        ${named}::uuid is not null or exists (select from area where id = ${typed?.areaId ?? 0} and kind <> 'province'
          and (valid_to is null or valid_to > current_date)) as place_known,
        (select max(version) from consent_text where purpose = 'class' and used_from <= now()) as consent_version,
        exists (select from enrolment e where e.class_id = ${classId} and e.person_id = known.person_id
          and e.status in ${tx(activeStates)}) as enrolled,
        (select jsonb_build_object('enrolmentId', e.id, 'code', e.code, 'status', e.status,
          'mayShow', e.created_at > now() - interval '1 hour') from enrolment e
          where e.idempotency_key = ${idempotencyKey(enrolment)}) as repeated
      from known left join class c on c.id = ${classId}`,
  ]);
  if (!row) throw new Error('a select without from conditions gave no row');
  return row;
}

function whyNot(found: Standing, enrolment: Enrolment): Refusal | null {
  if (found.classStatus === null || found.classStatus === 'draft') return refuse('notFound');
  if (found.classStatus === 'cancelled') return refuse('classCancelled');
  if (found.classStatus === 'closed' || found.classOver) return refuse('classOver');
  if (!found.placeKnown) {
    const field = enrolment.placeField ?? 'village';
    return refuse(field === 'unit' ? 'chooseUnit' : 'chooseVillage', field);
  }
  if (found.consentVersion !== enrolment.consent.version) return refuse('consentChanged', 'consent');
  return found.enrolled ? refuse('alreadyEnrolled') : null;
}

/** One statement: the conditional update decides and counts, everything else hangs on the row it gives back. */
async function takePlace(
  tx: SystemTx,
  actor: Actor,
  { classId, learner, signedUpBy, consent, ...rest }: Enrolment,
  knownPersonId: string | null,
): Promise<Refusal | (Enrolled & { idle: boolean })> {
  const personId = knownPersonId ?? newId();
  const enrolmentId = newId();
  const code = newSlipCode();
  const accountId = actor.caller?.accountId ?? null;
  const key = idempotencyKey({ classId, learner, signedUpBy, consent, ...rest });
  const [row] = await tx<{ status: string; idle: boolean }[]>`
    with seat as (
      update class set
        seats_confirmed = seats_confirmed + case when ${room(tx)} and waiting = 0 then 1 else 0 end,
        waiting = waiting + case when ${room(tx)} and waiting = 0 then 0 else 1 end
      where id = ${classId} and status = 'published' and last_ends_at > now()
      returning new.id, new.area_id, case when new.seats_confirmed > old.seats_confirmed then 'confirmed' else 'waitlisted' end as status,
        old.waiting > 0 and old.seats_confirmed + old.seats_offered + old.seats_held + old.seats_reserved < old.capacity + old.seats_overbooked as idle
    ), ${knownPersonId === null ? newPerson(tx, personId, learner) : tx``}
    enrolled as (
      insert into enrolment (id, class_id, area_id, person_id, status, code, channel, signed_up_by, idempotency_key)
      select ${enrolmentId}, id, area_id, ${personId}, status, ${code}, ${actor.channel}, ${signedUpBy}, ${key} from seat
    ), happened as (
      insert into enrolment_event (enrolment_id, area_id, to_status, account_id, channel)
      select ${enrolmentId}, area_id, status, ${accountId}::uuid, ${actor.channel} from seat
    ), agreed as (
      insert into consent (person_id, purpose, text_version, given, how, representative, taken_by)
      select ${personId}, 'class', ${consent.version}, true, ${consent.how}, ${signedUpBy}, ${accountId}::uuid from seat
    ), audited as (
      insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
      select ${accountId}::uuid, 'enrolment.enrol', 'enrolment', ${enrolmentId}, area_id,
        jsonb_build_object('status', status, 'channel', ${actor.channel}::text) from seat
    )
    select status, idle from seat`;
  // Closed or cancelled between the look and the act.
  return row ? { enrolmentId, code, repeated: false, ...row } : refuse('classOver');
}

/** Room by the counters of the row itself: within an update that is the newest row, however many are waiting for it. */
const room = (tx: SystemTx) =>
  tx`seats_confirmed + seats_offered + seats_held + seats_reserved < capacity + seats_overbooked`;

function newPerson(tx: SystemTx, personId: string, learner: Learner) {
  if ('personId' in learner) return tx``;
  const { fullName, phone, phoneOf, areaId, birthYear } = learner;
  return tx`learner as (
      insert into person (id, area_id, full_name, given_name, name_folded, birth_year, phone_hint)
      select ${personId}, ${areaId}, ${fullName}, ${givenName(fullName)}, ${fold(fullName)}, ${birthYear}::integer,
        ${phone === null ? null : phoneHint(phone)} from seat
    ), reachable as (
      insert into person_phone (person_id, phone, belongs_to)
      select ${personId}, ${phone ?? ''}, ${phoneOf} from seat where ${phone !== null}
    ),`;
}

async function statusNow(tx: SystemTx, enrolmentId: string): Promise<string> {
  const [row] = await tx<{ status: string }[]>`select status from enrolment where id = ${enrolmentId}`;
  return row?.status ?? 'waitlisted';
}

/**
 * Leaves a class, or its queue, the same way; the seat goes to whoever waits first, in the same transaction. A resident shows the
 * slip's code, staff name the enrolment. Refuses: notFound, alreadyCancelled, classOver.
 */
export async function cancelEnrolment(
  tx: ScopedTx,
  actor: Actor,
  which: { readonly code: string } | { readonly enrolmentId: string },
  reason: string,
): Promise<Refusal | { classId: string; promoted: number }> {
  const found = await cancellable(tx, actor, which);
  if (isRefusal(found)) return found;
  const { id, classId } = found;
  return elevated(tx, 'cancel: free the seat and promote whoever waits', async (system) => {
    const [, [left]] = await Promise.all([
      system`select from class where id = ${classId} for update`,
      system<{ areaId: number; was: string }[]>`
        with gone as (
          update enrolment set status = 'cancelled', status_at = now()
          where id = ${id} and status in ${system(activeStates)}
          returning new.area_id, old.status as was
        ), counted as (
          update class set
            seats_confirmed = seats_confirmed - (was = 'confirmed')::integer,
            seats_offered = seats_offered - (was = 'offered')::integer,
            waiting = waiting - (was = 'waitlisted')::integer
          from gone where id = ${classId}
        ), happened as (
          insert into enrolment_event (enrolment_id, area_id, from_status, to_status, account_id, channel, reason)
          select ${id}, area_id, was, 'cancelled', ${actor.caller?.accountId ?? null}::uuid, ${actor.channel}, ${reason} from gone
        )
        select area_id, was from gone`,
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

async function cancellable(
  tx: ScopedTx,
  actor: Actor,
  which: { readonly code: string } | { readonly enrolmentId: string },
): Promise<Refusal | { id: string; classId: string }> {
  if ('code' in which) await presentCode(tx, which.code);
  const mine = 'code' in which ? tx`e.code = ${which.code}` : tx`e.id = ${which.enrolmentId}`;
  const own = actor.caller ? tx`e.area_id = any (coalesce((select may_areas('enrolment.write')), '{}'))` : tx`true`;
  const [row] = await tx<{ id: string; classId: string; active: boolean; over: boolean }[]>`
    select e.id, e.class_id, e.status in ${tx(activeStates)} as active, coalesce(c.last_ends_at <= now(), false) as over
    from enrolment e join class c on c.id = e.class_id where ${mine} and ${own}`;
  if (!row) return refuse('notFound');
  if (!row.active) return refuse('alreadyCancelled');
  return row.over ? refuse('classOver') : row;
}

/**
 * The one way from the queue to a seat, whatever freed it: a cancellation, more capacity, places no longer held. Goes on until
 * seats or people run out: priority first, then who has waited longest. Locks the class; needs no other lock before. Returns
 * how many got a seat.
 */
export async function promoteWaiting(tx: SystemTx, classId: string): Promise<number> {
  const [, [row]] = await Promise.all([
    tx`select from class where id = ${classId} for update`,
    tx<{ promoted: number }[]>`
      with seats as (
        select id, greatest(0, capacity + seats_overbooked - seats_confirmed - seats_offered - seats_held - seats_reserved) as free
        from class where id = ${classId} and status = 'published' and last_ends_at > now() and waiting > 0
      ), next as (
        select e.id from enrolment e join seats on seats.id = e.class_id
        where e.status = 'waitlisted'
        order by e.queue_priority desc, e.queued_at, e.id
        limit coalesce((select free from seats), 0)
      ), promoted as (
        update enrolment e set status = 'confirmed', status_at = now() from next where e.id = next.id returning e.id, e.area_id
      ), happened as (
        insert into enrolment_event (enrolment_id, area_id, from_status, to_status, channel)
        select id, area_id, 'waitlisted', 'confirmed', 'promotion' from promoted
      ), counted as (
        update class set seats_confirmed = seats_confirmed + n, waiting = waiting - n
        from (select count(*)::integer as n from promoted) p where class.id = ${classId} and n > 0
      )
      select count(*) as promoted from promoted`,
  ]);
  return row?.promoted ?? 0;
}

/** Wrong codes from one address within ten minutes before a code alone is no longer enough there. */
const wrongTries = 30;

/**
 * Checks the code on a slip. There are 1.5 × 10¹¹ codes, and a whole village may share one address: so too many wrong ones never
 * lock it out, they only make us ask for the learner's given name besides, which whoever holds a slip knows and whoever
 * guesses does not. Refuses: codeUnknown (counted against the address), codeNeedsName.
 */
export async function openSlip(
  tx: ScopedTx,
  address: string,
  { code, name }: { readonly code: string; readonly name: string },
): Promise<Refusal | { code: string }> {
  await presentCode(tx, code);
  const [holder] = await tx<{ given: string }[]>`
    select p.given_name as given from enrolment e join person p on p.id = e.person_id where e.code = ${code}`;
  return elevated(tx, 'open a slip: count wrong codes', async (system) => {
    const [tries] = await system<{ count: number }[]>`
      select count(*) as count from slip_attempt where address = ${address} and at > now() - interval '10 minutes'`;
    const many = (tries?.count ?? 0) >= wrongTries;
    const named = holder !== undefined && fold(name).split(' ').at(-1) === fold(holder.given);
    if (holder && (!many || named)) return { code };
    await system`delete from slip_attempt where at < now() - interval '1 day'`;
    await system`insert into slip_attempt (address) values (${address})`;
    return many ? refuseAndKeep('codeNeedsName', 'name') : refuseAndKeep('codeUnknown', 'code');
  });
}
