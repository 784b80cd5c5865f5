import type postgres from 'postgres';

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

/** Times somebody was helped at a desk, where, and with what. */
export async function readAssists(
  sql: postgres.Sql,
): Promise<{ id: string; areaId: number; need: string; at: Date }[]> {
  return sql`select id, area_id, need_code as need, at from desk_assist where undone_at is null`;
}
