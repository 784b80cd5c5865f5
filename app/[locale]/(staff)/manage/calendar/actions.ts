'use server';

import { action } from '@/lib/access/doors';
import { removeDayOff, saveDayOff } from '@/lib/dayoff/commands';
import { dayOffInput, removeDayOffInput } from '@/lib/dayoff/schema';
import { isRefusal } from '@/lib/kernel/result';

const back = (areaId: number, done: string) => ({ goTo: `/manage/calendar?area=${areaId}&done=${done}` });

export const saveDay = action({ may: 'calendar.write', input: dayOffInput }, async (tx, input, caller) => {
  const done = await saveDayOff(tx, input, caller);
  return isRefusal(done) ? done : back(done.areaId, 'saved');
});

export const removeDay = action({ may: 'calendar.write', input: removeDayOffInput }, async (tx, input, caller) => {
  const done = await removeDayOff(tx, input, caller);
  return isRefusal(done) ? done : back(done.areaId, 'removed');
});
