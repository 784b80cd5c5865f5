export { askForVisit, askForSomebody, noteWrongCode, withdrawRequest } from './asking';
export { closeRequest, matchNewPerson, matchRequest } from './matching';
export { callOffRound, planRound, putOnRound, takeOffRound, tellNumber } from './rounds';
export { recordOutcome } from './door';
export { forgetOverdue, keepRequestsForgotten } from './forgetting';
