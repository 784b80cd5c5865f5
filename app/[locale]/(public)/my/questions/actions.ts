'use server';

import { z } from 'zod';
import { action } from '@/lib/access/doors';
import { slipInHand } from '@/lib/access/slip';
import { answerEquality, withdrawEquality } from '@/lib/enrolment/commands';
import { equalityForm } from '@/lib/enrolment/forms';
import { isRefusal, refuse } from '@/lib/kernel/result';

export const answerQuestions = action({ may: 'public', input: equalityForm }, async (tx, form) => {
  const code = await slipInHand();
  if (!code) return refuse('slipClosed');
  const done = await answerEquality(tx, code, form);
  return isRefusal(done) ? done : { goTo: '/my/questions?done=kept' };
});

export const withdrawAnswers = action({ may: 'public', input: z.object({}) }, async (tx) => {
  const code = await slipInHand();
  if (!code) return refuse('slipClosed');
  const done = await withdrawEquality(tx, code);
  return isRefusal(done) ? done : { goTo: '/my/questions?done=withdrawn' };
});
