'use server';

import { action } from '@/lib/access/doors';
import { visitorAddress } from '@/lib/access/slip';
import { checkStamp } from '@/lib/enrolment/guard';
import { isRefusal, refuse } from '@/lib/kernel/result';
import { askForVisit, withdrawRequest } from '@/lib/visit/commands';
import { helpForm, withdrawForm } from '@/lib/visit/schema';

/** Asks that somebody comes. The stamp shows that somebody had time to fill the form in; a network has its share of a day. */
export const askHelp = action({ may: 'public', input: helpForm, inTurn: true }, async (tx, form) => {
  const unreal = checkStamp(form.stamp, 'help', new Date());
  if (unreal) return refuse(unreal);
  const done = await askForVisit(tx, form, await visitorAddress());
  return isRefusal(done) ? done : { goTo: `/help/slip?code=${done.code}&sent=1` };
});

export const withdrawHelp = action({ may: 'public', input: withdrawForm }, async (tx, { code }) => {
  const done = await withdrawRequest(tx, code, await visitorAddress());
  return isRefusal(done) ? done : { goTo: `/help/slip?code=${done.code}` };
});
