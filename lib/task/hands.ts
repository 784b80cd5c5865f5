import type { ScopedTx } from '@/lib/access/scoped';
import type { Hand } from './schema';

/** Whom the caller may give tasks to: members of the teams where they plan classes, those with an account first; at most 200. */
export async function handsOf(tx: ScopedTx): Promise<Hand[]> {
  const rows = await tx<Hand[]>`
    select m.id as member_id, m.full_name, k.name as team, k.area_id, m.account_id is not null as has_account
    from team_member m join team k on k.id = m.team_id
    where m.left_on is null and m.area_id = any (coalesce((select may_areas('class.write')), '{}'))
    order by m.account_id is null, split_part(m.full_name, ' ', -1) collate "vi-x-icu", m.full_name collate "vi-x-icu", m.id limit 200`;
  return [...rows];
}
