import type { Caller, ScopedTx } from '@/lib/access/scoped';

/** Only the doors' transactions carry a caller's rows; `Staff` is who signed in. */
export type Staff = Pick<Caller, 'accountId'>;

/** Writes down what was done at or of a desk, in the transaction that does it. */
export async function audit(
  tx: ScopedTx,
  caller: Staff,
  action: string,
  subject: { readonly kind: 'desk' | 'area'; readonly id: string; readonly areaId: number },
  details: object = {},
): Promise<void> {
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, ${action}, ${subject.kind}, ${subject.id}, ${subject.areaId}, ${tx.json({ ...details })})`;
}

/** Somebody would be on duty at two desks at once: the database's own refusal. */
export const isExclusion = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === '23P01';
