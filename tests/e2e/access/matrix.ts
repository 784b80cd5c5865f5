import type { Capability, Role } from '../../../db/capabilities';
import { figurePages } from './figure-pages';
import { peoplePages } from './people-pages';
import { awayPages, type AwayNamed } from './away-pages';
import { deskPages, type DeskNamed } from './desk-pages';
import { modelPages, type ModelNamed } from './model-pages';
import { adminPages } from './admin-pages';
import { visitPages, type VisitNamed } from './visit-pages';
import { teamPages, type DutyNamed } from './team-pages';

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
export interface Named extends DeskNamed, AwayNamed, VisitNamed, DutyNamed, ModelNamed {
  unit: number;
  classId: string;
  draftId: string;
  sessionId: string;
  personId: string;
  enrolmentId: string;
  /** The class of that enrolment. */
  placeClassId: string;
  accountId: string;
  deviceId: string;
  villageId: number;
  venueId: string;
  retiredVenueId: string;
  /** Of one of the unit's own areas. */
  dayOffId: string;
  teamId: string;
  /** Of that team, still in it; nobody's account. */
  memberId: string;
  /** A helper's card that holds, and the page of whose it is. */
  helperCardId: string;
  helperCardPage: string;
  /** Somebody of the unit's teams asked for a session to come, and who has not answered. */
  askedId: string;
  /** The class and the session they are asked for. */
  askedClassId: string;
  askedSessionId: string;
  /** What the unit's helper who signs in is asked for. */
  ownAskId: string;
  /** Somebody who had agreed to a session that took place since. */
  cameId: string;
  cameClassId: string;
  /** A member who is free at the session they might be asked for. */
  freeMemberId: string;
  courseId: string;
  /** Of the unit's own, in its current version. */
  unitCourseId: string;
  grantId: string;
  futureSessionId: string;
  /** A class with a day of its rule to come left out, and that day. */
  skippedClassId: string;
  skippedDay: string;
  /** A printed register whose session waits for it. */
  sheetSessionId: string;
  sheetCode: string;
  /** A class about to begin with too few people. */
  tooFewId: string;
  /** Sessions put off together that can be taken back. */
  pressId: string;
  /** An ask for a class that waits for an answer. */
  demandId: string;
  /** The page of the group it is in. */
  demandPage: string;
  /** Of the published class. */
  recordingFile: string;
  /** A check of the organiser's that ended well. */
  jobId: string;
  /** A class that is over, with a register, and not closed where a test has left one so. */
  overClassId: string;
  /** A closed one where somebody may have a certificate and has none. */
  dueClassId: string;
  /** Of a certificate that stands. */
  serial: string;
  /** The unit's report of an earlier month, locked and never reopened. */
  reportId: string;
  /** Somebody to be told of a change by a call. */
  toCallId: string;
  /** One of the unit's that somebody else could still take further. */
  openReportId: string;
}

export interface PageRow {
  may: 'public' | 'signedIn' | Capability;
  /** The address naming things of a unit; without it the page names nothing. */
  at?: (named: Named) => string;
  /** What somebody of another unit gets. Rows are walled, so an address that names theirs is not found. */
  elsewhere?: 'notFound' | 'shown';
  /** What it names is the organiser's alone: to everybody else of the unit it is not there. */
  ofOrganiser?: true;
}

/** Every page, and who gets what there. A page without a row fails the suite. */
export const pageRows: Record<string, PageRow> = {
  ...figurePages,
  ...deskPages,
  ...awayPages,
  ...peoplePages,
  ...visitPages,
  ...modelPages,
  '/': { may: 'public' },
  '/classes': { may: 'public' },
  '/classes/[id]': { may: 'public', at: ({ classId }) => `/classes/${classId}`, elsewhere: 'shown' },
  '/ask': { may: 'public', at: ({ villageId }) => `/ask?area=${villageId}`, elsewhere: 'shown' },
  '/classes/[id]/poster': { may: 'public', at: ({ classId }) => `/classes/${classId}/poster`, elsewhere: 'shown' },
  '/my': { may: 'public' },
  // Without a card in hand each of these asks for its code.
  '/my/card': { may: 'public' },
  '/my/card/print': { may: 'public' },
  '/my/card/phone': { may: 'public' },
  '/my/card/messages': { may: 'public' },
  '/my/card/readers': { may: 'public' },
  '/my/card/data': { may: 'public' },
  '/my/card/withdraw': { may: 'public' },
  '/my/all': { may: 'public' },
  '/my/questions': { may: 'public' },
  '/my/card/certificates/[serial]': {
    may: 'public',
    at: ({ serial }) => `/my/card/certificates/${serial}`,
    elsewhere: 'shown',
  },
  '/certificates': { may: 'public' },
  '/helpers': { may: 'public' },
  '/certificates/[serial]': { may: 'public', at: ({ serial }) => `/certificates/${serial}`, elsewhere: 'shown' },
  '/privacy': { may: 'public' },
  '/progress': { may: 'public' },
  '/sign-in': { may: 'public' },
  '/trouble/[kind]': { may: 'public', at: () => '/trouble/not-found', elsewhere: 'shown' },
  '/staff-trouble/[kind]': { may: 'public', at: () => '/staff-trouble/not-found', elsewhere: 'shown' },
  '/account': { may: 'signedIn' },
  '/manage': { may: 'class.read' },
  // Holds nobody's data: phones keep it for places without a network.
  '/manage/offline': { may: 'public' },
  '/manage/classes': { may: 'class.read' },
  '/manage/classes/new': { may: 'class.write' },
  '/manage/classes/postpone': { may: 'class.postpone' },
  '/manage/classes/[id]/sessions/[session]': {
    may: 'class.write',
    at: ({ classId, futureSessionId }) => `/manage/classes/${classId}/sessions/${futureSessionId}`,
    elsewhere: 'notFound',
  },
  '/manage/classes/[id]': {
    may: 'class.read',
    at: ({ draftId }) => `/manage/classes/${draftId}`,
    elsewhere: 'notFound',
  },
  '/manage/fairness': { may: 'class.read' },
  '/manage/classes/[id]/fairness': {
    may: 'class.read',
    at: ({ classId }) => `/manage/classes/${classId}/fairness`,
    elsewhere: 'notFound',
  },
  '/manage/classes/[id]/edit': {
    may: 'class.write',
    at: ({ classId }) => `/manage/classes/${classId}/edit`,
    elsewhere: 'notFound',
  },
  '/manage/classes/[id]/cancel': {
    may: 'class.write',
    at: ({ classId }) => `/manage/classes/${classId}/cancel`,
    elsewhere: 'notFound',
  },
  '/manage/classes/[id]/paths': {
    may: 'roster.read',
    at: ({ placeClassId }) => `/manage/classes/${placeClassId}/paths`,
    elsewhere: 'notFound',
  },
  '/manage/classes/[id]/results': {
    may: 'roster.read',
    at: ({ dueClassId }) => `/manage/classes/${dueClassId}/results`,
    elsewhere: 'notFound',
  },
  '/manage/certificates/[serial]': {
    may: 'roster.read',
    at: ({ serial }) => `/manage/certificates/${serial}`,
    elsewhere: 'notFound',
  },
  '/manage/tasks': { may: 'register.write' },
  '/manage/tasks/week': { may: 'register.write' },
  '/manage/tasks/door/[person]': {
    may: 'register.write',
    at: ({ personId }) => `/manage/tasks/door/${personId}`,
    elsewhere: 'notFound',
  },
  '/manage/rechecks': { may: 'register.write' },
  '/manage/rechecks/[id]': {
    may: 'register.write',
    at: ({ personId }) => `/manage/rechecks/${personId}`,
    elsewhere: 'notFound',
  },
  '/manage/classes/[id]/enrolled': {
    may: 'roster.read',
    at: ({ placeClassId, enrolmentId }) => `/manage/classes/${placeClassId}/enrolled?places=${enrolmentId}`,
    elsewhere: 'notFound',
  },
  '/manage/classes/[id]/unconfirmed': {
    may: 'enrolment.write',
    at: ({ placeClassId }) => `/manage/classes/${placeClassId}/unconfirmed`,
    elsewhere: 'notFound',
  },
  '/manage/classes/[id]/enrol': {
    may: 'enrolment.write',
    at: ({ classId }) => `/manage/classes/${classId}/enrol`,
    elsewhere: 'notFound',
  },
  '/manage/classes/[id]/places/[enrolment]': {
    may: 'roster.read',
    at: ({ placeClassId, enrolmentId }) => `/manage/classes/${placeClassId}/places/${enrolmentId}`,
    elsewhere: 'notFound',
  },
  '/manage/courses': { may: 'class.read' },
  '/manage/courses/new': { may: 'course.write' },
  // What others teach may be read, and copied.
  '/manage/courses/[id]': {
    may: 'class.read',
    at: ({ unitCourseId }) => `/manage/courses/${unitCourseId}`,
    elsewhere: 'shown',
  },
  '/manage/courses/[id]/edit': {
    may: 'course.write',
    at: ({ unitCourseId }) => `/manage/courses/${unitCourseId}/edit`,
    elsewhere: 'notFound',
  },
  '/manage/sessions/[id]': {
    may: 'roster.read',
    at: ({ sessionId }) => `/manage/sessions/${sessionId}`,
    elsewhere: 'notFound',
  },
  '/manage/classes/[id]/helpers': {
    may: 'class.read',
    at: ({ askedClassId }) => `/manage/classes/${askedClassId}/helpers`,
    elsewhere: 'notFound',
  },
  '/manage/teams': { may: 'class.read' },
  '/manage/teams/new': { may: 'class.write' },
  '/manage/teams/[id]': { may: 'class.read', at: ({ teamId }) => `/manage/teams/${teamId}`, elsewhere: 'notFound' },
  ...teamPages,
  '/manage/sessions/[id]/sheet': {
    may: 'roster.read',
    at: ({ sheetSessionId, sheetCode }) => `/manage/sessions/${sheetSessionId}/sheet?code=${sheetCode}`,
    elsewhere: 'notFound',
  },
  '/manage/sessions/[id]/entry': {
    may: 'register.write',
    at: ({ sheetSessionId, sheetCode }) => `/manage/sessions/${sheetSessionId}/entry?sheet=${sheetCode}`,
    elsewhere: 'notFound',
  },
  '/manage/sheets': { may: 'register.write' },
  // Each sees what has come up to them.
  '/manage/registers': { may: 'class.read' },
  '/manage/absences': { may: 'roster.read' },
  '/manage/venues': { may: 'class.read' },
  '/manage/venues/new': { may: 'class.write' },
  '/manage/venues/[id]': {
    may: 'class.read',
    at: ({ venueId }) => `/manage/venues/${venueId}`,
    elsewhere: 'notFound',
  },
  '/manage/calendar': {
    may: 'class.read',
    at: ({ unit }) => `/manage/calendar?area=${unit}`,
    elsewhere: 'notFound',
  },
  '/manage/demand': { may: 'class.read' },
  '/manage/import': { may: 'declared.write' },
  '/manage/exports': { may: 'roster.read' },
  '/manage/jobs': { may: 'signedIn' },
  '/manage/jobs/[id]': {
    may: 'signedIn',
    at: ({ jobId }) => `/manage/jobs/${jobId}`,
    elsewhere: 'notFound',
    ofOrganiser: true,
  },
  '/dashboard/reports': {
    may: 'figures.read',
    at: ({ unit }) => `/dashboard/reports?area=${unit}`,
    elsewhere: 'notFound',
  },
  '/dashboard/reports/[id]': {
    may: 'figures.read',
    at: ({ reportId }) => `/dashboard/reports/${reportId}`,
    elsewhere: 'notFound',
  },
  '/dashboard/reports/[id]/print': {
    may: 'figures.read',
    at: ({ reportId }) => `/dashboard/reports/${reportId}/print`,
    elsewhere: 'notFound',
  },
  '/manage/reports': {
    may: 'report.write',
    at: ({ unit }) => `/manage/reports?area=${unit}`,
    elsewhere: 'notFound',
  },
  '/dashboard/indicators/[code]': {
    may: 'figures.read',
    at: ({ unit }) => `/dashboard/indicators/R03?area=${unit}`,
    elsewhere: 'notFound',
  },
  '/manage/declared': {
    may: 'declared.write',
    at: ({ unit }) => `/manage/declared?area=${unit}`,
    elsewhere: 'notFound',
  },
  '/manage/eligible': {
    may: 'declared.write',
    at: ({ unit }) => `/manage/eligible?area=${unit}`,
    elsewhere: 'notFound',
  },
  '/admin/targets': { may: 'target.write', at: ({ unit }) => `/admin/targets?area=${unit}`, elsewhere: 'notFound' },
  ...adminPages,
};
