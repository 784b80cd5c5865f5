import type postgres from 'postgres';
import { newAddressId, newId } from '../../lib/kernel/id';

/** Numbers that look random and are the same for the same seed. */
export function dice(seed: number) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const upTo = (count: number) => Math.floor(next() * count);
  const pick = <T>(items: readonly T[]): T => {
    const item = items[upTo(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  return { next, upTo, pick };
}
export type Dice = ReturnType<typeof dice>;

export interface World {
  sql: postgres.Sql;
  /** Two units, their villages, and a hamlet below a village: not every branch has the same depth. */
  areas: number[];
  people: string[];
  sessions: string[];
  classes: string[];
  skills: string[];
  core: string[];
  teams: string[];
  members: string[];
  lessons: string[];
  now: Date;
}

const kinds = ['digital_ambassadors', 'community_tech', 'shock_team', 'front'] as const;
const states = ['present', 'late', 'left_early', 'excused', 'absent'] as const;
const day = 86_400_000;
export const uuid = (roll: Dice) =>
  [8, 4, 4, 4, 12].map((n) => Array.from({ length: n }, () => roll.upTo(16).toString(16)).join('')).join('-');
const someDay = (world: World, roll: Dice) => someMoment(world, roll).toISOString().slice(0, 10);
export const someMoment = (world: World, roll: Dice) =>
  new Date(world.now.getTime() - roll.upTo(430) * day - roll.upTo(day));

export async function buildWorld(sql: postgres.Sql, roll: Dice, now: Date): Promise<World> {
  const villages = [
    [1_800_001, 18859, 'residential_group'],
    [1_800_002, 18859, 'residential_group'],
    [1_800_003, 18901, 'village'],
    [1_800_004, 18901, 'village'],
    [1_800_005, 1_800_003, 'hamlet'],
  ] as const;
  for (const [id, parent, kind] of villages) {
    const name = `Nơi thử ${id}`;
    await sql`insert into area (id, kind, name_vi, name_en, full_name_vi, full_name_en, name_folded, valid_from)
      values (${id}, ${kind}, ${name}, ${name}, ${name}, ${name}, ${name}, '2024-01-01')`;
    await sql`insert into area_parent (area_id, parent_id, valid_from) values (${id}, ${parent}, '2024-01-01')`;
  }
  await sql`select rebuild_area_tree()`;
  const skills = await sql<{ code: string; core: boolean }[]>`
    select skill_code as code, core from skill_version where valid_to is null order by 1`;
  const world: World = {
    sql,
    areas: [18859, 18901, ...villages.map(([id]) => id)],
    people: [],
    sessions: [],
    classes: [],
    skills: skills.map((s) => s.code),
    core: skills.filter((s) => s.core).map((s) => s.code),
    teams: [],
    members: [],
    lessons: [],
    now,
  };
  const lessons = await sql<{ id: string }[]>`
    (select distinct lesson_id as id from lesson_skill where skill_code like 'D%' order by 1 limit 4) union all
    (select id from lesson where id not in (select lesson_id from lesson_skill where skill_code like 'D%') order by 1 limit 2)`;
  world.lessons = lessons.map(({ id }) => id);
  for (let i = 0; i < 40; i += 1) await addPerson(world, roll);
  for (let i = 0; i < 6; i += 1) await addClass(world, roll);
  for (let i = 0; i < 12; i += 1) await addMember(world, roll);
  for (let i = 0; i < 40; i += 1) await addSession(world, roll);
  return world;
}

async function addPerson(world: World, roll: Dice) {
  const id = uuid(roll);
  await world.sql`insert into person (id, area_id, full_name, given_name, name_folded, birth_year, gender)
    values (${id}, ${roll.pick(world.areas)}, 'Nguyễn Văn Thử', 'Thử', 'nguyen van thu',
      ${roll.upTo(5) === 0 ? null : 1940 + roll.upTo(60)}, ${roll.pick(['female', 'male', 'other', null])})`;
  world.people.push(id);
}

async function addClass(world: World, roll: Dice) {
  const { sql } = world;
  const areaId = roll.pick(world.areas);
  const [venue, team, id] = [newId(), newId(), newAddressId()];
  await sql`insert into venue (id, area_id, name, address) values (${venue}, ${areaId}, 'Nhà văn hóa thử', 'thử')`;
  await sql`insert into team (id, area_id, kind, name) values (${team}, ${areaId}, ${roll.pick(kinds)}, 'Tổ thử')`;
  world.teams.push(team);
  await sql`insert into class (id, area_id, course_id, venue_id, team_id, status, capacity)
    select ${id}, ${areaId}, id, ${venue}, ${team}, 'published', 30 from course order by id limit 1`;
  world.classes.push(id);
}

async function addMember(world: World, roll: Dice) {
  const id = uuid(roll);
  await world.sql`insert into team_member (id, team_id, area_id, full_name, joined_on)
    select ${id}, id, area_id, 'Lê Thị Đội', ${roll.pick([null, someDay(world, roll)])} from team where id = ${roll.pick(world.teams)}`;
  world.members.push(id);
}

async function addSession(world: World, roll: Dice) {
  const { sql } = world;
  const id = uuid(roll);
  const starts = someMoment(world, roll);
  const status = roll.pick(['planned', 'published', 'held', 'held', 'held']);
  await sql`insert into class_session (id, class_id, area_id, venue_id, position, starts_at, ends_at, status)
    select ${id}, c.id, c.area_id, c.venue_id, (select count(*) + 1 from class_session s where s.class_id = c.id) + ${roll.upTo(1e6)},
      ${starts}, ${new Date(starts.getTime() + (1 + roll.upTo(9)) * 60_000)}, ${status} from class c where c.id = ${roll.pick(world.classes)}
    on conflict do nothing`;
  // Where another is at that moment it does not take place.
  if ((await sql`select from class_session where id = ${id}`).count > 0) world.sessions.push(id);
}

const observe = (world: World, roll: Dice, person: string, skill: string, level: number, at: Date) =>
  world.sql`insert into skill_observation (id, person_id, skill_code, level, source, area_id, observed_at)
    values (${uuid(roll)}, ${person}, ${skill}, ${level}, ${roll.pick(['recheck', 'recheck', 'own_claim'])}, 18859, ${at})`;

/** Everything that can happen to a figure. */
export const happenings: Record<string, (world: World, roll: Dice) => Promise<unknown>> = {
  async register(world, roll) {
    const session = roll.pick(world.sessions);
    const people = [...new Set(Array.from({ length: 1 + roll.upTo(12) }, () => roll.pick(world.people)))];
    const rows = people.map((personId) => ({
      sessionId: session,
      personId,
      areaId: 18859,
      state: roll.pick(states),
      byDefault: false,
      markedAt: world.now,
      operationId: uuid(roll),
    }));
    const { sql } = world;
    await sql`insert into attendance ${sql(rows)} on conflict (session_id, person_id) do update set state = excluded.state`;
  },
  correction: (world, roll) =>
    world.sql`update attendance set state = ${roll.pick(states)} where person_id = ${roll.pick(world.people)}`,
  markRemoved: (world, roll) =>
    world.sql`delete from attendance where person_id = ${roll.pick(world.people)} and session_id = ${roll.pick(world.sessions)}`,
  markToSomebodyElse: (world, roll) => world.sql`
    update attendance a set person_id = ${roll.pick(world.people)} where ctid = (select ctid from attendance order by session_id, person_id offset ${roll.upTo(20)} limit 1)
      and not exists (select from attendance b where b.session_id = a.session_id and b.person_id = ${roll.pick(world.people)})`,
  observation: (world, roll) =>
    observe(world, roll, roll.pick(world.people), roll.pick(world.skills), roll.upTo(5), someMoment(world, roll)),
  sameMoment: async (world, roll) => {
    const [person, skill, at] = [roll.pick(world.people), roll.pick(world.core), someMoment(world, roll)];
    await observe(world, roll, person, skill, 1, at);
    await observe(world, roll, person, skill, 4, at);
  },
  async mastery(world, roll) {
    const [person, at] = [roll.pick(world.people), someMoment(world, roll)];
    const rows = world.core.map((skillCode) => ({
      id: uuid(roll),
      personId: person,
      skillCode,
      level: 3 + roll.upTo(2),
      source: 'recheck',
      areaId: 18859,
      observedAt: at,
    }));
    await world.sql`insert into skill_observation ${world.sql(rows)}`;
  },
  async fiveSkills(world, roll) {
    const [person, at] = [roll.pick(world.people), someMoment(world, roll)];
    const five = await world.sql<{ code: string }[]>`
      select skill_code as code from skill_version where valid_to is null and national_ref like 'CV3240%'`;
    const rows = five.map(({ code }) => ({
      id: uuid(roll),
      personId: person,
      skillCode: code,
      level: 3,
      source: 'recheck',
      areaId: 18859,
      observedAt: at,
    }));
    await world.sql`insert into skill_observation ${world.sql(rows)}`;
  },
  withdrawn: (world, roll) => world.sql`
    update person set birth_year = null, born_about = coalesce(birth_year, 1956) + ${roll.upTo(20) - 10}, area_id = 18859
    where id = ${roll.pick(world.people)}`,
  recheckFailed: (world, roll) => world.sql`
    insert into skill_observation (id, person_id, skill_code, level, source, area_id, observed_at)
    select ${uuid(roll)}, person_id, skill_code, 2, 'recheck', 18859, ${someMoment(world, roll)}
    from skill_observation order by id offset ${roll.upTo(30)} limit 1`,
  moved: (world, roll) =>
    world.sql`update person set area_id = ${roll.pick(world.areas)} where id = ${roll.pick(world.people)}`,
  details: (world, roll) => world.sql`
    update person set birth_year = ${roll.pick([null, 1940, 1966, 1967, 1990])}, gender = ${roll.pick(['female', 'male', null])}
    where id = ${roll.pick(world.people)}`,
  /** One step deep, as merging keeps it: whoever survives is merged into nobody, whoever goes survived nobody. */
  async merged(world, roll) {
    const [goes, stays] = [roll.pick(world.people), roll.pick(world.people)];
    await world.sql`update person p set merged_into = ${stays} where p.id = ${goes} and p.id <> ${stays}
      and not exists (select from person q where q.merged_into = p.id)
      and exists (select from person q where q.id = ${stays} and q.merged_into is null)`;
  },
  mergeUndone: (world, roll) => world.sql`update person set merged_into = null where id = ${roll.pick(world.people)}`,
  sessionState: (world, roll) => world.sql`
    update class_session set status = ${roll.pick(['held', 'cancelled', 'did_not_happen', 'published', 'planned'])}, status_reason = 'mưa'
    where id = ${roll.pick(world.sessions)}`,
  async sessionMoved(world, roll) {
    const at = someMoment(world, roll);
    await world.sql`update class_session set starts_at = ${at}, ends_at = ${new Date(at.getTime() + 60_000)} where id = ${roll.pick(world.sessions)}`;
  },
  sessionElsewhere: (world, roll) =>
    world.sql`update class_session set area_id = ${roll.pick(world.areas)} where id = ${roll.pick(world.sessions)}`,
  newSession: addSession,
  newPerson: addPerson,
  async sessionRemoved(world, roll) {
    const id = roll.pick(world.sessions);
    await world.sql`delete from attendance where session_id = ${id}`;
    await world.sql`delete from class_session where id = ${id}`;
    world.sessions = world.sessions.filter((other) => other !== id);
  },
};

/** What the roster, the helpers and the answers of people say. */
const rosterHappenings: typeof happenings = {
  memberJoins: addMember,
  memberLeaves: (world, roll) =>
    world.sql`update team_member set left_on = ${roll.pick([null, someDay(world, roll)])} where id = ${roll.pick(world.members)}`,
  memberElsewhere: (world, roll) => world.sql`
    update team_member m set team_id = k.id, area_id = k.area_id from team k where m.id = ${roll.pick(world.members)} and k.id = ${roll.pick(world.teams)}`,
  teamChanges: (world, roll) => world.sql`
    update team set kind = ${roll.pick(kinds)}, organisation = ${roll.pick(['youth', 'women', 'front'])},
      area_id = ${roll.pick(world.areas)} where id = ${roll.pick(world.teams)}`,
  classElsewhere: (world, roll) => world.sql`
    update class set area_id = ${roll.pick(world.areas)}, team_id = ${roll.pick(world.teams)} where id = ${roll.pick(world.classes)}`,
  helperAgrees: (world, roll) => world.sql`
    insert into session_helper (session_id, member_id, area_id, member_area_id, role, state, starts_at, ends_at, answered_at)
    select s.id, m.id, s.area_id, m.area_id, 'helps', 'yes', s.starts_at, s.ends_at, now() from class_session s, team_member m
    where s.id = ${roll.pick(world.sessions)} and m.id = ${roll.pick(world.members)}`,
  helperAbsent: (world, roll) => world.sql`
    update session_helper set absent_at = ${roll.pick([null, world.now])}
    where id = (select id from session_helper where state = 'yes' order by id offset ${roll.upTo(8)} limit 1)`,
  helperRefuses: (world, roll) => world.sql`
    update session_helper set state = 'no', no_because = 'said', absent_at = null
    where id = (select id from session_helper order by id offset ${roll.upTo(8)} limit 1)`,
  async answered(world, roll) {
    const [person, consent] = [roll.pick(world.people), uuid(roll)];
    await world.sql`insert into consent (id, person_id, purpose, text_version, given, how) values (${consent}, ${person}, 'equality', 1, true, 'self')`;
    await world.sql`insert into equality_answer (person_id, question, answer, consent_id)
      values (${person}, ${roll.pick(['ethnic_minority', 'disability', 'poor_household'])}, ${roll.upTo(4) > 0}, ${consent})`;
  },
  answersTakenAway: (world, roll) =>
    world.sql`delete from equality_answer where person_id = ${roll.pick(world.people)}`,
  consentEnds: (world, roll) => world.sql`
    update consent set withdrawn_at = ${roll.pick([null, world.now])} where purpose = 'equality' and person_id = ${roll.pick(world.people)}`,
  registerFinished: (world, roll) => world.sql`
    update class_session set status = 'held', register_finished_at = ends_at + ${roll.upTo(60)} * interval '1 hour' where id = ${roll.pick(world.sessions)}`,
  lessonChosen: (world, roll) =>
    world.sql`update class_session set lesson_id = ${roll.pick([null, ...world.lessons])} where id = ${roll.pick(world.sessions)}`,
  lookedAtAgain: (world, roll) => world.sql`
    insert into skill_observation (id, person_id, skill_code, level, source, area_id, observed_at)
    select ${uuid(roll)}, person_id, skill_code, ${1 + roll.upTo(4)}, 'recheck', 18859, observed_at + ${20 + roll.upTo(80)} * interval '1 day'
    from skill_observation where level >= 3 and observed_at < ${world.now}::timestamptz - interval '101 days' order by id offset ${roll.upTo(30)} limit 1`,
};
Object.assign(happenings, rosterHappenings);

/** Rare, and makes everything be counted anew. */
export const upheavals: typeof happenings = {
  catalogue: (world, roll) =>
    world.sql`update skill_version set core = not core where skill_code = ${roll.pick(world.core)} and valid_to is null`,
  async tree(world, roll) {
    await world.sql`update area_parent set parent_id = ${roll.pick([18859, 18901])} where area_id = ${roll.pick([1_800_001, 1_800_002, 1_800_004])}`;
    await world.sql`select rebuild_area_tree()`;
  },
};

/** Who lives with whom. */
const homeHappenings: typeof happenings = {
  async householdBegins(world, roll) {
    const id = uuid(roll);
    await world.sql`insert into household (id, area_id) values (${id}, ${roll.pick(world.areas)})`;
    for (let members = 1 + roll.upTo(3); members > 0; members -= 1)
      await world.sql`insert into household_member (household_id, person_id, area_id, joined_at)
        select h.id, ${roll.pick(world.people)}, h.area_id, ${someMoment(world, roll)} from household h where h.id = ${id} on conflict do nothing`;
  },
  householdLeft: (world, roll) => world.sql`
    update household_member set left_at = ${world.now} where person_id = ${roll.pick(world.people)} and left_at is null`,
  householdChanged: (world, roll) => world.sql`
    update household_member m set household_id = h.id, area_id = h.area_id from household h
    where m.person_id = ${roll.pick(world.people)} and m.left_at is null and h.id = (select id from household order by id offset ${roll.upTo(6)} limit 1)`,
  async householdMoves(world, roll) {
    const area = roll.pick(world.areas);
    const [home] = await world.sql<{ id: string }[]>`
      update household set area_id = ${area} where id = (select id from household order by id offset ${roll.upTo(6)} limit 1) returning id`;
    if (home) await world.sql`update household_member set area_id = ${area} where household_id = ${home.id}`;
  },
  householdErased: (world, roll) =>
    world.sql`delete from household_member where person_id = ${roll.pick(world.people)}`,
};
Object.assign(happenings, homeHappenings);
