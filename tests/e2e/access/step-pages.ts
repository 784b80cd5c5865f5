/** Where people stop before skills, who has not been reached, and what somebody was asked. */
export const stepPages = {
  '/manage/steps': {
    may: 'person.read',
    at: ({ unit }: { unit: number }) => `/manage/steps?area=${unit}&step=sim`,
    elsewhere: 'notFound',
  },
  '/manage/unreached': {
    may: 'person.read',
    at: ({ unit }: { unit: number }) => `/manage/unreached?area=${unit}`,
    elsewhere: 'notFound',
  },
  '/manage/unreached/people': {
    may: 'person.read',
    at: ({ unit }: { unit: number }) => `/manage/unreached/people?area=${unit}`,
    elsewhere: 'notFound',
  },
  '/manage/people/[id]/steps': {
    may: 'register.write',
    at: ({ personId }: { personId: string }) => `/manage/people/${personId}/steps`,
    elsewhere: 'notFound',
  },
} as const;
