import { endpoint } from '@/lib/access/doors';
import { jobOutput } from '@/lib/job/queries';
import { jobAddress } from '@/lib/job/schema';
import { refuse } from '@/lib/kernel/result';
import { fileAnswer } from '@/lib/sheet/answer';

export const dynamic = 'force-dynamic';

/** What one's own work made, until it is erased. */
export const GET = endpoint({ may: 'signedIn', input: jobAddress, writes: false }, async (tx, { id }) => {
  const made = await jobOutput(tx, id);
  return made ? fileAnswer({ bytes: made.output, name: made.outputName }) : refuse('notFound');
});
