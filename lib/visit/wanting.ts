import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { mine } from '@/lib/class/queries';
import { addDays, dayOf } from '@/lib/kernel/clock';
import { helpersOfRound } from './changing';
import { roundColumns } from './queries';
import { waitInVain } from './ringing';
import type { WantingRound } from './rules';

type Language = 'vi' | 'en';

/** Days a round with nothing recorded is named. */
const namedDays = 14;

/**
 * Rounds of the caller's that want something: called off with homes still to be rung back, ahead with fewer than two who go, over with nothing recorded at
 * any home; the nearest first.
 */
export async function roundsWanting(tx: ScopedTx, language: Language, now: Date): Promise<readonly WantingRound[]> {
  const today = dayOf(now);
  return tx<WantingRound[]>`
    select * from (
      select ${roundColumns(tx, language)},
        case when r.called_off_at is not null then 'ring_back' when r.day >= ${today} then 'helpers' else 'record' end as why,
        (select count(*)::int from visit v where v.round_id = r.id and v.taken_off_at is null and (r.called_off_at is null or ${waitInVain(tx, now)})) as waits
      from visit_round r join area a on a.id = r.area_id join team k on k.id = r.team_id
      where r.area_id = ${mine(tx, 'visit.plan')} and r.day >= ${addDays(today, -namedDays)}) w
    where why = 'ring_back' and waits > 0 or why = 'helpers' and ends_at > ${now} and cardinality(helpers) < ${helpersOfRound}
      or why = 'record' and waits > 0 and recorded = 0
    order by array_position(array['ring_back', 'helpers', 'record'], why), starts_at, id limit 20`;
}

/** How many requests of the caller's wait with no round that goes there. */
export async function visitsWaiting(tx: ScopedTx, now: Date): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from visit_request q where q.closed_at is null and q.area_id = ${mine(tx, 'visit.plan')}
      and not exists (select from visit v join visit_round r on r.id = v.round_id and r.called_off_at is null
        where v.request_id = q.id and v.taken_off_at is null and v.day >= ${dayOf(now)})`;
  return row?.count ?? 0;
}

/**
 * Which of a round's homes are still to be closed: nothing recorded, nobody met, not safe, or the details wrong; and neither has a later round that goes
 * there taken them over (it tells of them then), nor was what they asked for settled since without a visit. Asked as the system: the later round
 * may be another's.
 */
export async function leftOpen(tx: ScopedTx, roundId: string): Promise<ReadonlySet<string>> {
  const seen = await tx<
    { id: string }[]
  >`select id from visit where round_id = ${roundId} and taken_off_at is null limit 60`;
  if (seen.length === 0) return new Set();
  const rows = await elevated(
    tx,
    'visits: which homes of a round the caller sees a later one goes to',
    (system) => system<{ id: string }[]>`
      select v.id from visit v join visit_round r on r.id = v.round_id left join visit_request q on q.id = v.request_id
        left join lateral (select o.outcome from visit_outcome o where o.visit_id = v.id order by o.at desc, o.id desc limit 1) o on true
      where v.id = any(${seen.map(({ id }) => id)}::uuid[]) and coalesce(o.outcome, 'not_home') in ('not_home', 'unsafe', 'wrong_details')
        and coalesce(q.closed_because, 'wrong_details') = 'wrong_details'
        and not exists (select from visit w join visit_round later on later.id = w.round_id and later.called_off_at is null and later.starts_at > r.starts_at
          where w.taken_off_at is null and w.id <> v.id and (w.request_id = v.request_id or w.person_id = coalesce(v.person_id, q.person_id)))`,
  );
  return new Set(rows.map(({ id }) => id));
}
