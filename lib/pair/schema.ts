import { z } from 'zod';
import { id } from '@/lib/kernel/input';
import type { LikenessReason } from '@/lib/person/schema';

/** What can be kept of the record that is merged away, instead of the kept one's. */
export const details = ['name', 'birthYear', 'gender', 'area', 'phone'] as const;
export type Detail = (typeof details)[number];

const whose = z.enum(['kept', 'merged'], 'wrong').default('kept');

/** Which record is kept, and whose detail, one by one. */
export const mergeInput = z
  .object({ keptId: id, mergedId: id, name: whose, birthYear: whose, gender: whose, area: whose, phone: whose })
  .transform(({ keptId, mergedId, ...from }) => ({
    keptId,
    mergedId,
    take: details.filter((detail) => from[detail] === 'merged'),
  }));
export type MergeChoice = z.output<typeof mergeInput>;

export const undoMergeInput = z.object({ mergeId: id });

/** Two records to be looked at beside each other. */
export const pairAsked = z.object({ one: id, other: id });

/** What is decided of two people who look like one, short of merging them. */
export const pairInput = z.object({ oneId: id, otherId: id, decision: z.enum(['not_same', 'later'], 'wrong') });
export type PairDecision = z.output<typeof pairInput>;

/** Most pairs shown at once; deciding some brings the others up. */
export const mostPairs = 50;

interface OneOfPair {
  readonly id: string;
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly village: string;
}

/** Two people who look like one, and why. */
export interface PairFound {
  readonly one: OneOfPair;
  readonly other: OneOfPair;
  readonly reasons: readonly LikenessReason[];
}
