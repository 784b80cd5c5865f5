'use server';

import { action } from '@/lib/access/doors';
import { declareEligible } from '@/lib/eligible/commands';
import { eligibleInput } from '@/lib/eligible/schema';
import { isRefusal } from '@/lib/kernel/result';

export const declare = action({ may: 'declared.write', input: eligibleInput }, async (tx, input, caller) => {
  const done = await declareEligible(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/eligible?area=${done.areaId}&done=saved` };
});
