import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { dayOf } from '@/lib/kernel/clock';
import type { Refusal } from '@/lib/kernel/result';
import { stoppedAt } from '@/lib/step/queries';
import { stoppedAmong } from './queries';
import type { Staff } from './record';
import { mostHomes, putOnRound } from './rounds';

/**
 * Whom one round could go to of those who stop at a step in a place, by village and name, at most as many as a round takes: not who is left alone or said to
 * be gone, nor to whom a round goes already. Of a commune it is those whose village nobody knows. With the request that waits for a visit, where there is one.
 */
export async function stoppedToVisit(
  tx: ScopedTx,
  areaId: number,
  step: string,
  now: Date,
): Promise<readonly { readonly personId: string; readonly requestId: string | null }[]> {
  const [place] = await tx<{ unit: boolean }[]>`select kind in ${tx(unitKinds)} as unit from area where id = ${areaId}`;
  if (!place) return [];
  const { people } = await stoppedAt(tx, 'vi', { area: areaId, own: place.unit ? '1' : undefined, step, page: 1 });
  const ids = people.map(({ id }) => id);
  const left = await stoppedAmong(tx, ids);
  const known = await elevated(
    tx,
    'visits: which of those who stop at a step wait for a visit or have one coming',
    (system) => system<{ personId: string; requestId: string | null; expected: boolean }[]>`
      select w.person_id, (select q.id from visit_request q where q.person_id = w.person_id and q.closed_at is null order by q.created_at, q.id limit 1) as request_id,
        exists (select from visit v join visit_round r on r.id = v.round_id and r.called_off_at is null left join visit_request q on q.id = v.request_id
          where coalesce(v.person_id, q.person_id) = w.person_id and v.taken_off_at is null and v.day >= ${dayOf(now)}) as expected
      from unnest(${ids}::uuid[]) with ordinality w (person_id, nth) order by w.nth`,
  );
  return known
    .filter(({ personId, expected }) => !expected && !left.has(personId))
    .slice(0, mostHomes)
    .map(({ personId, requestId }) => ({ personId, requestId }));
}

/** Puts those who stop at a step there on a round that was just planned; nobody is no mistake. Refuses what `putOnRound` does. */
export async function putStoppedOn(
  tx: ScopedTx,
  { roundId, areaId, step }: { readonly roundId: string; readonly areaId: number; readonly step: string },
  caller: Staff,
  now: Date,
): Promise<Refusal | { readonly id: string; readonly people: number }> {
  const found = await stoppedToVisit(tx, areaId, step, now);
  if (found.length === 0) return { id: roundId, people: 0 };
  const homes = found.map(({ personId, requestId }) => (requestId === null ? `p:${personId}` : `r:${requestId}`));
  const done = await putOnRound(tx, { roundId, homes }, caller, now);
  return 'refused' in done ? done : { id: roundId, people: found.length };
}
