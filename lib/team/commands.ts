/** What may be done with teams, by purpose: the teams and their members, when these can and what they learnt, and whom they ask for a session; each file says what it guarantees. */
export { sayAway, sayFree, takeBackAway } from './availability';
export { closeTeam, reopenTeam } from './closing';
export { answerAsk, askHelpers, markPresence, withdrawAsk } from './asking';
export { addMember, addTeam, changeMember, changeTeam, letGo, takeBack } from './members';
export { dropTraining, noteTraining } from './training';
export { forgetOfHelpers, keepHelpersForgotten } from './forgetting';
