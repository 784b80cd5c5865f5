'use server';

import { action } from '@/lib/access/doors';
import { isRefusal } from '@/lib/kernel/result';
import { setBudget } from '@/lib/message/commands';
import { budgetInput } from '@/lib/message/schema';

export const set = action({ may: 'area.manage', input: budgetInput }, async (tx, input, caller) => {
  const done = await setBudget(tx, input, caller);
  return isRefusal(done) ? done : { goTo: '/admin/messages?done=budget' };
});
