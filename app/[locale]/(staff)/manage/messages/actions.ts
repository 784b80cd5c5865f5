'use server';

import { action } from '@/lib/access/doors';
import { isRefusal } from '@/lib/kernel/result';
import { recordOutcomes } from '@/lib/message/commands';
import { outcomeInput } from '@/lib/message/schema';

export const tell = action({ may: 'contact.read', input: outcomeInput }, async (tx, input, caller) => {
  const done = await recordOutcomes(tx, input, caller, new Date());
  const narrowed = input.class === undefined ? '' : `class=${input.class}&`;
  // Whoever works further down the list goes on there.
  const part = input.turn === undefined || input.turn === 'first' ? '' : `&turn=${input.turn}#calls-${input.turn}`;
  return isRefusal(done) ? done : { goTo: `/manage/messages?${narrowed}done=${input.outcome}${part}` };
});
