'use server';

import { action } from '@/lib/access/doors';
import { isRefusal, type Refusal } from '@/lib/kernel/result';
import {
  addMember,
  addTeam,
  answerAsk,
  changeMember,
  changeTeam,
  closeTeam,
  letGo,
  markPresence,
  reopenTeam,
  takeBack,
} from '@/lib/team/commands';
import {
  answerInput,
  memberIdInput,
  memberInput,
  newMemberInput,
  newTeamInput,
  presenceInput,
  teamIdInput,
  teamInput,
} from '@/lib/team/schema';

const toTeam = (done: Refusal | { id: string }, what: string) =>
  isRefusal(done) ? done : { goTo: `/manage/teams/${done.id}?done=${what}` };
const toMember = (done: Refusal | { id: string; teamId: string }, what: string) =>
  isRefusal(done) ? done : { goTo: `/manage/teams/${done.teamId}/members/${done.id}?done=${what}` };

export const add = action({ may: 'class.write', input: newTeamInput }, async (tx, input, caller) =>
  toTeam(await addTeam(tx, input, caller), 'added'),
);

export const change = action({ may: 'class.write', input: teamInput }, async (tx, input, caller) =>
  toTeam(await changeTeam(tx, input, caller), 'changed'),
);

export const close = action({ may: 'class.write', input: teamIdInput }, async (tx, input, caller) =>
  toTeam(await closeTeam(tx, input, caller, new Date()), 'closed'),
);

export const reopen = action({ may: 'class.write', input: teamIdInput }, async (tx, input, caller) =>
  toTeam(await reopenTeam(tx, input, caller), 'reopened'),
);

export const addPerson = action({ may: 'class.write', input: newMemberInput }, async (tx, input, caller) => {
  const done = await addMember(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/teams/${done.teamId}?done=memberAdded` };
});

export const changePerson = action({ may: 'class.write', input: memberInput }, async (tx, input, caller) =>
  toMember(await changeMember(tx, input, caller), 'memberChanged'),
);

export const leave = action({ may: 'class.write', input: memberIdInput }, async (tx, input, caller) =>
  toMember(await letGo(tx, input, caller, new Date()), 'left'),
);

export const comeBack = action({ may: 'class.write', input: memberIdInput }, async (tx, input, caller) =>
  toMember(await takeBack(tx, input, caller), 'back'),
);

/** A helper's own answer, from today's page. */
export const answer = action({ may: 'class.read', input: answerInput }, async (tx, input, caller) => {
  const done = await answerAsk(tx, input, caller, new Date());
  return isRefusal(done) ? done : { goTo: `/manage?done=${input.answer === 'yes' ? 'saidYes' : 'saidNo'}#asked` };
});

/** Whether somebody came after all, from their own page. */
export const presence = action({ may: 'class.read', input: presenceInput }, async (tx, input, caller) => {
  const done = await markPresence(tx, input, caller, new Date());
  return isRefusal(done) ? done : { goTo: `/manage/teams/${done.teamId}/members/${done.memberId}?done=presence` };
});
