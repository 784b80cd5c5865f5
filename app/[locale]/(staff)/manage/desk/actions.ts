'use server';

import { action } from '@/lib/access/doors';
import { logAssist, undoAssist } from '@/lib/desk/commands';
import { assistInput, undoInput } from '@/lib/desk/schema';
import { isRefusal } from '@/lib/kernel/result';
import { askAtDesk } from '@/lib/visit/commands';
import { deskAskForm } from '@/lib/visit/schema';

export const log = action({ may: 'desk.log', input: assistInput }, async (tx, input, caller) => {
  const done = await logAssist(tx, input, caller, new Date());
  if (isRefusal(done)) return done;
  // Whoever is to be visited and has no name yet: somebody must know whose home it is.
  if (input.referredTo === 'home_visit' && input.personId === null)
    return { goTo: `/manage/desk/visit?assist=${done.id}` };
  return { goTo: `/manage/desk?desk=${done.deskId}&done=logged` };
});

export const askVisit = action({ may: 'desk.log', input: deskAskForm }, async (tx, input, caller) => {
  const done = await askAtDesk(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/desk?desk=${done.deskId}&done=asked&asked=${input.assistId}` };
});

export const undo = action({ may: 'desk.log', input: undoInput }, async (tx, input, caller) => {
  const done = await undoAssist(tx, input, caller, new Date());
  return isRefusal(done) ? done : { goTo: `/manage/desk?desk=${done.deskId}&done=undone` };
});
