'use server';

import { action } from '@/lib/access/doors';
import { askForClass } from '@/lib/demand/commands';
import { askForm } from '@/lib/demand/schema';
import { isRefusal } from '@/lib/kernel/result';

export const ask = action({ may: 'public', input: askForm }, async (tx, form) => {
  const done = await askForClass(tx, form);
  return isRefusal(done) ? done : { goTo: `/ask?area=${form.area}&sent=1` };
});
