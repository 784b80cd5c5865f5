'use server';

import { action } from '@/lib/access/doors';
import { addDesk, callOffShift, changeDesk, dismissProposal, planShifts, setDeskOpen } from '@/lib/desk/commands';
import { deskIdInput, deskInput, dismissInput, newDeskInput, shiftIdInput, shiftInput } from '@/lib/desk/schema';
import { isRefusal, type Refusal } from '@/lib/kernel/result';

const toDesk = (done: Refusal | { id: string }, what: string) =>
  isRefusal(done) ? done : { goTo: `/manage/desks/${done.id}?done=${what}` };

export const add = action({ may: 'desk.manage', input: newDeskInput }, async (tx, input, caller) =>
  toDesk(await addDesk(tx, input, caller), 'added'),
);

export const change = action({ may: 'desk.manage', input: deskInput }, async (tx, input, caller) =>
  toDesk(await changeDesk(tx, input, caller), 'changed'),
);

export const close = action({ may: 'desk.manage', input: deskIdInput }, async (tx, { id }, caller) =>
  toDesk(await setDeskOpen(tx, { id, open: false }, caller, new Date()), 'closed'),
);

export const reopen = action({ may: 'desk.manage', input: deskIdInput }, async (tx, { id }, caller) =>
  toDesk(await setDeskOpen(tx, { id, open: true }, caller, new Date()), 'reopened'),
);

export const plan = action({ may: 'desk.manage', input: shiftInput }, async (tx, input, caller) => {
  const done = await planShifts(tx, input, caller, new Date());
  return isRefusal(done) ? done : { goTo: `/manage/desks/${done.deskId}?done=planned` };
});

export const callOff = action({ may: 'desk.manage', input: shiftIdInput }, async (tx, input, caller) => {
  const done = await callOffShift(tx, input, caller, new Date());
  return isRefusal(done) ? done : { goTo: `/manage/desks/${done.deskId}?done=calledOff` };
});

export const dismiss = action({ may: 'desk.manage', input: dismissInput }, async (tx, input, caller) => {
  const done = await dismissProposal(tx, input, caller, new Date());
  return isRefusal(done) ? done : { goTo: '/manage/desks/proposals?done=dismissed' };
});
