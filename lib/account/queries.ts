import type { ScopedTx } from '@/lib/access/scoped';

export interface SignedInDevice {
  id: string;
  device: string;
  address: string | null;
  createdAt: Date;
}

/** The caller's own running sign-ins, newest first; at most 50. */
export function signedInDevices(tx: ScopedTx) {
  return tx<SignedInDevice[]>`
    select id, device, host(address) as address, created_at from auth_session
    where account_id = caller_account() and ended_at is null and expires_at > now()
    order by created_at desc limit 50`;
}
