'use server';

import { cookies } from 'next/headers';
import { z } from 'zod';
import { action } from '@/lib/access/doors';
import { enrol, enrolAll } from '@/lib/enrolment/commands';
import { staffEnrolForm } from '@/lib/enrolment/forms';
import { staffEnrolPersonForm } from '@/lib/enrolment/schema';
import { isRefusal } from '@/lib/kernel/result';
import { correctPerson } from '@/lib/person/commands';
import { answersSearch } from '@/lib/person/rules';
import { correctInput, keptSearch, searchCookie, searchForm } from '@/lib/person/schema';

/**
 * The words of a search are somebody's name: they go neither into the address nor into a log. A cookie no script can read holds
 * them for a quarter of an hour, so that going back from a record, or reloading, shows the same list.
 */
export const search = action(
  { may: 'person.read', input: searchForm },
  async (_tx, { householdOf, deskId, visitRequest, ...typed }) => {
    const secure = (process.env.PORTAL_URL ?? '').startsWith('https:');
    (await cookies()).set(searchCookie, JSON.stringify(typed), {
      httpOnly: true,
      sameSite: 'strict',
      secure,
      path: '/',
      maxAge: 900,
    });
    if (visitRequest) return { goTo: `/manage/visits/requests/${visitRequest}` };
    if (deskId) return { goTo: `/manage/desk/person?desk=${deskId}` };
    return { goTo: householdOf ? `/manage/people/${householdOf}/household` : '/manage/people' };
  },
);

export const forgetSearch = action({ may: 'person.read', input: z.object({}) }, async () => {
  (await cookies()).delete(searchCookie);
  return { goTo: '/manage/people' };
});

export const correct = action({ may: 'person.write', input: correctInput }, async (tx, input, caller) => {
  const done = await correctPerson(tx, input, caller);
  return isRefusal(done) ? done : { goTo: `/manage/people/${done.id}?done=corrected` };
});

export const enrolFound = action({ may: 'person.read', input: staffEnrolPersonForm }, async (tx, form, caller) => {
  const done = await enrol(tx, { caller, channel: form.channel }, form.enrolment);
  return isRefusal(done)
    ? done
    : { goTo: `/manage/classes/${form.enrolment.classId}/places/${done.enrolmentId}?done=enrolled` };
});

/** Somebody the search just made did not show; other words than those searched for are looked up once more before they are written. */
export const enrolNew = action({ may: 'person.read', input: staffEnrolForm }, async (tx, form, caller) => {
  const searched = keptSearch((await cookies()).get(searchCookie)?.value);
  const enrolments = form.enrolments.map((one) =>
    'personId' in one.learner || one.learner.isNew
      ? one
      : { ...one, learner: { ...one.learner, isNew: answersSearch(searched, one.learner) } },
  );
  const done = await enrolAll(tx, { caller, channel: form.channel }, enrolments);
  return isRefusal(done)
    ? done
    : { goTo: `/manage/classes/${form.classId}/places/${done[0]?.enrolmentId ?? ''}?done=enrolled` };
});
