import { elevated, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { dayOf } from '@/lib/kernel/clock';
import { withdrew } from '@/lib/step/queries';
import { standingReports } from '@/lib/visit/queries';
import type { FactScope, TaskKind } from './kind';
import { kindOf, taskKinds } from './kinds';
import { gather, priorityOf, standingOf } from './rules';
import { keyOf, type Given, type Need, type Outcome, type TaskFact, type TaskKey, type TaskLine } from './schema';

/** Of one kind at most so many at once; what is due first comes first. */
const mostOfAKind = 1000;

/** Where the caller's tasks are: those they give out, those they record, the classes they teach in themselves, what was given to them. */
export interface Reach {
  readonly managing: readonly number[];
  readonly recording: readonly number[];
  readonly classes: readonly string[];
  readonly given: readonly (TaskKey & { readonly areaId: number })[];
  /** Where the rounds went that they were on of late. */
  readonly rounds: readonly number[];
}

/** What of the tasks there are concerns this caller. */
export async function reachOf(tx: ScopedTx, caller: Pick<Caller, 'accountId'>, now: Date): Promise<Reach> {
  const [row] = await tx<Reach[]>`
    with me as (select m.id, m.team_id from team_member m where m.account_id = ${caller.accountId} and m.left_on is null)
    select coalesce(may_areas('class.write'), '{}') as managing, coalesce(may_areas('register.write'), '{}') as recording,
      array(select c.id from class c where c.team_id in (select team_id from me)
        union select s.class_id from session_helper h join class_session s on s.id = h.session_id
        where h.member_id in (select id from me) and h.state <> 'no') as classes,
      (select coalesce(jsonb_agg(jsonb_build_object('kind', g.kind, 'personId', g.person_id, 'fact', g.fact, 'areaId', g.area_id)), '[]')
        from (select * from task_given where account_id = ${caller.accountId} and ended_at is null and until > ${now}
          and area_id = any (coalesce((select may_areas('register.write')), '{}')) limit 500) g) as given,
      array(select distinct r.area_id from visit_round r where r.id = any (coalesce((select my_rounds()), '{}'))) as rounds`;
  return row ?? { managing: [], recording: [], classes: [], given: [], rounds: [] };
}

interface Traces {
  readonly work: ReadonlyMap<string, readonly { outcome: Outcome; at: Date }[]>;
  readonly given: ReadonlyMap<string, Given>;
  readonly paused: ReadonlySet<string>;
  readonly held: ReadonlySet<string>;
  /** Of those about whom nothing is to be done any more there is none: merged into another record, or withdrawn. */
  readonly need: ReadonlyMap<string, Need>;
}

type Scope = Omit<FactScope, 'most'> & { readonly kinds?: readonly TaskKind[]; readonly most?: number };

/**
 * Every task of these areas that has its fact at a moment, each once, however it stands; those that are only suggested until they are given
 * to somebody, once they are. Read as the system: whose they are to see is asked afterwards (`tasksOf`).
 */
export async function tasksIn(tx: ScopedTx, accountId: string, scope: Scope, now: Date): Promise<TaskLine[]> {
  const facts: TaskFact[] = [];
  for (const kind of scope.kinds ?? taskKinds) {
    const people = kind.whenGiven && !scope.kinds ? await givenPeople(tx, kind, scope, now) : scope.people;
    if (people?.length === 0) continue;
    const found = await kind.facts(tx, { ...scope, people, most: scope.most ?? mostOfAKind }, now);
    facts.push(...found.map((fact) => ({ ...fact, kind: kind.code })));
  }
  const once = [...new Map(facts.map((fact) => [keyOf(fact), fact])).values()];
  const traces = await tracesOf(tx, accountId, once, now);
  return once.flatMap((fact) => lineOf(fact, traces, accountId, now));
}

async function givenPeople(tx: ScopedTx, kind: TaskKind, { areas, people }: Scope, now: Date): Promise<string[]> {
  return elevated(tx, 'tasks: to whom suggestions were given', async (system) => {
    const rows = await system<{ personId: string }[]>`
      select distinct person_id from task_given where kind = ${kind.code} and area_id = any(${[...areas]}::integer[]) and ended_at is null
        and until > ${now}::timestamptz - interval '30 days' and person_id is not null
        and ${people === null ? system`true` : system`person_id = any(${[...people]}::uuid[])`} limit 2000`;
    return rows.map(({ personId }) => personId);
  });
}

function lineOf(fact: TaskFact, traces: Traces, accountId: string, now: Date): TaskLine[] {
  const kind = kindOf(fact.kind);
  if (!kind || (fact.personId !== null && !traces.need.has(fact.personId))) return [];
  const key = keyOf(fact);
  const work = traces.work.get(key) ?? [];
  const person = fact.personId ?? '';
  const need = traces.need.get(person) ?? null;
  const { due: _due, expires: _expires, holders, ...rest } = fact;
  const standing = standingOf(
    fact,
    kind,
    { work, paused: traces.paused.has(person), held: traces.held.has(person) },
    now,
  );
  return [
    {
      ...rest,
      ...standing,
      key,
      need,
      priority: priorityOf(kind.base, need),
      given: traces.given.get(key) ?? heldBy(holders, accountId, now),
      last: work[0] ?? null,
      byWork: kind.settledBy === 'work',
      goTo: kind.goTo(fact),
    },
  ];
}

const heldBy = (holders: TaskFact['holders'], accountId: string, now: Date): Given | null =>
  holders && holders.names.length > 0
    ? {
        memberId: null,
        accountId: null,
        name: holders.names.join(', '),
        mine: holders.accounts.includes(accountId),
        until: holders.until,
        back: holders.until <= now,
      }
    : null;

/** A task that is the caller's own without anybody having given it to them. */
const ownByItself = ({ given }: TaskLine) =>
  given?.mine === true && given.memberId === null && given.accountId === null;

/** What is known of these tasks and of their people. */
function tracesOf(tx: ScopedTx, accountId: string, facts: readonly TaskFact[], now: Date): Promise<Traces> {
  const people = [...new Set(facts.flatMap(({ personId }) => (personId === null ? [] : [personId])))];
  const things = facts.flatMap(({ personId, fact }) => (personId === null ? [fact] : []));
  return elevated(tx, 'tasks: work, pauses and needs of those there is something to do for', async (system) => {
    const these = system`(person_id = any(${people}::uuid[]) or (person_id is null and fact = any(${things}::text[])))`;
    const work = await system<(TaskKey & { outcome: Outcome; at: Date })[]>`
      select kind, person_id, fact, outcome, at from task_work where ${these} order by at desc, id`;
    const given = await system<(TaskKey & Omit<Given, 'mine' | 'back'>)[]>`
      select distinct on (g.kind, g.person_id, g.fact) g.kind, g.person_id, g.fact, g.member_id, g.account_id, g.until,
        coalesce(m.full_name, a.full_name) as name
      from task_given g left join team_member m on m.id = g.member_id left join account a on a.id = g.account_id
      where (g.person_id = any(${people}::uuid[]) or (g.person_id is null and g.fact = any(${things}::text[]))) and g.ended_at is null
      order by g.kind, g.person_id, g.fact, g.given_at desc, g.id`;
    const paused = await system<{ personId: string }[]>`
      select w.person_id from unnest(${people}::uuid[]) w (person_id)
      where exists (select from person_pause u where u.ended_at is null and (u.until is null or u.until > ${now}) and u.at <= ${now}
        and (u.person_id = w.person_id or u.household_id = (
          select h.household_id from household_member h where h.person_id = w.person_id and h.left_at is null)))`;
    const held = await system<{ personId: string }[]>`
      select distinct r.person_id from (${standingReports(system, system`select unnest(${people}::uuid[])`)}) r`;
    const need = await system<(Need & { id: string })[]>`
      select p.id, ${Number(dayOf(now).slice(0, 4))}::integer - p.birth_year as age,
        exists (select from household_member h where h.person_id = p.id and h.left_at is null and not exists (
          select from household_member o where o.household_id = h.household_id and o.left_at is null and o.person_id <> p.id)) as alone,
        exists (select from area_tree t join area a on a.id = t.ancestor_id
          where t.area_id = p.area_id and a.terrain in ('upland', 'border')) as remote
      from person p where p.id = any(${people}::uuid[]) and p.merged_into is null and not ${withdrew(system)}`;
    return {
      work: gather(work, keyOf),
      given: new Map(
        given.map(({ memberId, accountId: whose, name, until, ...one }) => [
          keyOf(one),
          { memberId, accountId: whose, name, until, mine: whose === accountId, back: until <= now },
        ]),
      ),
      paused: new Set(paused.map(({ personId }) => personId)),
      held: new Set(held.map(({ personId }) => personId)),
      need: new Map(need.map(({ id, ...one }) => [id, one])),
    };
  });
}

/**
 * The tasks a caller sees, however they stand: all of the areas they plan classes in; else those given to them while they are theirs, those of
 * the rounds they were on, and those of the classes they teach in. Of these people alone, or of these kinds, where asked.
 */
export async function tasksOf(
  tx: ScopedTx,
  language: 'vi' | 'en',
  caller: Pick<Caller, 'accountId'>,
  { people = null, kinds }: { readonly people?: readonly string[] | null; readonly kinds?: readonly TaskKind[] },
  now: Date,
): Promise<TaskLine[]> {
  const reach = await reachOf(tx, caller, now);
  const areas = [
    ...new Set([...reach.managing, ...reach.recording, ...reach.rounds, ...reach.given.map(({ areaId }) => areaId)]),
  ];
  if (areas.length === 0) return [];
  const lines = await tasksIn(tx, caller.accountId, { areas, people, language, ...(kinds ? { kinds } : {}) }, now);
  return lines.filter(sees(reach)).map(leading(reach));
}

/** Leads nobody to a page that is not theirs: whoever does not plan there and was given a task acts at the door, or is told whose it is. */
function leading({ managing }: Reach): (line: TaskLine) => TaskLine {
  const plans = new Set(managing);
  return (line) => {
    const whose = kindOf(line.kind)?.goesFor;
    const theirs = !whose || plans.has(line.areaId) || (whose === 'own' && ownByItself(line));
    return theirs ? line : { ...line, goTo: null };
  };
}

/** Whether a task is the caller's to see. Corrections of records are the organiser's alone. */
export function sees(reach: Reach): (line: TaskLine) => boolean {
  const [managing, recording] = [new Set(reach.managing), new Set(reach.recording)];
  const [classes, given] = [new Set(reach.classes), new Set(reach.given.map(keyOf))];
  return (line) =>
    managing.has(line.areaId) ||
    given.has(line.key) ||
    ownByItself(line) ||
    (!kindOf(line.kind)?.corrects &&
      recording.has(line.areaId) &&
      line.classId !== null &&
      classes.has(line.classId) &&
      (line.given === null || line.given.back || line.given.mine));
}
