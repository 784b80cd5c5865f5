import type { ScopedTx, SystemTx } from '@/lib/access/scoped';
import { missedLists, releaseHours } from './rules';

/** Pieces of SQL on the seats and the order of the queue, each said once. `c` is the class, `p` the person. */

/** Seats taken: confirmed, on offer, held back by staff. */
export const taken = (tx: ScopedTx) => tx`(c.seats_confirmed + c.seats_offered + c.seats_held)`;

/** Seats anybody may have. By the counters of the row itself: within an update that is the newest row. */
export const freeSeats = (tx: ScopedTx) =>
  tx`(c.capacity + c.seats_overbooked - c.seats_confirmed - c.seats_offered - c.seats_held - c.seats_reserved)`;

/** When the places kept for a group go back to everybody. */
export const releaseAt = (tx: ScopedTx) => tx`(c.first_starts_at - make_interval(hours => ${releaseHours}))`;

/** The next session one can still come to from its beginning. */
export const nextStart = (tx: ScopedTx) => tx`
  (select min(s.starts_at) from class_session s where s.class_id = c.id and s.status = 'published' and s.starts_at > now())`;

/** `p` is of the group `c` keeps places for. Disability and poverty only by a need noted with consent. */
export const inGroup = (tx: SystemTx) => tx`
  coalesce(case c.reserved_for
    when 'over_60' then p.birth_year <= extract(year from coalesce(c.first_starts_at, now()) at time zone 'Asia/Ho_Chi_Minh') - 60
    when 'own_village' then exists (select from area_tree t where t.ancestor_id = c.area_id and t.area_id = p.area_id)
    else exists (select from person_need n where n.person_id = p.id and n.kind = c.reserved_for and n.withdrawn_at is null)
  end, false)`;

/**
 * `p` missed two waiting lists since they last had a place: still waiting when the class was over, or when it was cancelled
 * (whoever waits does so for want of a seat).
 */
export const missedOften = (tx: SystemTx) => tx`
  ((select count(distinct missed.class_id) from (
      select m.class_id, k.last_ends_at as at from enrolment m join class k on k.id = m.class_id
      where m.person_id = p.id and m.status = 'waitlisted' and k.last_ends_at <= now()
      union all
      select m.class_id, v.at from enrolment m join enrolment_event v on v.enrolment_id = m.id
      where m.person_id = p.id and m.status = 'class_cancelled' and v.from_status = 'waitlisted') missed
    where missed.at > coalesce((
      select max(v.at) from enrolment m join enrolment_event v on v.enrolment_id = m.id
      where m.person_id = p.id and v.to_status = 'confirmed'), '-infinity')) >= ${missedLists})`;

/** The order of the queue: 2 for the group, 1 for who missed two lists, then by time. */
export const priority = (tx: SystemTx) => tx`(2 * ${inGroup(tx)}::integer + ${missedOften(tx)}::integer)`;
