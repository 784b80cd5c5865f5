'use server';

import { action } from '@/lib/access/doors';
import { isRefusal, refuse } from '@/lib/kernel/result';
import { endPause, giveTasks, pausePerson, recordWork } from '@/lib/task/commands';
import { inSight } from '@/lib/task/door';
import { endPauseInput, giveInput, pauseInput, workInput } from '@/lib/task/schema';

const door = (personId: string, done: string) => `/manage/tasks/door/${personId}?done=${done}`;

export const work = action({ may: 'register.write', input: workInput }, async (tx, input, caller) => {
  if (!(await inSight(tx, input.person))) return refuse('notFound');
  const done = await recordWork(tx, input, caller);
  if (isRefusal(done)) return done;
  // What was given to a helper ends with its work, and the right to see the name with it: then nothing is left to do at that door.
  return { goTo: (await inSight(tx, input.person)) ? door(input.person, 'worked') : '/manage/tasks?done=worked' };
});

export const give = action({ may: 'class.write', input: giveInput }, async (tx, input, caller) => {
  const done = await giveTasks(tx, input, caller);
  if (isRefusal(done)) return done;
  const page = input.back === 'week' ? '/manage/tasks/week' : '/manage/tasks';
  return { goTo: `${page}?done=${done.given > 0 ? 'given' : 'takenBack'}` };
});

export const pause = action({ may: 'register.write', input: pauseInput }, async (tx, input, caller) => {
  const done = await pausePerson(tx, input, caller);
  return isRefusal(done) ? done : { goTo: door(done.personId, 'paused') };
});

export const resume = action({ may: 'register.write', input: endPauseInput }, async (tx, input, caller) => {
  if (!(await inSight(tx, input.personId))) return refuse('notFound');
  const done = await endPause(tx, input, caller);
  return isRefusal(done) ? done : { goTo: door(input.personId, 'resumed') };
});
