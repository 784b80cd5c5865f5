import { elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
import type { Home } from './settling';

/** A home the caller was sent to, or plans for. */
export interface HomeAsked extends Home {
  readonly id: string;
}

/**
 * Those of some homes that are the caller's: on a round they were sent on, however long ago and called off or not, or in areas where they plan.
 * Work from the hills may find a signal when the round is out of sight.
 */
export async function homesAsked(tx: ScopedTx, ids: readonly string[], caller: Caller): Promise<HomeAsked[]> {
  const areas = await areasOf(tx);
  return elevated(tx, 'visits: whether the caller was sent there', async (system) => [
    ...(await system<HomeAsked[]>`
      select v.id, v.round_id, v.area_id, v.day::text, v.request_id, coalesce(v.person_id, q.person_id) as person_id
      from visit v join visit_round r on r.id = v.round_id left join visit_request q on q.id = v.request_id
      where v.id = any(${[...ids]}::uuid[]) and ${sentThere(system, system`v.area_id`, areas, caller)}`),
  ]);
}

/** Those of some rounds that are the caller's in the same way, with where they go. */
export async function roundsAsked(
  tx: ScopedTx,
  ids: readonly string[],
  caller: Caller,
): Promise<ReadonlyMap<string, number>> {
  const areas = await areasOf(tx);
  const rows = await elevated(
    tx,
    'visits: whether the caller was sent on that round',
    (system) => system<{ id: string; areaId: number }[]>`
      select r.id, r.area_id from visit_round r
      where r.id = any(${[...ids]}::uuid[]) and ${sentThere(system, system`r.area_id`, areas, caller)}`,
  );
  return new Map(rows.map(({ id, areaId }) => [id, areaId]));
}

interface Areas {
  readonly recording: number[] | null;
  readonly planning: number[] | null;
}
async function areasOf(tx: ScopedTx): Promise<Areas> {
  const [areas] = await tx<Areas[]>`
    select may_areas('visit.record') as recording, may_areas('visit.plan') as planning`;
  return areas ?? { recording: null, planning: null };
}
/** Of a round `r` into `area`: the caller plans there, or was sent on it and is still of the team. */
const sentThere = (system: ScopedTx, area: ReturnType<ScopedTx>, areas: Areas, caller: Caller) => system`
  (${area} = any(${areas.planning ?? []}::integer[])
    or ${area} = any(${areas.recording ?? []}::integer[]) and exists (
      select from visit_round_helper h join team_member m on m.id = h.member_id
      where h.round_id = r.id and m.account_id = ${caller.accountId} and m.left_on is null
        and (h.called_off_at is null or r.called_off_at is not null)))`;
