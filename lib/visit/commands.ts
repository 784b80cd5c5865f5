export { askForReferred, askForVisit, askForSomebody, forgetReferred, noteWrongCode, withdrawRequest } from './asking';
export { closeRequest, matchNewPerson, matchRequest } from './matching';
export { callOffRound, planRound, putOnRound, takeOffRound, tellNumber } from './rounds';
export { recordOutcome, recordStepsAtHome } from './door';
export { forgetOverdue, keepRequestsForgotten } from './forgetting';
export { recordVisits } from './operations';
export { setVillage, swapHelper } from './changing';
export { rungBack } from './ringing';
