import type { ScopedTx } from '@/lib/access/scoped';
import type { mine } from '@/lib/class/queries';
import type { KeptOperation, KeptOutcome, Mark, MarkState, World } from './rules';

/** A person's standing in one skill. `attained` is level 3 (alone) or more. */
export interface CurrentLevel {
  readonly personId: string;
  readonly skillCode: string;
  readonly level: number;
  readonly observedAt: Date;
  readonly attained: boolean;
}

/**
 * Current level per person and skill: the latest authoritative observation, by time then id (mechanisms.md 8). An own claim never
 * sets it; one of a session counts only while the person stands there as having come. Rows out of the caller's sight are not seen.
 * `before` leaves out what was seen in that session, `rechecks: false` what was seen at re-checks.
 */
export async function currentLevels(
  tx: ScopedTx,
  personIds: readonly string[],
  before: string | null = null,
  { rechecks = true }: { readonly rechecks?: boolean } = {},
): Promise<CurrentLevel[]> {
  if (personIds.length === 0) return [];
  return tx<CurrentLevel[]>`
    select distinct on (o.person_id, o.skill_code)
      o.person_id, o.skill_code, o.level, o.observed_at, o.level >= 3 as attained
    from skill_observation o
    where o.person_id = any(${[...personIds]}::uuid[])
      and o.source <> 'own_claim' and (${rechecks} or o.source <> 'recheck')
      and (${before}::uuid is null or o.session_id is distinct from ${before}::uuid)
      and (o.session_id is null or exists (
        select from attendance a
        where a.session_id = o.session_id and a.person_id = o.person_id and a.state in ('present', 'late', 'left_early')))
    order by o.person_id, o.skill_code, o.observed_at desc, o.id desc`;
}

/** The enrolment `e` stood as confirmed when the session `s` was held. */
export const onRoll = (tx: ScopedTx) => tx`(
  (e.status = 'confirmed' and e.status_at <= s.ends_at)
  or (e.status in ('completed', 'partial', 'no_show') and e.created_at <= s.ends_at)
  or (e.status in ('cancelled', 'moved') and e.status_at > s.starts_at and exists (
    select from enrolment_event v
    where v.enrolment_id = e.id and v.to_status = 'confirmed' and v.at <= s.starts_at)))`;

/**
 * Who is on the roll of a session: whose enrolment stood as confirmed when it was held. Who joined after it ended is not on it; who
 * left the class later still is.
 */
export async function rollOf(tx: ScopedTx, sessionId: string): Promise<string[]> {
  const rows = await tx<{ personId: string }[]>`
    select distinct e.person_id
    from class_session s join enrolment e on e.class_id = s.class_id
    where s.id = ${sessionId} and ${onRoll(tx)}`;
  return rows.map((row) => row.personId);
}

/** The rows of a session's register as the rules take them. */
async function standingMarksOf(tx: ScopedTx, sessionId: string): Promise<Mark[]> {
  const rows = await tx<(Omit<Mark, 'markedAtMs'> & { markedAt: Date })[]>`
    select person_id, state, minutes_late, walk_in, by_default, marked_at, operation_id, marked_by
    from attendance where session_id = ${sessionId}`;
  return rows.map(({ markedAt, ...row }) => ({ ...row, markedAtMs: markedAt.getTime() }));
}

/** What the rules need to know of a session besides its operations. */
export async function worldOf(tx: ScopedTx, sessionId: string): Promise<World> {
  const [session] = await tx<
    { startedAt: Date | null; startedBy: string | null; finishedAt: Date | null; guests: number }[]
  >`
    select register_started_at as started_at, register_started_by as started_by, register_finished_at as finished_at, guests
    from class_session where id = ${sessionId}`;
  return {
    roll: await rollOf(tx, sessionId),
    marks: await standingMarksOf(tx, sessionId),
    startedAtMs: session?.startedAt?.getTime() ?? null,
    startedBy: session?.startedBy ?? null,
    finishedAtMs: session?.finishedAt?.getTime() ?? null,
    guests: session?.guests ?? 0,
  };
}

/** Which of these skills and places exist, as `skill CODE` and `area ID`. */
export async function knownNames(
  tx: ScopedTx,
  codes: readonly string[],
  areas: readonly number[],
): Promise<ReadonlySet<string>> {
  const rows = await tx<{ name: string }[]>`
    select 'skill ' || code as name from skill where code = any(${[...codes]}::text[])
    union all
    select 'area ' || id from area where id = any(${[...areas]}::int[]) and (valid_to is null or valid_to > current_date)`;
  return new Set(rows.map((row) => row.name));
}

interface StoredOperation {
  id: string;
  kind: KeptOperation['kind'];
  deviceTime: Date;
  accountId: string | null;
  personId: string | null;
  content: Pick<KeptOperation, 'state' | 'minutesLate' | 'after' | 'skillCode' | 'level' | 'help' | 'count'>;
  outcome: string;
  reason: string | null;
}

/** Every operation kept of a session, with what became of it so far. */
export async function operationsOf(
  tx: ScopedTx,
  sessionId: string,
): Promise<{ operation: KeptOperation; outcome: string; reason: string | null }[]> {
  const rows = await tx<StoredOperation[]>`
    select id, kind, device_time, account_id, person_id, content, outcome, reason
    from register_operation where session_id = ${sessionId}`;
  return rows.map(({ id, kind, deviceTime, accountId, personId, content, outcome, reason }) => ({
    operation: { id, kind, atMs: deviceTime.getTime(), accountId, personId, ...content },
    outcome,
    reason,
  }));
}

/** What stands for the people of a session, for the plain form to compare with. */
export async function standingStates(tx: ScopedTx, sessionId: string): Promise<ReadonlyMap<string, MarkState>> {
  const rows = await tx<{ personId: string; state: MarkState }[]>`
    select person_id, state from attendance where session_id = ${sessionId}`;
  return new Map(rows.map((row) => [row.personId, row.state]));
}

/** A session whose register the caller holds until the transaction ends. */
export interface LockedSession {
  readonly id: string;
  readonly areaId: number;
  readonly status: 'planned' | 'published' | 'cancelled' | 'held' | 'did_not_happen';
  readonly endsAt: Date;
  readonly startedAt: Date | null;
}

/**
 * Locks the sessions the caller may record in, in the order of their ids; `for update` applies the policies of writing, so others
 * are simply not there.
 */
export async function lockSessions(tx: ScopedTx, ids: readonly string[]): Promise<LockedSession[]> {
  if (ids.length === 0) return [];
  return tx<LockedSession[]>`
    select id, area_id, status, ends_at, register_started_at as started_at from class_session
    where id = any(${[...ids]}::uuid[]) and area_id = any(coalesce((select may_areas('register.write')), '{}'))
    order by id for no key update`;
}

/** What became of operations that came before, by id; those of other areas are not seen. */
export async function becameOf(tx: ScopedTx, ids: readonly string[]) {
  const rows = await tx<{ id: string; contentHash: string; outcome: KeptOutcome; reason: string | null }[]>`
    select id, content_hash, outcome, reason from register_operation where id = any(${[...ids]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** `s` is a session that is over since before then and whose register nobody took. */
export const notTakenBefore = (tx: ScopedTx, before: Date) => tx`(s.status = 'published' and s.ends_at <= ${before})`;

/** Until when whoever missed is worth ringing after a class ended, in days. */
const ringForDays = 14;

/**
 * The runs of sessions missed in a row that still stand (see `missedInARow`), of classes in these areas: who, in which class, how often,
 * the last one missed, and the second of the run, which raised it. One row for somebody and a class.
 */
export const runsMissed = (
  tx: ScopedTx,
  areas: ReturnType<typeof mine>,
  now: Date,
  people: readonly string[] | null = null,
) => tx`
  with marked as (
    select a.person_id, s.class_id, s.id as session_id, s.starts_at, a.state, row_number() over latest as nth
    from class c join class_session s on s.class_id = c.id and s.status in ('published', 'held')
    join attendance a on a.session_id = s.id
    where c.status = 'published' and c.last_ends_at > ${new Date(now.getTime() - ringForDays * 86_400_000)} and s.ends_at <= ${now}
      and c.area_id = ${areas} and ${people === null ? tx`true` : tx`a.person_id = any(${[...people]}::uuid[])`}
    window latest as (partition by s.class_id, a.person_id order by s.starts_at desc, s.id desc)
  ), missed as (
    select person_id, class_id, coalesce(min(nth) filter (where state <> 'absent') - 1, count(*)) as times
    from marked group by person_id, class_id
  )
  select m.person_id, m.class_id, m.times, l.starts_at as last_at, l.session_id as last_session_id, r.session_id as raised_by, r.starts_at as raised_at
  from missed m join marked l on l.person_id = m.person_id and l.class_id = m.class_id and l.nth = 1
  join marked r on r.person_id = m.person_id and r.class_id = m.class_id and r.nth = m.times - 1
  where m.times >= 2 and exists (
    select from enrolment e where e.class_id = m.class_id and e.person_id = m.person_id and e.status = 'confirmed')`;
