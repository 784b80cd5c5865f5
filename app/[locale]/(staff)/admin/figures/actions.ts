'use server';

import { action } from '@/lib/access/doors';
import { askFiguresCheck, figuresCheckInput } from '@/lib/figure/jobs';
import { isRefusal } from '@/lib/kernel/result';

export const check = action({ may: 'area.manage', input: figuresCheckInput }, async (tx, asked, caller) => {
  const done = await askFiguresCheck(tx, caller, asked);
  return isRefusal(done) ? done : { goTo: `/manage/jobs/${done.id}` };
});
