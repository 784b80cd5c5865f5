import { elevated, type ScopedTx } from '@/lib/access/scoped';
import type { KeptOperation, Mark, World } from './rules';
import type { MarkState, Sheet, SheetChange, SheetPerson, SheetSkill } from './schema';

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
 * `before` leaves out what was seen in that session.
 */
export async function currentLevels(
  tx: ScopedTx,
  personIds: readonly string[],
  before: string | null = null,
): Promise<CurrentLevel[]> {
  if (personIds.length === 0) return [];
  return tx<CurrentLevel[]>`
    select distinct on (o.person_id, o.skill_code)
      o.person_id, o.skill_code, o.level, o.observed_at, o.level >= 3 as attained
    from skill_observation o
    where o.person_id = any(${[...personIds]}::uuid[])
      and o.source <> 'own_claim'
      and (${before}::uuid is null or o.session_id is distinct from ${before}::uuid)
      and (o.session_id is null or exists (
        select from attendance a
        where a.session_id = o.session_id and a.person_id = o.person_id and a.state in ('present', 'late', 'left_early')))
    order by o.person_id, o.skill_code, o.observed_at desc, o.id desc`;
}

/**
 * Who is on the roll of a session: whose enrolment stood as confirmed when it was held. Who joined after it ended is not on it; who
 * left the class later still is.
 */
async function rollOf(tx: ScopedTx, sessionId: string): Promise<string[]> {
  const rows = await tx<{ personId: string }[]>`
    select distinct e.person_id
    from class_session s join enrolment e on e.class_id = s.class_id
    where s.id = ${sessionId} and (
      (e.status = 'confirmed' and e.status_at <= s.ends_at)
      or (e.status in ('completed', 'partial', 'no_show') and e.created_at <= s.ends_at)
      or (e.status in ('cancelled', 'moved') and e.status_at > s.starts_at and exists (
        select from enrolment_event v
        where v.enrolment_id = e.id and v.to_status = 'confirmed' and v.at <= s.starts_at)))`;
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
  content: Pick<KeptOperation, 'state' | 'minutesLate' | 'skillCode' | 'level' | 'help' | 'count'>;
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

type SheetHead = Omit<Sheet, 'people' | 'skills' | 'levelsBefore' | 'levelsHere' | 'villages' | 'history'> & {
  lessonId: string | null;
  courseId: string;
};

/** Everything the register's page shows, or null when the session is not one whose names the caller may read. */
export async function registerSheet(tx: ScopedTx, sessionId: string, locale: string): Promise<Sheet | null> {
  const vi = locale !== 'en';
  // A published session is public; its register is for those who may read the names where it is held.
  const [head] = await tx<SheetHead[]>`
    select s.id, s.class_id, s.lesson_id, c.course_id, s.area_id, s.starts_at, s.ends_at, s.status, s.status_reason,
           s.register_started_at as started_at, s.register_finished_at as finished_at, s.guests, s.starts_at > now() + interval '2 hours' as is_early,
           case when ${vi} then k.title_vi else k.title_en end as title,
           case when ${vi} then l.title_vi else l.title_en end as lesson,
           v.name as venue, v.address,
           s.area_id = any(coalesce((select may_areas('register.write')), '{}')) as may_record
    from class_session s
    join class c on c.id = s.class_id
    join course k on k.id = c.course_id
    join venue v on v.id = s.venue_id
    left join lesson l on l.id = s.lesson_id
    where s.id = ${sessionId} and s.area_id = any(coalesce((select may_areas('roster.read')), '{}'))`;
  if (!head) return null;
  const { lessonId, courseId, ...session } = head;
  const people = await sheetPeople(tx, sessionId, vi);
  const ids = people.map((person) => person.id);
  const skills = await sheetSkills(tx, lessonId, courseId, vi);
  const before = await currentLevels(tx, ids, sessionId);
  const here = await levelsOfSession(tx, sessionId);
  const villages = await villagesAround(tx, session.areaId, vi);
  const history = await sheetHistory(tx, sessionId);
  return { ...session, people, skills, levelsBefore: byKey(before), levelsHere: byKey(here), villages, history };
}

const byKey = (levels: readonly { personId: string; skillCode: string; level: number }[]) =>
  Object.fromEntries(levels.map(({ personId, skillCode, level }) => [`${personId}:${skillCode}`, level]));

/** The roll and whoever was marked besides, ordered by given name. */
async function sheetPeople(tx: ScopedTx, sessionId: string, vi: boolean): Promise<SheetPerson[]> {
  const roll = await rollOf(tx, sessionId);
  return tx<SheetPerson[]>`
    select p.id, p.full_name, p.birth_year, case when ${vi} then v.name_vi else v.name_en end as village,
           a.state, a.minutes_late, coalesce(a.by_default, false) as by_default, coalesce(a.walk_in, false) as walk_in
    from person p
    join area v on v.id = p.area_id
    left join attendance a on a.person_id = p.id and a.session_id = ${sessionId}
    where p.id = any(${roll}::uuid[]) or a.session_id is not null
    order by p.given_name collate "vi-x-icu", p.full_name collate "vi-x-icu", p.birth_year, p.id`;
}

/** What the lesson teaches; without a lesson, all the course teaches that is core, else the core of the catalogue. */
async function sheetSkills(
  tx: ScopedTx,
  lessonId: string | null,
  courseId: string,
  vi: boolean,
): Promise<SheetSkill[]> {
  return tx<SheetSkill[]>`
    with taught as (
      select ls.skill_code, false as core_only from lesson_skill ls where ls.lesson_id = ${lessonId}
      union
      select ls.skill_code, true from lesson_skill ls join lesson l on l.id = ls.lesson_id
      where l.course_id = ${courseId} and not exists (select from lesson_skill mine where mine.lesson_id = ${lessonId})
    ), offered as (
      select skill_code, core_only from taught
      union all
      select code, true from skill where not exists (select from taught)
    )
    select distinct k.code, k.position, d.position as domain_position,
           case when ${vi} then v.title_vi else v.title_en end as title,
           case when ${vi} then v.can_do_vi else v.can_do_en end as can_do
    from offered o
    join skill k on k.code = o.skill_code
    join skill_domain d on d.code = k.domain_code
    join skill_version v on v.skill_code = k.code and v.valid_to is null
    where not o.core_only or v.core
    order by d.position, k.position
    limit 60`;
}

async function levelsOfSession(
  tx: ScopedTx,
  sessionId: string,
): Promise<{ personId: string; skillCode: string; level: number }[]> {
  return tx<{ personId: string; skillCode: string; level: number }[]>`
    select distinct on (person_id, skill_code) person_id, skill_code, level
    from skill_observation where session_id = ${sessionId}
    order by person_id, skill_code, observed_at desc, id desc`;
}

/** The villages a walk-in may come from: those of the unit, and the unit itself for whoever's village is not known. */
async function villagesAround(tx: ScopedTx, areaId: number, vi: boolean): Promise<{ id: number; name: string }[]> {
  return tx<{ id: number; name: string }[]>`
    with unit as (
      select t.ancestor_id as id from area_tree t join area a on a.id = t.ancestor_id
      where t.area_id = ${areaId} and a.official_code is not null
      order by t.depth limit 1
    )
    select a.id, case when ${vi} then a.name_vi else a.name_en end as name
    from area_tree t join area a on a.id = t.area_id
    where t.ancestor_id = (select id from unit) and (a.valid_to is null or a.valid_to > current_date)
    order by t.depth = 0, case when ${vi} then a.name_vi else a.name_en end collate "vi-x-icu"
    limit 300`;
}

/** The marks made by hand, newest first, with the names of who made them. */
async function sheetHistory(tx: ScopedTx, sessionId: string): Promise<SheetChange[]> {
  const rows = await tx<(Omit<SheetChange, 'byName'> & { accountId: string | null })[]>`
    select person_id, kind, content->>'state' as state, device_time as at, account_id, outcome = 'applied' as won
    from register_operation
    where session_id = ${sessionId} and kind in ('start', 'mark', 'walk_in', 'finish')
    order by device_time desc, id desc limit 500`;
  if (rows.length === 0) return [];
  const ids = [...new Set(rows.flatMap((row) => row.accountId ?? []))];
  const names = await elevated(
    tx,
    'register: names of those who changed it, for those who may read it',
    (all) => all<{ id: string; fullName: string }[]>`select id, full_name from account where id = any(${ids}::uuid[])`,
  );
  const nameOf = new Map(names.map((row) => [row.id, row.fullName]));
  return rows.map(({ accountId, ...row }) => ({
    ...row,
    byName: accountId === null ? null : (nameOf.get(accountId) ?? ''),
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
}

/**
 * Locks the sessions the caller may record in, in the order of their ids; `for update` applies the policies of writing, so others
 * are simply not there.
 */
export async function lockSessions(tx: ScopedTx, ids: readonly string[]): Promise<LockedSession[]> {
  if (ids.length === 0) return [];
  return tx<LockedSession[]>`
    select id, area_id, status from class_session
    where id = any(${[...ids]}::uuid[]) and area_id = any(coalesce((select may_areas('register.write')), '{}'))
    order by id for no key update`;
}

/** What became of operations that came before, by id; those of other areas are not seen. */
export async function becameOf(tx: ScopedTx, ids: readonly string[]) {
  const rows = await tx<
    { id: string; contentHash: string; outcome: 'applied' | 'merged' | 'held'; reason: string | null }[]
  >`
    select id, content_hash, outcome, reason from register_operation where id = any(${[...ids]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, row]));
}
