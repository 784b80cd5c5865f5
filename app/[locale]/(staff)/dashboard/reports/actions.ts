'use server';

import { action } from '@/lib/access/doors';
import { isRefusal, type Refusal } from '@/lib/kernel/result';
import {
  approveReport,
  beginReport,
  giveBackReport,
  lockReport,
  reopenReport,
  setDueDay,
  signReport,
  writeRemarks,
} from '@/lib/report/commands';
import { beginInput, dueInput, reasonInput, remarksInput, reportInput, signInput } from '@/lib/report/schema';

// Whose report it is decides who writes, signs or approves it (decision 035), not the verb alone: whoever reads it may knock.
const toReport = (done: Refusal | { id: string }, what: string) =>
  isRefusal(done) ? done : { goTo: `/dashboard/reports/${done.id}?done=${what}` };

export const begin = action({ may: 'figures.read', input: beginInput }, async (tx, input, caller) =>
  toReport(await beginReport(tx, input, caller, new Date()), 'begun'),
);

export const write = action({ may: 'figures.read', input: remarksInput }, async (tx, input, caller) =>
  toReport(await writeRemarks(tx, input, caller), 'written'),
);

export const sign = action({ may: 'figures.read', input: signInput }, async (tx, input, caller) =>
  toReport(await signReport(tx, input, caller, new Date()), 'signed'),
);

export const giveBack = action({ may: 'report.approve', input: reasonInput }, async (tx, input, caller) =>
  toReport(await giveBackReport(tx, input, caller), 'returned'),
);

export const approve = action({ may: 'report.approve', input: reportInput }, async (tx, input, caller) =>
  toReport(await approveReport(tx, input, caller), 'approved'),
);

export const lock = action({ may: 'report.approve', input: reportInput }, async (tx, input, caller) =>
  toReport(await lockReport(tx, input, caller), 'locked'),
);

export const reopen = action({ may: 'report.approve', input: reasonInput }, async (tx, input, caller) =>
  toReport(await reopenReport(tx, input, caller), 'reopened'),
);

export const setDue = action({ may: 'report.approve', input: dueInput }, async (tx, input, caller) => {
  const done = await setDueDay(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/dashboard/reports?area=${done.area}&done=due` };
});
