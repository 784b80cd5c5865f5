import { elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { addDays, dayOf, momentOf, weekdayOf } from '@/lib/kernel/clock';
import { grouped } from './board';
import { awayAllWeek, handsOf } from './hands';
import { taskKinds } from './kinds';
import { never } from './kinds/never';
import { reachOf, tasksIn, tasksOf } from './queries';
import { expectedAmong } from './round';
import { weekPlan } from './rules';
import { keyOf, type Hand, type TaskGroup, type TaskKey } from './schema';

/** People are proposed to so many helpers at most, those who have fewest first. */
const mostHands = 12;
/** Of those nobody has met, so many of the oldest are weighed. */
const mostCandidates = 400;

/** A helper's week: whom they were given since Monday, how many of those are settled, whom they have still, whom one might give them. */
export interface HandsWeek extends Hand {
  readonly given: number;
  readonly settled: number;
  readonly has: readonly TaskGroup[];
  readonly proposed: readonly TaskGroup[];
}

/**
 * Who to see this week: for each helper of the caller's areas whom they have already, and up to seven people in all, drawn from those nobody
 * has met (they come first), who is to be rung, seen again or was sent on, that nobody has been given and no round goes to already. Whoever is away until Sunday
 * gets nobody. A suggestion is nothing that is kept: it follows from the facts.
 */
export async function weekOf(tx: ScopedTx, language: 'vi' | 'en', caller: Caller, now: Date): Promise<HandsWeek[]> {
  const [{ managing }, hands] = [await reachOf(tx, caller, now), await handsOf(tx)];
  if (managing.length === 0) return [];
  const kinds = taskKinds.filter(({ visit }) => visit);
  const scope = { areas: managing, people: null, language, kinds, most: mostCandidates };
  const lines = await tasksIn(tx, caller.accountId, scope, now);
  const open = lines.filter(({ state }) => state === 'open');
  const theirs = open.filter(({ given }) => given && !given.back);
  const visits = await grouped(
    tx,
    language,
    open.filter(({ given }) => !given || given.back),
  );
  const busy = new Set(theirs.flatMap(({ personId }) => personId ?? []));
  const expected = await expectedAmong(
    tx,
    visits.flatMap(({ personId }) => personId ?? []),
    now,
  );
  const since = momentOf(addDays(dayOf(now), 1 - weekdayOf(dayOf(now))), '00:00');
  const ledger = await givenSince(tx, managing, since);
  const stands = new Set(lines.filter(({ state }) => state !== 'settled').map(({ key }) => key));
  const weeks: Omit<HandsWeek, 'proposed'>[] = [];
  for (const hand of hands) {
    const had = ledger.filter(({ memberId }) => memberId === hand.memberId);
    const held = theirs.filter(({ given }) => given?.memberId === hand.memberId);
    const has = held.length === 0 ? [] : await grouped(tx, language, held);
    weeks.push({ ...hand, given: had.length, settled: had.filter((one) => !stands.has(keyOf(one))).length, has });
  }
  const away = await awayAllWeek(
    tx,
    hands.map(({ memberId }) => memberId),
    now,
  );
  const here = weeks.filter(({ memberId }) => !away.has(memberId));
  const some = here.toSorted((one, other) => one.has.length - other.has.length).slice(0, mostHands);
  const plan = weekPlan(
    visits
      .filter(({ personId }) => personId !== null && !busy.has(personId) && !expected.has(personId))
      .map((one) => ({ ...one, never: unmet(one) })),
    some.map(({ memberId, areaId, has }) => ({ memberId, areaId, has: has.length })),
  );
  return weeks
    .map((one) => ({ ...one, proposed: plan.get(one.memberId) ?? [] }))
    .filter(({ given, has, proposed }) => given + has.length + proposed.length > 0);
}

/** Whom the day's page tells to see first: some of one village, whom a round could go to, and how many are suggested in all. */
export interface FirstToSee {
  readonly memberId: string;
  readonly villageId: number;
  readonly village: string;
  readonly people: readonly TaskGroup[];
  readonly total: number;
}

/** Of the suggestions for the week the first ones: of the helper whose first comes before all others, those of that one's village. Null where there are none. */
export function firstOf(weeks: readonly HandsWeek[], most = 3): FirstToSee | null {
  const all = weeks.flatMap(({ memberId, proposed }) => proposed.map((one) => ({ memberId, one })));
  const [first] = all.toSorted((some, other) => sooner(some.one, other.one));
  if (!first) return null;
  const { memberId, one } = first;
  return {
    memberId,
    villageId: one.villageId,
    village: one.village,
    people: all
      .flatMap((other) => (other.memberId === memberId && other.one.villageId === one.villageId ? [other.one] : []))
      .slice(0, most),
    total: all.length,
  };
}

/** As `weekPlan` weighs them: whom nobody has met before everybody else, then the weightiest. */
const sooner = (one: TaskGroup, other: TaskGroup): number =>
  Number(unmet(other)) - Number(unmet(one)) || other.score - one.score || (one.id < other.id ? -1 : 1);
const unmet = ({ tasks }: TaskGroup) => tasks.some(({ kind }) => kind === never.code);

/** What was given to members since a moment and not taken back by an organiser: what work ended counts as given. */
function givenSince(tx: ScopedTx, areas: readonly number[], since: Date): Promise<(TaskKey & { memberId: string })[]> {
  return elevated(tx, 'tasks: what was given this week', async (system) => {
    const rows = await system<(TaskKey & { memberId: string })[]>`
      select distinct g.kind, g.person_id, g.fact, g.member_id from task_given g
      where g.area_id = any(${[...areas]}::integer[]) and g.given_at >= ${since} and g.member_id is not null
        and (g.ended_at is null or exists (select from task_work w where w.kind = g.kind and w.fact = g.fact
          and w.person_id is not distinct from g.person_id and w.at >= g.given_at)) limit 2000`;
    return [...rows];
  });
}

/** Whom a helper has to see: what was given to them and is theirs still, as visits. */
export async function ownWeek(tx: ScopedTx, language: 'vi' | 'en', caller: Caller, now: Date): Promise<TaskGroup[]> {
  const lines = await tasksOf(tx, language, caller, {}, now);
  return grouped(
    tx,
    language,
    lines.filter(({ state, given }) => state === 'open' && given?.mine && !given.back),
  );
}
