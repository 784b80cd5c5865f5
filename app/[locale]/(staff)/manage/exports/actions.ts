'use server';

import { action } from '@/lib/access/doors';
import { askExport } from '@/lib/export/commands';
import { exportInput } from '@/lib/export/schema';
import { isRefusal } from '@/lib/kernel/result';

export const take = action({ may: 'roster.read', input: exportInput }, async (tx, asked, caller) => {
  const done = await askExport(tx, caller, asked);
  return isRefusal(done) ? done : { goTo: `/manage/jobs/${done.id}` };
});
