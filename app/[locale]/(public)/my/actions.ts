'use server';

import { z } from 'zod';
import { action } from '@/lib/access/doors';
import { presentCard, type ScopedTx } from '@/lib/access/scoped';
import {
  cardInHand,
  handCard,
  handSlip,
  slipInHand,
  takeCardBack,
  takeSlipBack,
  visitorAddress,
} from '@/lib/access/slip';
import { changeOwnPhone, excuse, openCard, withdraw } from '@/lib/card/commands';
import {
  cardCodeLength,
  codeForm,
  factorsForm,
  ownAnswerForm,
  ownEnrolmentForm,
  ownSessionForm,
  phoneForm,
  saysSomething,
  withdrawForm,
} from '@/lib/card/schema';
import { answerOffer, cancelEnrolment, openSlip } from '@/lib/enrolment/commands';
import { answer } from '@/lib/enrolment/schema';
import { isRefusal, refuse } from '@/lib/kernel/result';
import { chooseLess } from '@/lib/message/commands';
import { ownChoiceInput } from '@/lib/message/schema';
import { withdrawOwnReferral } from '@/lib/referral/commands';
import { referralForm } from '@/lib/referral/schema';

const resident = { caller: null, channel: 'web' } as const;

/** A slip's code opens the slip; a card's asks on the same page for what its holder knows, then opens the card. */
export const showSlip = action({ may: 'public', input: codeForm }, async (tx, form) => {
  if (form.code.length !== cardCodeLength) {
    const opened = await openSlip(tx, await visitorAddress(), form);
    if (isRefusal(opened)) return opened;
    await handSlip(opened.code);
    return { goTo: '/my' };
  }
  // The first step looks nothing up: it is the same for every code.
  if (!saysSomething(form)) return form.second ? refuse('cardSayOne', 'birthYear') : refuse('cardStep', 'step');
  const opened = await openCard(tx, await visitorAddress(), { code: form.code }, form);
  if (isRefusal(opened)) return opened;
  await handCard(opened.code);
  return { goTo: '/my/card' };
});

/** Whoever has a slip in hand opens the learner's card with what they know; it is made at the first time. */
export const openMyCard = action({ may: 'public', input: factorsForm }, async (tx, form) => {
  const slip = await slipInHand();
  if (!slip) return refuse('slipClosed');
  if (!saysSomething(form)) return refuse('cardSayOne', 'birthYear');
  const opened = await openCard(tx, await visitorAddress(), { slip }, form);
  if (isRefusal(opened)) return opened;
  await handCard(opened.code);
  return { goTo: '/my/card' };
});

export const cancelMine = action({ may: 'public', input: z.object({}) }, async (tx) => {
  const code = await slipInHand();
  if (!code) return refuse('slipClosed');
  const left = await cancelEnrolment(tx, resident, { code }, 'resident');
  return isRefusal(left) ? left : { goTo: '/my' };
});

export const answerMine = action({ may: 'public', input: z.object({ answer }) }, async (tx, given) => {
  const code = await slipInHand();
  if (!code) return refuse('slipClosed');
  const done = await answerOffer(tx, resident, { code }, given.answer);
  return isRefusal(done) ? done : { goTo: '/my' };
});

export const closeSlip = action({ may: 'public', input: z.object({}) }, async () => {
  await takeSlipBack();
  return { goTo: '/' };
});

/** Who holds the card in hand: from here on in this transaction, that one person is in view. */
async function holder(tx: ScopedTx): Promise<string | null> {
  const code = await cardInHand();
  return code ? presentCard(tx, code) : null;
}

export const leaveByCard = action({ may: 'public', input: ownEnrolmentForm }, async (tx, { enrolmentId }) => {
  if (!(await holder(tx))) return refuse('cardClosed');
  const left = await cancelEnrolment(tx, resident, { enrolmentId }, 'resident');
  return isRefusal(left) ? left : { goTo: '/my/card?done=left' };
});

export const answerByCard = action({ may: 'public', input: ownAnswerForm }, async (tx, form) => {
  if (!(await holder(tx))) return refuse('cardClosed');
  const done = await answerOffer(tx, resident, { enrolmentId: form.enrolmentId }, form.answer);
  return isRefusal(done) ? done : { goTo: `/my/card?done=${form.answer === 'accept' ? 'accepted' : 'declined'}` };
});

export const excuseByCard = action({ may: 'public', input: ownSessionForm }, async (tx, { sessionId }) => {
  const personId = await holder(tx);
  if (!personId) return refuse('cardClosed');
  return (await excuse(tx, personId, sessionId)) ?? { goTo: '/my/card?done=excused' };
});

export const changePhoneByCard = action({ may: 'public', input: phoneForm }, async (tx, { phone, phoneOf, sure }) => {
  const personId = await holder(tx);
  if (!personId) return refuse('cardClosed');
  if (!phone) return refuse('phoneMissing', 'phone');
  if (!sure) return refuse('phoneSure', 'step');
  return (await changeOwnPhone(tx, personId, phone, phoneOf)) ?? { goTo: '/my/card?done=phone' };
});

export const chooseLessByCard = action({ may: 'public', input: ownChoiceInput }, async (tx, choice) => {
  const personId = await holder(tx);
  if (!personId) return refuse('cardClosed');
  return (await chooseLess(tx, personId, choice)) ?? { goTo: '/my/card?done=messages' };
});

export const stopReferralByCard = action({ may: 'public', input: referralForm }, async (tx, { referralId }) => {
  const personId = await holder(tx);
  if (!personId) return refuse('cardClosed');
  return (await withdrawOwnReferral(tx, personId, referralId)) ?? { goTo: '/my/card/readers?done=stopped' };
});

export const withdrawByCard = action({ may: 'public', input: withdrawForm }, async (tx) => {
  const personId = await holder(tx);
  if (!personId) return refuse('cardClosed');
  const no = await withdraw(tx, personId);
  if (no) return no;
  await takeCardBack();
  await takeSlipBack();
  return { goTo: '/my?done=withdrawn' };
});

export const closeCard = action({ may: 'public', input: z.object({}) }, async () => {
  await takeCardBack();
  return { goTo: '/' };
});
