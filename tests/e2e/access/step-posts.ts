import { randomUUID } from 'node:crypto';
import type { ActionRow } from './action-row';

/** The form of what somebody needs before skills. */
export const stepRows: Record<string, ActionRow> = {
  '/manage/people/[id]/steps#record': {
    may: 'register.write',
    page: ({ personId }) => `/manage/people/${personId}/steps`,
    fields: ({ personId }) => ({
      personId,
      formKey: randomUUID(),
      step_phone: 'yes',
      step_sim: 'no',
      source: 'seen',
      on: '',
    }),
    works: { as: 'tochuc.dongthuan' },
  },
};
