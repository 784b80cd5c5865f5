'use server';

import { action } from '@/lib/access/doors';
import { issueCertificates } from '@/lib/certificate/commands';
import { closeForm, issueForm } from '@/lib/certificate/schema';
import { closeClass } from '@/lib/completion/commands';
import { isRefusal } from '@/lib/kernel/result';

export const close = action({ may: 'class.write', input: closeForm }, async (tx, input, caller) => {
  const done = await closeClass(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/classes/${input.classId}/results?done=closed` };
});

export const issue = action({ may: 'class.write', input: issueForm }, async (tx, input, caller) => {
  const done = await issueCertificates(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/classes/${input.classId}/results?done=issued` };
});
