import type { APIRequestContext } from '@playwright/test';
import { randomUUID } from 'node:crypto';
import type { Sql } from 'postgres';
import type { Named } from './matrix';
import type { Fields } from './portal';
import type { Scene } from './scene';

/** Two records that differ in every detail one may keep, on the page that shows them beside each other. */
async function twoRecords(sql: Sql, own: Named): Promise<{ page: string; one: string; other: string }> {
  const [one, other] = [randomUUID(), randomUUID()];
  await sql`insert into person (id, area_id, full_name, given_name, name_folded, birth_year, gender, phone_hint, created_at) values
    (${one}, ${own.villageId}, 'Hồ Thị Đôi', 'Đôi', 'ho thi doi', 1954, 'female', '••• 111', now() - interval '1 day'),
    (${other}, ${own.unit}, 'Hồ Thi Đôi', 'Đôi', 'ho thi doi', 1955, null, '••• 222', now())`;
  return { page: `/manage/people/duplicates?one=${one}&other=${other}`, one, other };
}

/** A merge that can be undone, on the page of the record that was kept. */
async function aMerge(sql: Sql, own: Named): Promise<{ page: string; fields: Fields }> {
  const { one, other } = await twoRecords(sql, own);
  const mergeId = randomUUID();
  await sql`update person set merged_into = ${one} where id = ${other}`;
  await sql`insert into person_merge (id, kept_id, merged_id, moved, by)
    select ${mergeId}, ${one}, ${other}, '{"enrolments": {"followed": [], "ended": []}, "chain": []}', id from account where username = 'tochuc.dongthuan'`;
  return { page: `/manage/people/${one}`, fields: { mergeId } };
}

/** Two who live together, on the record of one of them; or (`apart`) two who may be linked, on the page that does it. */
async function aHousehold(sql: Sql, own: Named, apart = false): Promise<{ page: string; fields: Fields }> {
  const { one, other } = await twoRecords(sql, own);
  for (const id of [one, other])
    await sql`insert into consent (person_id, purpose, text_version, given, how) values (${id}, 'class', 1, true, 'oral')`;
  if (apart) return { page: `/manage/people/${one}/household`, fields: { personId: one, otherId: other } };
  await sql`with made as (insert into household (area_id) values (${own.villageId}) returning id, area_id)
    insert into household_member (household_id, person_id, area_id) select id, p, area_id from made, unnest(${[one, other]}::uuid[]) p`;
  return { page: `/manage/people/${one}`, fields: { personId: one, otherId: other } };
}

/** The scenes of joining records, and of households. `searching` keeps a search that finds those scenes' people. */
export async function peopleScenes(sql: Sql, own: Named, searching: APIRequestContext): Promise<Record<string, Scene>> {
  const { page } = await twoRecords(sql, own);
  const merge = await aMerge(sql, own);
  const [home, strangers] = [await aHousehold(sql, own), await aHousehold(sql, own, true)];
  const fresh = (fields: (one: string, other: string) => Fields) => async () => {
    const pair = await twoRecords(sql, own);
    return { page: pair.page, fields: fields(pair.one, pair.other) };
  };
  return {
    '/manage/people/duplicates#merge': { page, anew: fresh((keptId, mergedId) => ({ keptId, mergedId })) },
    '/manage/people/duplicates#decide': {
      page,
      anew: fresh((oneId, otherId) => ({ oneId, otherId, decision: 'later' })),
    },
    '/manage/people/[id]/household#link': {
      as: searching,
      page: strangers.page,
      anew: () => aHousehold(sql, own, true),
    },
    '/manage/people/[id]/household#leave': { page: home.page, anew: () => aHousehold(sql, own) },
    '/manage/people/duplicates#undo': { page: merge.page, anew: () => aMerge(sql, own) },
  };
}
