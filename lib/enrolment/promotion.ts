import type { SystemTx } from '@/lib/access/scoped';
import { freeSeats, nextStart, priority, releaseAt, taken } from './queue';
import { callHours } from './rules';
import { byItself, step } from './steps';

/**
 * The one way from the queue to a seat, whatever freed it: somebody left or declined, an offer ran out, more capacity, places no
 * longer kept or held. Locks the class, ends offers that ran out, gives kept places back when it is time, then offers every free
 * seat in the order of the queue, skipping whoever may not have it, until seats or people run out. Needs no other lock before.
 * `here` is an enrolment whose owner stands before us: theirs is confirmed at once. Returns how many got a seat.
 */
export async function promoteWaiting(tx: SystemTx, classId: string, here: string | null = null): Promise<number> {
  // Sent together: each statement's snapshot is taken after the lock was got, and sees what the ones before it wrote.
  const [, , , , , [row]] = await Promise.all([
    tx`select from class where id = ${classId} for update`,
    step(tx, classId, 'offer_expired', tx`e.offer_expires_at <= now()`, { code: 'expired', by: byItself }),
    step(tx, classId, 'cancelled', tx`e.unconfirmed_until <= now()`, { code: 'unconfirmed', by: byItself }),
    fitSeats(tx, classId),
    rankQueue(tx, classId),
    offerSeats(tx, classId, here),
  ]);
  const promoted = row?.promoted ?? 0;
  // A party did not fit where its turn came: whoever comes after it has the rest.
  return row?.split ? promoted + (await promoteWaiting(tx, classId, here)) : promoted;
}

/**
 * Kept places and places beyond capacity, as they follow from the rest: a kept place that is freed is kept again until two days
 * before the class, and whoever leaves an overfull class first makes it less full.
 */
function fitSeats(tx: SystemTx, classId: string) {
  return tx`
    update class c set seats_reserved = kept, seats_overbooked = least(c.seats_overbooked, greatest(0, ${taken(tx)} + kept - c.capacity)),
      reserved_released_at = case when c.reserved_for is null then null when released then coalesce(c.reserved_released_at, now()) end
    from (
      select c.id, released, case when c.reserved_for is null or released then 0
        else greatest(0, least(c.reserved_places - seated, c.capacity + c.seats_overbooked - ${taken(tx)})) end as kept
      from class c cross join lateral (
        select count(*)::integer as seated, coalesce(c.reserved_released_at <= now() or ${releaseAt(tx)} <= now(), false) as released
        from enrolment e where e.class_id = c.id and e.reserved and e.status in ('offered', 'confirmed')) now
      where c.id = ${classId} and c.status in ('draft', 'published')
    ) fit
    where c.id = fit.id and (c.seats_reserved <> kept or c.seats_overbooked > 0
      or (c.reserved_released_at is not null) <> (released and c.reserved_for is not null))`;
}

/** Brings the order of the queue up to date, where a seat is about to be given. */
function rankQueue(tx: SystemTx, classId: string) {
  return tx`
    update enrolment e set queue_priority = now.priority
    from (
      select e.id, ${priority(tx)} as priority
      from class c join enrolment e on e.class_id = c.id and e.status = 'waitlisted' and e.unconfirmed_until is null
        join person p on p.id = e.person_id
      where c.id = ${classId} and (c.seats_reserved > 0 or ${freeSeats(tx)} > 0)
    ) now
    where e.id = now.id and e.queue_priority <> now.priority`;
}

/** Nobody whom another record of the same person already seats here. */
const notSeatedTwice = (tx: SystemTx) => tx`
  not exists (select from enrolment o join person q on q.id = o.person_id
    where o.class_id = e.class_id and o.id <> e.id and q.merged_into = e.person_id and o.status in ('offered', 'confirmed'))`;

/**
 * Kept places go to their group first, then the free seats down the queue. Who is not confirmed yet is passed over. A party goes
 * all at once or is passed over: the first in line always fits, so each pass gives a seat; `split` when one party did not fit.
 */
function offerSeats(tx: SystemTx, classId: string, here: string | null) {
  return tx<{ promoted: number; split: boolean }[]>`
    with seats as (
      select c.id, c.area_id, c.reserved_for, c.seats_reserved as kept, greatest(0, ${freeSeats(tx)}) as free, next_start,
        case when next_start <= now() + make_interval(hours => ${callHours}) then 'call' else 'slip' end as offer_by, c.offer_hours
      from class c cross join lateral (select ${nextStart(tx)} as next_start) s
      where c.id = ${classId} and c.status = 'published' and c.waiting > 0 and next_start is not null
    ), waits as (
      select e.id, coalesce(e.party_id, e.id) as party, e.queued_at, min(e.queue_priority) over of_party as queue_priority, count(*) over of_party as size
      from seats join enrolment e on e.class_id = seats.id and e.status = 'waitlisted' and e.unconfirmed_until is null
        join person p on p.id = e.person_id and p.merged_into is null
      where seats.kept + seats.free > 0 and ${notSeatedTwice(tx)}
      window of_party as (partition by coalesce(e.party_id, e.id))
    ), eligible as (
      select w.id, w.party, w.queue_priority, row_number() over (order by w.queue_priority desc, w.queued_at, w.party, w.id) as turn,
        count(*) filter (where w.queue_priority >= 2) over () as in_group
      from waits w cross join seats where w.size <= seats.free + case when w.queue_priority >= 2 then seats.kept else 0 end
    ), in_line as (
      select e.*, max(e.turn) over (partition by e.party) as last_turn from eligible e
    ), next as (
      select e.id, e.turn <= least(seats.kept, e.in_group) as reserved, e.queue_priority,
        case when e.id = ${here}::uuid or (offer_hours = 0 and offer_by = 'slip') then 'confirmed' else 'offered' end as becomes,
        offer_by, least(next_start, case when offer_by = 'slip' then now() + make_interval(hours => offer_hours) end) as answer_by
      from in_line e cross join seats where e.last_turn <= least(seats.kept, e.in_group) + seats.free
    ), promoted as (
      update enrolment e set status = becomes, status_at = now(), reserved = next.reserved,
        offer_expires_at = case when becomes = 'offered' then answer_by end,
        offer_by = case when becomes = 'offered' then next.offer_by end
      from next where e.id = next.id returning e.id, e.area_id, e.status, e.reserved, e.offer_by, next.queue_priority
    ), happened as (
      insert into enrolment_event (enrolment_id, area_id, from_status, to_status, channel, reason_code)
      select id, area_id, 'waitlisted', status, case when offer_by = 'call' then 'call' else 'promotion' end,
        case when queue_priority >= 2 then 'turn_group' when queue_priority = 1 then 'turn_missed' else 'turn' end
      from promoted
    ), counted as (
      update class c set waiting = c.waiting - n, seats_confirmed = c.seats_confirmed + confirmed,
        seats_offered = c.seats_offered + n - confirmed, seats_reserved = c.seats_reserved - kept
      from (select count(*)::integer as n, (count(*) filter (where status = 'confirmed'))::integer as confirmed,
          (count(*) filter (where reserved))::integer as kept from promoted) p
      where c.id = ${classId} and n > 0
    )
    select (select count(*) from promoted) as promoted, exists (select from in_line e cross join seats
      where e.turn <= least(seats.kept, e.in_group) + seats.free and e.last_turn > least(seats.kept, e.in_group) + seats.free) as split`;
}
