'use server';

import { action } from '@/lib/access/doors';
import { isRefusal } from '@/lib/kernel/result';
import { chooseMessages } from '@/lib/message/commands';
import { choiceInput } from '@/lib/message/schema';

export const choose = action({ may: 'person.write', input: choiceInput }, async (tx, input, caller) => {
  const done = await chooseMessages(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/people/${done.personId}?done=messages` };
});
