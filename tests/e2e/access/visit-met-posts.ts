import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { inDays, type ActionRow } from './action-row';
import { anyText, missing, tidied, type Leave } from './leave';
import type { Named } from './matrix';
import type { Fields } from './portal';
import type { Scene } from './scene';

const form = '/manage/visits#met';
const forget = '/manage/visits#forgetOne';
const page = ({ roundId }: Named) => `/manage/visits/rounds/${roundId}/met`;
const requestPage = ({ requestId }: Named) => `/manage/visits/requests/${requestId}`;
const fields = (roundId: string, villageId: number): Fields => ({
  roundId,
  area: villageId,
  fullName: 'Hồ Thị Gặp',
  born: '1951',
  phone: '',
  phoneOf: 'self',
  needs: 'phone',
  words: '',
  consent: 'on',
  consentVersion: 2,
  formKey: randomUUID(),
});

/** A round of today nobody goes on: whoever plans there may write down whom it met. */
async function roundOfToday(sql: Sql, { villageId, teamId }: Named): Promise<string> {
  const [id, day] = [randomUUID(), inDays(0)];
  await sql`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
    values (${id}, ${villageId}, ${teamId}, ${day}, ${`${day}T00:01:00+07:00`}, ${`${day}T00:02:00+07:00`})`;
  return id;
}

/** Somebody was met there, and nobody said who they are. */
async function metRequest(sql: Sql, area: number): Promise<string> {
  const id = randomUUID();
  await sql`insert into visit_request (id, code, area_id, asked_by, full_name, needs, consent_version, idempotency_key, closed_at, closed_because)
    values (${id}, ${id.replaceAll('-', '')}, ${area}, 'self', 'Hồ Thị Gặp', '{phone}', 1, ${randomUUID()}, now(), 'done')`;
  return id;
}

/** Somebody met on a round. The matrix names a round to come, of which nothing is taken before its day. */
export const metRows: Record<string, ActionRow> = {
  [form]: {
    may: 'visit.record',
    page,
    fields: ({ roundId, villageId }) => fields(roundId, villageId),
    works: {
      as: 'tochuc.dongthuan',
      fields: async (own, sql) => fields(await roundOfToday(sql, own), own.villageId),
    },
  },
  [forget]: {
    may: 'visit.plan',
    page: requestPage,
    fields: ({ requestId }) => ({ requestId }),
    works: {
      as: 'tochuc.dongthuan',
      fields: async ({ villageId }, sql) => ({ requestId: await metRequest(sql, villageId) }),
    },
  },
};

/** Each time a round of its own: it takes so many homes. */
export const metScenes = async (sql: Sql, own: Named): Promise<Record<string, Scene>> => ({
  [form]: {
    named: { roundId: await roundOfToday(sql, own) },
    anew: async () => {
      const roundId = await roundOfToday(sql, own);
      return { page: page({ ...own, roundId }), fields: fields(roundId, own.villageId) };
    },
  },
  [forget]: {
    named: { requestId: await metRequest(sql, own.villageId) },
    anew: async () => {
      const requestId = await metRequest(sql, own.villageId);
      return { page: requestPage({ ...own, requestId }), fields: { requestId } };
    },
  },
});

export const metAccepted: readonly Leave[] = [
  { form: /visits#met$/, field: /^(words|born|phone)$/, values: missing, why: 'may be left out' },
  { form: /visits#met$/, field: /^phoneOf$/, values: ['a file'], why: 'their own unless said' },
  { form: /visits#met$/, field: /^fullName$/, values: tidied, why: 'stored tidied' },
  { form: /visits#met$/, field: /^words$/, values: anyText, why: 'free text, stored tidied' },
];
