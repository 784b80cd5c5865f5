'use server';

import { action } from '@/lib/access/doors';
import { isRefusal } from '@/lib/kernel/result';
import { recordPlainRegister, recordPlainWalkIn } from '@/lib/register/commands';
import { recordPaper } from '@/lib/register/paper-entry';
import { makePaperSheet } from '@/lib/register/paper-sheets';
import { newPaperSheet, paperEntry, plainRegister, plainWalkIn } from '@/lib/register/schema';

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

/** A sheet of the roll as it is now, to be printed. */
export const makeSheet = action({ may: 'register.write', input: newPaperSheet }, async (tx, form, caller) => {
  const made = await makePaperSheet(tx, form, caller);
  return isRefusal(made) ? made : { goTo: `/manage/sessions/${form.sessionId}/sheet?code=${made.code}` };
});

/** What was typed from a sheet, once it was looked at. */
export const savePaper = action({ may: 'register.write', input: paperEntry }, async (tx, form, caller) => {
  const refusal = await recordPaper(tx, form, caller);
  return refusal ?? { goTo: `/manage/sessions/${form.sessionId}?done=paper` };
});
