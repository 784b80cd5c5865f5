'use server';

import { action } from '@/lib/access/doors';
import { isRefusal } from '@/lib/kernel/result';
import { answerReading } from '@/lib/lookup/commands';
import { answerForm } from '@/lib/lookup/schema';

export const answer = action({ may: 'person.write', input: answerForm }, async (tx, input, caller) => {
  const done = await answerReading(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/people/readings?done=${done.ended ? 'ended' : 'objected'}` };
});
