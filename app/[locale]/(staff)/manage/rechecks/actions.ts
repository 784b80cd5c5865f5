'use server';

import { action } from '@/lib/access/doors';
import { isRefusal } from '@/lib/kernel/result';
import { recordRecheck } from '@/lib/recheck/commands';
import { recheckForm } from '@/lib/recheck/schema';

export const record = action({ may: 'register.write', input: recheckForm }, async (tx, input, caller) => {
  const done = await recordRecheck(tx, input, caller);
  return isRefusal(done) ? done : { goTo: '/manage/rechecks?done=recorded' };
});
