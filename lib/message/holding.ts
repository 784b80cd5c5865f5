import type { SystemTx } from '@/lib/access/scoped';
import { urgency } from './judging';
import type { MessagePurpose } from './schema';

/** A message taken up by one sender. */
export interface Held {
  readonly id: string;
  readonly state: 'waiting' | 'to_call';
  readonly purpose: MessagePurpose;
  readonly areaId: number;
  readonly expiresAt: Date;
  /** Whose messages are judged one after the other: what the one tells, the next does not tell again. */
  readonly inTurn: string | null;
}

/**
 * Takes up to `most` messages that are due, with what they are about: place and class, or home, round and request, or helper with class or round. What somebody
 * else holds is passed over, never waited for; who wants what is held here waits milliseconds. `busy`: held, but what else they rest on is not, so
 * they are looked at again.
 */
export async function holdDue(
  tx: SystemTx,
  now: Date,
  most: number,
): Promise<{ held: readonly Held[]; busy: ReadonlySet<string> }> {
  const due = tx`m.state in ('waiting', 'to_call') and m.due_at <= ${now}`;
  const columns = tx`m.id, m.state, m.purpose, m.area_id, m.expires_at`;
  const inOrder = tx`array_position(${[...urgency]}::text[], m.purpose), m.due_at, m.id`;
  // Few, and of a day that comes: before the many of classes.
  const homes = await tx<(Held & { requestId: string | null })[]>`
    select ${columns}, null as in_turn, v.request_id from message m join visit v on v.id = m.visit_id join visit_round r on r.id = v.round_id
    where ${due} order by ${inOrder} limit ${most}
    for update of m skip locked for no key update of v skip locked for share of r skip locked`;
  const left = most - homes.length;
  const rounds =
    left <= 0
      ? []
      : await tx<Held[]>`
    select ${columns}, null as in_turn from message m join visit_round_helper h on h.id = m.round_helper_id
      join visit_round r on r.id = h.round_id join team_member t on t.id = m.member_id
    where ${due} order by ${inOrder} limit ${left}
    for update of m skip locked for no key update of h skip locked for share of r skip locked for no key update of t skip locked`;
  const asks =
    left <= rounds.length
      ? []
      : await tx<Held[]>`
    select ${columns}, m.member_id::text as in_turn from message m join team_member t on t.id = m.member_id join class c on c.id = m.class_id
    where ${due} order by ${inOrder} limit ${left - rounds.length}
    for update of m skip locked for no key update of t skip locked for share of c skip locked`;
  const room = left - rounds.length - asks.length;
  const places =
    room <= 0
      ? []
      : await tx<Held[]>`
    select ${columns}, case when m.purpose = 'change' then m.enrolment_id::text end as in_turn
    from message m join enrolment e on e.id = m.enrolment_id join class c on c.id = m.class_id
    where ${due} order by ${inOrder} limit ${room}
    for update of m skip locked for no key update of e skip locked for share of c skip locked`;
  const requests = homes.flatMap(({ requestId }) => requestId ?? []);
  const free =
    requests.length === 0
      ? []
      : await tx<{ id: string }[]>`
    select id from visit_request where id = any(${requests}::uuid[]) for share skip locked`;
  const known = new Set(free.map(({ id }) => id));
  const busy = homes.filter(({ requestId }) => requestId !== null && !known.has(requestId)).map(({ id }) => id);
  return { held: [...homes, ...rounds, ...asks, ...places], busy: new Set(busy) };
}
