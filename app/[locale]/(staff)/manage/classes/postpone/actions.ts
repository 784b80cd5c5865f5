'use server';

import { action } from '@/lib/access/doors';
import { putOffAll, takeBack } from '@/lib/class/commands';
import { stormInput, undoStormInput } from '@/lib/class/forms';
import { isRefusal } from '@/lib/kernel/result';

export const putOff = action({ may: 'class.postpone', input: stormInput }, async (tx, storm, caller) => {
  const done = await putOffAll(tx, storm, caller, new Date());
  return isRefusal(done) ? done : { goTo: '/manage/classes/postpone?done=putOff' };
});

export const undo = action({ may: 'class.postpone', input: undoStormInput }, async (tx, input, caller) => {
  const done = await takeBack(tx, input, caller, new Date());
  return isRefusal(done) ? done : { goTo: '/manage/classes/postpone?done=undone' };
});
