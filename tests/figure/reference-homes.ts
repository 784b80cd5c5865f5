import type postgres from 'postgres';

interface Counted {
  id: string;
  areaId: number;
  measure: string;
  day: string;
}

interface Home {
  id: string;
  areaId: number;
  /** The day the first of those who live there today joined. */
  known: string;
  people: Set<string>;
}

/** Who lives together today, records merged away left out; put together here, not in SQL. */
export async function readHouseholds(sql: postgres.Sql): Promise<Home[]> {
  const members = await sql<{ id: string; areaId: number; personId: string; joined: string }[]>`
    select h.id, h.area_id, m.person_id, (m.joined_at at time zone 'Asia/Ho_Chi_Minh')::date::text as joined
    from household h, household_member m, person p
    where m.household_id = h.id and m.left_at is null and p.id = m.person_id and p.merged_into is null`;
  const homes = new Map<string, Home>();
  for (const { id, areaId, personId, joined } of members) {
    const home = homes.get(id) ?? { id, areaId, known: joined, people: new Set() };
    home.people.add(personId);
    if (joined < home.known) home.known = joined;
    homes.set(id, home);
  }
  return [...homes.values()];
}

/** The days on which each person came, by the record that was kept. */
export async function readComings(sql: postgres.Sql): Promise<Map<string, string[]>> {
  const rows = await sql<{ personId: string; day: string }[]>`
    select coalesce(p.merged_into, p.id) as person_id, (s.starts_at at time zone 'Asia/Ho_Chi_Minh')::date::text as day
    from attendance a, class_session s, person p
    where s.id = a.session_id and p.id = a.person_id and s.status in ('published', 'held') and a.state in ('present', 'late', 'left_early')`;
  const days = new Map<string, string[]>();
  for (const { personId, day } of rows) days.set(personId, [...(days.get(personId) ?? []), day]);
  return days;
}

/** Whether anybody of the household had come before a day. */
export const cameBy = ({ people }: Home, cameOn: ReadonlyMap<string, string[]>, end: string) =>
  [...people].some((id) => cameOn.get(id)?.some((day) => day < end));

/** Homes where somebody was met, by what was recorded last: walked through, newest first. */
export async function readVisits(sql: postgres.Sql): Promise<Counted[]> {
  const said = await sql<{ visitId: string; outcome: string; at: Date; id: string }[]>`
    select visit_id, outcome, at, id from visit_outcome`;
  const last = new Map<string, (typeof said)[number]>();
  for (const one of said) {
    const known = last.get(one.visitId);
    const newer = !known || one.at > known.at || (one.at.getTime() === known.at.getTime() && one.id > known.id);
    if (newer) last.set(one.visitId, one);
  }
  const visits = await sql<Counted[]>`
    select id, area_id, 'home_visits' as measure, day::text as day from visit`;
  const done = (id: string | null) => id !== null && last.get(id)?.outcome === 'done';
  return [...visits.filter(({ id }) => done(id)), ...(await readDoors(sql)).filter(countsOnce(done))];
}

interface Door extends Counted {
  home: string;
  at: Date;
  met: boolean;
  visitId: string | null;
}

const readDoors = (sql: postgres.Sql) => sql<Door[]>`
  select id, area_id, 'home_visits' as measure, day::text as day, home, at, met, visit_id from door_visit`;

/** Of whoever went to a home for tasks on a day the first who met somebody counts, unless a round met them there that day. */
const countsOnce =
  (done: (visitId: string | null) => boolean) =>
  (one: Door, _at: number, all: readonly Door[]): boolean => {
    const same = all.filter(({ home, day }) => home === one.home && day === one.day);
    if (!one.met || same.some(({ visitId }) => done(visitId))) return false;
    const [first] = same
      .filter(({ met }) => met)
      .toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
    return first?.id === one.id;
  };

type Time = { id: string; areaId: number; from: Date; minutes: number };

/** Time given outside classes: on rounds that went, on duty in which somebody was helped, by helping outside of it, and at homes for tasks. */
export async function readTimes(sql: postgres.Sql): Promise<Time[]> {
  const rounds = await sql<{ id: string; areaId: number; startsAt: Date; endsAt: Date }[]>`
    select h.id, h.area_id, r.starts_at, r.ends_at from visit_round_helper h, visit_round r
    where r.id = h.round_id and r.called_off_at is null and h.called_off_at is null
      and r.id in (select v.round_id from visit v, visit_outcome o where o.visit_id = v.id)`;
  const doors = await sql<{ id: string; areaId: number; at: Date; minutes: number; roundHelperId: string | null }[]>`
    select id, area_id, at, minutes, round_helper_id from door_visit where elsewhere is null`;
  const shifts = await sql<
    { id: string; areaId: number; deskId: string; accountId: string | null; startsAt: Date; endsAt: Date }[]
  >`select id, area_id, desk_id, account_id, starts_at, ends_at from desk_shift where called_off_at is null`;
  const assists = await sql<
    { id: string; areaId: number; deskId: string; loggedBy: string | null; at: Date; minutes: number }[]
  >`select id, area_id, desk_id, logged_by, at, minutes from desk_assist where undone_at is null`;
  const holds = (shift: (typeof shifts)[number], one: (typeof assists)[number]) =>
    shift.deskId === one.deskId &&
    shift.startsAt <= one.at &&
    one.at <= shift.endsAt &&
    (shift.accountId === null || shift.accountId === one.loggedBy);
  const whole = ({ id, areaId, startsAt, endsAt }: (typeof rounds)[number]): Time => ({
    id,
    areaId,
    from: startsAt,
    minutes: Math.round((endsAt.getTime() - startsAt.getTime()) / 60_000),
  });
  return [
    ...rounds.map(whole),
    ...shifts.filter((shift) => assists.some((one) => holds(shift, one))).map(whole),
    ...assists
      .filter((one) => !shifts.some((shift) => holds(shift, one)))
      .map(({ id, areaId, at, minutes }) => ({ id, areaId, from: at, minutes })),
    ...doors
      .filter(({ roundHelperId }) => !rounds.some(({ id }) => id === roundHelperId))
      .map(({ id, areaId, at, minutes }) => ({ id, areaId, from: at, minutes })),
  ];
}

/** Times somebody was helped at a desk, where, and with what. */
export async function readAssists(sql: postgres.Sql): Promise<Counted[]> {
  return sql`
    select id, area_id, 'assist_' || need_code as measure, (at at time zone 'Asia/Ho_Chi_Minh')::date::text as day
    from desk_assist where undone_at is null`;
}
