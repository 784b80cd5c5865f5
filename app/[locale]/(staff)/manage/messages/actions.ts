'use server';

import { action } from '@/lib/access/doors';
import { isRefusal } from '@/lib/kernel/result';
import { recordOutcome } from '@/lib/message/commands';
import { outcomeInput } from '@/lib/message/schema';

export const tell = action({ may: 'contact.read', input: outcomeInput }, async (tx, input, caller) => {
  const done = await recordOutcome(tx, input, caller, new Date());
  const narrowed = input.class === undefined ? '' : `class=${input.class}&`;
  return isRefusal(done) ? done : { goTo: `/manage/messages?${narrowed}done=${input.outcome}` };
});
