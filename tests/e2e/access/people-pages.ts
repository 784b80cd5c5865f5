/** The pages of people and of what they are told. */
export const peoplePages = {
  '/manage/people': { may: 'person.read' },
  '/manage/people/duplicates': { may: 'person.write' },
  '/manage/people/new': { may: 'person.read' },
  '/manage/people/[id]': {
    may: 'person.read',
    at: ({ personId }: { personId: string }) => `/manage/people/${personId}`,
    elsewhere: 'notFound',
  },
  '/manage/people/[id]/card': {
    may: 'person.read',
    at: ({ personId }: { personId: string }) => `/manage/people/${personId}/card`,
    elsewhere: 'notFound',
  },
  '/manage/people/[id]/edit': {
    may: 'person.write',
    at: ({ personId }: { personId: string }) => `/manage/people/${personId}/edit`,
    elsewhere: 'notFound',
  },
  '/manage/people/[id]/household': {
    may: 'person.write',
    at: ({ personId }: { personId: string }) => `/manage/people/${personId}/household`,
    elsewhere: 'notFound',
  },
  '/manage/messages': { may: 'contact.read' },
  '/manage/people/[id]/messages': {
    may: 'person.write',
    at: ({ personId }: { personId: string }) => `/manage/people/${personId}/messages`,
    elsewhere: 'notFound',
  },
  '/manage/people/[id]/enrol': {
    may: 'person.read',
    at: ({ personId }: { personId: string }) => `/manage/people/${personId}/enrol`,
    elsewhere: 'notFound',
  },
} as const;
