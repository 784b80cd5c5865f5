/** What may be done with classes, by purpose: planned, run, their sessions; each file says what it guarantees. */
export { dateField, planAddress, planClass } from './planning';
export { describeAgain } from './record';
export { cancelClass, changeClass, publishClass } from './running';
export { cancelSession, putDayBack, restoreSession } from './sessions';
