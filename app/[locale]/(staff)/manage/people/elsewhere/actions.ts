'use server';

import { z } from 'zod';
import { action } from '@/lib/access/doors';
import { id } from '@/lib/kernel/input';
import { isRefusal } from '@/lib/kernel/result';
import { closeReading, lookUp, openReading } from '@/lib/lookup/commands';
import { lookupForm, openForm } from '@/lib/lookup/schema';

/** What was typed is somebody's name: it goes neither into the address nor into a cookie. The search is known by its id alone. */
export const find = action({ may: 'person.read', input: lookupForm }, async (tx, typed, caller) => {
  const done = await lookUp(tx, typed, caller);
  return isRefusal(done) ? done : { goTo: `/manage/people/elsewhere?search=${done.searchId}` };
});

export const open = action({ may: 'person.read', input: openForm }, async (tx, typed, caller) => {
  const done = await openReading(tx, typed, caller);
  return isRefusal(done) ? done : { goTo: `/manage/people/elsewhere/${done.id}` };
});

export const close = action({ may: 'person.read', input: z.object({ readingId: id }) }, async (tx, input, caller) => {
  const no = await closeReading(tx, input.readingId, caller);
  return no ?? { goTo: '/manage/people/elsewhere?done=closed' };
});
