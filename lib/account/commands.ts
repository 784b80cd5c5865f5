import type { Caller, ScopedTx } from '@/lib/access/scoped';
import { refuse, type Refusal } from '@/lib/kernel/result';

/** Ends one of the caller's own sign-ins, at its next request. Refuses `notFound` for anybody else's. */
export async function endDevice(tx: ScopedTx, caller: Caller, sessionId: string): Promise<Refusal | null> {
  const ended =
    await tx`update auth_session set ended_at = now() where id = ${sessionId} and account_id = ${caller.accountId} and ended_at is null`;
  if (ended.count === 0) return refuse('notFound');
  await tx`insert into audit_event (account_id, action, subject_kind, subject_id) values (${caller.accountId}, 'account.end_device', 'auth_session', ${sessionId})`;
  return null;
}
