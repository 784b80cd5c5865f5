import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { withdrew } from '@/lib/step/queries';
import { leaveTheDeadAlone } from './dead';
import { closesAs, mostSaid, settleSaid } from './rules';
import type { VisitOutcome } from './schema';

/** A home as those who settle it need it. */
export interface Home {
  readonly roundId: string;
  readonly areaId: number;
  readonly day: string;
  readonly requestId: string | null;
  readonly personId: string | null;
}

interface Held {
  personId: string | null;
  calledOff: boolean;
  because: string | null;
  off: boolean;
  withdrew: boolean;
  forgotten: boolean;
}

/**
 * Holds people until the end, whoever their records were merged into, in the order of their ids and before round, request and home: the order
 * everybody keeps. Says who of them withdrew, asked once they are held: who withdraws at this moment waits, or was first.
 */
export async function holdPeople(tx: ScopedTx, people: readonly string[]): Promise<ReadonlySet<string>> {
  const ids = [...people];
  return elevated(tx, 'visits: hold whom somebody is to visit', async (system) => {
    await system`
      select from person p where p.id in (select coalesce(o.merged_into, o.id) from person o where o.id = any(${ids}::uuid[]))
      order by p.id for share`;
    const gone = await system<{ id: string }[]>`
      select o.id from person o join person p on p.id = coalesce(o.merged_into, o.id) where o.id = any(${ids}::uuid[]) and ${withdrew(system)}`;
    return new Set(gone.map(({ id }) => id));
  });
}

/** Whether an account has said so much of a visit that no more is taken: what stands is worked out from all of it each time. */
export const hasSaidEnough = (tx: ScopedTx, visitId: string, accountId: string): Promise<boolean> =>
  elevated(tx, 'visits: how often somebody recorded there', async (system) => {
    const said = await system`
      select from visit_outcome where visit_id = ${visitId} and recorded_by = ${accountId} limit ${mostSaid}`;
    return said.count >= mostSaid;
  });

/**
 * Holds until the end all that might end meanwhile: the person's consent, the round, the request, the home itself; in the order everybody
 * keeps. Who withdraws, takes back or calls off at this moment waits and finds what is written, or was first. Says what is over; so is a request
 * of nobody known whose name was forgotten: nothing is written of it any more.
 */
export async function holdHome(tx: ScopedTx, visitId: string, home: Home): Promise<Refusal | null> {
  return elevated(tx, 'visits: hold a home while something is recorded of it', async (system) => {
    await system`
      select from person o join person p on p.id = coalesce(o.merged_into, o.id) where o.id = ${home.personId} for share of p`;
    await system`select from visit_round where id = ${home.roundId} for share`;
    await system`select from visit_request where id = ${home.requestId} for no key update`;
    await system`select from visit where id = ${visitId} for share`;
    // Asked once all is held: a statement that waited would still tell what was before.
    const [now] = await system<Held[]>`
      select coalesce(v.person_id, q.person_id) as person_id, r.called_off_at is not null as called_off, q.closed_because as because,
        v.taken_off_at is not null as off, p.id is not null and ${withdrew(system)} as withdrew,
        q.id is not null and p.id is null and q.full_name = '' as forgotten
      from visit v join visit_round r on r.id = v.round_id left join visit_request q on q.id = v.request_id
        left join person o on o.id = coalesce(v.person_id, q.person_id) left join person p on p.id = coalesce(o.merged_into, o.id)
      where v.id = ${visitId}`;
    if (!now) return refuse('notFound');
    // What the portal has forgotten goes before all else: the phone forgets it for that.
    if (now.withdrew || now.because === 'withdrawn' || now.because === 'expired') return refuse('visitWithdrawn');
    if (now.forgotten) return refuse('visitForgotten');
    if (now.calledOff) return refuse('roundCalledOff');
    if (now.off) return refuse('notFound');
    return now.personId === home.personId ? null : refuse('visitMatched');
  });
}

interface SaidRow {
  readonly id: string;
  readonly outcome: VisitOutcome;
  readonly at: Date;
  readonly by: string | null;
  readonly receivedAt: Date;
  readonly after: readonly string[] | null;
}

/**
 * Makes of a visit what all that was said of it makes: skills seen count once anybody said that somebody was helped there, its request is
 * settled or waits again, the dead are left alone. A function of the rows: done twice it is once. For the system role.
 */
export async function settleVisit(system: ScopedTx, visitId: string, home: Home, now: Date): Promise<void> {
  const rows = await system<SaidRow[]>`
    select o.id, o.outcome, o.at, o.recorded_by as by, o.received_at, case when x.id is not null then x.content->'after' end as after
    from visit_outcome o left join visit_operation x on x.id = o.id where o.visit_id = ${visitId}`;
  if (rows.some(({ outcome }) => outcome === 'done') && home.personId !== null)
    await system`
      insert into skill_observation (id, person_id, skill_code, level, source, visit_id, area_id, observed_at, observed_by)
      select x.id, ${home.personId}, x.content->>'skillCode', (x.content->>'level')::integer, 'visit', ${visitId}, ${home.areaId}, x.device_time, x.account_id
      from visit_operation x where x.visit_id = ${visitId} and x.kind = 'skill' and x.outcome = 'held' on conflict (id) do nothing`;
  const seen = await system`select from skill_observation where visit_id = ${visitId} limit 1`;
  const { became } = settleSaid(
    rows.map((row) => ({ ...row, at: row.at.getTime(), receivedAt: row.receivedAt.getTime() })),
    seen.count > 0,
  );
  const ids = [...became.keys()];
  await system`
    update visit_operation x set outcome = w.became, reason = null
    from unnest(${ids}::uuid[], ${ids.map((id) => became.get(id) ?? 'applied')}::text[]) w (id, became)
    where x.id = w.id and x.outcome <> w.became`;
  await system`
    update visit_operation x set outcome = w.became, reason = w.reason
    from (select y.id, case when y.kind in ('steps', 'met') or exists (select from skill_observation o where o.id = y.id) then 'applied' else 'held' end as became,
        case when y.kind = 'skill' and not exists (select from skill_observation o where o.id = y.id) then 'visitNotDone' end as reason
      from visit_operation y where y.visit_id = ${visitId} and y.kind <> 'outcome') w
    where x.id = w.id and (x.outcome, coalesce(x.reason, '')) is distinct from (w.became, coalesce(w.reason, ''))`;
  await settleRequest(system, home.requestId, now);
  await leaveTheDeadAlone(system, home.personId);
}

/** Somebody who waited for a visit was visited without a round (a task given to a helper): the request is over. For the system role. */
export async function visitedWithoutRound(system: ScopedTx, requestId: string, by: string, now: Date): Promise<void> {
  await system`
    update visit_request set closed_at = ${now}, closed_because = 'done', closed_by = ${by} where id = ${requestId} and closed_at is null`;
}

/** Closed by what was said last of any visit for it, at a task's door since too, or waiting again; one that was withdrawn or settled by hand stays so. */
async function settleRequest(system: ScopedTx, requestId: string | null, now: Date): Promise<void> {
  if (requestId === null) return;
  const [last] = await system<{ outcome: VisitOutcome; by: string | null; since: boolean }[]>`
    select o.outcome, o.recorded_by as by, exists (select from task_work w where w.kind = 'visit_asked' and w.fact = ${requestId}::text
      and w.outcome = 'done' and w.at > o.at) as since from visit_outcome o join visit v on v.id = o.visit_id
    where v.request_id = ${requestId} order by o.at desc, o.id desc limit 1`;
  if (!last || last.since) return;
  const because = closesAs(last.outcome);
  await system`
    update visit_request set closed_at = ${because === null ? null : now}, closed_because = ${because}, closed_by = ${because === null ? null : last.by}
    where id = ${requestId} and coalesce(closed_because, '') not in ('withdrawn', 'expired', 'not_needed')
      and closed_because is distinct from ${because}`;
}
