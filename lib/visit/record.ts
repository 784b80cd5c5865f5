import type { Caller, ScopedTx } from '@/lib/access/scoped';

export type Staff = Pick<Caller, 'accountId'>;

/** Writes down what was done about a visit, in the transaction that does it. Never a name. */
export async function audit(
  tx: ScopedTx,
  caller: Staff,
  action: string,
  subject: { readonly kind: 'visit' | 'visit_round' | 'visit_request'; readonly id: string; readonly areaId: number },
  details: object = {},
): Promise<void> {
  await tx`
    insert into audit_event (account_id, action, subject_kind, subject_id, area_id, details)
    values (${caller.accountId}, ${action}, ${subject.kind}, ${subject.id}, ${subject.areaId}, ${tx.json({ ...details })})`;
}

const codeOf = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
/** Somebody would be at two places at once: the database's own refusal. */
export const isExclusion = (error: unknown) => codeOf(error) === '23P01';
/** A row of that kind is there already. */
export const isDouble = (error: unknown) => codeOf(error) === '23505';
