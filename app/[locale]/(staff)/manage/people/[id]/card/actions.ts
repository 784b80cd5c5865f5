'use server';

import { action } from '@/lib/access/doors';
import { makeCard } from '@/lib/card/commands';
import { cardOfForm } from '@/lib/card/schema';
import { isRefusal } from '@/lib/kernel/result';

export const make = action({ may: 'enrolment.write', input: cardOfForm }, async (tx, { personId }, caller) => {
  const done = await makeCard(tx, caller, personId, 'make');
  return isRefusal(done) ? done : { goTo: `/manage/people/${done.personId}/card` };
});

export const replace = action({ may: 'enrolment.write', input: cardOfForm }, async (tx, { personId }, caller) => {
  const done = await makeCard(tx, caller, personId, 'replace');
  return isRefusal(done) ? done : { goTo: `/manage/people/${done.personId}/card?done=replaced` };
});
