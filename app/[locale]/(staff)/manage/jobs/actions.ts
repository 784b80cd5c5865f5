'use server';

import { action } from '@/lib/access/doors';
import { cancelJob } from '@/lib/job/commands';
import { jobInput } from '@/lib/job/schema';
import { isRefusal } from '@/lib/kernel/result';

export const stop = action({ may: 'signedIn', input: jobInput }, async (tx, { jobId }) => {
  const done = await cancelJob(tx, jobId);
  return isRefusal(done) ? done : { goTo: `/manage/jobs/${done.id}` };
});
