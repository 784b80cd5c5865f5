import type { StepAnswer } from './schema';

/** An answer with when it was said and when it was written down. */
export interface Said {
  readonly step: string;
  readonly answer: StepAnswer;
  readonly at: number;
  readonly recordedAt: number;
  readonly id: string;
}

/** The answer that counts of each step: what was said last; of the same moment what was written down last. */
export function standingOf(said: readonly Said[]): ReadonlyMap<string, StepAnswer> {
  const inOrder = said.toSorted(
    (one, other) => one.at - other.at || one.recordedAt - other.recordedAt || (one.id < other.id ? -1 : 1),
  );
  return new Map(inOrder.map(({ step, answer }) => [step, answer]));
}

/** Where somebody stops: the first step, in their order, that they are known not to have; null where none is. What nobody knows is not in the way. */
export function stopOf(order: readonly string[], standing: ReadonlyMap<string, StepAnswer>): string | null {
  return order.find((step) => standing.get(step) === 'no') ?? null;
}
