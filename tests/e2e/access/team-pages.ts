/** What of a team's people an address or a form may name. */
export interface DutyNamed {
  /** Days ahead on which somebody of the unit's teams is away, and the page of whose they are. */
  awayLineId: string;
  awayPage: string;
  /** A training somebody of the unit's teams went to, and their page. */
  trainingId: string;
  trainingPage: string;
}

interface OfTeam {
  teamId: string;
  memberId: string;
}

/** The pages of one team, and who gets what there. */
export const teamPages = {
  '/manage/teams/[id]/cards': {
    may: 'class.write',
    at: ({ teamId }: OfTeam) => `/manage/teams/${teamId}/cards`,
    elsewhere: 'notFound',
  },
  '/manage/teams/[id]/week': {
    may: 'class.read',
    at: ({ teamId }: OfTeam) => `/manage/teams/${teamId}/week`,
    elsewhere: 'notFound',
  },
  '/manage/teams/[id]/members/[member]': {
    may: 'class.read',
    at: ({ teamId, memberId }: OfTeam) => `/manage/teams/${teamId}/members/${memberId}`,
    elsewhere: 'notFound',
  },
} as const;
