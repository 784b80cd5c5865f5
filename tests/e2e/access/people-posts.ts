import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import type { ActionRow } from './action-row';
import type { Fields } from './portal';
import { stepRows } from './step-posts';

/** The actions of looking people up, correcting them, and joining records. */
export const peopleRows: Record<string, ActionRow> = {
  ...stepRows,
  '/manage/people#search': {
    may: 'person.read',
    page: () => '/manage/people',
    fields: () => ({ name: 'Nguyen' }),
    harmless: true,
  },
  '/manage/people#forgetSearch': {
    may: 'person.read',
    page: () => '/manage/people',
    fields: () => ({}),
    harmless: true,
  },
  '/manage/people#enrolFound': {
    may: 'person.read',
    page: ({ personId }) => `/manage/people/${personId}/enrol`,
    fields: ({ classId, personId }) => ({
      classId,
      personId,
      formKey: randomUUID(),
      channel: 'phone',
      consent: 'on',
      consentVersion: 1,
    }),
    works: { as: 'motcua.minhhoa' },
  },
  '/manage/people#correct': {
    may: 'person.write',
    page: ({ personId }) => `/manage/people/${personId}/edit`,
    fields: ({ personId, villageId }) => ({ personId, fullName: 'Nguyễn Thị Thử', areaId: villageId, birthYear: 1954 }),
    works: { as: 'tochuc.dongthuan' },
  },
  '/manage/people/[id]/household#link': {
    may: 'person.write',
    page: ({ personId }) => `/manage/people/${personId}/household`,
    fields: ({ personId }, own) => ({ personId: own.personId, otherId: personId }),
    works: {
      as: 'tochuc.minhhoa',
      fields: async ({ unit }, sql) => twoWhoAgreed(unit, sql, (personId, otherId) => ({ personId, otherId })),
    },
  },
  '/manage/people/[id]/household#leave': {
    may: 'person.write',
    page: ({ personId }) => `/manage/people/${personId}`,
    fields: ({ personId }) => ({ personId, otherId: personId }),
    works: {
      as: 'tochuc.minhhoa',
      fields: async ({ unit }, sql) => {
        const [row] = await sql<{ id: string }[]>`
          select m.person_id as id from household_member m join person p on p.id = m.person_id and p.merged_into is null
          join area_tree t on t.area_id = p.area_id and t.ancestor_id = ${unit} where m.left_at is null order by m.id limit 1`;
        return { personId: row?.id ?? '', otherId: row?.id ?? '' };
      },
    },
  },
  '/manage/people/duplicates#merge': {
    may: 'person.write',
    page: () => '/manage/people/duplicates',
    fields: ({ personId }, own) => ({ keptId: personId, mergedId: own.personId }),
    works: {
      as: 'tochuc.dongthuan',
      fields: async ({ unit }, sql) => twins(unit, sql, (keptId, mergedId) => ({ keptId, mergedId })),
    },
  },
  '/manage/people/duplicates#decide': {
    may: 'person.write',
    page: () => '/manage/people/duplicates',
    fields: ({ personId }, own) => ({ oneId: personId, otherId: own.personId, decision: 'later' }),
    works: {
      as: 'tochuc.minhhoa',
      fields: async ({ unit }, sql) => twins(unit, sql, (oneId, otherId) => ({ oneId, otherId, decision: 'later' })),
    },
  },
  '/manage/people/duplicates#undo': {
    may: 'person.write',
    page: () => '/manage/people/duplicates',
    fields: () => ({ mergeId: randomUUID() }),
    works: {
      as: 'tochuc.minhhoa',
      fields: async ({ unit }, sql) => {
        const [row] = await sql<{ id: string }[]>`
          select m.id from person_merge m join person p on p.id = m.kept_id join area_tree t on t.area_id = p.area_id and t.ancestor_id = ${unit}
          where m.undone_at is null order by m.id limit 1`;
        return { mergeId: row?.id ?? '' };
      },
    },
  },
};

/** Two of the unit who are in no household and whose consent stands. */
async function twoWhoAgreed(unit: number, sql: Sql, as: (one: string, other: string) => Fields): Promise<Fields> {
  const rows = await sql<{ id: string }[]>`
    select p.id from person p join area_tree t on t.area_id = p.area_id and t.ancestor_id = ${unit}
    where p.merged_into is null and exists (select from consent c where c.person_id = p.id and c.purpose = 'class' and c.given and c.withdrawn_at is null)
      and not exists (select from household_member m where m.person_id = p.id and m.left_at is null) order by p.id limit 2`;
  return as(rows[0]?.id ?? '', rows[1]?.id ?? '');
}

/** Two of the unit who look like one person. */
async function twins(unit: number, sql: Sql, as: (one: string, other: string) => Fields): Promise<Fields> {
  const [row] = await sql<{ one: string; other: string }[]>`
    select p.id as one, q.id as other from person p join area_tree t on t.area_id = p.area_id and t.ancestor_id = ${unit}
    join person q on q.area_id = p.area_id and q.name_folded = p.name_folded and q.birth_year = p.birth_year and q.id > p.id
    where p.merged_into is null and q.merged_into is null order by p.id limit 1`;
  return as(row?.one ?? '', row?.other ?? '');
}
