import { elevated, type Caller, type RecordTx, type ScopedTx } from '@/lib/access/scoped';
import { lastFacts } from '@/lib/person/queries';
import { grouped } from './board';
import { cameToday } from './came';
import { taskKinds } from './kinds';
import { tasksOf } from './queries';
import type { Door, Pause, Resident } from './schema';

const mostMembers = 30;

/** Whether the caller sees this person's name. */
export async function inSight(tx: ScopedTx, personId: string): Promise<boolean> {
  return (await tx`select from person where id = ${personId} and merged_into is null`).count > 0;
}

/** Who lives with somebody, themselves first. */
const livesThere = (tx: ScopedTx, personId: string) =>
  elevated(tx, 'door: who lives together', async (system) => {
    const rows = await system<{ id: string }[]>`
      select o.person_id as id from household_member m join household_member o on o.household_id = m.household_id and o.left_at is null
      where m.person_id = ${personId} and m.left_at is null limit ${mostMembers}`;
    return [...new Set([personId, ...rows.map(({ id }) => id)])];
  });

/** Of whom `doorOf` tells, by the caller's walls: whose reading is to be written down. */
export async function toldAtDoor(tx: ScopedTx, personId: string): Promise<readonly string[]> {
  const ids = await livesThere(tx, personId);
  const rows = await tx<{ id: string }[]>`
    select id from person where id = any(${ids}::uuid[]) and merged_into is null order by id`;
  return rows.map(({ id }) => id);
}

/**
 * Who lives with somebody, themselves first, and of each what there is to do and the last three things that happened. Names as the caller's
 * walls show them: of the rest there is only how many. Null when the one asked for is out of reach. The reading was written down.
 */
export async function doorOf(
  tx: RecordTx,
  language: 'vi' | 'en',
  caller: Caller,
  personId: string,
  now: Date,
): Promise<Door | null> {
  const ids = await livesThere(tx, personId);
  const seen = await tx<Omit<Resident, 'tasks' | 'last' | 'need'>[]>`
    select p.id, p.full_name, p.birth_year, ${tx(`a.full_name_${language}`)} as village, n.phone
    from person p join area a on a.id = p.area_id left join person_phone n on n.person_id = p.id
    where p.id = any(${ids}::uuid[]) and p.merged_into is null order by p.id <> ${personId}, p.birth_year nulls last, p.id`;
  if (seen[0]?.id !== personId) return null;
  const lines = await tasksOf(tx, language, caller, { people: seen.map(({ id }) => id), kinds: taskKinds }, now);
  const groups = await grouped(
    tx,
    language,
    lines.filter(({ state }) => state === 'open' || state === 'later'),
  );
  const people: Resident[] = [];
  for (const one of seen) {
    const group = groups.find(({ personId: whose }) => whose === one.id);
    const last = await lastFacts(tx, language, one.id, 3);
    people.push({ ...one, tasks: group?.tasks ?? [], need: group?.need ?? null, last });
  }
  const pauses = await tx<Pause[]>`
    select u.id, p.full_name as who, u.reason, u.until, u.household_id is not null as household,
      u.until is not null or u.area_id = any (coalesce((select may_areas('class.write')), '{}')) as may_end
    from person_pause u left join person p on p.id = u.person_id
    where u.ended_at is null and (u.until is null or u.until > ${now}) and (u.person_id = any(${seen.map(({ id }) => id)}::uuid[]) or u.household_id = (
      select household_id from household_member where person_id = ${personId} and left_at is null)) order by u.at desc limit 20`;
  return {
    people,
    others: ids.length - seen.length,
    household: ids.length > 1,
    pauses,
    came: await cameToday(tx, personId, caller, now),
  };
}
