import type { AllFacts } from './facts';
import { judgeHelper } from './helpers';
import { judgeHome } from './homes';
import { judgeClass, type Verdict } from './judging';

/**
 * Whether the fact behind a message still bears it, and the words it bears now. The same question is asked when it goes out, when it
 * stands on the call list, and when somebody says what came of a call.
 */
export function judge(f: AllFacts, now: Date): Verdict {
  if (f.about === 'home') return judgeHome(f, now);
  return f.about === 'helper' ? judgeHelper(f) : judgeClass(f, now);
}
