'use server';

import { action } from '@/lib/access/doors';
import { settleDemand } from '@/lib/demand/commands';
import { settleForm } from '@/lib/demand/schema';
import { isRefusal } from '@/lib/kernel/result';

export const settle = action({ may: 'class.write', input: settleForm }, async (tx, input, caller) => {
  const done = await settleDemand(tx, caller, input);
  return isRefusal(done) ? done : { goTo: `/manage/demand?done=${done.settled}` };
});
