import { asSystem, type SystemTx } from '@/lib/access/scoped';
import { log } from '@/lib/kernel/log';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { forgetNetworks } from './guard';
import { promoteWaiting } from './promotion';
import { inGroup, releaseAt } from './queue';
import { activeStates, mostOverbooked } from './rules';
import type { Places } from './schema';
import { step, type Cause } from './steps';

/**
 * Changes how many seats a class has, how many staff hold back, for whom places are kept and how long an offer stands; whatever
 * that frees goes to whoever waits, in the same transaction. Refuses: belowTaken (fewer seats than are taken).
 */
export async function changePlaces(
  tx: SystemTx,
  classId: string,
  places: Places,
): Promise<Refusal | { promoted: number }> {
  const { capacity, held, reservedPlaces, reservedFor, offerHours } = places;
  const [now] = await tx<{ people: number; overbooked: number; reservedFor: string | null; reservedPlaces: number }[]>`
    select seats_confirmed + seats_offered as people, seats_overbooked as overbooked, reserved_for, reserved_places
    from class where id = ${classId} for update`;
  if (!now) return refuse('notFound');
  const beyond = now.people + held - capacity;
  const overbooked = Math.min(now.overbooked, mostOverbooked(capacity));
  if (beyond > overbooked) return refuse('belowTaken', 'capacity');
  const regrouped = now.reservedFor !== reservedFor || now.reservedPlaces !== reservedPlaces;
  await tx`
    update class set capacity = ${capacity}, seats_held = ${held}, offer_hours = ${offerHours}, reserved_places = ${reservedPlaces},
      reserved_for = ${reservedFor}, seats_reserved = 0, seats_overbooked = ${overbooked},
      reserved_released_at = case when ${regrouped} then null else reserved_released_at end
    where id = ${classId}`;
  if (regrouped) await seatGroup(tx, classId);
  return { promoted: await promoteWaiting(tx, classId) };
}

/** Who of the group already has a seat sits on a kept place, as far as these go: what is kept is what is missing. */
async function seatGroup(tx: SystemTx, classId: string): Promise<void> {
  await tx`
    update enrolment e set reserved = now.reserved
    from (
      select e.id, ${inGroup(tx)} and row_number() over (order by ${inGroup(tx)} desc, e.queued_at, e.id) <= c.reserved_places as reserved
      from class c join enrolment e on e.class_id = c.id and e.status in ('offered', 'confirmed') join person p on p.id = e.person_id
      where c.id = ${classId}) now
    where e.id = now.id and e.reserved <> now.reserved`;
}

/** A class that is called off ends every place in it and every turn in its queue. Returns how many. */
export async function endAllPlaces(tx: SystemTx, classId: string, by: Cause['by'], reason: string): Promise<number> {
  const [, ended] = await Promise.all([
    tx`select from class where id = ${classId} for update`,
    step(tx, classId, 'class_cancelled', tx`e.status in ${tx(activeStates)}`, { code: 'class_cancelled', reason, by }),
  ]);
  await tx`
    update class set seats_confirmed = 0, seats_offered = 0, seats_held = 0, seats_reserved = 0, seats_overbooked = 0, waiting = 0
    where id = ${classId}`;
  return ended.length;
}

/** At most so many classes are looked after in one go. */
const batch = 100;

/**
 * Looks after the classes where an offer ran out or kept places go back to everybody; each in a transaction of its own. Every
 * act on a class does the same for it: this is for classes nobody touches. Returns how many there were.
 */
export async function promoteWhereDue(): Promise<number> {
  const due = await asSystem(
    'places: where is something due',
    (tx) => tx<{ id: string }[]>`
    select e.class_id as id from enrolment e where e.status = 'offered' and e.offer_expires_at <= now()
    union
    select e.class_id from enrolment e where e.unconfirmed_until <= now() and e.status in ${tx(activeStates)}
    union
    select c.id from class c where c.status = 'published' and c.last_ends_at > now() and c.seats_reserved > 0 and ${releaseAt(tx)} <= now()
    limit ${batch}`,
  );
  for (const { id } of due) await asSystem('places: promote where due', (tx) => promoteWaiting(tx, id));
  return due.length;
}

type Loop = typeof globalThis & { camtayPlaces?: true };

/** Looks once a minute, for the life of the process; trouble is logged and makes it wait longer. */
export function keepPlacesFair(): void {
  const held: Loop = globalThis;
  if (held.camtayPlaces) return;
  held.camtayPlaces = true;
  let pause = 60_000;
  const turn = async () => {
    try {
      pause = (await promoteWhereDue()) < batch ? 60_000 : 1000;
      await forgetNetworks(new Date());
    } catch (error) {
      pause = Math.min(600_000, pause * 2);
      log.error({ error: error instanceof Error ? error.name : 'unknown', pause }, 'places not looked after');
    }
    setTimeout(() => void turn(), pause).unref();
  };
  setTimeout(() => void turn(), 5000).unref();
}
