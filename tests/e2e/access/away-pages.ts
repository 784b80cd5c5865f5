/** What of reading elsewhere and of referrals an address or a form may name. */
export interface AwayNamed {
  /** Sent to the unit by a third one, and waiting. */
  referralInId: string;
  /** Sent by the unit, and waiting. */
  referralOutId: string;
  /** Of one of the unit's people, over, and not objected to. */
  readingId: string;
}

/** The pages of reading outside one's area and of referrals, and who gets what there. */
export const awayPages = {
  '/manage/people/elsewhere': { may: 'person.read' },
  // By what allows it: here a referral, which is the organisers' of the receiving unit.
  '/manage/people/elsewhere/[id]': {
    may: 'person.read',
    at: ({ referralInId }: AwayNamed) => `/manage/people/elsewhere/${referralInId}`,
    elsewhere: 'notFound',
    ofOrganiser: true,
  },
  '/manage/people/readings': { may: 'person.write' },
  '/manage/referrals': { may: 'person.write' },
  '/manage/referrals/[id]': {
    may: 'person.write',
    at: ({ referralInId }: AwayNamed) => `/manage/referrals/${referralInId}`,
    elsewhere: 'notFound',
  },
  '/manage/people/[id]/refer': {
    may: 'person.write',
    at: ({ personId }: { personId: string }) => `/manage/people/${personId}/refer`,
    elsewhere: 'notFound',
  },
} as const;
