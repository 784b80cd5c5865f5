'use server';

import { action } from '@/lib/access/doors';
import { planAddress, planClass } from '@/lib/class/commands';
import { planInput } from '@/lib/class/schema';
import { isRefusal } from '@/lib/kernel/result';

export const openClass = action({ may: 'class.write', input: planInput }, async (tx, plan, caller) => {
  if (plan.saveAs === 'check') return { goTo: `/manage/classes/new?${planAddress(plan)}#preview` };
  const done = await planClass(tx, plan, caller, new Date());
  return isRefusal(done)
    ? done
    : { goTo: `/manage/classes/${done.id}?done=${plan.saveAs === 'publish' ? 'published' : 'planned'}` };
});
