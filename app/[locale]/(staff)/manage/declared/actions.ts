'use server';

import { action } from '@/lib/access/doors';
import { declareFigure } from '@/lib/declared/commands';
import { declaredInput } from '@/lib/declared/schema';
import { isRefusal } from '@/lib/kernel/result';

export const record = action({ may: 'declared.write', input: declaredInput }, async (tx, input, caller) => {
  const done = await declareFigure(tx, input, caller);
  if (isRefusal(done)) return done;
  return { goTo: `/manage/declared?area=${done.areaId}&period=${done.period}&done=saved` };
});
