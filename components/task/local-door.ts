import { isWork, type StoredDoor, type StoredOperation } from '@/components/register/phone-store';
import type { Outcome, TaskGroup, TaskLine } from '@/lib/task/schema';

/** Outcomes after which nobody goes to see that person for now: what else there is to do with them waits. */
const leaves: readonly string[] = ['refused', 'unsafe', 'moved', 'died', 'wrong_details'] satisfies readonly Outcome[];

/** Whom an act at a task's door is about, and of which task. */
const subjectOf = (task: string) => task.split('~')[1] ?? '';

/** What was recorded on this phone of tasks of these people, what was refused included. */
export const worksOf = (stored: readonly StoredOperation[], people: readonly string[]): readonly StoredOperation[] =>
  stored.filter(({ operation }) => isWork(operation) && people.includes(subjectOf(operation.task)));

/** What was recorded here last of a task. */
export interface WorkHere {
  readonly outcome: Outcome;
  readonly at: Date;
  /** It is on this phone only. */
  readonly waits: boolean;
}

/**
 * What this phone knows of a task beyond what the portal told (`sinceMs`: when it did): what was recorded here last, and whether its person is left alone because of what
 * was. Pure: the same acts give the same. What the portal refused is not in it.
 */
export function hereOf(
  task: Pick<TaskLine, 'key' | 'personId'>,
  stored: readonly StoredOperation[],
  sinceMs: number,
): { readonly done: WorkHere | null; readonly leftAlone: boolean } {
  const acts = worksOf(stored, [task.personId ?? '']).flatMap(({ operation, state }) => {
    const at = new Date(operation.at);
    const counts = state === 'waiting' || (state === 'accepted' && at.getTime() > sinceMs);
    return isWork(operation) && counts ? [{ ...operation, at, waits: state === 'waiting' }] : [];
  });
  const [last] = acts
    .filter((act) => act.task === task.key)
    .toSorted((one, other) => other.at.getTime() - one.at.getTime());
  return {
    done: last ? { outcome: last.outcome, at: last.at, waits: last.waits } : null,
    leftAlone: acts.some(({ outcome }) => leaves.includes(outcome)),
  };
}

/** A task whose right has an end as this moment has it: overdue by now, or no more. */
export const asOfNow = (tasks: readonly TaskLine[], nowMs: number): TaskLine[] =>
  tasks
    .filter(({ given }) => !given?.mine || given.until.getTime() > nowMs)
    .map((task) => ({ ...task, overdue: task.overdue || (task.state === 'open' && task.due.getTime() <= nowMs) }));

/** The doors on this phone as a list of visits: of whom something was given to its holder, with what was recorded here on top. */
export function visitsOf(
  doors: readonly StoredDoor[],
  stored: readonly StoredOperation[],
  nowMs: number,
): readonly TaskGroup[] {
  return doors
    .flatMap(({ door, takenAtMs }): TaskGroup[] => {
      const [first] = door.people;
      const tasks = asOfNow(first?.tasks ?? [], nowMs).flatMap((task) => {
        const { done } = hereOf(task, stored, takenAtMs);
        return task.given?.mine ? [done ? { ...task, last: done } : task] : [];
      });
      const [task] = tasks;
      if (!first || !task) return [];
      const { id, fullName, birthYear, village, need } = first;
      const score = task.due.getTime();
      return [
        { id, personId: id, fullName, birthYear, village, villageId: task.areaId, phone: null, need, score, tasks },
      ];
    })
    .toSorted((one, other) => one.score - other.score);
}
