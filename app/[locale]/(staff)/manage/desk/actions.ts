'use server';

import { action } from '@/lib/access/doors';
import { logAssist, undoAssist } from '@/lib/desk/commands';
import { assistInput, undoInput } from '@/lib/desk/schema';
import { isRefusal } from '@/lib/kernel/result';

export const log = action({ may: 'desk.log', input: assistInput }, async (tx, input, caller) => {
  const done = await logAssist(tx, input, caller, new Date());
  return isRefusal(done) ? done : { goTo: `/manage/desk?desk=${done.deskId}&done=logged` };
});

export const undo = action({ may: 'desk.log', input: undoInput }, async (tx, input, caller) => {
  const done = await undoAssist(tx, input, caller, new Date());
  return isRefusal(done) ? done : { goTo: `/manage/desk?desk=${done.deskId}&done=undone` };
});
