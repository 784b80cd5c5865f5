import type { SystemTx } from '@/lib/access/scoped';
import { resultStates, type ResultState } from './rules';
import { step, type Cause } from './steps';

/**
 * Writes the results of a class's learners down, those that changed, each as a step of its own. The class is locked before. Seats stay as
 * they are: who sat to the end goes on being counted. Returns how many changed.
 */
export async function recordResults(
  tx: SystemTx,
  classId: string,
  results: readonly { readonly enrolmentId: string; readonly result: ResultState }[],
  by: Cause['by'],
): Promise<number> {
  let changed = 0;
  for (const result of resultStates) {
    const ids = results.filter((one) => one.result === result).map(({ enrolmentId }) => enrolmentId);
    if (ids.length === 0) continue;
    const stepped = await step(tx, classId, result, tx`e.id = any(${ids}::uuid[])`, { code: 'closed', by });
    changed += stepped.length;
  }
  return changed;
}
