import type { ActionRow } from './action-row';

/** The actions of slips and of learners' cards. */
export const myRows: Record<string, ActionRow> = {
  '/my#showSlip': {
    may: 'public',
    page: () => '/my',
    fields: () => ({ code: '2346789A' }),
    harmless: true,
    acrossUnits: true,
  },
  // Names nothing: it cancels the slip the browser holds, wherever its class is.
  '/my#cancelMine': { may: 'public', page: () => '/my', fields: () => ({}), harmless: true, acrossUnits: true },
  '/my#answerMine': {
    may: 'public',
    page: () => '/my',
    fields: () => ({ answer: 'accept' }),
    harmless: true,
    acrossUnits: true,
  },
  '/my/questions#answerQuestions': {
    may: 'public',
    page: () => '/my/questions',
    fields: () => ({ disability: 'no', consent: 'on', consentVersion: 1 }),
    harmless: true,
    acrossUnits: true,
  },
  '/my/questions#withdrawAnswers': {
    may: 'public',
    page: () => '/my/questions',
    fields: () => ({}),
    harmless: true,
    acrossUnits: true,
  },
  '/my#closeSlip': { may: 'public', page: () => '/my', fields: () => ({}), harmless: true },
  '/my#openMyCard': { may: 'public', page: () => '/my/card', fields: () => ({ birthYear: 1954 }), harmless: true },
  // Nobody here has a card in hand: whatever is named, nothing is written (tests/card attacks those who have).
  '/my#leaveByCard': {
    may: 'public',
    page: () => '/my/card',
    fields: ({ enrolmentId }) => ({ enrolmentId }),
    harmless: true,
  },
  '/my#answerByCard': {
    may: 'public',
    page: () => '/my/card',
    fields: ({ enrolmentId }) => ({ enrolmentId, answer: 'accept' }),
    harmless: true,
  },
  '/my#excuseByCard': {
    may: 'public',
    page: () => '/my/card',
    fields: ({ futureSessionId }) => ({ sessionId: futureSessionId }),
    harmless: true,
  },
  '/my#changePhoneByCard': {
    may: 'public',
    page: () => '/my/card/phone',
    fields: () => ({ phone: '0912345678', phoneOf: 'self', sure: 'yes' }),
    harmless: true,
  },
  '/my#chooseLessByCard': {
    may: 'public',
    page: () => '/my/card/messages',
    fields: () => ({ zalo: '', sms: '', email: '', noCalls: 'on' }),
    harmless: true,
  },
  '/my#stopReferralByCard': {
    may: 'public',
    page: () => '/my/card/readers',
    fields: ({ referralOutId }) => ({ referralId: referralOutId }),
    harmless: true,
  },
  '/my#withdrawByCard': {
    may: 'public',
    page: () => '/my/card/withdraw',
    fields: () => ({ understood: 'on' }),
    harmless: true,
  },
  '/my#closeCard': { may: 'public', page: () => '/my/card', fields: () => ({}), harmless: true },
  '/manage/people/[id]/card#make': {
    may: 'enrolment.write',
    page: ({ personId }) => `/manage/people/${personId}/card`,
    fields: ({ personId }) => ({ personId }),
    works: { as: 'motcua.minhhoa' },
  },
  '/manage/people/[id]/card#replace': {
    may: 'enrolment.write',
    page: ({ personId }) => `/manage/people/${personId}/card`,
    fields: ({ personId }) => ({ personId }),
    works: { as: 'tochuc.dongthuan' },
  },
};
