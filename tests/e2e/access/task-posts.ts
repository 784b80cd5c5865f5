import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { inDays, type ActionRow } from './action-row';
import type { Named } from './matrix';
import type { Fields } from './portal';
import type { Scene } from './scene';

const door = (personId: string) => `/manage/tasks/door/${personId}`;

interface SentOn {
  personId: string;
  task: string;
}

/** Somebody of the unit whom a desk sent on to a visit at home. */
async function sentOn(sql: Sql, own: Named): Promise<SentOn> {
  const [personId, fact] = [randomUUID(), randomUUID()];
  await sql`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
    values (${personId}, ${own.villageId}, 'Hồ Văn Giới (demo)', 'Giới', 'ho van gioi demo', 1950)`;
  await sql`insert into desk_assist (id, desk_id, area_id, need_code, need_version, level, minutes, person_id, referred_to)
    select ${fact}, d.id, d.area_id, 'vneid', 1, 1, 10, ${personId}, 'home_visit' from desk d where d.id = ${own.deskId}`;
  return { personId, task: `referral_home~${personId}~${fact}` };
}

async function paused(sql: Sql, own: Named): Promise<{ personId: string; pauseId: string }> {
  const [{ personId }, pauseId] = [await sentOn(sql, own), randomUUID()];
  await sql`insert into person_pause (id, person_id, area_id, reason, until) values (${pauseId}, ${personId}, ${own.villageId}, 'away', now() + interval '9 days')`;
  return { personId, pauseId };
}

const worked = ({ personId, task }: SentOn): Fields => ({
  formKey: randomUUID(),
  person: personId,
  task,
  outcome: 'not_home',
  spent: '20',
  note: '',
});
const pausing = (personId: string): Fields => ({
  formKey: randomUUID(),
  personId,
  whole: 'person',
  reason: 'away',
  until: inDays(20),
});

/** The forms of tasks. */
export const taskRows: Record<string, ActionRow> = {
  '/manage/tasks#work': {
    may: 'register.write',
    page: ({ personId }) => door(personId),
    fields: ({ personId }) => worked({ personId, task: `never~${personId}~never` }),
    works: { as: 'tochuc.dongthuan', fields: async (own, sql) => worked(await sentOn(sql, own)) },
  },
  '/manage/tasks#give': {
    may: 'class.write',
    page: () => '/manage/tasks',
    fields: ({ personId, memberId }) => ({ task: `never~${personId}~never`, to: memberId, back: 'list' }),
    works: {
      as: 'tochuc.dongthuan',
      fields: async (own, sql) => ({ task: (await sentOn(sql, own)).task, to: own.memberId, back: 'list' }),
    },
  },
  '/manage/tasks#pause': {
    may: 'register.write',
    page: ({ personId }) => door(personId),
    fields: ({ personId }) => pausing(personId),
    works: { as: 'tochuc.dongthuan', fields: async (own, sql) => pausing((await sentOn(sql, own)).personId) },
  },
  '/manage/tasks#resume': {
    may: 'register.write',
    page: ({ personId }) => door(personId),
    fields: ({ personId }) => ({ personId, pauseId: randomUUID() }),
    works: { as: 'tochuc.dongthuan', fields: async (own, sql) => ({ ...(await paused(sql, own)) }) },
  },
};

/** Doors where there is something to do, and somebody who is left alone. */
export async function taskScenes(sql: Sql, own: Named): Promise<Record<string, Scene>> {
  const [one, alone] = [await sentOn(sql, own), await paused(sql, own)];
  const anew = (fields: (fresh: SentOn) => Fields) => async () => {
    const fresh = await sentOn(sql, own);
    return { page: door(fresh.personId), fields: fields(fresh) };
  };
  return {
    '/manage/tasks#work': { named: { personId: one.personId }, page: door(one.personId), anew: anew(worked) },
    '/manage/tasks#give': {
      page: '/manage/tasks',
      anew: async () => ({
        page: '/manage/tasks',
        fields: { task: (await sentOn(sql, own)).task, to: own.memberId, back: 'list' },
      }),
    },
    '/manage/tasks#pause': {
      named: { personId: one.personId },
      page: door(one.personId),
      anew: anew(({ personId }) => pausing(personId)),
    },
    '/manage/tasks#resume': { named: { personId: alone.personId }, page: door(alone.personId) },
  };
}
