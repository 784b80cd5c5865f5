'use server';

import { action } from '@/lib/access/doors';
import { isRefusal } from '@/lib/kernel/result';
import { recordSteps } from '@/lib/step/commands';
import { stepsForm } from '@/lib/step/schema';

export const record = action({ may: 'register.write', input: stepsForm }, async (tx, input, caller) => {
  const done = await recordSteps(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/people/${done.personId}/steps?done=recorded` };
});
