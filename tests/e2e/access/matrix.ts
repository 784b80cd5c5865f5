import type { Sql } from 'postgres';
import type { Capability, Role } from '../../../db/capabilities';

/** The demo accounts, and the unit each belongs to (none: the whole province). */
export const people: readonly { name: string; role: Role; unit: number | null }[] = [
  { name: 'admin', role: 'province_admin', unit: null },
  { name: 'lanhdao.tinh', role: 'province_leader', unit: null },
  { name: 'lanhdao.dongthuan', role: 'unit_leader', unit: 18859 },
  { name: 'lanhdao.minhhoa', role: 'unit_leader', unit: 18901 },
  { name: 'tochuc.dongthuan', role: 'organiser', unit: 18859 },
  { name: 'tochuc.minhhoa', role: 'organiser', unit: 18901 },
  { name: 'daisu.dongthuan', role: 'helper', unit: 18859 },
  { name: 'daisu.minhhoa', role: 'helper', unit: 18901 },
  { name: 'motcua.minhhoa', role: 'desk_officer', unit: 18901 },
];

/** What of one unit an address or a form may name. Read from the demo world by the suite. */
export interface Named {
  unit: number;
  classId: string;
  draftId: string;
  sessionId: string;
  personId: string;
  enrolmentId: string;
  accountId: string;
  deviceId: string;
  villageId: number;
  venueId: string;
  teamId: string;
  courseId: string;
}

export interface PageRow {
  may: 'public' | 'signedIn' | Capability;
  /** The address naming things of a unit; without it the page names nothing. */
  at?: (named: Named) => string;
  /** What somebody of another unit gets. Rows are walled, so an address that names theirs is not found. */
  elsewhere?: 'notFound' | 'shown';
}

/** Every page, and who gets what there. A page without a row fails the suite. */
export const pageRows: Record<string, PageRow> = {
  '/': { may: 'public' },
  '/classes': { may: 'public' },
  '/classes/[id]': { may: 'public', at: ({ classId }) => `/classes/${classId}`, elsewhere: 'shown' },
  '/my': { may: 'public' },
  '/privacy': { may: 'public' },
  '/sign-in': { may: 'public' },
  '/account': { may: 'signedIn' },
  '/manage': { may: 'class.read' },
  '/manage/classes': { may: 'class.read' },
  '/manage/classes/new': { may: 'class.write' },
  '/manage/classes/[id]': {
    may: 'class.read',
    at: ({ draftId }) => `/manage/classes/${draftId}`,
    elsewhere: 'notFound',
  },
  '/manage/sessions/[id]': {
    may: 'roster.read',
    at: ({ sessionId }) => `/manage/sessions/${sessionId}`,
    elsewhere: 'notFound',
  },
  '/manage/people': { may: 'person.read' },
  '/manage/people/[id]': {
    may: 'person.read',
    at: ({ personId }) => `/manage/people/${personId}`,
    elsewhere: 'notFound',
  },
  '/dashboard': { may: 'figures.read', at: ({ unit }) => `/dashboard?area=${unit}`, elsewhere: 'notFound' },
  '/admin/accounts': { may: 'account.manage' },
  '/admin/accounts/[id]': {
    may: 'account.manage',
    at: ({ accountId }) => `/admin/accounts/${accountId}`,
    elsewhere: 'notFound',
  },
  '/admin/accounts/new': { may: 'account.manage' },
  '/admin/areas': { may: 'area.manage' },
  '/admin/areas/[id]': { may: 'area.manage', at: ({ villageId }) => `/admin/areas/${villageId}`, elsewhere: 'shown' },
  '/admin/skills': { may: 'skill.manage' },
  '/admin/skills/[code]': { may: 'skill.manage', at: () => '/admin/skills/A1', elsewhere: 'shown' },
  '/admin/audit': { may: 'audit.read' },
};

type Fields = Record<string, string | number>;

export interface ActionRow {
  may: 'public' | 'signedIn' | Capability;
  /** The page the form stands on, in the sender's own unit. */
  page: (own: Named) => string;
  /** A whole form naming things of a unit; `own` are things of the sender's, for what only they could have. */
  fields: (named: Named, own: Named) => Fields;
  /** May name things of another unit on purpose (a resident signs up anywhere). */
  acrossUnits?: boolean;
  /** Sending it as somebody who may changes nothing that matters to the next row. */
  harmless?: boolean;
  /** Who sends it for real, once, and must get through. */
  works?: { as: string; fields?: (own: Named, sql: Sql) => Promise<Fields> };
  skip?: string;
}

/** Every server action, and who may post it. One without a row fails the suite. */
export const actionRows: Record<string, ActionRow> = {
  '/sign-in#signIn': {
    may: 'public',
    page: () => '/sign-in',
    fields: () => ({ name: 'admin', password: 'x', next: '' }),
    skip: 'signs everybody in before the suite begins',
  },
};

export interface RouteRow {
  may: 'public' | 'signedIn' | Capability;
  at?: (named: Named) => string;
  data?: (named: Named) => object;
}

/** Every route for programs. */
export const routeRows: Record<string, RouteRow> = {
  'GET /api/health': { may: 'public' },
};
