import type { ScopedTx } from '@/lib/access/scoped';
import { addDays, dayOf, weekdayOf } from '@/lib/kernel/clock';
import { isAway } from '@/lib/team/queries';
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

/** Who of these members said that they are not there on any day from today to Sunday. */
export async function awayAllWeek(tx: ScopedTx, members: readonly string[], now: Date): Promise<ReadonlySet<string>> {
  const today = dayOf(now);
  const days = Array.from({ length: 8 - weekdayOf(today) }, (_, ahead) => addDays(today, ahead));
  const rows = await tx<{ id: string }[]>`
    select k.id from unnest(${[...members]}::uuid[]) k (id)
    where not exists (select from (select (day + time '12:00') at time zone 'Asia/Ho_Chi_Minh' as noon from unnest(${days}::date[]) day) d
      where not ${isAway(tx, tx`k.id`, tx`d.noon`, tx`d.noon`)})`;
  return new Set(rows.map(({ id }) => id));
}
