import { randomUUID } from 'node:crypto';
import type { ActionRow } from './action-row';
import { aHit, aReading, aReferral } from './away-scenes';

const elsewhere = () => '/manage/people/elsewhere';

/** The forms of reading outside one's area and of referrals. */
export const awayRows: Record<string, ActionRow> = {
  '/manage/people/elsewhere#find': {
    may: 'person.read',
    page: elsewhere,
    fields: () => ({ name: 'Không Có Người Này', birthYear: 1950, digits: '' }),
    acrossUnits: true,
    works: { as: 'motcua.minhhoa' },
  },
  '/manage/people/elsewhere#open': {
    may: 'person.read',
    page: elsewhere,
    fields: () => ({ hitId: randomUUID(), why: 'asks_class', words: 'Bác xin vào lớp tối ở đây' }),
    works: {
      as: 'motcua.minhhoa',
      fields: async (_own, sql) => ({
        hitId: (await aHit(sql, 'motcua.minhhoa', 18859)).hitId,
        why: 'asks_help',
        words: 'Bác đang đợi ở quầy một cửa',
      }),
    },
  },
  '/manage/people/elsewhere#close': {
    may: 'person.read',
    page: elsewhere,
    fields: ({ readingId }) => ({ readingId }),
    works: {
      as: 'tochuc.dongthuan',
      fields: async (_own, sql) => ({ readingId: await aReading(sql, 'tochuc.dongthuan', 18859, 18901) }),
    },
  },
  '/manage/people/readings#answer': {
    may: 'person.write',
    page: () => '/manage/people/readings',
    fields: ({ readingId }) => ({ readingId, objection: 'Người này không hề xin' }),
    works: {
      as: 'tochuc.dongthuan',
      fields: async (_own, sql) => ({
        readingId: await aReading(sql, 'motcua.minhhoa', 18901, 18859),
        objection: 'Người này không hề xin',
      }),
    },
  },
  '/manage/referrals#send': {
    may: 'person.write',
    page: ({ personId }) => `/manage/people/${personId}/refer`,
    fields: ({ personId }) => ({
      personId,
      toAreaId: 19429,
      why: 'work',
      asks: 'desk',
      courseId: '',
      note: '',
      agreed: 'on',
      how: 'oral',
      witness: 'Trần Thị Chứng',
    }),
    works: { as: 'tochuc.minhhoa' },
  },
  '/manage/referrals#accept': {
    may: 'person.write',
    page: ({ referralInId }) => `/manage/referrals/${referralInId}`,
    fields: ({ referralInId }) => ({
      referralId: referralInId,
      takenBy: 'Lê Văn Nhận',
      livesHere: '',
      homeId: '',
      movedOn: '',
    }),
    works: {
      as: 'tochuc.dongthuan',
      fields: async ({ unit }, sql) => ({
        referralId: await aReferral(sql, 18901, unit, 'open'),
        takenBy: 'Lê Văn Nhận',
        livesHere: '',
        homeId: '',
        movedOn: '',
      }),
    },
  },
  '/manage/referrals#reject': {
    may: 'person.write',
    page: ({ referralInId }) => `/manage/referrals/${referralInId}`,
    fields: ({ referralInId }) => ({ referralId: referralInId, reason: 'Chưa có lớp' }),
    works: {
      as: 'tochuc.minhhoa',
      fields: async ({ unit }, sql) => ({
        referralId: await aReferral(sql, 18859, unit, 'open'),
        reason: 'Chưa có lớp',
      }),
    },
  },
  '/manage/referrals#withdraw': {
    may: 'person.write',
    page: ({ referralOutId }) => `/manage/referrals/${referralOutId}`,
    fields: ({ referralOutId }) => ({ referralId: referralOutId, reason: 'Gửi nhầm' }),
    works: {
      as: 'tochuc.dongthuan',
      fields: async ({ unit }, sql) => ({ referralId: await aReferral(sql, unit, 18901, 'open'), reason: 'Gửi nhầm' }),
    },
  },
  '/manage/referrals#finish': {
    may: 'person.write',
    page: ({ referralInId }) => `/manage/referrals/${referralInId}`,
    fields: ({ referralInId }) => ({ referralId: referralInId }),
    works: {
      as: 'tochuc.minhhoa',
      fields: async ({ unit }, sql) => ({ referralId: await aReferral(sql, 18859, unit, 'accepted') }),
    },
  },
};
