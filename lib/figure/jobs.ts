import { z } from 'zod';
import type { Caller, ScopedTx } from '@/lib/access/scoped';
import { disclose } from '@/lib/disclosure/disclose';
import { leaveJob, type JobHandlers } from '@/lib/job/commands';
import { jobsOf } from '@/lib/job/queries';
import { isOver } from '@/lib/job/schema';
import type { Refusal } from '@/lib/kernel/result';
import { checkFigures } from './commands';

/** Work on figures that is left to the portal, and what it says: how much differed, and whether facts arrived meanwhile. */
export const figureJobs = ['figures_check'] as const;
export const figuresCheckInput = z.object({ language: z.enum(['vi', 'en'], 'wrong') });
export const figuresChecked = z.object({
  rows: z.number(),
  cells: z.number(),
  totals: z.number(),
  busy: z.boolean(),
});
export type FiguresChecked = z.output<typeof figuresChecked>;

/**
 * Leaves it to the portal to count everything anew beside what is there, and to put right what differs. While the caller's last one is not over, that one.
 * Refuses: tooManyJobs.
 */
export async function askFiguresCheck(
  tx: ScopedTx,
  caller: Caller,
  { language }: { readonly language: 'vi' | 'en' },
): Promise<Refusal | { id: string }> {
  const [last] = await jobsOf(tx, figureJobs, 1);
  if (last && !isOver(last.state)) return { id: last.id };
  return leaveJob(tx, caller, { kind: 'figures_check', language, input: {} });
}

const sum = (found: Readonly<Record<string, number>>) => Object.values(found).reduce((all, one) => all + one, 0);

/** Stopped before it is done it leaves everything as it was: all of it is one transaction, undone when its sign of life is refused. */
export const figureHandlers: JobHandlers = {
  figures_check: {
    may: 'area.manage',
    async run(job) {
      const found = await checkFigures(new Date(), disclose, (done, total) => job.progress(done, total));
      const result: FiguresChecked = {
        rows: sum(found.rows),
        cells: sum(found.cells),
        totals: sum(found.totals),
        busy: found.busy,
      };
      await job.finish(() => Promise.resolve({ result }));
    },
  },
};
