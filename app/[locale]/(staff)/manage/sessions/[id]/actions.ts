'use server';

import { action } from '@/lib/access/doors';
import { recordPlainRegister, recordPlainWalkIn } from '@/lib/register/commands';
import { plainRegister, plainWalkIn } from '@/lib/register/schema';

/** The register without JavaScript: all of it in one form. */
export const saveRegister = action({ may: 'register.write', input: plainRegister }, async (tx, form, caller) => {
  const refusal = await recordPlainRegister(tx, form, caller);
  return refusal ?? { goTo: `/manage/sessions/${form.sessionId}` };
});

/** Somebody who walked in, without JavaScript. */
export const addWalkIn = action({ may: 'register.write', input: plainWalkIn }, async (tx, form, caller) => {
  const refusal = await recordPlainWalkIn(tx, form, caller);
  return refusal ?? { goTo: `/manage/sessions/${form.sessionId}` };
});
