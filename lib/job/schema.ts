import { z } from 'zod';
import { id } from '@/lib/kernel/input';

export const jobStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type JobState = (typeof jobStates)[number];

/** Work an account may have waiting or running at once; more is refused, so that one person's queue is not everybody's. */
export const mostOpen = 5;
/** What was sent and what was made are erased so long after the end. */
export const keptHours = 24;
/** A line in the list of past work stays so long; what it was about has been erased long before. */
export const listedDays = 30;
/** So often work is taken up again after the process that ran it died. */
export const mostAttempts = 3;

/** A job as its owner sees it; `hasFile` and `hasOutput` until they are erased. */
export interface JobLine {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  readonly fileName: string | null;
  readonly outputName: string | null;
  readonly hasFile: boolean;
  readonly hasOutput: boolean;
  readonly progress: number;
  readonly total: number | null;
  readonly reason: string | null;
  readonly keptUntil: Date | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** The same with what it was asked and what it found, as its kind wrote them. */
export interface JobShown extends JobLine {
  readonly input: unknown;
  readonly result: unknown;
}

export const isOver = (state: JobState) => state === 'done' || state === 'failed' || state === 'cancelled';

export const jobInput = z.object({ jobId: id });
/** An address that cannot be read is one of nothing. */
export const jobAddress = z.object({ id: id.catch('00000000-0000-4000-8000-000000000000') });
/** Which stretch of a long result is shown. */
export const jobPage = z.object({ page: z.coerce.number().int().min(1).max(1000).catch(1) });
