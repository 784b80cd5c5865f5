'use server';

import { action } from '@/lib/access/doors';
import { isRefusal } from '@/lib/kernel/result';
import { answerAsk, askHelpers, markPresence, withdrawAsk } from '@/lib/team/commands';
import { answerInput, askInput, presenceInput, withdrawInput } from '@/lib/team/schema';

const page = (classId: string) => `/manage/classes/${classId}/helpers`;

export const ask = action({ may: 'class.write', input: askInput }, async (tx, input, caller) => {
  const done = await askHelpers(tx, input, caller, new Date());
  if (isRefusal(done)) return done;
  const { classId, sessionId, asked, passedOver } = done;
  return { goTo: `${page(classId)}?session=${sessionId}&asked=${asked}&passedOver=${passedOver}` };
});

/** What somebody said on the phone. */
export const noteAnswer = action({ may: 'class.write', input: answerInput }, async (tx, input, caller) => {
  const done = await answerAsk(tx, input, caller, new Date());
  return isRefusal(done) ? done : { goTo: `${page(done.classId)}?session=${done.sessionId}&done=answered` };
});

export const withdraw = action({ may: 'class.write', input: withdrawInput }, async (tx, input, caller) => {
  const done = await withdrawAsk(tx, input, caller, new Date());
  return isRefusal(done) ? done : { goTo: `${page(done.classId)}?session=${done.sessionId}&done=withdrawn` };
});

export const notePresence = action({ may: 'class.write', input: presenceInput }, async (tx, input, caller) => {
  const done = await markPresence(tx, input, caller, new Date());
  return isRefusal(done) ? done : { goTo: `${page(done.classId)}?done=presence` };
});
