import { elevated, type Caller, type RecordTx, type ScopedTx } from '@/lib/access/scoped';
import { lastFacts } from '@/lib/person/queries';
import { grouped } from './board';
import { cameToday } from './came';
import { taskKinds } from './kinds';
import { reachOf, tasksOf } from './queries';
import type { Door, PackedDoor, Pause, Resident } from './schema';

const mostMembers = 30;

/** Whether the caller sees this person's name. */
export async function inSight(tx: ScopedTx, personId: string): Promise<boolean> {
  return (await tx`select from person where id = ${personId} and merged_into is null`).count > 0;
}

/** Who lives with each of these people, themselves first; and in which household. */
const livesThere = (tx: ScopedTx, people: readonly string[]) =>
  elevated(tx, 'door: who lives together', async (system) => {
    const rows = await system<{ at: string; id: string; home: string }[]>`
      select w.at, l.id, m.household_id as home from unnest(${[...people]}::uuid[]) w (at)
      join household_member m on m.person_id = w.at and m.left_at is null
      cross join lateral (select o.person_id as id from household_member o where o.household_id = m.household_id and o.left_at is null limit ${mostMembers}) l`;
    return new Map(
      people.map((at) => {
        const own = rows.filter((row) => row.at === at);
        return [at, { ids: [...new Set([at, ...own.map(({ id }) => id)])], home: own[0]?.home ?? null }];
      }),
    );
  });

/** Of whom the doors of these people tell, by the caller's walls: whose reading is to be written down. */
export async function toldAtDoor(tx: ScopedTx, ...people: readonly string[]): Promise<readonly string[]> {
  const ids = [...(await livesThere(tx, people)).values()].flatMap((one) => one.ids);
  const rows = await tx<{ id: string }[]>`
    select id from person where id = any(${[...new Set(ids)]}::uuid[]) and merged_into is null order by id`;
  return rows.map(({ id }) => id);
}

type PauseRow = Pause & { readonly personId: string | null; readonly householdId: string | null };

/**
 * Who lives with each of some people, themselves first, and of each what there is to do and the last three things that happened. Names as the caller's
 * walls show them: of the rest there is only how many. Those out of reach are left out. The reading was written down.
 */
export async function doorsOf(
  tx: RecordTx,
  language: 'vi' | 'en',
  caller: Pick<Caller, 'accountId'>,
  people: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, Omit<Door, 'came'>>> {
  const homes = await livesThere(tx, people);
  const all = [...new Set([...homes.values()].flatMap(({ ids }) => ids))];
  const seen = await tx<Omit<Resident, 'tasks' | 'last' | 'need'>[]>`
    select p.id, p.full_name, p.birth_year, ${tx(`a.full_name_${language}`)} as village, n.phone
    from person p join area a on a.id = p.area_id left join person_phone n on n.person_id = p.id
    where p.id = any(${all}::uuid[]) and p.merged_into is null order by p.birth_year nulls last, p.id`;
  const lines = await tasksOf(tx, language, caller, { people: seen.map(({ id }) => id), kinds: taskKinds }, now);
  const groups = await grouped(
    tx,
    language,
    lines.filter(({ state }) => state === 'open' || state === 'later'),
  );
  const residents = new Map<string, Resident>();
  for (const one of seen) {
    const group = groups.find(({ personId: whose }) => whose === one.id);
    const last = await lastFacts(tx, language, one.id, 3);
    residents.set(one.id, { ...one, tasks: group?.tasks ?? [], need: group?.need ?? null, last });
  }
  const pauses = await tx<PauseRow[]>`
    select u.id, u.person_id, u.household_id, p.full_name as who, u.reason, u.until, u.household_id is not null as household,
      u.until is not null or u.area_id = any (coalesce((select may_areas('class.write')), '{}')) as may_end
    from person_pause u left join person p on p.id = u.person_id
    where u.ended_at is null and (u.until is null or u.until > ${now}) and (u.person_id = any(${seen.map(({ id }) => id)}::uuid[])
      or u.household_id = any(${[...homes.values()].flatMap(({ home }) => home ?? [])}::uuid[])) order by u.at desc`;
  return new Map(
    [...homes].flatMap(([at, { ids, home }]) => {
      const own = [...residents.values()].filter(({ id }) => ids.includes(id));
      if (!own.some(({ id }) => id === at)) return [];
      const [first, others] = [own.filter(({ id }) => id === at), own.filter(({ id }) => id !== at)];
      const here = pauses.filter(({ personId, householdId }) =>
        householdId === null ? own.some(({ id }) => id === personId) : householdId === home,
      );
      const told = here.slice(0, 20).map(({ personId: _of, householdId: _home, ...pause }) => pause);
      const door = {
        people: [...first, ...others],
        others: ids.length - own.length,
        household: ids.length > 1,
        pauses: told,
      };
      return [[at, door] as const];
    }),
  );
}

/** The door of one person (`doorsOf`), with how long the caller said today that they were there. Null when they are out of reach. */
export async function doorOf(
  tx: RecordTx,
  language: 'vi' | 'en',
  caller: Caller,
  personId: string,
  now: Date,
): Promise<Door | null> {
  const door = (await doorsOf(tx, language, caller, [personId], now)).get(personId);
  return door ? { ...door, came: await cameToday(tx, personId, caller, now) } : null;
}

/** So many doors at most on a phone, as many as a round has homes: what is due first comes first. */
const mostCarried = 40;

/**
 * The doors a phone takes along: of everybody about whom something is given to the caller that is to be done still, as their page tells it, without phone numbers. `told`: whose
 * reading is to be written down by whoever hands this out.
 */
export async function doorsToCarry(
  tx: RecordTx,
  language: 'vi' | 'en',
  caller: Pick<Caller, 'accountId'>,
  now: Date,
): Promise<{ readonly doors: readonly PackedDoor[]; readonly told: readonly string[] }> {
  const { given } = await reachOf(tx, caller, now);
  const asked = [...new Set(given.flatMap(({ personId }) => personId ?? []))];
  if (asked.length === 0) return { doors: [], told: [] };
  const until = new Map<string, Date>();
  const lines = (await tasksOf(tx, language, caller, { people: asked, kinds: taskKinds }, now))
    .filter(({ state, given: whose }) => (state === 'open' || state === 'later') && whose?.mine && !whose.back)
    .toSorted((one, other) => one.due.getTime() - other.due.getTime() || (one.key < other.key ? -1 : 1));
  for (const { personId, given: whose } of lines) {
    const before = until.get(personId ?? '');
    if (personId && whose && (!before || before < whose.until)) until.set(personId, whose.until);
  }
  const doors = await doorsOf(tx, language, caller, [...until.keys()].slice(0, mostCarried), now);
  return {
    doors: [...doors].map(([id, door]) => ({
      ...door,
      id,
      until: until.get(id) ?? now,
      people: door.people.map(packed),
    })),
    told: [...new Set([...doors.values()].flatMap(({ people }) => people.map(({ id }) => id)))].toSorted(),
  };
}

const packed = ({ phone: _phone, last, ...resident }: Resident): PackedDoor['people'][number] => ({
  ...resident,
  last: last.map(({ at, key, kind, what, title, value }) => ({ at, key, kind, what, title, value })),
});
