import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { currentLevels, rollOf } from './queries';
import type { MarkState } from './rules';
import type { Sheet, SheetChange, SheetPerson, SheetSkill, SheetVersion } from './schema';

type SheetHead = Omit<
  Sheet,
  'people' | 'skills' | 'levelsBefore' | 'levelsHere' | 'helpHere' | 'villages' | 'history' | 'known'
> & {
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
  const told = await toldOf(tx, sessionId);
  const names = await namesOf(tx, told);
  const people = await sheetPeople(tx, sessionId, vi, marksFrom(told, names));
  const ids = people.map((person) => person.id);
  const skills = await sheetSkills(tx, lessonId, courseId, vi);
  const before = await currentLevels(tx, ids, sessionId);
  const here = await levelsOfSession(tx, sessionId);
  const villages = await villagesAround(tx, session.areaId, vi);
  const history = historyFrom(told, names);
  const known = told.filter((row) => !isMark(row)).map((row) => row.id);
  const helped = here.filter(({ help }) => help !== '').map((one) => [keyOf(one), one.help]);
  const levels = { levelsBefore: byKey(before), levelsHere: byKey(here), helpHere: Object.fromEntries(helped) };
  return { ...session, people, skills, ...levels, villages, history, known };
}

const keyOf = ({ personId, skillCode }: { personId: string; skillCode: string }) => `${personId}:${skillCode}`;
const byKey = (levels: readonly { personId: string; skillCode: string; level: number }[]) =>
  Object.fromEntries(levels.map((one) => [keyOf(one), one.level]));

/** The roll and whoever was marked besides, ordered by given name. */
async function sheetPeople(
  tx: ScopedTx,
  sessionId: string,
  vi: boolean,
  told: ReturnType<typeof marksFrom>,
): Promise<SheetPerson[]> {
  const roll = await rollOf(tx, sessionId);
  const rows = await tx<(Omit<SheetPerson, 'marks' | 'versions'> & { operationId: string | null })[]>`
    select p.id, p.full_name, p.birth_year, case when ${vi} then v.name_vi else v.name_en end as village,
           a.state, a.minutes_late, coalesce(a.by_default, false) as by_default, coalesce(a.walk_in, false) as walk_in,
           a.operation_id
    from person p
    join area v on v.id = p.area_id
    left join attendance a on a.person_id = p.id and a.session_id = ${sessionId}
    where p.id = any(${roll}::uuid[]) or a.session_id is not null
    order by p.given_name collate "vi-x-icu", p.full_name collate "vi-x-icu", p.birth_year, p.id`;
  return rows.map(({ operationId, ...person }) => {
    const marks = told.marks.get(person.id) ?? [];
    // What stands may have come another way than by an operation.
    const other = operationId && !person.byDefault && !marks.includes(operationId) ? [operationId] : [];
    return { ...person, marks: [...marks, ...other], versions: told.versions.get(person.id) ?? [] };
  });
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

/** These skills by name, in this order. */
export async function skillsNamed(tx: ScopedTx, codes: readonly string[], locale: string): Promise<SheetSkill[]> {
  const vi = locale !== 'en';
  return tx<SheetSkill[]>`
    select v.skill_code as code, case when ${vi} then v.title_vi else v.title_en end as title,
           case when ${vi} then v.can_do_vi else v.can_do_en end as can_do
    from unnest(${[...codes]}::text[]) with ordinality as asked(code, at)
    join skill_version v on v.skill_code = asked.code and v.valid_to is null
    order by asked.at`;
}

async function levelsOfSession(tx: ScopedTx, sessionId: string) {
  return tx<{ personId: string; skillCode: string; level: number; help: string }[]>`
    select distinct on (person_id, skill_code) person_id, skill_code, level, help
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

interface ToldOperation {
  id: string;
  personId: string | null;
  kind: string;
  state: MarkState | null;
  minutesLate: number | null;
  why: string | null;
  at: Date;
  accountId: string | null;
  outcome: string;
  stands: boolean;
}

/** Every operation kept of a session, newest first, and whether it is the mark that stands. */
async function toldOf(tx: ScopedTx, sessionId: string): Promise<ToldOperation[]> {
  return tx<ToldOperation[]>`
    select o.id, o.person_id, o.kind, o.content->>'state' as state, (o.content->>'minutesLate')::int as minutes_late,
           o.content->>'why' as why, o.device_time as at, o.account_id, o.outcome, a.operation_id is not null as stands
    from register_operation o
    left join attendance a on a.session_id = o.session_id and a.person_id = o.person_id and a.operation_id = o.id
    where o.session_id = ${sessionId}
    order by o.device_time desc, o.id desc limit 5000`;
}

/** The names of those who recorded. */
async function namesOf(tx: ScopedTx, told: readonly ToldOperation[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(told.flatMap((row) => row.accountId ?? []))];
  if (ids.length === 0) return new Map();
  const names = await elevated(
    tx,
    'register: names of those who changed it, for those who may read it',
    (all) => all<{ id: string; fullName: string }[]>`select id, full_name from account where id = any(${ids}::uuid[])`,
  );
  return new Map(names.map((row) => [row.id, row.fullName]));
}

const isMark = ({ kind }: ToldOperation) => kind === 'mark' || kind === 'walk_in';
const nameIn = (names: ReadonlyMap<string, string>, { accountId }: ToldOperation) =>
  accountId === null ? null : (names.get(accountId) ?? '');

function historyFrom(told: readonly ToldOperation[], names: ReadonlyMap<string, string>): SheetChange[] {
  let started = false;
  const stood = new Map<string | null, MarkState>();
  return told
    .filter((row) => isMark(row) || row.kind === 'start' || row.kind === 'finish')
    .toReversed()
    .map((row) => {
      started ||= row.kind === 'start';
      const before = stood.get(row.personId) ?? (started ? ('present' as const) : null);
      if (row.state) stood.set(row.personId, row.state);
      const { personId, kind, state, at, why } = row;
      const won = row.stands || row.outcome === 'applied';
      return {
        personId,
        kind,
        state,
        before: kind === 'mark' ? before : null,
        at,
        byName: nameIn(names, row),
        won,
        why,
      };
    })
    .toReversed()
    .slice(0, 500);
}

/** The marks of each person that a new one replaces, and those among them that contradict each other. */
function marksFrom(told: readonly ToldOperation[], names: ReadonlyMap<string, string>) {
  const marks = new Map<string, string[]>();
  const versions = new Map<string, SheetVersion[]>();
  for (const row of told.filter(isMark)) {
    const { personId, id, state, minutesLate, at } = row;
    if (!personId || !state) continue;
    marks.set(personId, [...(marks.get(personId) ?? []), id].slice(0, 200));
    if (row.outcome === 'conflict')
      versions.set(personId, [
        ...(versions.get(personId) ?? []),
        { id, state, minutesLate, at, byName: nameIn(names, row) },
      ]);
  }
  return { marks, versions };
}
