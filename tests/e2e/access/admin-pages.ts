/** Of the matrix: the administrators' pages. */
export const adminPages = {
  '/admin/accounts': { may: 'account.manage' },
  '/admin/accounts/new': { may: 'account.manage' },
  '/admin/accounts/[id]': {
    may: 'account.manage',
    at: ({ accountId }: { accountId: string }) => `/admin/accounts/${accountId}`,
    elsewhere: 'notFound',
  },
  '/admin/areas': { may: 'area.manage' },
  '/admin/areas/boundaries': { may: 'area.manage' },
  '/admin/areas/[id]': {
    may: 'area.manage',
    at: ({ unit }: { unit: number }) => `/admin/areas/${unit}`,
    elsewhere: 'shown',
  },
  '/admin/messages': { may: 'area.manage' },
  '/admin/figures': { may: 'area.manage' },
  '/admin/skills': { may: 'skill.manage' },
  '/admin/skills/[code]': { may: 'skill.manage', at: () => '/admin/skills/A1', elsewhere: 'shown' },
  '/admin/audit': { may: 'audit.read' },
} as const;
