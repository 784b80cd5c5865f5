import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { agedStamp } from '../../support/server';
import { inDays, type ActionRow } from './action-row';
import type { Named } from './matrix';
import { actionNamed, post, type Fields } from './portal';
import type { Scene } from './scene';

const roundPage = ({ roundId }: Named) => `/manage/visits/rounds/${roundId}`;
const requestPage = ({ requestId }: Named) => `/manage/visits/requests/${requestId}`;
let ahead = 90;
/** Each asks for a day of its own, so that nobody is on two rounds at once. */
const nextDay = () => inDays((ahead += 1));

const request = async (sql: Sql, area: number): Promise<{ id: string; code: string }> => {
  const [id, code] = [randomUUID(), code8()];
  await sql`insert into visit_request (id, code, area_id, asked_by, full_name, needs, consent_version, idempotency_key)
    values (${id}, ${code}, ${area}, 'self', 'Hồ Thị Cảnh', '{phone}', 1, ${randomUUID()})`;
  return { id, code };
};
const code8 = () =>
  Array.from({ length: 8 }, () => '2346789ACDEFGHJKMNPQRTWXY'[Math.floor(Math.random() * 25)]).join('');

async function person(sql: Sql, area: number): Promise<string> {
  const id = randomUUID();
  await sql`insert into person (id, area_id, full_name, given_name, name_folded) values (${id}, ${area}, 'Lê Thị Cảnh', 'Cảnh', 'le thi canh')`;
  return id;
}

const helpFields = (villageId: number): Fields => ({
  area: villageId,
  askedBy: 'self',
  fullName: 'Hồ Thị Thử',
  born: '1951',
  phone: '',
  phoneOf: 'self',
  needs: 'phone',
  times: 'morning',
  words: '',
  consent: 'on',
  consentVersion: 2,
  formKey: randomUUID(),
  stamp: agedStamp('help', 60),
});

const stepFields = (visitId: string, personId: string): Fields => ({
  visitId,
  personId,
  formKey: randomUUID(),
  source: 'self',
  on: '',
  step_phone: 'yes',
  step_sim: 'no',
});

async function memberOf(sql: Sql, teamId: string): Promise<string> {
  const id = randomUUID();
  await sql`insert into team_member (id, team_id, area_id, full_name) select ${id}, id, area_id, 'Lê Thị Thay' from team where id = ${teamId}`;
  return id;
}

/** A round on a day of its own of somebody of its own. */
async function roundOfOne(sql: Sql, villageId: number, teamId: string): Promise<{ roundId: string; out: string }> {
  const [roundId, out] = [randomUUID(), await memberOf(sql, teamId)];
  const day = nextDay();
  await sql`insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
    values (${roundId}, ${villageId}, ${teamId}, ${day}, ${`${day}T08:00:00+07:00`}, ${`${day}T10:00:00+07:00`})`;
  await sql`insert into visit_round_helper (id, round_id, area_id, member_id, who_id, starts_at, ends_at)
    values (${randomUUID()}, ${roundId}, ${villageId}, ${out}, ${out}, now(), now())`;
  return { roundId, out };
}

/** A round called off with a home that was told its number. */
async function calledOff(sql: Sql, villageId: number, teamId: string): Promise<{ roundId: string; visitId: string }> {
  const [{ roundId }, visitId] = [await roundOfOne(sql, villageId, teamId), randomUUID()];
  await sql`insert into visit (id, round_id, area_id, day, person_id, pin, told_at)
    select ${visitId}, id, area_id, day, ${await person(sql, villageId)}, '0042', now() from visit_round where id = ${roundId}`;
  await sql`update visit_round set called_off_at = now() where id = ${roundId}`;
  return { roundId, visitId };
}

/** The forms of home visits. */
export const visitRows: Record<string, ActionRow> = {
  '/help#askHelp': {
    may: 'public',
    page: ({ villageId }) => `/help?area=${villageId}`,
    fields: ({ villageId }) => helpFields(villageId),
    acrossUnits: true,
    works: { as: 'lanhdao.tinh' },
  },
  '/help#showHelp': {
    may: 'public',
    page: () => '/help/slip',
    // No number at all: wrong ones are counted, and all that is tried comes from one network.
    fields: () => ({ code: '' }),
    harmless: true,
    acrossUnits: true,
  },
  '/help#closeHelp': { may: 'public', page: () => '/help/slip', fields: () => ({}), harmless: true },
  '/help#withdrawHelp': {
    may: 'public',
    page: () => '/help/slip',
    fields: () => ({ code: '22222222' }),
    acrossUnits: true,
    works: {
      as: 'lanhdao.tinh',
      fields: async ({ villageId }, sql) => {
        // Everybody tried numbers that are nobody's, all from one network.
        await sql`delete from slip_attempt`;
        return { code: (await request(sql, villageId)).code };
      },
    },
  },
  '/manage/visits#askFor': {
    may: 'visit.plan',
    page: ({ personId }) => `/manage/people/${personId}/visit`,
    fields: ({ personId }) => ({ personId, needs: 'phone', times: '', words: '', formKey: randomUUID() }),
    works: { as: 'tochuc.dongthuan' },
  },
  '/manage/visits#match': {
    may: 'visit.plan',
    page: requestPage,
    fields: ({ requestId, personId }) => ({ requestId, personId }),
    works: {
      as: 'tochuc.dongthuan',
      fields: async ({ villageId, personId }, sql) => ({ requestId: (await request(sql, villageId)).id, personId }),
    },
  },
  '/manage/visits#matchNew': {
    may: 'visit.plan',
    page: requestPage,
    fields: ({ requestId }) => ({ requestId, birthYear: '', how: 'oral', consent: 'on', keepPhone: 'on' }),
  },
  '/manage/visits#placeVillage': {
    may: 'visit.plan',
    page: requestPage,
    fields: ({ requestId, villageId }) => ({ requestId, area: villageId }),
    works: {
      as: 'tochuc.dongthuan',
      fields: async ({ villageId }, sql) => ({ requestId: (await request(sql, villageId)).id, area: villageId }),
    },
  },
  '/manage/visits#closeOne': {
    may: 'visit.plan',
    page: requestPage,
    fields: ({ requestId }) => ({ requestId, reason: 'Đã giúp qua điện thoại' }),
    works: {
      as: 'tochuc.dongthuan',
      fields: async ({ villageId }, sql) => ({
        requestId: (await request(sql, villageId)).id,
        reason: 'Đã giúp qua điện thoại',
      }),
    },
  },
  '/manage/visits#plan': {
    may: 'visit.plan',
    page: () => '/manage/visits/rounds/new',
    fields: ({ villageId, memberId }) => ({
      areaId: villageId,
      day: nextDay(),
      from: '08:00',
      until: '10:00',
      first: memberId,
      second: randomUUID(),
      point: '',
      formKey: randomUUID(),
    }),
    works: {
      as: 'tochuc.dongthuan',
      fields: async ({ villageId, memberId }, sql) => {
        const [mate] = await sql<{ id: string }[]>`
          select m.id from team_member m join team_member o on o.team_id = m.team_id and o.id = ${memberId}
          where m.id <> o.id and m.left_on is null limit 1`;
        return {
          areaId: villageId,
          day: nextDay(),
          from: '08:00',
          until: '10:00',
          first: memberId,
          second: mate?.id ?? '',
          point: 'on',
          formKey: randomUUID(),
        };
      },
    },
  },
  '/manage/visits#putOn': {
    may: 'visit.plan',
    page: roundPage,
    fields: ({ roundId, requestId }) => ({ roundId, homes: `r:${requestId}` }),
    works: {
      as: 'tochuc.dongthuan',
      fields: async ({ villageId, roundId }, sql) => ({ roundId, homes: `p:${await person(sql, villageId)}` }),
    },
  },
  '/manage/visits#takeOff': {
    may: 'visit.plan',
    page: roundPage,
    fields: ({ aheadVisitId }) => ({ visitId: aheadVisitId }),
  },
  '/manage/visits#tell': {
    may: 'visit.plan',
    page: roundPage,
    fields: ({ aheadVisitId }) => ({ visitId: aheadVisitId }),
    works: { as: 'tochuc.dongthuan' },
  },
  '/manage/visits#swap': {
    may: 'visit.plan',
    page: roundPage,
    fields: ({ roundId, memberId }) => ({ roundId, out: '', member: memberId }),
    works: {
      as: 'tochuc.dongthuan',
      fields: async ({ villageId, teamId }, sql) => {
        const { roundId, out } = await roundOfOne(sql, villageId, teamId);
        return { roundId, out, member: await memberOf(sql, teamId) };
      },
    },
  },
  '/manage/visits#rangBack': {
    may: 'visit.plan',
    page: roundPage,
    fields: ({ aheadVisitId }) => ({ visitId: aheadVisitId }),
    works: {
      as: 'tochuc.dongthuan',
      fields: async ({ villageId, teamId }, sql) => ({ visitId: (await calledOff(sql, villageId, teamId)).visitId }),
    },
  },
  '/manage/visits#callOff': { may: 'visit.plan', page: roundPage, fields: ({ roundId }) => ({ roundId }) },
  '/manage/visits#steps': {
    may: 'visit.record',
    page: ({ visitId }) => `/manage/visits/${visitId}`,
    fields: ({ visitId, personId }) => stepFields(visitId, personId),
    works: {
      as: 'daisu.dongthuan',
      fields: async ({ visitId }, sql) => {
        const [home] = await sql<{ personId: string }[]>`select person_id from visit where id = ${visitId}`;
        return stepFields(visitId, home?.personId ?? '');
      },
    },
  },
  '/manage/visits#record': {
    may: 'visit.record',
    page: ({ visitId }) => `/manage/visits/${visitId}`,
    fields: ({ visitId }) => ({
      formKey: randomUUID(),
      visitId,
      outcome: 'not_home',
      minutes: '',
      nextOn: '',
      words: '',
    }),
    works: { as: 'daisu.dongthuan' },
  },
};

/** One more home of today, of whoever lives where the demo world's visit goes. */
async function homeOfToday(sql: Sql, { visitId, villageId, teamId }: Named): Promise<string> {
  const [round, visit] = [randomUUID(), randomUUID()];
  await sql`
    insert into visit_round (id, area_id, team_id, day, starts_at, ends_at)
    values (${round}, ${villageId}, ${teamId}, portal_day(), now() - interval '2 minutes', now() - interval '1 minute')`;
  await sql`
    insert into visit (id, round_id, area_id, day, person_id, pin)
    select ${visit}, ${round}, ${villageId}, portal_day(), person_id, lpad((floor(random() * 10000))::int::text, 4, '0') from visit where id = ${visitId}`;
  return visit;
}

/** Forms of visits that their page shows only at a moment: of a slip, of a request whose name was searched for. */
export async function visitScenes(
  sql: Sql,
  own: Named,
  searching: NonNullable<Scene['as']>,
  slipHeld: NonNullable<Scene['as']>,
): Promise<Record<string, Scene>> {
  const slip = await request(sql, own.villageId);
  await post(slipHeld, '/help/slip', actionNamed('/help#showHelp'), { code: slip.code });
  const found = await request(sql, own.villageId);
  const unknown = async () => {
    const { id } = await request(sql, own.villageId);
    await sql`update visit_request set full_name = 'Ho Thi Doi' where id = ${id}`;
    // A search is kept for a quarter of an hour, and all forms together may take longer.
    await post(searching, '/manage/people', actionNamed('/manage/people#search'), { name: 'Ho Thi Doi' });
    return { ...own, requestId: id };
  };
  const waits = async () => ({ ...own, personId: await person(sql, own.villageId) });
  /** The row's own page and fields about something fresh: what is accepted takes the form away. */
  const about = (name: keyof typeof visitRows, fresh: () => Promise<Named>) => async () => {
    const row = visitRows[name];
    if (!row) throw new Error(`no row for ${name}`);
    const named = await fresh();
    return { page: row.page(named), fields: row.fields(named, named) };
  };
  /** The row's own form, filled in as it works: the rest of it is refused on purpose, so that the matrix writes nothing. */
  const working = (name: keyof typeof visitRows, named: Named) => async () => {
    const row = visitRows[name];
    if (!row?.works?.fields) throw new Error(`nothing works for ${name}`);
    return { page: row.page(named), fields: { ...row.fields(named, named), ...(await row.works.fields(named, sql)) } };
  };
  return {
    '/help#withdrawHelp': { as: slipHeld },
    '/help#closeHelp': { as: slipHeld },
    '/help#askHelp': {
      anew: async () => {
        // One network may ask so often a day, and here all is one; a village so often from everywhere, and other forms ask there too.
        await sql`delete from visit_request_sighting`;
        await sql`update visit_request set created_at = created_at - interval '1 day' where area_id = ${own.villageId}`;
        return about('/help#askHelp', () => Promise.resolve(own))();
      },
    },
    '/manage/visits#plan': { anew: working('/manage/visits#plan', own) },
    '/manage/visits#rangBack': {
      named: { roundId: (await calledOff(sql, own.villageId, own.teamId)).roundId },
      anew: async () => {
        const { roundId, visitId } = await calledOff(sql, own.villageId, own.teamId);
        return { page: roundPage({ ...own, roundId }), fields: { visitId } };
      },
    },
    '/manage/visits#swap': {
      named: {
        roundId: (await roundOfOne(sql, own.villageId, own.teamId)).roundId,
        memberId: await memberOf(sql, own.teamId),
      },
      anew: async () => {
        const { roundId, out } = await roundOfOne(sql, own.villageId, own.teamId);
        return {
          page: roundPage({ ...own, roundId }),
          fields: { roundId, out, member: await memberOf(sql, own.teamId) },
        };
      },
    },
    '/manage/visits#steps': {
      anew: async () => working('/manage/visits#steps', { ...own, visitId: await homeOfToday(sql, own) })(),
    },
    '/manage/visits#askFor': { named: await waits(), anew: about('/manage/visits#askFor', waits) },
    '/manage/visits#match': { as: searching, named: { requestId: found.id } },
    '/manage/visits#matchNew': {
      as: searching,
      named: await unknown(),
      anew: about('/manage/visits#matchNew', unknown),
    },
  };
}
