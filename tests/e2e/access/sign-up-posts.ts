import type { ActionRow } from './posts';

/** The actions on places that nobody vouched for yet. */
export const signUpRows: Record<string, ActionRow> = {
  '/manage/classes/[id]#confirmForThem': {
    may: 'enrolment.write',
    page: ({ placeClassId }) => `/manage/classes/${placeClassId}/unconfirmed`,
    fields: ({ placeClassId, enrolmentId }) => ({ classId: placeClassId, enrolmentId }),
    works: { as: 'daisu.dongthuan' },
  },
  '/manage/classes/[id]#undoSignUps': {
    may: 'class.write',
    page: ({ placeClassId }) => `/manage/classes/${placeClassId}/unconfirmed`,
    fields: ({ placeClassId, enrolmentId }) => ({
      classId: placeClassId,
      batch: enrolmentId,
      before: new Date().toISOString(),
    }),
  },
};
