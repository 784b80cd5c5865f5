import { absence } from './kinds/absence';
import { asked } from './kinds/asked';
import { correct } from './kinds/correct';
import { metUnknown } from './kinds/met';
import { never } from './kinds/never';
import { offer } from './kinds/offer';
import { recheck } from './kinds/recheck';
import { referralPromised, referralReceived } from './kinds/received';
import { referralClass, referralHome } from './kinds/referral';
import { register } from './kinds/register';
import { roundUnsaid } from './kinds/round';
import { referralReturned, visitAsked, visitNext } from './kinds/visit';
import type { TaskKind } from './kind';

/** Every kind of task there is. */
export const taskKinds: readonly TaskKind[] = [
  correct,
  register,
  offer,
  absence,
  referralHome,
  referralClass,
  visitAsked,
  visitNext,
  referralReturned,
  roundUnsaid,
  metUnknown,
  referralReceived,
  referralPromised,
  recheck,
  asked,
  never,
];

export const kindOf = (code: string): TaskKind | undefined => taskKinds.find((kind) => kind.code === code);
