import type { PageRow } from './matrix';

/** Dashboards, the rows behind them, and what they are compared by. */
export const figurePages: Record<string, PageRow> = {
  '/dashboard': { may: 'figures.read', at: ({ unit }) => `/dashboard?area=${unit}`, elsewhere: 'notFound' },
  '/dashboard/rows': {
    may: 'figures.read',
    at: ({ unit }) => `/dashboard/rows?measure=people_reached&area=${unit}`,
    elsewhere: 'notFound',
  },
  '/dashboard/quality': {
    may: 'figures.read',
    at: ({ unit }) => `/dashboard/quality?area=${unit}`,
    elsewhere: 'notFound',
  },
  '/manage/people/unreached': {
    may: 'person.read',
    at: ({ unit }) => `/manage/people/unreached?area=${unit}`,
    elsewhere: 'notFound',
  },
  '/admin/areas/terrain': { may: 'area.manage' },
};
