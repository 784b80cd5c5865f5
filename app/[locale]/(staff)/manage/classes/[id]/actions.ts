'use server';

import { action } from '@/lib/access/doors';
import {
  cancelClass,
  cancelSession,
  changeClass,
  publishClass,
  putDayBack,
  restoreSession,
  runAnyway,
} from '@/lib/class/commands';
import { runAnywayInput } from '@/lib/class/forms';
import {
  cancelClassInput,
  cancelSessionInput,
  changeInput,
  publishInput,
  putDayBackInput,
  restoreSessionInput,
} from '@/lib/class/schema';
import {
  answerOffer,
  cancelEnrolment,
  confirmPlace,
  enrolAll,
  moveEnrolment,
  noteNeed,
  overbook,
  undoBatch,
} from '@/lib/enrolment/commands';
import { confirmForm, staffEnrolForm, undoForm } from '@/lib/enrolment/forms';
import { moveForm, needForm, overbookForm, staffAnswerForm, staffCancelForm } from '@/lib/enrolment/schema';
import { isRefusal } from '@/lib/kernel/result';
import { removeRecording, saveRecording } from '@/lib/recording/commands';
import { removeRecordingInput, saveRecordingInput } from '@/lib/recording/schema';

export const publish = action({ may: 'class.write', input: publishInput }, async (tx, input, caller) => {
  const done = await publishClass(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/classes/${done.id}?done=published` };
});

export const change = action({ may: 'class.write', input: changeInput }, async (tx, input, caller) => {
  const done = await changeClass(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/classes/${done.id}?done=changed` };
});

export const runAsPlanned = action({ may: 'class.write', input: runAnywayInput }, async (tx, input, caller) => {
  const done = await runAnyway(tx, input, caller);
  return isRefusal(done) ? done : { goTo: '/manage?done=runAnyway' };
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

export const putBack = action({ may: 'class.write', input: putDayBackInput }, async (tx, input, caller) => {
  const done = await putDayBack(tx, input, caller, new Date());
  return isRefusal(done) ? done : { goTo: `/manage/classes/${done.classId}?done=putBack` };
});

export const enrolForThem = action({ may: 'enrolment.write', input: staffEnrolForm }, async (tx, form, caller) => {
  const { classId, channel, together, enrolments } = form;
  const done = await enrolAll(tx, { caller, channel }, enrolments, { together });
  if (isRefusal(done)) return done;
  const ids = done.map(({ enrolmentId }) => enrolmentId);
  const here = `/manage/classes/${classId}`;
  return {
    goTo: ids.length > 1 ? `${here}/enrolled?places=${ids.join(',')}` : `${here}/places/${ids[0]}?done=enrolled`,
  };
});

export const confirmForThem = action({ may: 'enrolment.write', input: confirmForm }, async (tx, form, caller) => {
  const done = await confirmPlace(tx, { caller, channel: 'staff' }, form);
  return isRefusal(done) ? done : { goTo: `/manage/classes/${done.classId}/unconfirmed?done=confirmed` };
});

export const undoSignUps = action({ may: 'class.write', input: undoForm }, async (tx, form, caller) => {
  const done = await undoBatch(tx, { caller, channel: 'staff' }, form);
  return isRefusal(done) ? done : { goTo: `/manage/classes/${done.classId}/unconfirmed?done=undone` };
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

export const keepRecording = action(
  { may: 'class.write', input: saveRecordingInput, file: 'recording' },
  async (tx, input, caller) => {
    const done = await saveRecording(tx, input, caller);
    return isRefusal(done) ? done : { goTo: `/manage/classes/${done.classId}?done=recorded` };
  },
);

export const dropRecording = action({ may: 'class.write', input: removeRecordingInput }, async (tx, input, caller) => {
  const done = await removeRecording(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/classes/${done.classId}?done=recordingGone` };
});
