/** What may be done with teams, by purpose: the teams and their members, and whom they ask for a session; each file says what it guarantees. */
export { answerAsk, askHelpers, markPresence, withdrawAsk } from './asking';
export { addMember, addTeam, changeMember, changeTeam, letGo, takeBack } from './members';
