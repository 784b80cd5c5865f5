import { elevated, type ScopedTx } from '@/lib/access/scoped';
import { unitKinds } from '@/lib/area/schema';
import { seatedStates, type ResultState } from '@/lib/enrolment/rules';
import type { Locale } from '@/lib/i18n/routing';
import { currentLevels } from '@/lib/register/queries';
import { outcomeOf, pathOf, type Path, type SessionToCome } from './rules';

/** What a class's course asks for, in words. */
interface Asks {
  lessonsRequired: number | null;
  lessons: { lineageId: string; title: string }[];
  skills: { code: string; title: string }[];
}

async function asksOfClass(tx: ScopedTx, locale: Locale, classId: string): Promise<Asks | null> {
  const [row] = await tx<Asks[]>`
    select c.lessons_required,
      coalesce((select jsonb_agg(jsonb_build_object('lineageId', l.lineage_id, 'title', ${tx(`l.title_${locale}`)}) order by l.position)
        from lesson l where l.course_id = c.id), '[]') as lessons,
      coalesce((select jsonb_agg(jsonb_build_object('code', k.code, 'title', ${tx(`v.title_${locale}`)}) order by k.domain_code, k.position)
        from skill k join skill_version v on v.skill_code = k.code and v.valid_to is null
        where k.code in (select s.skill_code from lesson_skill s join lesson l on l.id = s.lesson_id where l.course_id = c.id and s.required)),
        '[]') as skills
    from class g join course c on c.id = g.course_id where g.id = ${classId}`;
  return row ?? null;
}

/** A session to come that teaches one of the lessons: of the class itself, or of another class of the same unit. */
export interface Possible extends SessionToCome {
  readonly id: string;
  readonly classId: string;
  readonly startsAt: Date;
  readonly venue: string;
  readonly lesson: string | null;
}

/**
 * Where a class's lessons are still taught: its own sessions to come, and published ones of other classes in its unit (further away a lesson
 * learnt counts, but nobody is sent there). One without a lesson practises all that the course requires.
 */
async function possibleSessions(tx: ScopedTx, locale: Locale, classId: string, now: Date): Promise<Possible[]> {
  const rows = await tx<Possible[]>`
    with here as (
      select c.id, c.course_id, (select t.ancestor_id from area_tree t join area u on u.id = t.ancestor_id
        where t.area_id = c.area_id and u.kind in ${tx(unitKinds)} order by t.depth limit 1) as unit_id
      from class c where c.id = ${classId}
    )
    select s.id, s.class_id, s.class_id = here.id as own, s.starts_at, v.name as venue, l.lineage_id, ${tx(`l.title_${locale}`)} as lesson,
      array(select ls.skill_code from lesson_skill ls where ls.lesson_id = s.lesson_id
        union select ls.skill_code from lesson_skill ls join lesson o on o.id = ls.lesson_id
          where s.lesson_id is null and o.course_id = here.course_id and ls.required) as skills
    from here cross join class_session s join venue v on v.id = s.venue_id left join lesson l on l.id = s.lesson_id
    where s.starts_at > ${now} and s.status in ('planned', 'published') and (s.class_id = here.id
      or (s.status = 'published' and s.area_id in (select area_id from area_tree where ancestor_id = here.unit_id)
        and (l.lineage_id in (select lineage_id from lesson where course_id = here.course_id)
          or exists (select from lesson_skill ls where ls.lesson_id = l.id and ls.skill_code in (
            select o.skill_code from lesson_skill o join lesson m on m.id = o.lesson_id where m.course_id = here.course_id and o.required)))))
    order by s.starts_at, s.id limit 500`;
  return [...rows];
}

/**
 * Which lessons these people came to, in whatever class anywhere, and what they can do. Elevated: a lesson made up in another commune counts
 * here, though its register is not the caller's to read. Only for people the caller has on a roster, or who show their own card.
 * `heldLevels` are the levels as a re-check may raise, but not lower them: for what somebody completed before it.
 */
async function standingOf(tx: ScopedTx, personIds: readonly string[]) {
  return elevated(tx, 'completion: lessons made up elsewhere', async (system) => {
    const came = await system<{ personId: string; lineageId: string }[]>`
      select distinct a.person_id, l.lineage_id
      from attendance a join class_session s on s.id = a.session_id join lesson l on l.id = s.lesson_id
      where a.person_id = any(${[...personIds]}::uuid[]) and a.state in ('present', 'late', 'left_early')`;
    const all = await currentLevels(system, personIds);
    const unchecked = await currentLevels(system, personIds, null, { rechecks: false });
    const mapOf = (levels: typeof all, personId: string) =>
      new Map(levels.filter((one) => one.personId === personId).map((one) => [one.skillCode, one.level]));
    return (personId: string) => {
      const levels = mapOf(all, personId);
      const heldLevels = new Map(levels);
      for (const [code, level] of mapOf(unchecked, personId))
        heldLevels.set(code, Math.max(level, levels.get(code) ?? 0));
      const covered = new Set(came.filter((one) => one.personId === personId).map((one) => one.lineageId));
      return { covered, levels, heldLevels };
    };
  });
}

interface Learner {
  readonly enrolmentId: string;
  readonly personId: string;
  readonly fullName: string;
}

/** Where one learner of a class stands, in words, and where what is missing may be had next. */
export interface PathLine extends Learner, Path {
  /** How many missing lessons the class itself still teaches. */
  readonly ahead: number;
  /** Titles of what is missing and the class itself teaches no more: what is to be made up. */
  readonly lessonTitles: readonly string[];
  readonly skillTitles: readonly string[];
  /** The next session elsewhere that teaches something missing. */
  readonly makeUp: Possible | null;
  /** As `state`, but what a re-check lowered since is not held against them. */
  readonly heldDone: boolean;
}

/** The paths of these learners of one class, in the same order. */
async function pathsOf<L extends Learner>(
  tx: ScopedTx,
  locale: Locale,
  classId: string,
  people: readonly L[],
  now: Date,
): Promise<(PathLine & L)[]> {
  const asks = people.length > 0 ? await asksOfClass(tx, locale, classId) : null;
  if (!asks) return [];
  const standing = await standingOf(
    tx,
    people.map(({ personId }) => personId),
  );
  const possible = await possibleSessions(tx, locale, classId, now);
  const own = possible.filter((one) => one.own);
  const titleOf = new Map([
    ...asks.lessons.map(({ lineageId, title }) => [lineageId, title] as const),
    ...asks.skills.map(({ code, title }) => [code, title] as const),
  ]);
  const words = (keys: readonly string[]) => keys.map((key) => titleOf.get(key) ?? key);
  const course = {
    lessons: asks.lessons.map(({ lineageId }) => lineageId),
    lessonsRequired: asks.lessonsRequired,
    required: asks.skills.map(({ code }) => code),
  };
  return people.map((person) => {
    const { covered, levels, heldLevels } = standing(person.personId);
    const path = pathOf({ ...course, covered, levels, sessionsToCome: possible });
    const held = pathOf({ ...course, covered, levels: heldLevels, sessionsToCome: [] });
    const lost = lostIn(path, own);
    return {
      ...person,
      ...path,
      ahead: path.lessons.length - lost.lessons.length,
      lessonTitles: words(lost.lessons),
      skillTitles: words(lost.skills),
      makeUp: path.state === 'can_still' ? (possible.find((one) => !one.own && teachesAny(one, lost)) ?? null) : null,
      heldDone: held.state === 'done',
    };
  });
}

/** The paths of everybody who has, or had, a seat in a class, by given name; nobody for those who may not read its names. At most 500. */
export async function pathsOfClass(tx: ScopedTx, locale: Locale, classId: string, now: Date): Promise<PathLine[]> {
  return pathsOf(tx, locale, classId, await learnersOf(tx, classId), now);
}

const learnersOf = (tx: ScopedTx, classId: string) => tx<(Learner & { status: SeatedState; came: number })[]>`
  select e.id as enrolment_id, e.person_id, p.full_name, e.status, (
    select count(*) from attendance a join class_session s on s.id = a.session_id
    where s.class_id = e.class_id and a.person_id = e.person_id and a.state in ('present', 'late', 'left_early')) as came
  from enrolment e join person p on p.id = e.person_id
  where e.class_id = ${classId} and e.status in ${tx(seatedStates)}
  order by p.given_name collate "vi-x-icu", p.full_name collate "vi-x-icu", e.id limit 500`;

type SeatedState = (typeof seatedStates)[number];

/** What a learner's place is, and what it is by the facts of now. `came`: to how many sessions of the class itself. */
export interface ResultLine extends PathLine {
  readonly status: SeatedState;
  readonly came: number;
  readonly result: ResultState;
}

/** The result of everybody in a class, by the facts of now (mechanisms of completion); nobody for those who may not read its names. */
export async function resultsOfClass(tx: ScopedTx, locale: Locale, classId: string, now: Date): Promise<ResultLine[]> {
  const lines = await pathsOf(tx, locale, classId, await learnersOf(tx, classId), now);
  return lines.map((line) => ({
    ...line,
    result: outcomeOf({ state: line.heldDone ? 'done' : line.state }, line.came > 0),
  }));
}

/** How a class's registers stand, for whoever is about to close it. */
export interface Registers {
  /** Taken and finished; over without; with marks that two people made differently. */
  readonly taken: number;
  readonly missing: number;
  readonly inConflict: number;
}

export async function registersOfClass(tx: ScopedTx, classId: string, now: Date): Promise<Registers> {
  const [row] = await tx<Registers[]>`
    select count(*) filter (where s.status = 'held') as taken, count(*) filter (where s.status = 'published' and s.ends_at <= ${now}) as missing,
      count(*) filter (where exists (select from register_operation o where o.session_id = s.id and o.outcome = 'conflict')) as in_conflict
    from class_session s where s.class_id = ${classId}`;
  return row ?? { taken: 0, missing: 0, inConflict: 0 };
}

/** A class somebody has, or had, a seat in, and their path there. */
export interface PersonPath extends PathLine {
  readonly classId: string;
  readonly title: string;
  readonly status: SeatedState;
}

/** Where one person stands in each of their classes, the latest first, at most ten; those out of the caller's sight left out. */
export async function pathOfPerson(tx: ScopedTx, locale: Locale, personId: string, now: Date): Promise<PersonPath[]> {
  const places = await tx<(Learner & Pick<PersonPath, 'classId' | 'title' | 'status'>)[]>`
    select e.id as enrolment_id, e.person_id, p.full_name, e.class_id, ${tx(`co.title_${locale}`)} as title, e.status
    from enrolment e join person p on p.id = e.person_id join class c on c.id = e.class_id join course co on co.id = c.course_id
    where e.person_id = ${personId} and e.status in ${tx(seatedStates)}
    order by c.last_ends_at desc nulls first, e.id limit 10`;
  const paths: PersonPath[] = [];
  for (const place of places) paths.push(...(await pathsOf(tx, locale, place.classId, [place], now)));
  return paths;
}

type Lost = Pick<Path, 'lessons' | 'skills'>;

/** What of a path's missing things these sessions do not teach. */
const lostIn = ({ lessons, skills }: Lost, sessions: readonly Possible[]): Lost => ({
  lessons: lessons.filter((lesson) => !sessions.some(({ lineageId }) => lineageId === lesson)),
  skills: skills.filter((code) => !sessions.some((one) => one.skills.includes(code))),
});

const teachesAny = ({ lineageId, skills }: Possible, lost: Lost) =>
  (lineageId !== null && lost.lessons.includes(lineageId)) || skills.some((code) => lost.skills.includes(code));
