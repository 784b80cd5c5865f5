'use server';

import { action } from '@/lib/access/doors';
import { isRefusal } from '@/lib/kernel/result';
import { setTarget } from '@/lib/target/commands';
import { targetInput } from '@/lib/target/schema';

export const set = action({ may: 'target.write', input: targetInput }, async (tx, input, caller) => {
  const done = await setTarget(tx, input, caller);
  if (isRefusal(done)) return done;
  return { goTo: `/admin/targets?area=${done.areaId}&period=${done.period}&done=${done.taken ? 'taken' : 'set'}` };
});
