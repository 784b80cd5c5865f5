import { asSystem, type SystemTx } from '@/lib/access/scoped';
import { log } from '@/lib/kernel/log';
import { keptDays } from './rules';

/** What a request says of somebody: gone together, whatever it was that ends it. */
export const emptied = (tx: SystemTx) =>
  tx`full_name = '', birth_year = null, phone = null, phone_of = null, words = '', closed_note = ''`;

/** What helpers wrote of visits to whoever nobody knew is their request's, and goes with it: `which` of them, as `q`. */
export const forgetWords = (tx: SystemTx, which: ReturnType<SystemTx>) => tx`
  update visit_outcome set words = '' where words <> '' and visit_id in (
    select v.id from visit v join visit_request q on q.id = v.request_id where v.person_id is null and (${which}))`;

/**
 * Forgets what is overdue, whether or not anybody asks for visits: who was in requests settled thirty days ago; those nobody could come to
 * for ninety days since they were asked or last tried, which end with it; of requests of somebody known, by then, what was copied for the
 * visit. And from which network requests came, after two days. Says of how many requests.
 */
export async function forgetOverdue(): Promise<number> {
  return asSystem('visits: forget who asked, when it is overdue', async (tx) => {
    await tx`delete from visit_request_sighting where at < now() - interval '2 days'`;
    const said = tx`(full_name <> '' or words <> '' or closed_note <> '' or phone is not null or birth_year is not null)`;
    const settled = await tx`
      update visit_request set ${emptied(tx)}
      where closed_at < now() - make_interval(days => ${keptDays.settled}) and ${said}`;
    const waited = await tx`
      update visit_request q set ${emptied(tx)}, closed_at = case when person_id is null then now() end,
        closed_because = case when person_id is null then 'expired' end
      where closed_at is null and created_at < now() - make_interval(days => ${keptDays.waiting}) and (person_id is null or ${said})
        and not exists (select from visit v join visit_round r on r.id = v.round_id and r.called_off_at is null
          where v.request_id = q.id and v.taken_off_at is null and r.ends_at > now() - make_interval(days => case
            when exists (select from visit_outcome o where o.visit_id = v.id) then ${keptDays.waiting} else 1 end))`;
    await forgetWords(
      tx,
      tx`q.closed_because in ('withdrawn', 'expired') or q.closed_at < now() - make_interval(days => ${keptDays.settled})`,
    );
    return settled.count + waited.count;
  });
}

/** No round goes there for a request any more; what was recorded stays. */
export const takeOffUnrecorded = (system: SystemTx, requestId: string) => system`
  update visit v set taken_off_at = now() where v.request_id = ${requestId} and v.taken_off_at is null
    and not exists (select from visit_outcome o where o.visit_id = v.id)`;

type Loop = typeof globalThis & { camtayRequests?: true };

/** Forgets once an hour, for the life of the process; trouble is logged and it tries again the next hour. */
export function keepRequestsForgotten(): void {
  const held: Loop = globalThis;
  if (held.camtayRequests) return;
  held.camtayRequests = true;
  const turn = async () => {
    await forgetOverdue().catch((error: unknown) =>
      log.error({ error: error instanceof Error ? error.name : 'unknown' }, 'requests for visits not forgotten'),
    );
    setTimeout(() => void turn(), 3_600_000).unref();
  };
  setTimeout(() => void turn(), 90_000).unref();
}
