import { elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { lastEvents, peopleAtPoint } from '@/lib/visit/queries';
import type { AtHome, LastEvent, PointPerson } from '@/lib/visit/rules';
import { kindOf } from './kinds';
import { tasksIn } from './queries';

const mostMembers = 30;

interface Member {
  readonly at: string;
  readonly id: string;
  readonly fullName: string;
  readonly birthYear: number | null;
  readonly areaId: number;
}

/** Who lives with some people, themselves first; of whoever lives elsewhere by now nothing. */
const membersOf = (tx: ScopedTx, people: readonly string[]): Promise<readonly Member[]> =>
  elevated(tx, 'visits: who lives where the caller goes, and what is due', async (system) => [
    ...(await system<Member[]>`
      select w.at, p.id, p.full_name, p.birth_year, p.area_id from unnest(${[...people]}::uuid[]) w (at)
      join lateral (select w.at as id union select o.person_id from household_member m
          join household_member o on o.household_id = m.household_id and o.left_at is null
        where m.person_id = w.at and m.left_at is null limit ${mostMembers}) l on true
      join person p on p.id = l.id and p.merged_into is null and p.area_id = any (coalesce(may_areas('visit.record'), '{}'))
      order by w.at, p.id <> w.at, p.birth_year nulls last, p.id`),
  ]);

/** Of whom `householdsOf` of some people tells something, they themselves included: whose reading is to be written down. */
export async function livingWith(tx: ScopedTx, people: readonly string[]): Promise<readonly string[]> {
  if (people.length === 0) return [];
  return [...new Set([...people, ...(await membersOf(tx, people)).map(({ id }) => id)])];
}

/**
 * Who lives where the caller goes, by the person who is visited, themselves first: names, years of birth and what is due with each, in words.
 * For homes of the caller's own rounds, or of areas where they plan visits: whoever asks has asked that. Read as the system, since helpers look
 * nobody up elsewhere; of whoever lives elsewhere by now nothing is told, and corrections of records are the organiser's.
 */
export async function householdsOf(
  tx: ScopedTx,
  language: 'vi' | 'en',
  caller: Pick<Caller, 'accountId'>,
  people: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, readonly AtHome[]>> {
  if (people.length === 0) return new Map();
  const members = await membersOf(tx, people);
  const due = await dueWith(tx, language, caller, members, now);
  const homes = new Map<string, AtHome[]>();
  for (const { at, id, fullName, birthYear } of members)
    homes.set(at, [...(homes.get(at) ?? []), { id, fullName, birthYear, due: due.get(id) ?? [] }]);
  return homes;
}

/** What is due with some people, in words, by the person; corrections of records are the organiser's. */
async function dueWith(
  tx: ScopedTx,
  language: 'vi' | 'en',
  caller: Pick<Caller, 'accountId'>,
  people: readonly { readonly id: string; readonly areaId: number }[],
  now: Date,
): Promise<ReadonlyMap<string, AtHome['due']>> {
  const ids = [...new Set(people.map(({ id }) => id))];
  const areas = [...new Set(people.map(({ areaId }) => areaId))];
  const tasks = await tasksIn(tx, caller.accountId, { areas, people: ids, language }, now);
  const due = new Map<string, { kind: string; label: string | null }[]>();
  for (const { personId, state, kind, label } of tasks)
    if (personId && (state === 'open' || state === 'later') && !kindOf(kind)?.corrects)
      due.set(personId, [...(due.get(personId) ?? []), { kind, label }]);
  return due;
}

/**
 * The people of the mobile point of some rounds, with what is due and the last three things that happened with each. For rounds the caller goes
 * on, or plans: whoever asks has asked that.
 */
export async function pointPeople(
  tx: ScopedTx,
  language: 'vi' | 'en',
  caller: Pick<Caller, 'accountId'>,
  rounds: readonly string[],
  now: Date,
): Promise<readonly PointPerson[]> {
  const people = await peopleAtPoint(tx, language, rounds);
  if (people.length === 0) return [];
  const due = await dueWith(tx, language, caller, people, now);
  const events = new Map<string, LastEvent[]>();
  const homes = people.map(({ id }) => ({ personId: id }));
  for (const { personId, ...event } of await lastEvents(tx, language, homes))
    events.set(personId, [...(events.get(personId) ?? []), event]);
  return people.map(({ areaId: _where, ...person }) => ({
    ...person,
    due: due.get(person.id) ?? [],
    events: events.get(person.id) ?? [],
  }));
}
