import type { ScopedTx } from '@/lib/access/scoped';
import { mine, officeNumber } from '@/lib/class/queries';
import { addDays, dayOf } from '@/lib/kernel/clock';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { toldByHand } from '@/lib/message/commands';
import { audit, type Staff } from './record';

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
 * its round goes ahead). Twice is once. Its message is told by that, if one waits.
 */
export async function rungBack(
  tx: ScopedTx,
  { visitId }: { readonly visitId: string },
  caller: Staff,
  now: Date,
): Promise<Refusal | { id: string }> {
  const [mineToTell] = await tx`select from visit where id = ${visitId} and area_id = ${mine(tx, 'visit.plan')}`;
  if (!mineToTell) return refuse('notFound');
  // The message before the visit: the order in which senders hold them.
  await toldByHand(tx, { visitId, purpose: 'visit_off' }, caller, now);
  const [rung] = await tx<{ roundId: string; areaId: number }[]>`
    update visit v set rung_back_at = coalesce(v.rung_back_at, ${now}), rung_back_by = coalesce(v.rung_back_by, ${caller.accountId})
    from visit_round r where v.id = ${visitId} and r.id = v.round_id and r.called_off_at is not null and v.told_at is not null
      and v.taken_off_at is null and v.area_id = ${mine(tx, 'visit.plan')} returning v.round_id, v.area_id`;
  if (!rung) return refuse('notFound');
  await audit(tx, caller, 'visit.ring_back', { kind: 'visit', id: visitId, areaId: rung.areaId });
  return { id: rung.roundId };
}
