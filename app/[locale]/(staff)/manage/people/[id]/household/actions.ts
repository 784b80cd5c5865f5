'use server';

import { action } from '@/lib/access/doors';
import { leaveHousehold, linkHousehold } from '@/lib/household/commands';
import { linkInput } from '@/lib/household/schema';
import { isRefusal } from '@/lib/kernel/result';

export const link = action({ may: 'person.write', input: linkInput }, async (tx, input, caller) => {
  const done = await linkHousehold(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/people/${input.personId}?done=linked` };
});

export const leave = action({ may: 'person.write', input: linkInput }, async (tx, input, caller) => {
  const done = await leaveHousehold(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/people/${input.personId}?done=leftHousehold` };
});
