'use server';

import { action } from '@/lib/access/doors';
import { isRefusal, type Refusal } from '@/lib/kernel/result';
import { acceptReferral, finishReferral, refer, rejectReferral, withdrawReferral } from '@/lib/referral/commands';
import { acceptForm, referForm, referralForm, returnForm } from '@/lib/referral/schema';

const toReferral = (no: Refusal | null, id: string, done: string) =>
  no ?? { goTo: `/manage/referrals/${id}?done=${done}` };

export const send = action({ may: 'person.write', input: referForm }, async (tx, form, caller) => {
  const done = await refer(tx, form, caller);
  return isRefusal(done) ? done : { goTo: `/manage/referrals/${done.id}?done=sent` };
});

export const accept = action({ may: 'person.write', input: acceptForm }, async (tx, form, caller) =>
  toReferral(await acceptReferral(tx, form, caller), form.referralId, form.livesHere ? 'movedIn' : 'accepted'),
);

export const reject = action({ may: 'person.write', input: returnForm }, async (tx, form, caller) =>
  toReferral(await rejectReferral(tx, form, caller), form.referralId, 'rejected'),
);

export const withdraw = action({ may: 'person.write', input: returnForm }, async (tx, form, caller) =>
  toReferral(await withdrawReferral(tx, form, caller), form.referralId, 'withdrawn'),
);

export const finish = action({ may: 'person.write', input: referralForm }, async (tx, { referralId }, caller) =>
  toReferral(await finishReferral(tx, referralId, caller), referralId, 'finished'),
);
