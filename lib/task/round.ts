import { elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { mine } from '@/lib/class/queries';
import { grouped } from './board';
import { taskKinds } from './kinds';
import { never } from './kinds/never';
import { planned } from './kinds/visit';
import { tasksIn } from './queries';
import { byPhone, type TaskGroup } from './schema';

/** Of each kind, so many of the most pressing are weighed for one round. */
const mostWeighed = 400;

/** Somebody a round might go to because of what is due with them. */
export interface WorthVisiting extends TaskGroup {
  /** They were given to somebody who goes. */
  readonly theirs: boolean;
  /** Not only of those left alone for now, or said to be gone. */
  readonly open: boolean;
}

/**
 * Whom else a round into an area may go to: everybody there with whom something is due that one goes and sees, those given to its helpers (`members`) first, then whom
 * nobody has met, then as tasks are ordered. What is done by ringing brings nobody, unless it was given to them; whom a round goes to already is left
 * out. Of areas where the caller plans visits.
 */
export async function worthVisiting(
  tx: ScopedTx,
  language: 'vi' | 'en',
  caller: Pick<Caller, 'accountId'>,
  { areaId, members }: { readonly areaId: number; readonly members: readonly string[] },
  now: Date,
): Promise<WorthVisiting[]> {
  const areas = await tx<{ id: number }[]>`
    select area_id as id from area_tree where ancestor_id = ${areaId} and area_id = ${mine(tx, 'visit.plan')}`;
  if (areas.length === 0) return [];
  const scope = {
    areas: areas.map(({ id }) => id),
    people: null,
    language,
    kinds: taskKinds.filter(({ visit }) => visit),
    most: mostWeighed,
  };
  const lines = (await tasksIn(tx, caller.accountId, scope, now)).filter(
    ({ state }) => state !== 'settled' && state !== 'expired',
  );
  const given = new Set(
    lines
      .filter(({ given }) => given && !given.back && members.includes(given.memberId ?? ''))
      .map(({ personId }) => personId),
  );
  const seen = lines.filter(({ kind, personId }) => given.has(personId) || !byPhone.includes(kind));
  const expected = await expectedAmong(
    tx,
    seen.flatMap(({ personId }) => personId ?? []),
    now,
  );
  const groups = await grouped(
    tx,
    language,
    seen.filter(({ personId }) => personId !== null && !expected.has(personId)),
  );
  const rank = ({ theirs, tasks }: WorthVisiting) =>
    theirs ? 0 : tasks.some(({ kind }) => kind === never.code) ? 1 : 2;
  return groups
    .map((one) => ({
      ...one,
      theirs: given.has(one.personId),
      open: one.tasks.some(({ state }) => state === 'open' || state === 'later'),
    }))
    .toSorted((one, other) => rank(one) - rank(other));
}

/** Of these people, to whom a round that stands goes today or later. Asked as the system: it may be another's round. */
export async function expectedAmong(tx: ScopedTx, people: readonly string[], now: Date): Promise<ReadonlySet<string>> {
  if (people.length === 0) return new Set();
  const rows = await elevated(
    tx,
    'tasks: to whom a round goes already',
    (system) => system<{ id: string }[]>`
      select w.id from unnest(${[...new Set(people)]}::uuid[]) w (id) where ${planned(system, system`v.person_id = w.id`, now)}`,
  );
  return new Set(rows.map(({ id }) => id));
}
