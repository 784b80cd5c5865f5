import { createHash, randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { connectionOptions } from '@/db/connection';
import { openScoped, type Caller, type ScopedTx } from '@/lib/access/scoped';
import { recordOperations } from '@/lib/register/commands';

/** A small world of its own: two wards, a helper in each, one class of four people with as many sessions as are asked for. */
export interface World {
  readonly sql: postgres.Sql;
  readonly helper: Actor;
  readonly stranger: Actor;
  readonly desk: Actor;
  readonly village: number;
  readonly people: readonly string[];
  readonly skill: string;
  newSession(status?: string): Promise<string>;
  newPerson(name: string, areaId: number): Promise<string>;
}
export interface Actor {
  readonly caller: Caller;
  readonly token: string;
}

const wards = { own: 18859, other: 18901 };
let position = 0;

export async function buildWorld(url: string): Promise<World> {
  const sql = postgres({ ...connectionOptions(url), max: 1, onnotice: () => {}, transform: postgres.camel });
  await sql`set role camtay_system`;
  const village = 1_900_001;
  await sql`
    insert into area (id, kind, name_vi, name_en, full_name_vi, full_name_en, name_folded, valid_from)
    values (${village}, 'village', 'Thôn Thử', 'Thu village', 'Thôn Thử', 'Thu village', 'thon thu', '2025-07-01')`;
  await sql`insert into area_parent (area_id, parent_id, valid_from) values (${village}, ${wards.own}, '2025-07-01')`;
  await sql`select rebuild_area_tree()`;
  const [row] = await sql<{ courseId: string; skill: string }[]>`
    select l.course_id, s.skill_code as skill from lesson l join lesson_skill s on s.lesson_id = l.id order by l.position, s.skill_code limit 1`;
  if (!row) throw new Error('no course in the template');
  const venueId = randomUUID();
  const teamId = randomUUID();
  const classId = 'test2345';
  await sql`insert into venue (id, area_id, name, address) values (${venueId}, ${village}, 'Nhà văn hóa', 'Thôn Thử')`;
  await sql`insert into team (id, area_id, kind, name) values (${teamId}, ${wards.own}, 'front', 'Tổ thử')`;
  await sql`
    insert into class (id, area_id, course_id, venue_id, team_id, status, capacity, seats_confirmed)
    values (${classId}, ${village}, ${row.courseId}, ${venueId}, ${teamId}, 'published', 30, 4)`;
  const newPerson = async (name: string, areaId: number) => {
    const id = randomUUID();
    const given = name.split(' ').at(-1) ?? name;
    await sql`
      insert into person (id, area_id, full_name, given_name, name_folded) values (${id}, ${areaId}, ${name}, ${given}, ${name.toLowerCase()})`;
    return id;
  };
  const people: string[] = [];
  for (const [index, name] of ['Lê Thị Ánh', 'Trần Văn Bê', 'Hồ Thị Đào', 'Nguyễn Văn Ích'].entries()) {
    const id = await newPerson(name, village);
    people.push(id);
    await sql`
      insert into enrolment (class_id, area_id, person_id, status, status_at, code, channel, idempotency_key, created_at)
      values (${classId}, ${village}, ${id}, 'confirmed', '2026-01-01', ${`ACDEFGH${'2346'[index] ?? '7'}`}, 'staff', ${randomUUID()}, '2026-01-01')`;
  }
  return {
    sql,
    village,
    people,
    skill: row.skill,
    newPerson,
    helper: await newActor(sql, 'helper', wards.own),
    stranger: await newActor(sql, 'helper', wards.other),
    desk: await newActor(sql, 'desk_officer', wards.own),
    async newSession(status = 'published') {
      position += 1;
      const startsAt = new Date(Date.UTC(2026, 2, 1, 12) + position * 86_400_000);
      const [made] = await sql<{ id: string }[]>`
        insert into class_session (class_id, area_id, venue_id, position, starts_at, ends_at, status, status_reason)
        values (${classId}, ${village}, ${venueId}, ${position}, ${startsAt}, ${new Date(startsAt.getTime() + 5_400_000)}, ${status},
                ${status === 'cancelled' ? 'bão' : null}) returning id`;
      return made?.id ?? '';
    },
  };
}

/** One more helper of the same ward. */
export const newHelper = (sql: postgres.Sql, name: string) => newActor(sql, 'helper', wards.own, name);

async function newActor(sql: postgres.Sql, role: string, areaId: number, name = role): Promise<Actor> {
  const accountId = randomUUID();
  const token = randomUUID();
  const sessionId = randomUUID();
  await sql`
    insert into account (id, username, full_name, password_hash, area_id)
    values (${accountId}, ${`${name}.${areaId}`}, 'Người thử', 'x', ${areaId})`;
  await sql`insert into account_grant (account_id, role, area_id, valid_from) values (${accountId}, ${role}, ${areaId}, '2026-01-01')`;
  await sql`
    insert into auth_session (id, token_hash, account_id, expires_at, device)
    values (${sessionId}, ${createHash('sha256').update(token).digest()}, ${accountId}, now() + interval '1 day', 'test')`;
  const caller: Caller = {
    accountId,
    sessionId,
    fullName: 'Người thử',
    username: role,
    areaId,
    grants: [],
    capabilities: [],
  };
  return { caller, token };
}

/** A transaction as that account, through the same walls as the doors'. */
export function as<R>(actor: Actor, work: (tx: ScopedTx, caller: Caller) => Promise<R>): Promise<R> {
  return openScoped('read write', 'camtay_app', actor.token, (tx) => work(tx, actor.caller));
}

/** Posts a batch as that account. */
export function post(actor: Actor, operations: readonly unknown[]) {
  return as(actor, (tx, caller) => recordOperations(tx, operations, caller));
}

/** An operation with an id and a device time of its own, unless given. */
export function said(sessionId: string, kind: string, content: object = {}) {
  return { id: randomUUID(), sessionId, kind, at: '2026-03-02T12:00:00.000Z', ...content };
}

/** Everything a session's register consists of. */
export async function stateOf(sql: postgres.Sql, sessionId: string) {
  const [session] = await sql`
    select register_started_at, register_started_by, register_finished_at, guests, status from class_session where id = ${sessionId}`;
  const attendance = await sql`
    select person_id, area_id, state, minutes_late, walk_in, by_default, marked_at, operation_id, marked_by
    from attendance where session_id = ${sessionId} order by person_id`;
  const observations = await sql`
    select id, person_id, skill_code, level, source, area_id, observed_at, observed_by, help
    from skill_observation where session_id = ${sessionId} order by id`;
  const operations = await sql`
    select id, kind, outcome, reason from register_operation where session_id = ${sessionId} order by id`;
  return { session, attendance: [...attendance], observations: [...observations], operations: [...operations] };
}
