'use server';

import { action } from '@/lib/access/doors';
import { handSlip } from '@/lib/access/slip';
import { enrol } from '@/lib/enrolment/commands';
import { enrolForm } from '@/lib/enrolment/schema';
import { isRefusal } from '@/lib/kernel/result';

export const enrolHere = action({ may: 'public', input: enrolForm }, async (tx, form) => {
  const done = await enrol(tx, { caller: null, channel: 'web' }, form);
  if (isRefusal(done)) return done;
  await handSlip(done.code);
  return { goTo: '/my' };
});
