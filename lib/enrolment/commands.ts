/*
 * What may be done to places, one file a purpose. Locks are always taken in this order, so that nobody waits in a circle and
 * nothing has to be tried again: the people's turns (advisory) → the classes' rows by id → enrolments.
 */
export { enrol } from './enrol';
export { answerOffer, cancelEnrolment } from './leave';
export { mergeEnrolments } from './merge';
export { noteNeed } from './needs';
export { changePlaces, endAllPlaces, keepPlacesFair, promoteWhereDue } from './places';
export { promoteWaiting } from './promotion';
export { openSlip } from './slip';
export { moveEnrolment, overbook } from './staff';
export type { Actor } from './steps';
