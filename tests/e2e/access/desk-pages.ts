/** What of a unit's support desks an address or a form may name. */
export interface DeskNamed {
  /** The service centre's. */
  deskId: string;
  /** To come, there. */
  shiftId: string;
  /** Logged there, long ago. */
  assistId: string;
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
