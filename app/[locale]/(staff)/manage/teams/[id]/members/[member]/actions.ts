'use server';

import { action } from '@/lib/access/doors';
import { isRefusal, type Refusal } from '@/lib/kernel/result';
import { chooseForHelper } from '@/lib/message/commands';
import { memberChoiceInput } from '@/lib/message/schema';
import { dropTraining, noteTraining, sayAway, sayFree, takeBackAway } from '@/lib/team/commands';
import { awayInput, freeInput, lineInput, trainingInput } from '@/lib/team/schema';

const back = (done: Refusal | { id: string; teamId: string }, what: string, part: string) =>
  isRefusal(done) ? done : { goTo: `/manage/teams/${done.teamId}/members/${done.id}?done=${what}#${part}` };

/** Whose times they are decides, not the verb: their own, or of a team one plans with. */
export const free = action({ may: 'class.read', input: freeInput }, async (tx, input, caller) =>
  back(await sayFree(tx, input, caller), 'free', 'times'),
);

export const away = action({ may: 'class.read', input: awayInput }, async (tx, input, caller) =>
  back(await sayAway(tx, input, caller, new Date()), 'away', 'times'),
);

export const notAway = action({ may: 'class.read', input: lineInput }, async (tx, input, caller) =>
  back(await takeBackAway(tx, input, caller), 'notAway', 'times'),
);

export const training = action({ may: 'class.write', input: trainingInput }, async (tx, input, caller) =>
  back(await noteTraining(tx, input, caller, new Date()), 'training', 'training'),
);

/** How somebody without an account is told; who has one says so on their own page. */
export const told = action({ may: 'class.write', input: memberChoiceInput }, async (tx, input, caller) =>
  back(await chooseForHelper(tx, input, caller), 'told', 'told'),
);

export const trainingOff = action({ may: 'class.write', input: lineInput }, async (tx, input, caller) =>
  back(await dropTraining(tx, input, caller), 'trainingOff', 'training'),
);
