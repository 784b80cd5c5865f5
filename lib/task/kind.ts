import type { ScopedTx, SystemTx } from '@/lib/access/scoped';
import type { Terms } from './rules';
import type { TaskFact, TaskKey } from './schema';

/** Where and about whom facts are asked for. */
export interface FactScope {
  readonly areas: readonly number[];
  /** Of these people alone; null: of everybody, and of what is about nobody. */
  readonly people: readonly string[] | null;
  readonly language: 'vi' | 'en';
  /** So many at most, the most pressing first. */
  readonly most: number;
}

/** What a fact is, as rows give it; `kind` is the kind's own. */
export type FoundFact = Omit<TaskFact, 'kind'>;

/**
 * A kind of task: one file in `kinds/`, and one line here. `facts` says what stands at a moment, from the noun's own condition, each once;
 * it reads as the system (what is known may be known of another commune) and tells no name.
 */
export interface TaskKind extends Terms {
  readonly code: string;
  readonly base: number;
  /** `person`: somebody is to be seen or rung. `thing`: it is about nobody. */
  readonly about: 'person' | 'thing';
  /** The today page has a board of its own for it. */
  readonly onBoard?: true;
  /** Too many to be a list of work: suggested week by week, a task once it was given to somebody. */
  readonly whenGiven?: true;
  /** Work recorded ends the fact itself: what is gone afterwards is closed by it. */
  readonly workEnds?: true;
  /** One goes and sees them: suggested for a week. */
  readonly visit?: true;
  /**
   * Whose page `goTo` is, where not everybody's who sees the task: of those who plan there, or also of those whose it is by itself. Others, who may have
   * been given it, do what they can at the person's door.
   */
  readonly goesFor?: 'planners' | 'own';
  /** What "done" at the door changes besides being written down, as the system. */
  readonly done?: (system: SystemTx, task: TaskKey, by: string, now: Date) => Promise<void>;
  /** Where it is done, without language. */
  readonly goTo: (task: TaskFact) => string;
  readonly facts: (tx: ScopedTx, scope: FactScope, now: Date) => Promise<readonly FoundFact[]>;
}

/** A condition on a person's column, for `FactScope.people`. */
export const amongPeople = (tx: ScopedTx, column: string, { people }: FactScope) =>
  people === null ? tx`true` : tx`${tx(column)} = any(${[...people]}::uuid[])`;

/** The areas of a scope, as `= ${…}` takes them. */
export const anyOf = (tx: ScopedTx, { areas }: FactScope) => tx`any(${[...areas]}::integer[])`;
