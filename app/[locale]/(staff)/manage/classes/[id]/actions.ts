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
import { cancelEnrolment, enrol } from '@/lib/enrolment/commands';
import { staffCancelForm, staffEnrolForm } from '@/lib/enrolment/schema';
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
