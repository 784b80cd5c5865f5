import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import type { ActionRow } from './action-row';
import type { Named } from './matrix';
import type { Fields } from './portal';

const helpers = '/manage/classes/[id]/helpers';

/** The forms of teams, and of who teaches and helps. */
export const teamRows: Record<string, ActionRow> = {
  '/manage/teams#add': {
    may: 'class.write',
    page: () => '/manage/teams/new',
    fields: ({ unit }) => ({ areaId: unit, ...teamDetails }),
    works: { as: 'tochuc.dongthuan' },
  },
  '/manage/teams#change': {
    may: 'class.write',
    page: ({ teamId }) => `/manage/teams/${teamId}`,
    fields: ({ teamId }) => ({ id: teamId, ...teamDetails }),
    works: { as: 'tochuc.minhhoa' },
  },
  '/manage/teams#close': {
    may: 'class.write',
    page: ({ teamId }) => `/manage/teams/${teamId}`,
    fields: ({ teamId }) => ({ id: teamId }),
    works: { as: 'tochuc.dongthuan', fields: async (own, sql) => ({ id: await idleTeam(sql, own) }) },
  },
  '/manage/teams#reopen': {
    may: 'class.write',
    page: ({ teamId }) => `/manage/teams/${teamId}`,
    fields: ({ teamId }) => ({ id: teamId }),
    works: { as: 'tochuc.dongthuan', fields: async (own, sql) => ({ id: await idleTeam(sql, own, true) }) },
  },
  '/manage/teams#addPerson': {
    may: 'class.write',
    page: ({ teamId }) => `/manage/teams/${teamId}`,
    fields: ({ teamId }) => ({ teamId, ...memberDetails }),
    works: { as: 'tochuc.dongthuan' },
  },
  '/manage/teams#changePerson': {
    may: 'class.write',
    page: ownPage,
    fields: ({ memberId }) => ({ id: memberId, ...memberDetails }),
    works: { as: 'tochuc.minhhoa' },
  },
  '/manage/teams#leave': {
    may: 'class.write',
    page: ownPage,
    fields: ({ memberId }) => ({ id: memberId }),
  },
  '/manage/teams#comeBack': {
    may: 'class.write',
    page: ownPage,
    fields: ({ memberId }) => ({ id: memberId }),
  },
  // Whose question it is decides, not the verb: the helper's own, or of a class one runs.
  '/manage/teams#answer': {
    may: 'class.read',
    page: () => '/manage',
    fields: ({ ownAskId }) => ({ ids: ownAskId, answer: 'yes', reason: '' }),
    works: { as: 'daisu.minhhoa' },
  },
  '/manage/teams#presence': {
    may: 'class.read',
    page: ownPage,
    fields: ({ cameId }) => ({ id: cameId, came: 'no' }),
    works: { as: 'tochuc.minhhoa' },
  },
  [`${helpers}#ask`]: {
    may: 'class.write',
    page: ({ askedClassId, askedSessionId }) => `/manage/classes/${askedClassId}/helpers?session=${askedSessionId}`,
    fields: ({ askedSessionId, freeMemberId }) => ({
      sessionId: askedSessionId,
      role: 'helps',
      scope: 'one',
      members: freeMemberId,
    }),
    works: { as: 'tochuc.dongthuan' },
  },
  [`${helpers}#noteAnswer`]: {
    may: 'class.write',
    page: staffing,
    fields: ({ askedId }) => ({ ids: askedId, answer: 'no', reason: 'Về quê' }),
    works: { as: 'tochuc.dongthuan' },
  },
  [`${helpers}#withdraw`]: {
    may: 'class.write',
    page: staffing,
    fields: ({ askedId }) => ({ id: askedId }),
    works: { as: 'tochuc.minhhoa' },
  },
  [`${helpers}#notePresence`]: {
    may: 'class.write',
    page: ({ cameClassId }) => `/manage/classes/${cameClassId}/helpers`,
    fields: ({ cameId }) => ({ id: cameId, came: 'no' }),
    works: { as: 'tochuc.dongthuan' },
  },
};

/** A team of the village that has nothing before it; closed where asked. */
export async function idleTeam(sql: Sql, { villageId }: Named, closed = false): Promise<string> {
  const id = randomUUID();
  await sql`insert into team (id, area_id, kind, organisation, name, closed_on)
    values (${id}, ${villageId}, 'front', 'women', 'Đội nghỉ (demo)', ${closed ? '2026-01-01' : null}::date)`;
  return id;
}

const teamDetails: Fields = { name: 'Đội thử', kind: 'shock_team', organisation: 'youth' };
const memberDetails: Fields = {
  fullName: 'Lê Văn Thử',
  phone: '0912 345 678',
  role: 'member',
  languages: 'vi',
  skills: 'A1',
  accountId: '',
  joinedOn: '2026-01-05',
};

function ownPage({ teamId, memberId }: Named): string {
  return `/manage/teams/${teamId}/members/${memberId}`;
}
function staffing({ askedClassId }: Named): string {
  return `/manage/classes/${askedClassId}/helpers`;
}
