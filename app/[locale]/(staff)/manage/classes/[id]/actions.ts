'use server';

import { action } from '@/lib/access/doors';
import { cancelClass, cancelSession, changeClass, publishClass, restoreSession } from '@/lib/class/commands';
import {
  cancelClassInput,
  cancelSessionInput,
  changeInput,
  publishInput,
  restoreSessionInput,
} from '@/lib/class/schema';
import { answerOffer, cancelEnrolment, enrol, moveEnrolment, noteNeed, overbook } from '@/lib/enrolment/commands';
import {
  moveForm,
  needForm,
  overbookForm,
  staffAnswerForm,
  staffCancelForm,
  staffEnrolForm,
} from '@/lib/enrolment/schema';
import { isRefusal } from '@/lib/kernel/result';

export const publish = action({ may: 'class.write', input: publishInput }, async (tx, input, caller) => {
  const done = await publishClass(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/classes/${done.id}?done=published` };
});

export const change = action({ may: 'class.write', input: changeInput }, async (tx, input, caller) => {
  const done = await changeClass(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/classes/${done.id}?done=changed` };
});

export const cancelWhole = action({ may: 'class.write', input: cancelClassInput }, async (tx, input, caller) => {
  const done = await cancelClass(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/classes/${done.id}?done=cancelled` };
});

export const cancelOne = action({ may: 'class.write', input: cancelSessionInput }, async (tx, input, caller) => {
  const done = await cancelSession(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/classes/${done.classId}?done=sessionCancelled` };
});

export const restoreOne = action({ may: 'class.write', input: restoreSessionInput }, async (tx, input, caller) => {
  const done = await restoreSession(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/classes/${done.classId}?done=sessionRestored` };
});

export const enrolForThem = action({ may: 'enrolment.write', input: staffEnrolForm }, async (tx, form, caller) => {
  const done = await enrol(tx, { caller, channel: form.channel }, form.enrolment);
  return isRefusal(done)
    ? done
    : { goTo: `/manage/classes/${form.enrolment.classId}/places/${done.enrolmentId}?done=enrolled` };
});

export const leaveForThem = action({ may: 'enrolment.write', input: staffCancelForm }, async (tx, form, caller) => {
  const done = await cancelEnrolment(tx, { caller, channel: 'staff' }, { enrolmentId: form.enrolmentId }, form.reason);
  return isRefusal(done) ? done : { goTo: `/manage/classes/${done.classId}?done=left` };
});

export const answerForThem = action({ may: 'enrolment.write', input: staffAnswerForm }, async (tx, form, caller) => {
  const done = await answerOffer(tx, { caller, channel: 'phone' }, { enrolmentId: form.enrolmentId }, form.answer);
  const said = form.answer === 'accept' ? 'accepted' : 'declined';
  return isRefusal(done) ? done : { goTo: `/manage/classes/${done.classId}?done=${said}` };
});

export const takeBeyond = action({ may: 'enrolment.write', input: overbookForm }, async (tx, form, caller) => {
  const done = await overbook(tx, { caller, channel: 'staff' }, form);
  return isRefusal(done) ? done : { goTo: `/manage/classes/${done.classId}?done=overbooked` };
});

export const moveThem = action({ may: 'enrolment.write', input: moveForm }, async (tx, form, caller) => {
  const move = { ...form, overbookReason: form.overbookReason ?? null };
  const done = await moveEnrolment(tx, { caller, channel: 'staff' }, move);
  if (isRefusal(done)) return done;
  const said = done.status === 'confirmed' ? 'moved' : 'movedWaiting';
  return { goTo: `/manage/classes/${done.classId}/places/${done.enrolmentId}?done=${said}` };
});

export const noteTheirNeed = action({ may: 'enrolment.write', input: needForm }, async (tx, form, caller) => {
  const { enrolmentId, consentVersion, onPaper } = form;
  const need = { enrolmentId, consentVersion, how: onPaper ? 'paper' : 'oral' } as const;
  const done = await noteNeed(tx, { caller, channel: 'staff' }, need);
  return isRefusal(done) ? done : { goTo: `/manage/classes/${done.classId}/places/${enrolmentId}?done=needNoted` };
});
