import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { inDays, type ActionRow } from './action-row';
import type { Named } from './matrix';
import type { Fields } from './portal';
import type { Scene } from './scene';

const deskPage = ({ deskId }: Named) => `/manage/desks/${deskId}`;
const details: Fields = {
  kind: 'mobile_point',
  name: 'Điểm thử',
  address: 'Thôn Thử',
  wayThere: 'Rẽ trái',
  day1: '7:30-11:30',
  day2: '',
  day3: '',
  day4: '',
  day5: '',
  day6: '8-11',
  day7: '',
};
let ahead = 60;
/** Each asks for a day of its own, so that nobody is on duty twice. */
const nextDay = () => inDays((ahead += 1));

/** An assist somebody logged just now. */
async function logged(sql: Sql, own: Named, username: string, minutesAhead = 0): Promise<string> {
  const id = randomUUID();
  await sql`insert into desk_assist (id, desk_id, area_id, need_code, need_version, level, minutes, at, logged_by)
    select ${id}, d.id, d.area_id, 'vneid', 1, 1, 10, now() + make_interval(mins => ${minutesAhead}), a.id
    from desk d, account a where d.id = ${own.deskId} and a.username = ${username}`;
  return id;
}

/** Somebody without a name was promised a visit just now. */
async function promised(sql: Sql, own: Named): Promise<string> {
  const id = randomUUID();
  await sql`insert into desk_assist (id, desk_id, area_id, need_code, need_version, level, minutes, referred_to, at)
    select ${id}, d.id, d.area_id, 'phone', 1, 1, 10, 'home_visit', now() from desk d where d.id = ${own.deskId}`;
  return id;
}

const asking = ({ promisedId, villageId }: Named): Fields => ({
  assistId: promisedId,
  area: villageId,
  fullName: 'Hồ Thị Bàn',
  born: '',
  phone: '',
  phoneOf: 'self',
  needs: 'phone',
  times: 'morning',
  words: '',
  consent: 'on',
  consentVersion: 2,
});

/** The forms of support desks. */
export const deskRows: Record<string, ActionRow> = {
  '/manage/desk#log': {
    may: 'desk.log',
    page: ({ deskId }) => `/manage/desk?desk=${deskId}`,
    fields: ({ deskId }) => ({
      formKey: randomUUID(),
      deskId,
      personId: '',
      need: 'vneid.1',
      level: '1',
      minutes: '10',
      outcome: 'settled',
    }),
    works: { as: 'motcua.minhhoa' },
  },
  '/manage/desk#undo': {
    may: 'desk.log',
    page: ({ deskId }) => `/manage/desk?desk=${deskId}`,
    fields: ({ assistId }) => ({ assistId }),
    works: {
      as: 'motcua.minhhoa',
      fields: async (own, sql) => ({ assistId: await logged(sql, own, 'motcua.minhhoa') }),
    },
  },
  '/manage/desk#askVisit': {
    may: 'desk.log',
    page: ({ promisedId }) => `/manage/desk/visit?assist=${promisedId}`,
    fields: asking,
    works: {
      as: 'motcua.minhhoa',
      fields: async (own, sql) => asking({ ...own, promisedId: await promised(sql, own) }),
    },
  },
  '/manage/desks#add': {
    may: 'desk.manage',
    page: () => '/manage/desks/new',
    fields: ({ unit }) => ({ areaId: unit, ...details }),
    works: { as: 'tochuc.dongthuan' },
  },
  '/manage/desks#change': {
    may: 'desk.manage',
    page: deskPage,
    fields: ({ deskId }) => ({ id: deskId, ...details, name: 'Quầy hỗ trợ số (demo)' }),
    works: { as: 'tochuc.minhhoa' },
  },
  '/manage/desks#close': { may: 'desk.manage', page: deskPage, fields: ({ deskId }) => ({ id: deskId }) },
  '/manage/desks#reopen': {
    may: 'desk.manage',
    page: deskPage,
    fields: ({ deskId }) => ({ id: deskId }),
    works: { as: 'tochuc.dongthuan' },
  },
  '/manage/desks#plan': {
    may: 'desk.manage',
    page: deskPage,
    fields: ({ deskId, memberId }) => ({
      deskId,
      who: `m:${memberId}`,
      day: nextDay(),
      from: '08:00',
      until: '10:00',
      weeks: 1,
    }),
    works: { as: 'tochuc.dongthuan' },
  },
  '/manage/desks#callOff': {
    may: 'desk.manage',
    page: deskPage,
    fields: ({ shiftId }) => ({ shiftId }),
    works: { as: 'tochuc.minhhoa' },
  },
  '/manage/desks#dismiss': {
    may: 'desk.manage',
    page: () => '/manage/desks/proposals',
    fields: ({ unit, deskId }) => ({ areaId: unit, deskId, need: 'other', reason: 'Thử thôi' }),
    works: { as: 'tochuc.dongthuan' },
  },
};

/** The form about another one who was promised a visit: once it was asked for, its page has no form. */
async function askedAnew(sql: Sql, own: Named): Promise<{ page: string; fields: Fields }> {
  const promisedId = await promised(sql, own);
  return { page: `/manage/desk/visit?assist=${promisedId}`, fields: asking({ ...own, promisedId }) };
}

/** Forms of desks that their page shows only at a moment: of what one logged just now, of a desk that is closed, of what repeats. */
export async function deskScenes(sql: Sql, own: Named): Promise<Record<string, Scene>> {
  const desk = async (closed: boolean) => {
    const id = randomUUID();
    await sql`insert into desk (id, area_id, kind, name, address, retired_at)
      values (${id}, ${own.unit}, 'mobile_point', 'Điểm cảnh (demo)', 'Thôn Cảnh', ${closed ? new Date() : null})`;
    return id;
  };
  // One every five minutes of the hours to come: whenever the form is looked at, something was logged just now.
  const first = await logged(sql, own, 'tochuc.dongthuan');
  for (let at = 1; at <= 48; at += 1) await logged(sql, own, 'tochuc.dongthuan', at * 5);
  const repeating = await desk(false);
  for (let at = 0; at < 6; at += 1)
    await sql`insert into desk_assist (id, desk_id, area_id, need_code, need_version, level, minutes, at)
      values (${randomUUID()}, ${repeating}, ${own.unit}, 'payment', 1, 1, 10, now() - make_interval(mins => ${at}))`;
  const [open, closed] = [await desk(false), await desk(true)];
  return {
    '/manage/desk#undo': { named: { assistId: first } },
    '/manage/desk#askVisit': { named: { promisedId: await promised(sql, own) }, anew: () => askedAnew(sql, own) },
    '/manage/desks#close': { named: { deskId: open } },
    '/manage/desks#reopen': { named: { deskId: closed } },
    '/manage/desks#dismiss': { named: { deskId: repeating } },
  };
}
