import type postgres from 'postgres';
import { cameBy, readAssists, readComings, readHouseholds, readTimes, readVisits } from './reference-homes';

/**
 * What the figures should be, worked out a second time in plain JavaScript from the raw rows: no half-months, no differences, every area's total from
 * scratch. Shares nothing with lib/figure and lib/period on purpose. Key: `area period measure group`; value: `value/denominator`.
 */
export type Expected = Map<string, string>;

type Person = {
  id: string;
  areaId: number;
  birthYear: number | null;
  gender: string | null;
  mergedInto: string | null;
};
type Session = {
  id: string;
  classId: string;
  areaId: number;
  lessonId: string | null;
  startsAt: Date;
  endsAt: Date;
  finishedAt: Date | null;
  status: string;
  classAreaId: number;
  teamId: string;
  teamKind: string;
  teamAreaId: number;
};
type Mark = { sessionId: string; personId: string; state: string };
type Seen = { id: string; personId: string; skillCode: string; level: number; source: string; observedAt: Date };
type Member = {
  id: string;
  teamId: string;
  areaId: number;
  kind: string;
  organisation: string;
  joined: string;
  leftOn: string | null;
};

const cameStates = new Set(['present', 'late', 'left_early']);
const dayMs = 86_400_000;
const two = (value: number) => String(value).padStart(2, '0');
const dayOf = (moment: Date) => new Date(moment.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
export const dayAfter = (day: string) => new Date(Date.parse(day) + dayMs).toISOString().slice(0, 10);

/** The six periods of a day, each with its year and the first day after it. */
export function periodsOf(day: string): { key: string; year: number; end: string }[] {
  const [y = 0, m = 0, d = 0] = day.split('-').map(Number);
  return ['', 'k'].flatMap((sign) => {
    const turned = sign === 'k' && d >= 15;
    const [year, month] = turned ? (m === 12 ? [y + 1, 1] : [y, m + 1]) : [y, m];
    const quarter = Math.ceil(month / 3);
    const after = (last: number) =>
      sign === 'k' ? `${year}-${two(last)}-15` : last === 12 ? `${year + 1}-01-01` : `${year}-${two(last + 1)}-01`;
    return [
      { key: `${sign}${year}-${two(month)}`, year, end: after(month) },
      { key: `${sign}${year}-q${quarter}`, year, end: after(quarter * 3) },
      { key: `${sign}${year}`, year, end: after(12) },
    ];
  });
}

/** The first day after the half-month a day lies in. */
export function halfEnds(day: string): string {
  const [y = 0, m = 0, d = 0] = day.split('-').map(Number);
  if (d < 15) return `${day.slice(0, 8)}15`;
  return m === 12 ? `${y + 1}-01-01` : `${y}-${two(m + 1)}-01`;
}

class Tally {
  private readonly sets = new Map<string, { good: Set<string>; all: Set<string> }>();
  constructor(private readonly lineOf: (areaId: number) => readonly number[]) {}
  add(areaId: number, period: string, what: string, member: string, good: boolean) {
    for (const area of this.lineOf(areaId)) {
      const key = `${area} ${period} ${what}`;
      let entry = this.sets.get(key);
      if (!entry) this.sets.set(key, (entry = { good: new Set(), all: new Set() }));
      entry.all.add(member);
      if (good) entry.good.add(member);
    }
  }
  result(): Expected {
    return new Map([...this.sets].map(([key, { good, all }]) => [key, `${good.size}/${all.size}`]));
  }
}

interface Facts {
  parents: readonly { areaId: number; parentId: number }[];
  people: readonly Person[];
  sessions: readonly Session[];
  marks: readonly Mark[];
  seen: readonly Seen[];
  members: readonly Member[];
  helpers: readonly { sessionId: string; memberId: string; absent: boolean }[];
  core: readonly string[];
  five: readonly string[];
  service: ReadonlySet<string>;
  serviceLessons: ReadonlySet<string>;
  answers: ReadonlyMap<string, readonly string[]>;
}

/** Reads the raw rows, all of them, as they stand. */
async function readFacts(sql: postgres.Sql, now: Date): Promise<Facts> {
  const today = dayOf(now);
  const answers = await sql<{ personId: string; questions: string[] }[]>`
    select person_id, array_agg(question) as questions from equality_answer e
    where answer and exists (select from consent c where c.id = e.consent_id and c.given and c.withdrawn_at is null) group by 1`;
  const core = await sql<
    { code: string }[]
  >`select skill_code as code from skill_version where core and valid_to is null`;
  const five = await sql<{ code: string }[]>`
    select skill_code as code from skill_version where valid_to is null and national_ref like 'CV3240%'`;
  const service = await sql<{ code: string }[]>`select code from skill where domain_code = 'D'`;
  const lessons = await sql<{ id: string }[]>`
    select lesson_id as id from lesson_skill where skill_code in (select code from skill where domain_code = 'D')`;
  return {
    parents: await sql`
      select area_id, parent_id from area_parent where valid_from <= ${today} and (valid_to is null or valid_to > ${today})`,
    people: await sql`
      select id, area_id, coalesce(born_about, birth_year) as birth_year, gender, merged_into from person`,
    sessions: await sql`
      select s.id, s.class_id, s.area_id, s.lesson_id, s.starts_at, s.ends_at, s.register_finished_at as finished_at, s.status,
        c.area_id as class_area_id, c.team_id, k.kind as team_kind, k.area_id as team_area_id
      from class_session s, class c, team k where c.id = s.class_id and k.id = c.team_id`,
    marks: await sql`select session_id, person_id, state from attendance`,
    seen: await sql`
      select id, person_id, skill_code, level, source, observed_at from skill_observation where source <> 'own_claim'`,
    members: await sql`
      select m.id, m.team_id, k.area_id, k.kind, k.organisation, coalesce(m.joined_on, '2025-07-01') as joined, m.left_on::text
      from team_member m, team k where k.id = m.team_id`,
    helpers: await sql`
      select session_id, member_id, absent_at is not null as absent from session_helper where state = 'yes'`,
    core: core.map(({ code }) => code),
    five: five.map(({ code }) => code),
    service: new Set(service.map(({ code }) => code)),
    serviceLessons: new Set(lessons.map(({ id }) => id)),
    answers: new Map(answers.map(({ personId, questions }) => [personId, questions])),
  };
}

function groupsOf(person: Person, year: number, answers: readonly string[]): string[] {
  const age = person.birthYear === null ? null : year - person.birthYear;
  const bands: [number, string][] = [
    [70, 'age_70'],
    [60, 'age_60_69'],
    [35, 'age_35_59'],
    [18, 'age_18_34'],
    [-1e9, 'age_0_17'],
  ];
  return [
    'all',
    person.gender === 'female' ? 'women' : person.gender === 'male' ? 'men' : 'sex_unknown',
    age === null ? 'age_unknown' : (bands.find(([from]) => age >= from)?.[1] ?? ''),
    ...(age === null ? [] : [age >= 60 ? 'age60' : '', age > 17 ? 'adults' : ''].filter(Boolean)),
    ...answers,
  ];
}

/** What the cells should be: of each area alone, or with everything below it. */
export async function expectedFigures(
  sql: postgres.Sql,
  now: Date,
  extent: 'total' | 'own' = 'total',
): Promise<Expected> {
  const facts = await readFacts(sql, now);
  const parentOf = new Map(facts.parents.map((p) => [p.areaId, p.parentId]));
  const lineOf = (areaId: number): number[] => {
    const above = parentOf.get(areaId);
    return above === undefined || extent === 'own' ? [areaId] : [areaId, ...lineOf(above)];
  };
  const tally = new Tally(lineOf);
  const byId = new Map(facts.people.map((p) => [p.id, p]));
  const rootOf = (id: string): Person | undefined => {
    const person = byId.get(id);
    return person?.mergedInto ? byId.get(person.mergedInto) : person;
  };
  const groups = (person: Person, year: number) => groupsOf(person, year, facts.answers.get(person.id) ?? []);
  const untilDay = halfEnds(dayOf(now));
  /** The periods that run at some day from one on until now, with the first day that no longer counts in them. */
  const since = (day: string) => {
    const found = new Map<string, { key: string; year: number; end: string }>();
    for (let at = day; at < untilDay; at = dayAfter(at))
      for (const period of periodsOf(at))
        found.set(period.key, { ...period, end: period.end < untilDay ? period.end : untilDay });
    return [...found.values()];
  };
  countSessions(facts, tally);
  countMarks(facts, tally, rootOf, groups);
  for (const member of facts.members) {
    for (const { key, end } of since(member.joined)) {
      if (member.leftOn !== null && member.leftOn < end) continue;
      for (const group of ['all', `kind_${member.kind}`]) {
        tally.add(member.areaId, key, `team_members ${group}`, member.id, true);
        tally.add(member.areaId, key, `teams ${group}`, member.teamId, true);
      }
      if (member.kind === 'digital_ambassadors')
        for (const group of ['all', `org_${member.organisation}`])
          tally.add(member.areaId, key, `ambassadors ${group}`, member.id, true);
    }
  }
  for (const { id, areaId, measure, day } of [...(await readAssists(sql)), ...(await readVisits(sql))])
    for (const { key } of periodsOf(day)) tally.add(areaId, key, `${measure} all`, id, true);
  for (const { id, areaId, from, minutes } of await readTimes(sql))
    for (const { key } of periodsOf(dayOf(from)))
      for (let minute = 0; minute < minutes; minute += 1)
        tally.add(areaId, key, 'helper_minutes all', `${id} ${minute}`, true);
  const timeline = new Map<string, Seen[]>();
  for (const one of facts.seen) {
    const person = rootOf(one.personId);
    if (!person) continue;
    const known = timeline.get(person.id);
    if (known) known.push(one);
    else timeline.set(person.id, [one]);
  }
  for (const [id, seen] of timeline) {
    const person = byId.get(id);
    if (!person) continue;
    seen.sort((a, b) => a.observedAt.getTime() - b.observedAt.getTime() || (a.id < b.id ? -1 : 1));
    countSkills(person, seen, facts, tally, groups, since);
  }
  const ableBy = (id: string, end: string) => {
    const stands = new Map<string, number>();
    for (const one of timeline.get(id) ?? []) if (dayOf(one.observedAt) < end) stands.set(one.skillCode, one.level);
    return facts.five.every((code) => (stands.get(code) ?? 0) >= 3);
  };
  const cameOn = await readComings(sql);
  for (const home of await readHouseholds(sql))
    for (const { key, end } of since(home.known)) {
      tally.add(home.areaId, key, 'households_reached all', home.id, cameBy(home, cameOn, end));
      if ([...home.people].some((id) => ableBy(id, end)))
        tally.add(home.areaId, key, 'households_five all', home.id, true);
    }
  return tally.result();
}

function countSessions({ sessions, helpers }: Facts, tally: Tally) {
  for (const session of sessions) {
    if (session.status === 'planned') continue;
    const held = session.status === 'held';
    const minutes = Math.round((session.endsAt.getTime() - session.startsAt.getTime()) / 60_000);
    for (const { key } of periodsOf(dayOf(session.startsAt))) {
      tally.add(session.areaId, key, 'sessions_held all', session.id, held);
      tally.add(session.classAreaId, key, 'classes_held all', session.classId, held);
      if (session.teamKind === 'shock_team')
        tally.add(session.teamAreaId, key, 'shock_teams_active all', session.teamId, held);
      if (!held) continue;
      const late = session.finishedAt !== null && session.finishedAt.getTime() > session.endsAt.getTime() + dayMs;
      tally.add(session.areaId, key, 'registers_late all', session.id, late);
      for (const helper of helpers.filter(({ sessionId }) => sessionId === session.id))
        for (let minute = 0; minute < minutes; minute += 1)
          tally.add(
            session.areaId,
            key,
            'helper_minutes all',
            `${session.id} ${helper.memberId} ${minute}`,
            !helper.absent,
          );
    }
  }
}

type Groups = (person: Person, year: number) => string[];

function countMarks(facts: Facts, tally: Tally, rootOf: (id: string) => Person | undefined, groups: Groups) {
  const sessionOf = new Map(facts.sessions.map((s) => [s.id, s]));
  for (const mark of facts.marks) {
    const session = sessionOf.get(mark.sessionId);
    const person = rootOf(mark.personId);
    if (!session || !person || !['published', 'held'].includes(session.status)) continue;
    const came = cameStates.has(mark.state);
    const guided = came && session.lessonId !== null && facts.serviceLessons.has(session.lessonId);
    for (const { key, year } of periodsOf(dayOf(session.startsAt)))
      for (const group of groups(person, year)) {
        const one = `${mark.sessionId} ${mark.personId}`;
        tally.add(session.areaId, key, `attendance ${group}`, one, came);
        tally.add(person.areaId, key, `people_reached ${group}`, person.id, came);
        if (guided) tally.add(person.areaId, key, `service_guided ${group}`, person.id, true);
      }
  }
}

/** `seen`: of one person, in order. */
function countSkills(
  person: Person,
  seen: readonly Seen[],
  facts: Facts,
  tally: Tally,
  groups: Groups,
  since: (day: string) => { key: string; year: number; end: string }[],
) {
  const add = (
    period: { key: string; year: number },
    measure: string,
    member: string,
    good: boolean,
    whole = false,
  ) => {
    for (const group of groups(person, period.year))
      if (!whole || group === 'all') tally.add(person.areaId, period.key, `${measure} ${group}`, member, good);
  };
  const firstAt3 = new Map<string, Seen>();
  const runs = new Map<string, { began: number; looked: boolean } | null>();
  for (const one of seen) {
    const good = one.level >= 3;
    if (good && !firstAt3.has(one.skillCode)) firstAt3.set(one.skillCode, one);
    const at = one.observedAt.getTime();
    for (const period of periodsOf(dayOf(one.observedAt))) {
      if (firstAt3.get(one.skillCode) === one) add(period, 'skills_attained', one.skillCode + person.id, true);
      if (facts.service.has(one.skillCode)) add(period, 'service_guided', person.id, true);
      const run = runs.get(one.skillCode);
      if (one.source === 'recheck' && run && !run.looked && at >= run.began + 30 * dayMs && at < run.began + 90 * dayMs)
        add(period, 'retention', one.id, good);
    }
    const run = runs.get(one.skillCode);
    if (!good) runs.set(one.skillCode, null);
    else if (!run) runs.set(one.skillCode, { began: at, looked: false });
    else if (one.source === 'recheck' && at >= run.began + 30 * dayMs && at < run.began + 90 * dayMs) run.looked = true;
  }
  const [start] = seen;
  if (!start) return;
  const stands = (end: string) => {
    const level = new Map<string, number>();
    for (const one of seen) if (dayOf(one.observedAt) < end) level.set(one.skillCode, one.level);
    return level;
  };
  const whole = (level: ReadonlyMap<string, number>) =>
    facts.core.length > 0 && facts.core.every((code) => (level.get(code) ?? 0) >= 3);
  for (const period of since(dayOf(start.observedAt))) {
    const level = stands(period.end);
    add(period, 'core_attained', person.id, whole(level));
    for (const [code, reached] of level) add(period, `skill_${code}`, person.id, reached >= 3, true);
  }
  // Told of the half-month at whose end it first held.
  const ends = [...new Set(seen.map((one) => halfEnds(dayOf(one.observedAt))))].sort();
  const first = ends.find((end) => whole(stands(end)));
  const inside = first && seen.find((one) => halfEnds(dayOf(one.observedAt)) === first);
  if (inside) for (const period of periodsOf(dayOf(inside.observedAt))) add(period, 'new_core', person.id, true);
}

/** The first few differences, in words; none when equal. */
export function differences(expected: Expected, stored: Expected): string[] {
  const wrong: string[] = [];
  for (const [key, value] of expected)
    if (stored.get(key) !== value) wrong.push(`${key}: expected ${value}, found ${stored.get(key) ?? '—'}`);
  for (const [key, value] of stored) if (!expected.has(key)) wrong.push(`${key}: expected —, found ${value}`);
  return wrong.slice(0, 12);
}
