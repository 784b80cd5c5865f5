/** What may be done at desks, by purpose: logging, and keeping desks, duty and proposals; each file says what it guarantees. */
export { logAssist, undoAssist } from './logging';
export { recordAssists } from './operations';
export { addDesk, callOffShift, changeDesk, dismissProposal, planShifts, pointFor, setDeskOpen } from './keeping';
