'use server';

import { action } from '@/lib/access/doors';
import { revokeCertificate } from '@/lib/certificate/commands';
import { revokeForm } from '@/lib/certificate/schema';
import { isRefusal } from '@/lib/kernel/result';

export const revoke = action({ may: 'class.write', input: revokeForm }, async (tx, input, caller) => {
  const done = await revokeCertificate(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/certificates/${done.serial}?done=revoked` };
});
