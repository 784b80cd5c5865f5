import type { Caller, SystemTx } from '@/lib/access/scoped';
import { seatedStates, statesBefore, type EnrolmentState } from './rules';

/** Who acts, and how it reached us. Without a caller it is a resident. */
export interface Actor {
  readonly caller: Caller | null;
  readonly channel: 'web' | 'staff' | 'phone' | 'paper';
}

/** How a transition came about. */
export interface Cause {
  readonly code:
    | 'left'
    | 'accepted'
    | 'declined'
    | 'expired'
    | 'class_cancelled'
    | 'moved'
    | 'merged'
    | 'overbooked'
    | 'unconfirmed'
    | 'undone'
    | 'closed';
  readonly reason?: string | null;
  readonly by: { readonly accountId: string | null; readonly channel: Actor['channel'] | 'promotion' };
}

export const byActor = ({ caller, channel }: Actor): Cause['by'] => ({ accountId: caller?.accountId ?? null, channel });
export const byItself: Cause['by'] = { accountId: null, channel: 'promotion' };

/** An enrolment that went a step, and where it came from. */
export interface Stepped {
  readonly id: string;
  readonly areaId: number;
  readonly personId: string;
  readonly was: EnrolmentState;
}

export type Piece = ReturnType<typeof always>;
export const always = (tx: SystemTx) => tx`true`;

/**
 * The one way out of a state: moves those enrolments `e` of the class that `which` names and the table of transitions lets go,
 * with their events and the class's counters, in one statement. The class is locked before. Sent at once, so that several go out
 * in order; what was not in a state to go is not among the answers.
 */
export function step(tx: SystemTx, classId: string, to: EnrolmentState, which: Piece, cause: Cause) {
  const { by, code, reason = null } = cause;
  const staysSeated = seatedStates.some((state) => state === to);
  return tx<Stepped[]>`
    with changed as (
      update enrolment e set status = ${to}, status_at = now(), offer_expires_at = null, offer_by = null
      where e.class_id = ${classId} and e.status in ${tx(statesBefore(to))} and ${which}
      returning new.id, new.area_id, new.person_id, old.status as was
    ), counted as (
      update class c set
        seats_confirmed = c.seats_confirmed - n.seated + case when ${staysSeated} then n.everyone else 0 end,
        seats_offered = c.seats_offered - n.offered, waiting = c.waiting - n.waiting
      from (select count(*)::integer as everyone, (count(*) filter (where was in ${tx(seatedStates)}))::integer as seated,
          (count(*) filter (where was = 'offered'))::integer as offered,
          (count(*) filter (where was = 'waitlisted'))::integer as waiting from changed) n
      where c.id = ${classId} and n.everyone > 0
    ), happened as (
      insert into enrolment_event (enrolment_id, area_id, from_status, to_status, account_id, on_behalf_of, channel, reason_code, reason)
      select id, area_id, was, ${to}, ${by.accountId}::uuid, case when ${by.accountId}::uuid is not null then person_id end,
        ${by.channel}, ${code}, ${reason} from changed
    )
    select id, area_id, person_id, was from changed`;
}
