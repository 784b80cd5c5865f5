/** What of a unit's home visits an address or a form may name. */
export interface VisitNamed {
  /** To come; called off by nobody. */
  roundId: string;
  /** A home of today's round, of the unit's helper. */
  visitId: string;
  /** A home of the round to come. */
  aheadVisitId: string;
  /** Somebody was met there, and nobody said who they are. */
  metRequestId: string;
  /** Open, on no round, matched to nobody. */
  requestId: string;
}

/** The pages of home visits, and who gets what there. */
export const visitPages = {
  '/help': {
    may: 'public',
    at: ({ villageId }: { villageId: number }) => `/help?area=${villageId}`,
    elsewhere: 'shown',
  },
  '/help/slip': { may: 'public' },
  '/help/check': {
    may: 'public',
    at: ({ villageId }: { villageId: number }) => `/help/check?area=${villageId}`,
    elsewhere: 'shown',
  },
  '/manage/visits': { may: 'visit.record' },
  '/manage/visits/requests/[id]': {
    may: 'visit.plan',
    at: ({ requestId }: VisitNamed) => `/manage/visits/requests/${requestId}`,
    elsewhere: 'notFound',
  },
  '/manage/visits/rounds/new': { may: 'visit.plan' },
  '/manage/visits/rounds/[id]': {
    may: 'visit.record',
    at: ({ roundId }: VisitNamed) => `/manage/visits/rounds/${roundId}`,
    elsewhere: 'notFound',
  },
  '/manage/visits/rounds/[id]/print': {
    may: 'visit.record',
    at: ({ roundId }: VisitNamed) => `/manage/visits/rounds/${roundId}/print`,
    elsewhere: 'notFound',
  },
  '/manage/visits/rounds/[id]/met': {
    may: 'visit.record',
    at: ({ roundId }: VisitNamed) => `/manage/visits/rounds/${roundId}/met`,
    elsewhere: 'notFound',
  },
  '/manage/visits/[id]': {
    may: 'visit.record',
    at: ({ visitId }: VisitNamed) => `/manage/visits/${visitId}`,
    elsewhere: 'notFound',
  },
  '/manage/people/[id]/visit': {
    may: 'visit.plan',
    at: ({ personId }: { personId: string }) => `/manage/people/${personId}/visit`,
    elsewhere: 'notFound',
  },
} as const;
