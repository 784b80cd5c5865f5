'use server';

import { action } from '@/lib/access/doors';
import { askFiguresExport } from '@/lib/export/commands';
import { figuresExportInput } from '@/lib/export/schema';
import { isRefusal } from '@/lib/kernel/result';

export const takePlaces = action({ may: 'figures.read', input: figuresExportInput }, async (tx, asked, caller) => {
  const done = await askFiguresExport(tx, caller, asked);
  return isRefusal(done) ? done : { goTo: `/manage/jobs/${done.id}` };
});
