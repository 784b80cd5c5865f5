import { inDays, weekdayIn, type ActionRow } from './action-row';
import type { Named } from './matrix';
import type { Fields } from './portal';

/** The actions by which classes are planned: the plan itself, venues, days off. */
export const planRows: Record<string, ActionRow> = {
  '/manage/classes/new#openClass': {
    may: 'class.write',
    page: ({ courseId, venueId, teamId }) =>
      `/manage/classes/new?step=preview&courseId=${courseId}&venueId=${venueId}&teamId=${teamId}&capacity=20&minimumToRun=5&language=vi&firstDay=${inDays(200)}&weekdays=${weekdayIn(200)}&startTime=05:30&minutes=60&count=1`,
    fields: ({ courseId, venueId, teamId }) => ({
      courseId,
      venueId,
      teamId,
      capacity: 20,
      minimumToRun: 5,
      language: 'vi',
      firstDay: inDays(200),
      weekdays: weekdayIn(200),
      startTime: '05:30',
      minutes: 60,
      count: 1,
      dates: inDays(200),
      saveAs: 'draft',
    }),
    works: { as: 'tochuc.dongthuan' },
  },
  '/manage/classes/[id]#putBack': {
    may: 'class.write',
    page: ({ skippedClassId }) => `/manage/classes/${skippedClassId}`,
    fields: ({ skippedClassId, skippedDay }) => ({ classId: skippedClassId, day: skippedDay }),
  },
  '/manage/classes/[id]#runAsPlanned': {
    may: 'class.write',
    page: () => '/manage',
    fields: ({ tooFewId }) => ({ classId: tooFewId }),
  },
  '/manage/classes/[id]/sessions/[session]#editSession': {
    may: 'class.write',
    page: ({ classId, futureSessionId }) =>
      `/manage/classes/${classId}/sessions/${futureSessionId}?step=preview&day=${inDays(250)}&time=05:30`,
    fields: ({ futureSessionId, venueId }) => moved(futureSessionId, venueId),
    // To another day than the page asks for, which would then have nothing to change.
    works: {
      as: 'tochuc.dongthuan',
      fields: ({ futureSessionId, venueId }) =>
        Promise.resolve({ ...moved(futureSessionId, venueId), day: inDays(257) }),
    },
  },
  '/manage/classes/postpone#putOff': {
    may: 'class.postpone',
    page: ({ unit }) => `/manage/classes/postpone?step=preview&${stormOf(unit)}`,
    // No preview has this mark: what is looked at must be what is written, so this is always asked again.
    fields: ({ unit }) => ({ ...Object.fromEntries(stormOf(unit)), seen: '0'.repeat(32) }),
  },
  '/manage/classes/postpone#undo': {
    may: 'class.postpone',
    page: () => '/manage/classes/postpone',
    fields: ({ pressId }) => ({ pressId }),
  },
  '/manage/venues#add': {
    may: 'class.write',
    page: () => '/manage/venues/new',
    fields: ({ villageId }) => ({ areaId: villageId, ...venueDetails }),
    works: { as: 'tochuc.dongthuan' },
  },
  '/manage/venues#changeDetails': {
    may: 'class.write',
    page: ({ venueId }) => `/manage/venues/${venueId}`,
    fields: ({ venueId }) => ({ id: venueId, ...venueDetails }),
    works: { as: 'tochuc.dongthuan' },
  },
  '/manage/venues#retire': venue(({ venueId }) => venueId),
  '/manage/venues#reopen': venue(({ retiredVenueId }) => retiredVenueId),
  '/manage/calendar#saveDay': {
    may: 'calendar.write',
    page: ({ unit }) => `/manage/calendar?area=${unit}`,
    fields: ({ unit }) => ({
      areaId: unit,
      kind: 'dates',
      weekday: '',
      firstDay: inDays(300),
      lastDay: inDays(301),
      reason: 'market',
      name: 'Phiên chợ thử',
    }),
    works: { as: 'tochuc.dongthuan' },
  },
  '/manage/calendar#removeDay': {
    may: 'calendar.write',
    page: ({ unit, dayOffId }) => `/manage/calendar?area=${unit}&edit=${dayOffId}`,
    fields: ({ dayOffId }) => ({ id: dayOffId }),
  },
};

/** A fortnight of storm in a unit. */
export const stormOf = (unit: number) =>
  new URLSearchParams({
    areas: String(unit),
    firstDay: inDays(1),
    lastDay: inDays(14),
    instead: 'move',
    reason: 'Bão số 12',
  });

const venueDetails: Fields = { name: 'Nhà thử', address: 'Đường Thử', wayThere: '', seats: 20, power: 'on' };

/** An act on a venue as a whole. */
function venue(which: (named: Named) => string): ActionRow {
  return {
    may: 'class.write',
    page: (named) => `/manage/venues/${which(named)}`,
    fields: (named) => ({ id: which(named) }),
  };
}

/** One session, moved far ahead. */
function moved(sessionId: string, venueId: string): Fields {
  return {
    sessionId,
    scope: 'this',
    day: inDays(250),
    time: '05:30',
    minutes: 60,
    venueId,
    note: '',
    sessions: sessionId,
  };
}
