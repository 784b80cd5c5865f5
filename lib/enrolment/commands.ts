/*
 * What may be done to places, one file a purpose. Locks are always taken in this order, so that nobody waits in a circle and
 * nothing has to be tried again: the people's turns (advisory) → the classes' rows by id → enrolments.
 */
export { enrol, enrolAll, lookAhead } from './enrol';
export { checkStamp, senderFrom, stampFor } from './guard';
export { answerOffer, cancelEnrolment } from './leave';
export { mergeEnrolments, unmergeEnrolments, type MergedEnrolments } from './merge';
export { noteNeed } from './needs';
export { changePlaces, endAllPlaces, keepPlacesFair, promoteWhereDue } from './places';
export { promoteWaiting } from './promotion';
export { recordResults } from './results';
export { openSlip } from './slip';
export { moveEnrolment, overbook } from './staff';
export { confirmPlace, undoBatch } from './vouch';
export { answerEquality, withdrawEquality } from './equality';
