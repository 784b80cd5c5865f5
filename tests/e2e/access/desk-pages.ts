/** What of a unit's support desks an address or a form may name. */
export interface DeskNamed {
  /** The service centre's. */
  deskId: string;
  /** To come, there. */
  shiftId: string;
  /** Logged there, long ago. */
  assistId: string;
  /** Logged in the unit: somebody without a name was promised a visit. */
  promisedId: string;
}

/** The pages of support desks, and who gets what there. */
export const deskPages = {
  '/manage/desk': {
    may: 'desk.log',
    at: ({ deskId }: DeskNamed) => `/manage/desk?desk=${deskId}`,
    elsewhere: 'notFound',
  },
  '/manage/desk/person': {
    may: 'person.read',
    at: ({ deskId }: DeskNamed) => `/manage/desk/person?desk=${deskId}`,
    elsewhere: 'notFound',
  },
  '/manage/desk/visit': {
    may: 'desk.log',
    at: ({ promisedId }: DeskNamed) => `/manage/desk/visit?assist=${promisedId}`,
    elsewhere: 'notFound',
  },
  '/manage/desks': { may: 'desk.log' },
  '/manage/desks/new': { may: 'desk.manage' },
  '/manage/desks/proposals': { may: 'desk.manage' },
  '/manage/desks/[id]': {
    may: 'desk.log',
    at: ({ deskId }: DeskNamed) => `/manage/desks/${deskId}`,
    elsewhere: 'notFound',
  },
  '/dashboard/desks': {
    may: 'figures.read',
    at: ({ unit }: { unit: number }) => `/dashboard/desks?area=${unit}`,
    elsewhere: 'notFound',
  },
} as const;
