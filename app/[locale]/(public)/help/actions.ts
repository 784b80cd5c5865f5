'use server';

import { z } from 'zod';
import { action } from '@/lib/access/doors';
import { handVisitSlip, takeVisitSlipBack, visitorAddress } from '@/lib/access/slip';
import { checkStamp } from '@/lib/enrolment/guard';
import { isRefusal, refuse } from '@/lib/kernel/result';
import { askForVisit, openVisitSlip, withdrawRequest } from '@/lib/visit/commands';
import { helpForm, visitSlipForm } from '@/lib/visit/schema';

/** Asks that somebody comes. The stamp shows that somebody had time to fill the form in; a network has its share of a day. */
export const askHelp = action({ may: 'public', input: helpForm, inTurn: true }, async (tx, form) => {
  const unreal = checkStamp(form.stamp, 'help', new Date());
  if (unreal) return refuse(unreal);
  const done = await askForVisit(tx, form, await visitorAddress());
  if (isRefusal(done)) return done;
  await handVisitSlip(done.code);
  return { goTo: '/help/slip?sent=1' };
});

/** A slip's number opens the slip: it is in hand then, and in no address that a borrowed phone remembers. */
export const showHelp = action({ may: 'public', input: visitSlipForm }, async (tx, { code }) => {
  const opened = await openVisitSlip(tx, code, await visitorAddress());
  if (isRefusal(opened)) return opened;
  await handVisitSlip(opened.code);
  return { goTo: '/help/slip' };
});

export const withdrawHelp = action({ may: 'public', input: visitSlipForm }, async (tx, { code }) => {
  const done = await withdrawRequest(tx, code, await visitorAddress());
  return isRefusal(done) ? done : { goTo: '/help/slip' };
});

export const closeHelp = action({ may: 'public', input: z.object({}) }, async () => {
  await takeVisitSlipBack();
  return { goTo: '/help' };
});
