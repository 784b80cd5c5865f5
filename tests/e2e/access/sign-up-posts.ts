import { randomUUID } from 'node:crypto';
import { agedStamp } from '../../support/server';
import type { Fields } from './portal';
import type { ActionRow } from './action-row';

/** The actions that sign people up, and those on places nobody vouched for yet. */
export const signUpRows: Record<string, ActionRow> = {
  '/classes/[id]#enrolHere': {
    may: 'public',
    page: ({ classId }) => `/classes/${classId}`,
    fields: ({ classId, villageId }) =>
      learner(classId, { village: villageId, step: 'confirm', people: 1, stamp: agedStamp(classId) }),
    acrossUnits: true,
    works: { as: 'lanhdao.tinh' },
  },
  '/manage/classes/[id]#enrolForThem': {
    may: 'enrolment.write',
    page: ({ classId }) => `/manage/classes/${classId}/enrol`,
    fields: ({ classId, villageId }) => learner(classId, { areaId: villageId, channel: 'phone', isNew: 'on' }),
    works: { as: 'motcua.minhhoa' },
  },
  '/manage/people#enrolNew': {
    may: 'person.read',
    page: () => '/manage/people/new',
    fields: ({ classId, villageId }) =>
      learner(classId, { fullName: `Lê Thị Thử ${newGivenName()}`, areaId: villageId, channel: 'phone', isNew: 'on' }),
    works: { as: 'motcua.minhhoa' },
  },
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

/** Somebody nobody looks like. */
const newGivenName = () => `M${randomUUID().replaceAll(/[^a-f]/g, '')}`;

function learner(classId: string, where: Fields): Fields {
  return {
    classId,
    formKey: randomUUID(),
    fullName: 'Lê Thị Thử',
    noPhone: 'on',
    phone: '',
    birthYear: 1955,
    consent: 'on',
    consentVersion: 1,
    ...where,
  };
}
