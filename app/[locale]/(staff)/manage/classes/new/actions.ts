'use server';

import { action } from '@/lib/access/doors';
import { planAddress, planClass } from '@/lib/class/commands';
import { planInput } from '@/lib/class/schema';
import { isRefusal, refuse } from '@/lib/kernel/result';
import { linkClass } from '@/lib/model/commands';
import { modelToPlan } from '@/lib/model/queries';

export const openClass = action({ may: 'class.write', input: planInput }, async (tx, plan, caller) => {
  if (plan.saveAs === 'check') return { goTo: `/manage/classes/new?${planAddress(plan)}#preview` };
  const now = new Date();
  if (plan.modelId !== undefined && !(await modelToPlan(tx, plan.modelId))) return refuse('notFound', 'modelId');
  const done = await planClass(tx, plan, caller, now);
  if (isRefusal(done)) return done;
  const { modelId } = plan;
  const linked = modelId === undefined ? null : await linkClass(tx, { modelId, classId: done.id }, caller, now);
  return linked && isRefusal(linked)
    ? refuse(linked.refused, 'modelId')
    : { goTo: `/manage/classes/${done.id}?done=${plan.saveAs === 'publish' ? 'published' : 'planned'}` };
});
