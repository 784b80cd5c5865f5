'use server';

import { action } from '@/lib/access/doors';
import { copyCourse, retireCourse, saveCourse } from '@/lib/course/commands';
import { copyCourseInput, courseForm, retireCourseInput } from '@/lib/course/schema';
import { isRefusal, refuse } from '@/lib/kernel/result';

/** The course's form. Its state travels in the form itself: adding, moving and removing a lesson shows it again; only `save` writes. */
export const saveOutline = action({ may: 'course.write', input: courseForm }, async (tx, form, caller) => {
  if ('step' in form) return refuse(form.step, 'step');
  const done = await saveCourse(tx, form, caller);
  return isRefusal(done) ? done : { goTo: `/manage/courses/${done.id}?done=${done.made}` };
});

export const copyToMine = action({ may: 'course.write', input: copyCourseInput }, async (tx, input, caller) => {
  const done = await copyCourse(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/courses/${done.id}?done=copied` };
});

export const retire = action({ may: 'course.write', input: retireCourseInput }, async (tx, input, caller) => {
  const done = await retireCourse(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/courses/${done.id}?done=${input.retired ? 'retired' : 'restored'}` };
});
