'use server';

import { action } from '@/lib/access/doors';
import { handSlips, visitorAddress } from '@/lib/access/slip';
import { checkStamp, enrolAll, lookAhead, senderFrom } from '@/lib/enrolment/commands';
import { enrolForm } from '@/lib/enrolment/forms';
import { isRefusal, refuse } from '@/lib/kernel/result';

/**
 * The sign-up form. Its state travels in the form itself: asking for one more person, or to correct, shows it again; `check` shows
 * what was typed in words; only `confirm` writes.
 */
export const enrolHere = action({ may: 'public', input: enrolForm, inTurn: true }, async (tx, form) => {
  if (!('enrolments' in form)) return refuse(form.step, 'step');
  const now = new Date();
  const quick = form.trapped ? 'tooQuick' : checkStamp(form.stamp, form.classId, now);
  if (quick) return refuse(quick, 'stamp');
  const sender = senderFrom(await visitorAddress(), now);
  if (form.step === 'check') return (await lookAhead(tx, form.enrolments)) ?? refuse(form.step, 'step');
  const done = await enrolAll(tx, { caller: null, channel: 'web' }, form.enrolments, { ...form, sender });
  if (isRefusal(done)) return done;
  await handSlips(done.map(({ code }) => code));
  return { goTo: done.length > 1 ? '/my/all' : '/my' };
});
