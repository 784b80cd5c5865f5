import { elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { refuse, type Refusal } from '@/lib/kernel/result';
import type { PairDecision } from './schema';

export { forgetOldMerges, keepMergesForgotten, mergePeople, undoMerge } from './merge';

/** So long a pair put off is not shown. */
const laterDays = 30;

/** Writes down that two people are not the same, or that it is not decided now (asked again in 30 days). Refused: out of reach. */
export async function decidePair(
  tx: ScopedTx,
  { oneId, otherId, decision }: PairDecision,
  { accountId }: Pick<Caller, 'accountId'>,
): Promise<Refusal | { decision: PairDecision['decision'] }> {
  const found = await tx<{ id: string; areaId: number }[]>`
    select id, area_id from person where id in (${oneId}, ${otherId}) and merged_into is null and area_id = any (coalesce((select may_areas('person.write')), '{}')) order by id`;
  const [low, high] = found;
  if (!low || !high) return refuse('notFound');
  await elevated(
    tx,
    'people: decide a pair',
    (system) => system`
      insert into person_pair (low_id, high_id, state, later_until, decided_by)
      values (${low.id}, ${high.id}, ${decision}, case when ${decision} = 'later' then now() + make_interval(days => ${laterDays}) end, ${accountId})
      on conflict (low_id, high_id) do update set state = excluded.state, later_until = excluded.later_until, decided_by = excluded.decided_by, at = now()`,
  );
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${accountId}, 'person.pair', 'person', ${low.id}, ${low.areaId}, ${tx.json({ otherId: high.id, decision })})`;
  return { decision };
}
