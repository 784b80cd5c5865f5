import type { Caller, ScopedTx } from '@/lib/access/scoped';
import { indicators } from '@/lib/indicator/queries';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { targetPlace } from './queries';
import type { TargetInput } from './schema';

type Staff = Pick<Caller, 'accountId'>;

/**
 * Sets the target of an indicator for an area and period, or takes it back; what was set before stays as history. Refuses: a place whose
 * targets are not the caller's to set (`notFound`), an indicator that is none or said in words (`chooseIndicator`), a share of more than 100
 * per cent (`shareRange`).
 */
export async function setTarget(
  tx: ScopedTx,
  input: TargetInput,
  caller: Staff,
): Promise<Refusal | { areaId: number; period: string; taken: boolean }> {
  const { areaId, period, indicator, source } = input;
  const place = await targetPlace(tx, 'vi', areaId);
  if (!place?.maySet) return refuse('notFound');
  const found = (await indicators(tx)).find(({ code, kind }) => code === indicator && kind !== 'remark');
  if (!found) return refuse('chooseIndicator', 'indicator');
  const value = input.value ?? null;
  if (found.shownAs === 'share' && value !== null && value > 100) return refuse('shareRange', 'value');
  await tx`insert into target ${tx({ indicatorCode: indicator, areaId, period, value, source })}`;
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, 'target.set', 'area', ${String(areaId)}, ${areaId}, ${tx.json({ indicator, period, value, source })})`;
  return { areaId, period, taken: value === null };
}
