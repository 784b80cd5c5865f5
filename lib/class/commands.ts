/** What may be done with classes, by purpose: planned, run, their sessions; each file says what it guarantees. */
export { editSessions } from './editing';
export { dateField, planAddress, planClass } from './planning';
export { describeAgain } from './record';
export { putOffAll, takeBack } from './postponing';
export { cancelClass, changeClass, publishClass, runAnyway } from './running';
export { cancelSession, putDayBack, restoreSession } from './sessions';
