import { randomUUID } from 'node:crypto';
import type { Capability } from '../../../db/capabilities';
import type { Named } from './matrix';

export interface RouteRow {
  may: 'public' | 'signedIn' | Capability;
  at?: (named: Named) => string;
  data?: (named: Named) => object;
  /** What those who may come in get; 200 unless said. */
  answers?: number;
  /** What they get of another unit's, where that is something else. */
  elsewhere?: number;
}

/** Every route for programs. */
export const routeRows: Record<string, RouteRow> = {
  'GET /api/health': { may: 'public' },
  'GET /api/v1/classes': { may: 'public', at: ({ unit }) => `/api/v1/classes?area=${unit}` },
  'GET /api/v1/progress.csv': { may: 'public' },
  'GET /api/v1/progress.json': { may: 'public' },
  'GET /api/v1/progress/schema.json': { may: 'public' },
  'GET /classes.ics': { may: 'public', at: ({ unit }) => `/classes.ics?area=${unit}` },
  'GET /classes/[id]/ics': { may: 'public', at: ({ classId }) => `/classes/${classId}.ics` },
  'GET /classes/[id]/recordings/[file]': {
    may: 'public',
    at: ({ classId, recordingFile }) => `/classes/${classId}/recordings/${recordingFile}`,
  },
  'GET /manage/import/template': { may: 'declared.write', at: () => '/manage/import/template?kind=residents' },
  // What was made is its owner's alone (tests/export); the check named here made nothing.
  'GET /manage/jobs/[id]/file': { may: 'signedIn', at: ({ jobId }) => `/manage/jobs/${jobId}/file`, answers: 404 },
  // Nobody here has a card in hand.
  'GET /my/card/data.json': { may: 'public', answers: 404 },
  'GET /my/card/certificates/[serial]/badge.json': {
    may: 'public',
    at: ({ serial }) => `/my/card/certificates/${serial}/badge.json`,
    answers: 404,
  },
  'GET /my/card/certificates/[serial]/badge.jwt': {
    may: 'public',
    at: ({ serial }) => `/my/card/certificates/${serial}/badge.jwt`,
    answers: 404,
  },
  'GET /manage/certificates/[serial]/badge.json': {
    may: 'roster.read',
    at: ({ serial }) => `/manage/certificates/${serial}/badge.json`,
    elsewhere: 404,
  },
  'GET /manage/certificates/[serial]/badge.jwt': {
    may: 'roster.read',
    at: ({ serial }) => `/manage/certificates/${serial}/badge.jwt`,
    elsewhere: 404,
  },
  'GET /api/v1/issuer/did': { may: 'public', at: () => '/.well-known/did.json' },
  'GET /api/v1/issuer/keys/[key]': { may: 'public', at: () => '/api/v1/issuer/keys/k0000000000000000', answers: 404 },
  'GET /api/v1/achievements/[course]': { may: 'public', at: ({ courseId }) => `/api/v1/achievements/${courseId}` },
  'GET /api/v1/certificates/status/[list]': { may: 'public', at: () => '/api/v1/certificates/status/0' },
  'GET /api/v1/reports/[id]/[file]': {
    may: 'figures.read',
    at: ({ reportId }) => `/api/v1/reports/${reportId}/docx`,
    elsewhere: 404,
  },
  'POST /api/v1/visits/pack': { may: 'visit.record', data: () => ({ language: 'vi' }) },
  // Answered one by one: of another unit's homes nothing is said, see tests/visit/offline.test.ts. The account sent is nobody's.
  'POST /api/v1/visits/operations': {
    may: 'visit.record',
    data: ({ visitId }) => ({
      protocol: 1,
      account: randomUUID(),
      operations: [{ id: randomUUID(), visitId, kind: 'outcome', at: new Date().toISOString(), outcome: 'not_home' }],
    }),
    answers: 409,
  },
  // Of another unit's desks nothing is in the pack and nothing is said, see tests/desk/offline.test.ts. The account sent is nobody's.
  'POST /api/v1/desks/pack': { may: 'desk.log', data: ({ deskId }) => ({ language: 'vi', desks: [deskId] }) },
  'POST /api/v1/desks/operations': {
    may: 'desk.log',
    data: ({ deskId }) => ({
      protocol: 1,
      account: randomUUID(),
      operations: [
        {
          id: randomUUID(),
          deskId,
          kind: 'assist',
          at: new Date().toISOString(),
          need: 'vneid.1',
          level: 1,
          minutes: 5,
        },
      ],
    }),
    answers: 409,
  },
  'GET /api/v1/register/pack': { may: 'register.write' },
  'POST /api/v1/register/operations': {
    may: 'register.write',
    data: ({ sessionId }) => ({
      protocol: 1,
      operations: [{ id: randomUUID(), sessionId, kind: 'guests', at: new Date().toISOString(), count: 1 }],
    }),
  },
};
