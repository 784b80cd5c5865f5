import { elevated, type ScopedTx, type SystemTx } from '@/lib/access/scoped';
import { newId, newSlipCode } from '@/lib/kernel/id';
import { phoneHint } from '@/lib/kernel/phone';
import { isRefusal, refuse, type Refusal } from '@/lib/kernel/result';
import { fold, givenName } from '@/lib/kernel/text';
import { looksKnown } from '@/lib/person/queries';
import { promoteWaiting } from './promotion';
import { looksUnnatural, noteSightings, placesOfPhones, unconfirmedUntil, type Sender } from './guard';
import { freeSeats } from './queue';
import { guardLimits, idempotencyKey, mostUnconfirmed, turn, turnOf } from './rules';
import type { Enrolled, Enrolment, Learner } from './schema';
import { fieldOf, standing, whyNot, type Standing } from './standing';
import type { Actor } from './steps';

/** What may go with a sign-up. */
export interface Together {
  /** All get seats or all wait, and get them together later. Otherwise each for themselves, in one transaction all the same. */
  readonly together?: boolean;
  /** Given for forms from the web: their guard is on (see guard.ts). Staff are exempt. */
  readonly sender?: Sender | null;
}

/** Puts one person into a class: see `enrolAll`. */
export async function enrol(tx: ScopedTx, actor: Actor, enrolment: Enrolment): Promise<Refusal | Enrolled> {
  const done = await enrolAll(tx, actor, [enrolment]);
  if (isRefusal(done)) return done;
  const [one] = done;
  if (!one) throw new Error('one was given, so one comes back');
  return one;
}

/**
 * Puts the people of one form into its class, all or none: a seat if there is one and nobody waits, otherwise the end of the
 * queue. One statement a person decides, takes the seat and writes person, enrolment, event, consent and audit. The same form again
 * gives the same enrolments. Refuses, at the person's own field: notFound (no such class, or not the caller's), classCancelled,
 * classOver, chooseVillage, consentChanged (the words beside the box are no longer the current ones), alreadyEnrolled, sameTwice,
 * phoneFull (the phone holds as many places as one may); of staff also looksKnown (a new person who looks like one they know of, see
 * `looksKnown`).
 */
export async function enrolAll(
  tx: ScopedTx,
  actor: Actor,
  enrolments: readonly Enrolment[],
  { together = false, sender = null }: Together = {},
): Promise<Refusal | readonly Enrolled[]> {
  if (actor.caller) for (const one of enrolments) if (!(await mayEnrol(tx, one))) return refuse('notFound', 'classId');
  const classId = enrolments[0]?.classId ?? '';
  const twice = twiceIn(enrolments);
  if (twice) return twice;
  return elevated(tx, 'enrol: match the person and take a seat', async (system) => {
    // Sent together, in this order; the snapshots of what comes after the turns are taken after the wait for them.
    const [, held, ...stands] = await Promise.all([
      takeTurns(system, enrolments, sender),
      sender ? placesOfPhones(system, classId, phonesOf(enrolments)) : [],
      ...enrolments.map((one) => standing(system, one)),
    ]);
    const people = enrolments.map((enrolment, at) => ({ enrolment, found: stands[at] ?? never() }));
    if (people.some(({ found }) => found.repeated?.mayShow === false)) return refuse('alreadyEnrolled');
    const fresh = people.filter(({ found }) => !found.repeated);
    for (const { enrolment, found } of fresh) {
      const no = whyNot(found, enrolment, enrolments.length > 1);
      if (no) return no;
    }
    const known = actor.caller ? await whoLooksKnown(system, fresh) : null;
    if (known) return refuse('looksKnown', fieldOf(known, 'fullName'));
    const full = sender
      ? phoneFull(
          fresh.map(({ enrolment }) => enrolment),
          held,
        )
      : null;
    if (full) return full;
    const made = await takePlaces(system, actor, classId, fresh, { together: together && fresh.length > 1, sender });
    if (isRefusal(made)) return made;
    return people.map(({ enrolment, found }) => {
      if (found.repeated) return { ...found.repeated, repeated: true };
      return made.get(enrolment) ?? never();
    });
  });
}

/**
 * What the web's sign-up would be refused for, as far as class, places and words go; nothing is written and nobody waits. Whether a
 * person is in the class or a phone holds places it does not tell: looking costs nothing, so anybody could ask it of everybody. Null when
 * nothing is in the way.
 */
export async function lookAhead(tx: ScopedTx, enrolments: readonly Enrolment[]): Promise<Refusal | null> {
  const twice = twiceIn(enrolments);
  if (twice) return twice;
  return elevated(tx, 'enrol: look ahead', async (system) => {
    const stands = await Promise.all(enrolments.map((one) => standing(system, one)));
    for (const [at, enrolment] of enrolments.entries()) {
      const found = stands[at] ?? never();
      const no = found.repeated ? null : whyNot({ ...found, enrolled: false }, enrolment, enrolments.length > 1);
      if (no) return no;
    }
    return null;
  });
}

/** Refuses whoever stands in the form twice. */
function twiceIn(enrolments: readonly Enrolment[]): Refusal | null {
  const twice = enrolments.find((one, at) => enrolments.findIndex((other) => sameForm(one, other)) < at);
  return twice ? refuse('sameTwice', fieldOf(twice, 'fullName')) : null;
}

/**
 * Of those whom staff would write down as new, one who looks like somebody known and of whom nobody said that it is not them
 * (`isNew`). Whoever signs up themselves is never asked: they see no list of people.
 */
async function whoLooksKnown(tx: SystemTx, fresh: readonly Fresh[]): Promise<Enrolment | null> {
  for (const { enrolment, found } of fresh) {
    const { learner } = enrolment;
    if (found.personId !== null || 'personId' in learner || learner.isNew) continue;
    if (await looksKnown(tx, learner)) return enrolment;
  }
  return null;
}

const never = (): never => {
  throw new Error('every person of the form has an answer');
};
const sameForm = (one: Enrolment, other: Enrolment) => idempotencyKey(one) === idempotencyKey(other);
const phoneOf = ({ learner }: Enrolment) => ('personId' in learner ? null : learner.phone);
const phonesOf = (enrolments: readonly Enrolment[]) =>
  [...new Set(enrolments.map(phoneOf))].filter((phone) => phone !== null);

/** Waits for everybody's turn, in the one order all keep: the people's, and from the web those of their phones and network. */
async function takeTurns(tx: SystemTx, enrolments: readonly Enrolment[], sender: Sender | null): Promise<void> {
  const counted = sender ? phonesOf(enrolments).map((phone) => turnOf('phone', phone)) : [];
  const near = sender?.network ? [turnOf('network', sender.network)] : [];
  const turns = [...new Set([...enrolments.map(turn), ...counted, ...near])].sort();
  await tx`
    select pg_advisory_xact_lock(hashtextextended(turn, 3)) from (
      select turn from unnest(${turns}::text[]) with ordinality t(turn, at) order by at offset 0) in_order`;
}

/** Refuses at the phone that would hold more places than one phone may. */
function phoneFull(
  enrolments: readonly Enrolment[],
  held: readonly { phone: string; everywhere: number; here: number }[],
): Refusal | null {
  const counts = new Map(held.map(({ phone, everywhere, here }) => [phone, { everywhere, here }]));
  for (const enrolment of enrolments) {
    const phone = phoneOf(enrolment);
    if (phone === null) continue;
    const { everywhere, here } = counts.get(phone) ?? { everywhere: 0, here: 0 };
    if (everywhere >= guardLimits.phone || here >= guardLimits.phoneInClass)
      return refuse('phoneFull', fieldOf(enrolment, 'phone'));
    counts.set(phone, { everywhere: everywhere + 1, here: here + 1 });
  }
  return null;
}

interface Fresh {
  readonly enrolment: Enrolment;
  readonly found: Standing;
}

/** Seats those who are new to the class, as the form and the guard want it. */
async function takePlaces(
  tx: SystemTx,
  actor: Actor,
  classId: string,
  fresh: readonly Fresh[],
  { together, sender }: { readonly together: boolean; readonly sender: Sender | null },
): Promise<Refusal | Map<Enrolment, Enrolled>> {
  const made = new Map<Enrolment, Enrolled>();
  if (fresh.length === 0) return made;
  // Rare: an offer ran out, or kept places go back to everybody just now. Those who wait go first.
  if (fresh[0]?.found.due) await promoteWaiting(tx, classId);
  const why = sender ? await looksUnnatural(tx, classId, fresh.length, sender) : null;
  const until = why && sender ? unconfirmedUntil(sender) : null;
  // Decided for all of them before the first: the class is locked meanwhile.
  const seats =
    together || until ? await seatsFor(tx, classId, fresh, { together, unconfirmed: until !== null }) : null;
  const partyId = together ? newId() : null;
  for (const [at, { enrolment, found }] of fresh.entries()) {
    const seat = seats === null ? 'if nobody waits' : at < seats ? 'yes' : 'no';
    const done = await takePlace(tx, actor, enrolment, found, { seat, partyId, until });
    if (isRefusal(done)) return done;
    const { idle, ...enrolled } = done;
    // Rare: room and a queue at once, of people who may not have the seat.
    if (idle && seats === null) await promoteWaiting(tx, classId, done.enrolmentId);
    const status = idle && seats === null ? await statusNow(tx, done.enrolmentId) : done.status;
    made.set(enrolment, { ...enrolled, status });
  }
  if (sender)
    await noteSightings(
      tx,
      classId,
      [...made.values()].map((one) => one.enrolmentId),
      sender,
      why,
    );
  return made;
}

/** How many of them get a seat at once: all or none of a party; of unconfirmed ones no more than their part of the class. */
async function seatsFor(
  tx: SystemTx,
  classId: string,
  fresh: readonly Fresh[],
  { together, unconfirmed }: { readonly together: boolean; readonly unconfirmed: boolean },
): Promise<number> {
  // Sent together: the second one's snapshot is taken after the lock was got.
  const [, room] = await Promise.all([
    tx`select from class where id = ${classId} for update`,
    unconfirmed ? roomIn(tx, classId, fresh, { unconfirmed }) : 1,
  ]);
  if (room === 0) return 0;
  // Whoever waits and may have a seat has it first; what is free after that is free for newcomers.
  await promoteWaiting(tx, classId);
  const seats = await roomIn(tx, classId, fresh, { unconfirmed });
  return together && seats < fresh.length ? 0 : seats;
}

/** Seats free for these newcomers; of unconfirmed ones, within their part of the class. The class is locked. */
async function roomIn(
  tx: SystemTx,
  classId: string,
  fresh: readonly Fresh[],
  { unconfirmed }: { readonly unconfirmed: boolean },
): Promise<number> {
  const [room] = await tx<{ free: number; kept: number; capacity: number; group: string | null; others: number }[]>`
    select ${freeSeats(tx)} as free, c.seats_reserved as kept, c.capacity, c.reserved_for as group,
      (select count(*) from enrolment e where e.class_id = c.id and e.unconfirmed_until is not null
        and e.status in ('offered', 'confirmed'))::integer as others
    from class c where c.id = ${classId}`;
  if (!room) return 0;
  const inGroup = fresh.filter(({ found }) => room.group !== null && found.group === room.group).length;
  const open = Math.max(0, room.free);
  return unconfirmed
    ? Math.min(open, Math.max(0, mostUnconfirmed(room.capacity) - room.others))
    : open + Math.min(room.kept, inGroup);
}

/** The class, and the person where one is named, are the caller's to enrol: asked under the caller's own rows. */
async function mayEnrol(tx: ScopedTx, { classId, learner }: Enrolment): Promise<boolean> {
  const named = 'personId' in learner ? learner.personId : null;
  const [row] = await tx<{ may: boolean }[]>`
    select exists (select from class where id = ${classId} and area_id = any (coalesce((select may_areas('enrolment.write')), '{}')))
      and (${named}::uuid is null or exists (select from person where id = ${named} and merged_into is null)) as may`;
  return row?.may ?? false;
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
  { seat, partyId, until }: { seat: 'if nobody waits' | 'yes' | 'no'; partyId: string | null; until: Date | null },
): Promise<Refusal | (Enrolled & { idle: boolean })> {
  const personId = knownPersonId ?? newId();
  const enrolmentId = newId();
  const code = newSlipCode();
  const accountId = actor.caller?.accountId ?? null;
  const key = idempotencyKey({ classId, learner, signedUpBy, consent, ...rest });
  const onBehalf = accountId !== null || signedUpBy !== null;
  // By the row's own counters: within an update that is the newest row, however many are waiting for it.
  const kept =
    seat === 'no' || until !== null
      ? tx`false`
      : tx`(c.seats_reserved > 0 and c.reserved_for is not distinct from coalesce(${group}, 'nobody'))`;
  const open = seat === 'no' ? tx`false` : tx`(${freeSeats(tx)} > 0 and (c.waiting = 0 or ${seat === 'yes'}))`;
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
      insert into enrolment (id, class_id, area_id, person_id, status, code, channel, signed_up_by, idempotency_key, reserved, queue_priority,
        party_id, unconfirmed_until)
      select ${enrolmentId}, id, area_id, ${personId}, status, ${code}, ${actor.channel}, ${signedUpBy}, ${key}, reserved, ${rank},
        ${partyId}::uuid, ${until}::timestamptz from seat
    ), happened as (
      insert into enrolment_event (enrolment_id, area_id, to_status, account_id, on_behalf_of, channel, reason_code, idempotency_key)
      select ${enrolmentId}, area_id, status, ${accountId}::uuid, ${onBehalf ? personId : null}::uuid, ${actor.channel}, 'signed_up', ${key} from seat
    ), agreed as (
      insert into consent (person_id, purpose, text_version, given, how, representative, witness, taken_by)
      select ${personId}, 'class', ${consent.version}, true, ${consent.how}, ${signedUpBy}, ${consent.witness ?? null}, ${accountId}::uuid from seat
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
