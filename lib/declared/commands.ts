import type { Caller, ScopedTx } from '@/lib/access/scoped';
import { dayOf } from '@/lib/kernel/clock';
import { refuse, type Refusal } from '@/lib/kernel/result';
import { periodOf } from '@/lib/period/rules';
import { declaredIndicator, declaringPlace } from './queries';
import type { DeclaredInput } from './schema';

type Staff = Pick<Caller, 'accountId'>;

/**
 * Writes down what a source says of an indicator the portal does not count; what was said before stays as history. Refuses: a place that is
 * not the caller's (`notFound`), an indicator that is counted or none (`chooseIndicator`), a period that has not begun (`periodAhead`), a
 * share without its whole (`wholeMissing`), a whole where there is none (`wholeNone`).
 */
export async function declareFigure(
  tx: ScopedTx,
  input: DeclaredInput,
  caller: Staff,
): Promise<Refusal | { areaId: number; period: string }> {
  const { areaId, period, indicator, value, of, source, asOf, note } = input;
  if (!(await declaringPlace(tx, 'vi', areaId))) return refuse('notFound');
  const found = await declaredIndicator(tx, indicator);
  if (!found) return refuse('chooseIndicator', 'indicator');
  const begins = periodOf(period)?.from;
  if (begins === undefined || begins > dayOf(new Date())) return refuse('periodAhead');
  if (found.whole === 'declared' && of === null) return refuse('wholeMissing', 'of');
  if (found.whole === 'none' && of !== null) return refuse('wholeNone', 'of');
  const said = { indicatorCode: indicator, areaId, period, value, denominator: of, source, asOf, note };
  await tx`insert into declared_figure ${tx(said)}`;
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, 'declared.record', 'area', ${String(areaId)}, ${areaId}, ${tx.json(said)})`;
  return { areaId, period };
}
