import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import { newSerial } from '../../support/cast';
import type { ActionRow } from './action-row';
import type { Named } from './matrix';
import type { Fields } from './portal';
import type { Scene } from './scene';

const seen = { level: 3, place: 'home', help: '' };

/** The actions of closing a class, of certificates and of looking again. */
export const certificateRows: Record<string, ActionRow> = {
  '/manage/classes/[id]/results#close': {
    may: 'class.write',
    page: ({ overClassId }) => `/manage/classes/${overClassId}/results`,
    fields: ({ overClassId }) => ({ classId: overClassId }),
    works: { as: 'tochuc.minhhoa' },
  },
  '/manage/classes/[id]/results#issue': {
    may: 'class.write',
    page: ({ dueClassId }) => `/manage/classes/${dueClassId}/results`,
    fields: ({ dueClassId }) => ({ classId: dueClassId }),
    works: { as: 'tochuc.minhhoa' },
  },
  '/manage/certificates/[serial]#revoke': {
    may: 'class.write',
    page: ({ serial }) => `/manage/certificates/${serial}`,
    fields: ({ serial }) => ({ serial, code: 'mistake', note: '' }),
    works: {
      as: 'tochuc.minhhoa',
      fields: async (own, sql) => ({ serial: await freshCertificate(sql, own), code: 'mistake', note: '' }),
    },
  },
  '/manage/rechecks#record': {
    may: 'register.write',
    page: ({ personId }) => `/manage/rechecks/${personId}`,
    fields: ({ personId }) => ({ ...seen, personId, skillCode: 'A1', formKey: randomUUID() }),
    works: { as: 'tochuc.minhhoa', fields: async (own, sql) => (await somebodyDue(sql, own)).fields },
  },
};

/** A certificate of somebody of the unit who completed a class. */
async function freshCertificate(sql: Sql, own: Named): Promise<string> {
  const serial = newSerial();
  // One at a time: two that ask at once must not choose the same.
  const made = await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtext('fresh certificate'))`;
    return tx`
    insert into certificate (serial, enrolment_id, course_id, area_id, person_id, initials, learnt_from, learnt_to)
    select ${serial}, e.id, k.course_id, e.area_id, e.person_id, 'H.T.C.', now() - interval '40 days', now() - interval '30 days'
    from enrolment e join class k on k.id = e.class_id join area_tree t on t.area_id = e.area_id and t.ancestor_id = ${own.unit}
    where e.status = 'completed' and not exists (select from certificate c where c.enrolment_id = e.id and c.revoked_at is null)
      and e.class_id <> ${own.dueClassId} order by random() limit 1`;
  });
  if (made.count === 0) throw new Error('nobody left who completed a class and has no certificate');
  return serial;
}

/** Somebody of the unit who has done one skill alone for 31 days. */
async function somebodyDue(sql: Sql, own: Named): Promise<{ page: string; fields: Fields }> {
  const personId = randomUUID();
  await sql`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
    values (${personId}, ${own.villageId}, 'Hồ Thị Lâu', 'Lâu', 'ho thi lau', 1950)`;
  await sql`insert into consent (person_id, purpose, text_version, given, how) values (${personId}, 'class', 1, true, 'oral')`;
  await sql`insert into skill_observation (id, person_id, skill_code, level, source, area_id, observed_at)
    values (gen_random_uuid(), ${personId}, 'A1', 3, 'recheck', ${own.villageId}, now() - interval '31 days')`;
  return {
    page: `/manage/rechecks/${personId}`,
    fields: { ...seen, personId, skillCode: 'A1', formKey: randomUUID() },
  };
}

/** The scenes of forms that go away once they were sent. */
export async function certificateScenes(sql: Sql, own: Named): Promise<Record<string, Scene>> {
  const due = await somebodyDue(sql, own);
  const serial = await freshCertificate(sql, own);
  return {
    '/manage/rechecks#record': {
      page: due.page,
      named: { personId: String(due.fields.personId) },
      anew: () => somebodyDue(sql, own),
    },
    '/manage/certificates/[serial]#revoke': {
      named: { serial },
      anew: async () => {
        const fresh = await freshCertificate(sql, own);
        return { page: `/manage/certificates/${fresh}`, fields: { serial: fresh, code: 'mistake', note: '' } };
      },
    },
  };
}
