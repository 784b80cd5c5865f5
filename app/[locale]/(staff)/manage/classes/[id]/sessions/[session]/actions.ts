'use server';

import { action } from '@/lib/access/doors';
import { editSessions } from '@/lib/class/commands';
import { editInput } from '@/lib/class/forms';
import { isRefusal } from '@/lib/kernel/result';

export const editSession = action({ may: 'class.write', input: editInput }, async (tx, input, caller) => {
  const done = await editSessions(tx, input, caller, new Date());
  return isRefusal(done) ? done : { goTo: `/manage/classes/${done.classId}?done=sessionsEdited` };
});
