import { stepPages } from './step-pages';

/** Dashboards, the rows behind them, and what they are compared by. */
export const figurePages = {
  '/dashboard': {
    may: 'figures.read',
    at: ({ unit }: { unit: number }) => `/dashboard?area=${unit}`,
    elsewhere: 'notFound',
  },
  '/dashboard/rows': {
    may: 'figures.read',
    at: ({ unit }: { unit: number }) => `/dashboard/rows?measure=people_reached&area=${unit}`,
    elsewhere: 'notFound',
  },
  '/dashboard/indicators': {
    may: 'figures.read',
    at: ({ unit }: { unit: number }) => `/dashboard/indicators?area=${unit}`,
    elsewhere: 'notFound',
  },
  '/dashboard/export': {
    may: 'figures.read',
    at: ({ unit }: { unit: number }) => `/dashboard/export?area=${unit}`,
    elsewhere: 'notFound',
  },
  '/dashboard/quality': {
    may: 'figures.read',
    at: ({ unit }: { unit: number }) => `/dashboard/quality?area=${unit}`,
    elsewhere: 'notFound',
  },
  ...stepPages,
  '/admin/areas/terrain': { may: 'area.manage' },
} as const;
