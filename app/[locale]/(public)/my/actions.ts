'use server';

import { z } from 'zod';
import { action } from '@/lib/access/doors';
import { handSlip, slipInHand, takeSlipBack, visitorAddress } from '@/lib/access/slip';
import { answerOffer, cancelEnrolment, openSlip } from '@/lib/enrolment/commands';
import { slipForm } from '@/lib/enrolment/schema';
import { isRefusal, refuse } from '@/lib/kernel/result';

export const showSlip = action({ may: 'public', input: slipForm }, async (tx, form) => {
  const opened = await openSlip(tx, await visitorAddress(), form);
  if (isRefusal(opened)) return opened;
  await handSlip(opened.code);
  return { goTo: '/my' };
});

export const cancelMine = action({ may: 'public', input: z.object({}) }, async (tx) => {
  const code = await slipInHand();
  if (!code) return refuse('slipClosed');
  const left = await cancelEnrolment(tx, { caller: null, channel: 'web' }, { code }, 'resident');
  return isRefusal(left) ? left : { goTo: '/my' };
});

const answerForm = z.object({ answer: z.enum(['accept', 'decline'], 'wrong') });

export const answerMine = action({ may: 'public', input: answerForm }, async (tx, { answer }) => {
  const code = await slipInHand();
  if (!code) return refuse('slipClosed');
  const done = await answerOffer(tx, { caller: null, channel: 'web' }, { code }, answer);
  return isRefusal(done) ? done : { goTo: '/my' };
});

export const closeSlip = action({ may: 'public', input: z.object({}) }, async () => {
  await takeSlipBack();
  return { goTo: '/' };
});
