'use server';

import { action } from '@/lib/access/doors';
import { issueHelperCard, issueTeamCards, revokeHelperCard } from '@/lib/helpercard/commands';
import { issueAllInput, issueInput, revokeInput } from '@/lib/helpercard/schema';
import { isRefusal, type Refusal } from '@/lib/kernel/result';

const toMember = (done: Refusal | { teamId: string; memberId: string }, what: string) =>
  isRefusal(done) ? done : { goTo: `/manage/teams/${done.teamId}/members/${done.memberId}?done=${what}` };

export const issue = action({ may: 'class.write', input: issueInput }, async (tx, input, caller) =>
  toMember(await issueHelperCard(tx, input, caller), 'issued'),
);

export const issueAll = action({ may: 'class.write', input: issueAllInput }, async (tx, input, caller) => {
  const done = await issueTeamCards(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/teams/${done.teamId}/cards?issued=${done.issued}` };
});

export const revoke = action({ may: 'class.write', input: revokeInput }, async (tx, input, caller) =>
  toMember(await revokeHelperCard(tx, input, caller), 'revoked'),
);
