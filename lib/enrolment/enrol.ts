import { elevated, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { newId, newSlipCode } from '@/lib/kernel/id';
import { phoneHint } from '@/lib/kernel/phone';
import { isRefusal, refuse, type Refusal } from '@/lib/kernel/result';
import { fold, givenName } from '@/lib/kernel/text';
import { promoteWaiting } from './promotion';
import { freeSeats, inGroup, priority, releaseAt } from './queue';
import { activeStates, idempotencyKey, turn } from './rules';
import type { Enrolled, Enrolment, Learner } from './schema';
import type { Actor } from './steps';

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
    // Rare: an offer ran out, or kept places go back to everybody just now. Those who wait go first.
    if (found.due) await promoteWaiting(system, enrolment.classId);
    const done = await takePlace(system, actor, enrolment, found);
    if (isRefusal(done)) return done;
    // Rare: room and a queue at once, of people who may not have the seat.
    if (!done.idle) return done;
    await promoteWaiting(system, enrolment.classId, done.enrolmentId);
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
  /** The class's books wait for something that is due: see `promoteWaiting`. */
  readonly due: boolean;
  /** The group the class keeps places for, when this is somebody of it. */
  readonly group: string | null;
  readonly priority: number;
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
        c.seats_offered > 0 and exists (select from enrolment o where o.class_id = c.id and o.status = 'offered' and o.offer_expires_at <= now())
          or c.seats_reserved > 0 and ${releaseAt(tx)} <= now() as due,
        case when ${inGroup(tx)} then c.reserved_for end as group, case when c.id is null then 0 else ${priority(tx)} end as priority,
        (select jsonb_build_object('enrolmentId', e.id, 'code', e.code, 'status', e.status,
          'mayShow', e.created_at > now() - interval '1 hour') from enrolment e
          where e.idempotency_key = ${idempotencyKey(enrolment)}) as repeated
      from known left join class c on c.id = ${classId} left join person r on r.id = known.person_id
        cross join lateral (select r.id, case when r.id is null then ${typed?.birthYear ?? null}::integer else r.birth_year end as birth_year,
          coalesce(r.area_id, ${typed?.areaId ?? null}::integer) as area_id) p`,
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

/**
 * One statement: the conditional update decides and counts, everything else hangs on the row it gives back. A place kept for
 * their group comes first; any other seat only when nobody waits.
 */
async function takePlace(
  tx: SystemTx,
  actor: Actor,
  { classId, learner, signedUpBy, consent, ...rest }: Enrolment,
  { personId: knownPersonId, group, priority: rank }: Standing,
): Promise<Refusal | (Enrolled & { idle: boolean })> {
  const personId = knownPersonId ?? newId();
  const enrolmentId = newId();
  const code = newSlipCode();
  const accountId = actor.caller?.accountId ?? null;
  const key = idempotencyKey({ classId, learner, signedUpBy, consent, ...rest });
  const onBehalf = accountId !== null || signedUpBy !== null;
  // By the row's own counters: within an update that is the newest row, however many are waiting for it.
  const kept = tx`(c.seats_reserved > 0 and c.reserved_for is not distinct from coalesce(${group}, 'nobody'))`;
  const open = tx`(${freeSeats(tx)} > 0 and c.waiting = 0)`;
  const [row] = await tx<{ status: string; idle: boolean }[]>`
    with seat as (
      update class c set
        seats_reserved = c.seats_reserved - case when ${kept} then 1 else 0 end,
        seats_confirmed = c.seats_confirmed + case when ${kept} or ${open} then 1 else 0 end,
        waiting = c.waiting + case when ${kept} or ${open} then 0 else 1 end
      where id = ${classId} and status = 'published' and last_ends_at > now()
      returning new.id, new.area_id, case when new.seats_confirmed > old.seats_confirmed then 'confirmed' else 'waitlisted' end as status,
        new.seats_reserved < old.seats_reserved as reserved, new.seats_confirmed = old.seats_confirmed and old.waiting > 0
          and old.seats_confirmed + old.seats_offered + old.seats_held + old.seats_reserved < old.capacity + old.seats_overbooked as idle
    ), ${knownPersonId === null ? newPerson(tx, personId, learner) : tx``}
    enrolled as (
      insert into enrolment (id, class_id, area_id, person_id, status, code, channel, signed_up_by, idempotency_key, reserved, queue_priority)
      select ${enrolmentId}, id, area_id, ${personId}, status, ${code}, ${actor.channel}, ${signedUpBy}, ${key}, reserved, ${rank} from seat
    ), happened as (
      insert into enrolment_event (enrolment_id, area_id, to_status, account_id, on_behalf_of, channel, reason_code, idempotency_key)
      select ${enrolmentId}, area_id, status, ${accountId}::uuid, ${onBehalf ? personId : null}::uuid, ${actor.channel}, 'signed_up', ${key} from seat
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
