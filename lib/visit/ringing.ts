import type { ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { mine } from '@/lib/class/queries';
import { addDays, dayOf } from '@/lib/kernel/clock';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { audit, type Staff } from './record';

/**
 * The number that may be rung about an area: what the unit around it gives out with its classes, on posters and slips, of the class made last; null
 * where it gives none. A number of somebody's own is never told.
 */
export const officeNumber = (tx: ScopedTx, area: ReturnType<ScopedTx>) => tx`
  (select c.hotline from class c join area_tree near on near.area_id = c.area_id
   where c.hotline <> '' and c.status <> 'draft' and near.ancestor_id = (select u.id from area_tree t join area u on u.id = t.ancestor_id
     where t.area_id = ${area} and u.kind in ${tx(unitKinds)} order by t.depth limit 1)
   order by c.created_at desc, c.id desc limit 1)`;

/** The number a household may ring about what goes on in an area; null where there is none. */
export async function numberToRing(tx: ScopedTx, areaId: number): Promise<string | null> {
  const [row] = await tx<{ ring: string | null }[]>`select ${officeNumber(tx, tx`${areaId}::int`)} as ring`;
  return row?.ring ?? null;
}

/** Homes that were told a number and wait in vain: their round was called off yesterday or later, or is still to come, and nobody rang them. */
export const waitInVain = (tx: ScopedTx, now: Date) => tx`
  v.told_at is not null and v.rung_back_at is null and v.taken_off_at is null and r.called_off_at is not null and r.day >= ${addDays(dayOf(now), -1)}`;

/**
 * Notes that a household which had been told a number was rung back: nobody comes. Refuses: notFound (no home of the caller's, one that was not told, or
 * its round goes ahead). Twice is once.
 */
export async function rungBack(
  tx: ScopedTx,
  { visitId }: { readonly visitId: string },
  caller: Staff,
  now: Date,
): Promise<Refusal | { id: string }> {
  const [rung] = await tx<{ roundId: string; areaId: number }[]>`
    update visit v set rung_back_at = coalesce(v.rung_back_at, ${now}), rung_back_by = coalesce(v.rung_back_by, ${caller.accountId})
    from visit_round r where v.id = ${visitId} and r.id = v.round_id and r.called_off_at is not null and v.told_at is not null
      and v.taken_off_at is null and v.area_id = ${mine(tx, 'visit.plan')} returning v.round_id, v.area_id`;
  if (!rung) return refuse('notFound');
  await audit(tx, caller, 'visit.ring_back', { kind: 'visit', id: visitId, areaId: rung.areaId });
  return { id: rung.roundId };
}
