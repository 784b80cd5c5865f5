import type postgres from 'postgres';

/**
 * What the figures should be, worked out a second time in plain JavaScript from the raw rows. Shares nothing with lib/figure on
 * purpose. Key: `area period measure group`; value: `value/denominator`.
 */
export type Expected = Map<string, string>;

type Person = {
  id: string;
  areaId: number;
  birthYear: number | null;
  gender: string | null;
  mergedInto: string | null;
};
type Session = { id: string; classId: string; areaId: number; startsAt: Date; status: string };
type Mark = { sessionId: string; personId: string; state: string };
type Seen = { id: string; personId: string; skillCode: string; level: number; source: string; observedAt: Date };

const cameStates = new Set(['present', 'late', 'left_early']);
const month = (moment: Date) => new Date(moment.getTime() + 7 * 3_600_000).toISOString().slice(0, 7);
const periodsOf = (moment: Date) => [month(moment), month(moment).slice(0, 4)];

function nextMonth(given: string): string {
  const [year = 0, number = 0] = given.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

class Tally {
  private readonly sets = new Map<string, { good: Set<string>; all: Set<string> }>();
  add(key: string, member: string, good: boolean) {
    let entry = this.sets.get(key);
    if (!entry) this.sets.set(key, (entry = { good: new Set(), all: new Set() }));
    entry.all.add(member);
    if (good) entry.good.add(member);
  }
  result(): Expected {
    return new Map([...this.sets].map(([key, { good, all }]) => [key, `${good.size}/${all.size}`]));
  }
}

export async function expectedFigures(sql: postgres.Sql, now: Date): Promise<Expected> {
  const today = new Date(now.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
  const parents = await sql<{ areaId: number; parentId: number }[]>`
    select area_id, parent_id from area_parent where valid_from <= ${today} and (valid_to is null or valid_to > ${today})`;
  const people = await sql<
    Person[]
  >`select id, area_id, coalesce(born_about, birth_year) as birth_year, gender, merged_into from person`;
  const sessions = await sql<Session[]>`select id, class_id, area_id, starts_at, status from class_session`;
  const marks = await sql<Mark[]>`select session_id, person_id, state from attendance`;
  const seen = await sql<
    Seen[]
  >`select id, person_id, skill_code, level, source, observed_at from skill_observation where source <> 'own_claim'`;
  const core = await sql<
    { code: string }[]
  >`select skill_code as code from skill_version where core and valid_to is null`;

  const parentOf = new Map(parents.map((p) => [p.areaId, p.parentId]));
  const lineOf = (areaId: number): number[] => {
    const above = parentOf.get(areaId);
    return above === undefined ? [areaId] : [areaId, ...lineOf(above)];
  };
  const byId = new Map(people.map((p) => [p.id, p]));
  const rootOf = (id: string): Person | undefined => {
    const person = byId.get(id);
    return person?.mergedInto ? byId.get(person.mergedInto) : person;
  };
  const groupsOf = (person: Person, period: string): string[] => [
    'all',
    ...(person.birthYear !== null && Number(period.slice(0, 4)) - person.birthYear >= 60 ? ['age60'] : []),
    ...(person.gender === 'female' ? ['women'] : []),
  ];

  const tally = new Tally();
  const sessionOf = new Map(sessions.map((s) => [s.id, s]));
  for (const session of sessions) {
    if (session.status === 'planned') continue;
    for (const area of lineOf(session.areaId))
      for (const period of periodsOf(session.startsAt)) {
        tally.add(`${area} ${period} sessions_held all`, session.id, session.status === 'held');
        tally.add(`${area} ${period} classes_held all`, session.classId, session.status === 'held');
      }
  }
  for (const mark of marks) {
    const session = sessionOf.get(mark.sessionId);
    const person = rootOf(mark.personId);
    if (!session || !person || !['published', 'held'].includes(session.status)) continue;
    const came = cameStates.has(mark.state);
    for (const period of periodsOf(session.startsAt)) {
      for (const area of lineOf(session.areaId)) {
        tally.add(`${area} ${period} attendance all`, `${mark.sessionId} ${mark.personId}`, came);
        tally.add(`${area} ${period} excused all`, `${mark.sessionId} ${mark.personId}`, mark.state === 'excused');
      }
      for (const area of lineOf(person.areaId))
        for (const group of groupsOf(person, period))
          tally.add(`${area} ${period} people_reached ${group}`, person.id, came);
    }
  }

  const timeline = new Map<string, Seen[]>();
  for (const one of seen) {
    const person = rootOf(one.personId);
    if (!person) continue;
    timeline.set(person.id, [...(timeline.get(person.id) ?? []), one]);
  }
  const thisMonth = month(now);
  for (const [id, facts] of timeline) {
    const person = byId.get(id);
    if (!person) continue;
    facts.sort((a, b) => a.observedAt.getTime() - b.observedAt.getTime() || (a.id < b.id ? -1 : 1));
    const firstAt3 = new Map<string, string>();
    for (const one of facts)
      if (one.level >= 3 && !firstAt3.has(one.skillCode)) firstAt3.set(one.skillCode, month(one.observedAt));
    for (const one of facts)
      for (const period of periodsOf(one.observedAt))
        for (const area of lineOf(person.areaId))
          for (const group of groupsOf(person, period))
            tally.add(
              `${area} ${period} skills_attained ${group}`,
              `${id} ${one.skillCode}`,
              (firstAt3.get(one.skillCode) ?? '').startsWith(period),
            );
    const start = facts[0];
    if (!start) continue;
    const ends = new Map<string, string>();
    for (let at = month(start.observedAt); at <= thisMonth; at = nextMonth(at)) {
      ends.set(at, at);
      ends.set(at.slice(0, 4), at);
    }
    for (const [period, end] of ends) {
      const level = new Map<string, number>();
      for (const one of facts) if (month(one.observedAt) <= end) level.set(one.skillCode, one.level);
      const whole = core.length > 0 && core.every(({ code }) => (level.get(code) ?? 0) >= 3);
      for (const area of lineOf(person.areaId))
        for (const group of groupsOf(person, period)) tally.add(`${area} ${period} core_attained ${group}`, id, whole);
    }
  }
  return tally.result();
}

/** The figures as stored, in the same shape. */
export async function storedFigures(sql: postgres.Sql): Promise<Expected> {
  const rows = await sql<{ key: string; value: string }[]>`
    select area_id || ' ' || period || ' ' || measure || ' ' || grp as key, value || '/' || denominator as value from figure`;
  return new Map(rows.map((row) => [row.key, row.value]));
}

/** The first few differences, in words; none when equal. */
export function differences(expected: Expected, stored: Expected): string[] {
  const wrong: string[] = [];
  for (const [key, value] of expected)
    if (stored.get(key) !== value) wrong.push(`${key}: expected ${value}, found ${stored.get(key) ?? '—'}`);
  for (const [key, value] of stored) if (!expected.has(key)) wrong.push(`${key}: expected —, found ${value}`);
  return wrong.slice(0, 12);
}
