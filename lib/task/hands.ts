import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { addDays, dayOf, weekdayOf } from '@/lib/kernel/clock';
import { isAway } from '@/lib/team/queries';
import { kindOf } from './kinds';
import { onPaper, type Hand, type TaskLine } from './schema';

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

/**
 * Whether a member of a team can do something about each of these tasks: at a door anybody can; what is settled on organisers' pages alone (papers, and what
 * is about nobody) only who plans there, a round's results also who went.
 */
export async function mayTake(
  tx: ScopedTx,
  memberId: string,
  lines: readonly (TaskLine | undefined)[],
): Promise<boolean> {
  const closed = lines.flatMap((line) =>
    line && kindOf(line.kind)?.goesFor && (line.personId === null || onPaper.includes(line.kind)) ? [line] : [],
  );
  if (closed.length === 0) return true;
  return elevated(tx, 'tasks: where a helper plans, and which rounds were theirs', async (system) => {
    const plans = await system<{ areaId: number }[]>`
      select distinct t.area_id from team_member m
        join account_grant g on g.account_id = m.account_id and g.valid_from <= portal_day() and (g.valid_to is null or g.valid_to >= portal_day())
        join role_capability r on r.role = g.role and r.capability = 'class.write' join area_tree t on t.ancestor_id = g.area_id
      where m.id = ${memberId} and t.area_id = any(${closed.map(({ areaId }) => areaId)}::integer[])`;
    const went = await system<{ id: string }[]>`
      select round_id as id from visit_round_helper
      where member_id = ${memberId} and called_off_at is null and round_id::text = any(${closed.map(({ fact }) => fact)}::text[])`;
    return closed.every(
      ({ areaId, kind, fact }) =>
        plans.some((one) => one.areaId === areaId) ||
        (kindOf(kind)?.goesFor === 'own' && went.some(({ id }) => id === fact)),
    );
  });
}
