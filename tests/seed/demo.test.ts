import { createHash } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectionOptions } from '@/db/connection';
import { seed } from '@/db/seed';
import { demoTables } from '@/db/seed/demo/tables';
import { makeWorld } from '@/db/seed/demo/world';
import { asSystem, closePool } from '@/lib/access/scoped';
import { certificateStandings } from '@/lib/certificate/queries';
import { isSerial } from '@/lib/kernel/serial';
import { resultsOfClass } from '@/lib/completion/queries';
import { phoneNumber } from '@/lib/kernel/phone';
import { cloneDatabase, testDatabase, type TestDatabase } from '../support/database';

let url = '';
let other: TestDatabase;
let sql: postgres.Sql;

const connect = (address: string) => postgres({ ...connectionOptions(address), max: 1, onnotice: () => {} });

beforeAll(async () => {
  other = await cloneDatabase(process.env.TEST_DATABASE_URL ?? '');
  expect(await seed(other.url, { demo: true })).toEqual({ demo: true });
  ({ url } = await testDatabase({ demo: true }));
  sql = connect(url);
}, 180_000);
afterAll(async () => {
  await closePool();
  await sql.end();
  await other.drop();
});

/** The content of every table of the demo world, but for the salted hash of the password and the moment of loading. */
async function fingerprints(from: postgres.Sql): Promise<Record<string, string>> {
  const prints: Record<string, string> = {};
  for (const [table, columns] of Object.entries(demoTables)) {
    const names = Object.keys(columns).filter((name) => name !== 'password_hash');
    const rows = await from.unsafe(
      `select line from (select row(${names.join(', ')})::text as line from ${table}) as lines order by line collate "C"`,
    );
    const hash = createHash('sha256');
    for (const { line } of rows) hash.update(`${line}\n`);
    prints[table] = `${rows.length} ${hash.digest('hex')}`;
  }
  return prints;
}

const none = async (query: postgres.PendingQuery<postgres.Row[]>) => expect([...(await query)]).toEqual([]);

describe('the demo world', () => {
  test('is the same in two databases, row for row', async () => {
    const second = connect(other.url);
    expect(await fingerprints(sql)).toEqual(await fingerprints(second));
    await second.end();
  });

  test('is never loaded into a database that is not empty', async () => {
    const before = await fingerprints(sql);
    expect(await seed(url, { demo: true })).toEqual({ demo: false });
    expect(await fingerprints(sql)).toEqual(before);
  });

  test('is large enough: 200 classes, 5 000 people, something held in each of the 78 units', async () => {
    const [size] = await sql<{ classes: number; people: number; marks: number; units: number; open: number }[]>`
      select (select count(*)::int from class) as classes, (select count(*)::int from person) as people,
        (select count(*)::int from attendance) as marks,
        (select count(distinct t.ancestor_id)::int from class_session s join area_tree t on t.area_id = s.area_id
           join area_tree p on p.area_id = t.ancestor_id and p.ancestor_id = 44 and p.depth = 1
         where s.status = 'held') as units,
        (select count(*)::int from class where status = 'published' and first_starts_at > now()
           and seats_confirmed < capacity) as open`;
    expect(size?.classes).toBeGreaterThanOrEqual(200);
    expect(size?.people).toBeGreaterThanOrEqual(5000);
    expect(size?.marks).toBeGreaterThanOrEqual(25_000);
    expect(size?.units).toBe(78);
    expect(size?.open).toBeGreaterThanOrEqual(60);
  });

  test('counts the seats of every class as its enrolments do, and lets nobody wait beside an idle seat', async () => {
    await none(sql`
      select c.id from class c left join lateral (
        select count(*) filter (where status in ('confirmed', 'completed', 'partial', 'no_show')) as seated,
               count(*) filter (where status = 'offered') as offered,
               count(*) filter (where reserved) as reserved,
               count(*) filter (where status = 'waitlisted') as waiting from enrolment e where e.class_id = c.id) e on true
      where e.seated <> c.seats_confirmed or e.waiting <> c.waiting or e.offered <> c.seats_offered
         or e.reserved + c.seats_reserved <> c.reserved_places
         or (c.waiting > 0 and c.seats_confirmed + c.seats_offered < c.capacity)`);
  });

  test('gives every class the span of its sessions, and no two sessions one venue at a time', async () => {
    await none(sql`
      select c.id from class c join class_session s on s.class_id = c.id group by c.id
      having min(s.starts_at) <> c.first_starts_at or max(s.ends_at) <> c.last_ends_at`);
    await none(sql`
      select a.id from class_session a join class_session b on a.venue_id = b.venue_id and a.id < b.id
        and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
      where a.status in ('planned', 'published', 'held') and b.status in ('planned', 'published', 'held')`);
  });

  test('keeps facts in order: consent with the first contact, events to the state, marks only in held sessions', async () => {
    await none(sql`select id from person p where merged_into is null and not exists (
      select from consent c where c.person_id = p.id and c.given and c.at <= p.created_at)`);
    await none(sql`select id from enrolment e where status <> (
      select to_status from enrolment_event v where v.enrolment_id = e.id order by at desc, (from_status is not null) desc limit 1)`);
    await none(
      sql`select session_id from attendance a join class_session s on s.id = a.session_id where s.status <> 'held' limit 5`,
    );
    await none(sql`select o.id from skill_observation o left join attendance a on a.session_id = o.session_id
      and a.person_id = o.person_id and a.state in ('present', 'late', 'left_early')
      where o.source = 'session' and a.session_id is null limit 5`);
    await none(sql`select id from class_session where status = 'held' and ends_at > now()`);
    await none(sql`select id from skill_observation where observed_at > now()
      union all select id from enrolment where created_at > now() or status_at < created_at`);
  });

  test('says how many live in every unit, parts within their wholes; of one unit not all villages spoke', async () => {
    await none(sql`
      select e.area_id, e.grp from eligible e join eligible w on w.area_id = e.area_id and w.as_of = e.as_of
      where (e.people > w.people and ((w.grp = 'all' and e.grp <> 'households') or (w.grp = 'adults' and e.grp = 'age60')))
        or e.source not like '%(demo)%'`);
    const silent = await sql<{ unit: number; villages: number }[]>`
      select t.ancestor_id as unit, count(*)::int as villages from area_tree t join area_tree u on u.area_id = t.ancestor_id and u.ancestor_id = 44 and u.depth = 1
      where t.depth = 1 and not exists (select from eligible e where e.area_id in (t.area_id, t.ancestor_id)) group by 1`;
    expect(silent).toHaveLength(1);
    expect(silent[0]?.villages).toBeLessThan(6);
  });

  test('aims at something in every unit, some ahead of it and some behind; nothing computed is declared', async () => {
    const [found] = await sql<{ units: number; declared: number }[]>`
      select count(distinct area_id) filter (where area_id between 18000 and 20000)::int as units,
        (select count(distinct area_id)::int from declared_figure) as declared from target where value > 0`;
    expect(found).toEqual({ units: 78, declared: 78 });
    await none(
      sql`select id from declared_figure d join indicator i on i.code = d.indicator_code where i.kind <> 'declared'`,
    );
  });

  test('has people who attained the whole core set, and far more who have not yet', async () => {
    const [found] = await sql<{ n: number }[]>`
      with latest as (select distinct on (person_id, skill_code) person_id, skill_code, level from skill_observation
                      order by person_id, skill_code, observed_at desc)
      select count(*)::int as n from (
        select person_id from latest join skill_version v using (skill_code)
        where v.core and v.valid_to is null and latest.level >= 3 group by person_id
        having count(*) = (select count(*) from skill_version where core and valid_to is null)) able`;
    expect(found?.n).toBeGreaterThan(100);
    expect(found?.n).toBeLessThan(1500);
  });

  test.each([18859, 18901])(
    'shows unit %i in full: yesterday undone, today, tomorrow full with a queue, open',
    async (unit) => {
      const [seen] = await sql`
      with here as (select area_id from area_tree where ancestor_id = ${unit}),
           s as (select *, (starts_at at time zone 'Asia/Ho_Chi_Minh')::date
                   - (now() at time zone 'Asia/Ho_Chi_Minh')::date as ahead from class_session where area_id in (select area_id from here))
      select (select count(*) > 0 from s where ahead = 0 and status = 'published') as today,
        (select count(*) > 0 from s where ahead = -1 and status = 'published' and register_started_at is null) as undone,
        (select count(*) > 0 from s join class c on c.id = s.class_id where ahead = 1 and c.waiting > 0) as queue,
        (select count(*) >= 3 from class where area_id in (select area_id from here) and status = 'published'
           and first_starts_at > now() and seats_confirmed < capacity) as open,
        (select count(*) > 0 from class where area_id in (select area_id from here) and status = 'draft') as draft,
        (select count(*) > 0 from register_operation where area_id in (select area_id from here)) as acts`;
      expect(seen).toEqual({ today: true, undone: true, queue: true, open: true, draft: true, acts: true });
    },
  );

  test('shows a person marked differently by two in each unit shown in full, as the register works it out', async () => {
    const contested = await sql<{ sessionId: string; unit: number }[]>`
      select distinct o.session_id as "sessionId", t.ancestor_id as unit from register_operation o
      join area_tree t on t.area_id = o.area_id and t.ancestor_id in (18859, 18901) where o.outcome = 'conflict'`;
    expect(contested.map(({ unit }) => unit).toSorted()).toEqual([18859, 18901]);
    await none(sql`
      select a.person_id from attendance a join register_operation o on o.session_id = a.session_id and o.person_id = a.person_id
      where o.outcome = 'conflict' group by a.person_id, a.operation_id
      having count(*) <> 2 or count(distinct o.account_id) <> 2
        or (array_agg(o.id order by o.device_time desc))[1] <> a.operation_id`);
  });

  test('marks everything invented as demo, and gives nobody a phone that somebody else has', async () => {
    await none(sql`select id from area where official_code is null and full_name_vi not like '%(demo)%'
      union all select id from area where official_code is null and full_name_en not like '%(demo)%'`);
    await none(sql`select name from venue where name not like '%(demo)%' union all
      select name from team where name not like '%(demo)%' union all
      select full_name from account where full_name not like '%(demo)%'`);
    await none(sql`select phone from person_phone where belongs_to = 'self' group by phone having count(*) > 1`);
    const phones = await sql<{ phone: string }[]>`
      select phone from person_phone union select phone from account where phone is not null union select phone from team_member`;
    expect(phones.filter(({ phone }) => phoneNumber(phone) !== phone || !phone.startsWith('+849000'))).toEqual([]);
  });

  test('staffs every unit’s sessions: teams with languages and skills, some who said yes, some no, some who have not answered', async () => {
    const units = await sql<{ unit: number; members: number; skilled: number; bru: number; states: string }[]>`
      select u.id as unit, (select count(*)::int from team_member m where m.area_id = u.id) as members,
        (select count(distinct member_id)::int from team_member_skill k where k.area_id = u.id) as skilled,
        (select count(*)::int from team_member m where m.area_id = u.id and 'bru' = any(m.languages)) as bru,
        (select string_agg(distinct h.state, ' ' order by h.state) from session_helper h where h.member_area_id = u.id) as states
      from area u where u.kind in ('commune', 'ward', 'special_zone')`;
    expect(units).toHaveLength(78);
    expect(units.filter(({ members, skilled }) => members < 5 || skilled < 3)).toEqual([]);
    expect(units.filter(({ states }) => !states)).toEqual([]);
    expect(units.some(({ bru }) => bru > 0)).toBe(true);
    for (const unit of [18859, 18901])
      expect(units.find((one) => one.unit === unit)).toMatchObject({ states: 'asked no yes' });
    for (const unit of [18859, 18901]) {
      const asked = await sql`
        select h.class_id from (select s.class_id, count(*) from session_helper h join class_session s on s.id = h.session_id
          join team_member m on m.id = h.member_id where m.account_id is not null and m.area_id = ${unit} and h.state = 'asked'
          and h.starts_at > now() group by 1) h`;
      expect(asked.length).toBeGreaterThan(0);
    }
  });

  test('has support desks with people on duty, weeks of assists, and classes that what repeats proposes', async () => {
    const units = await sql<
      { unit: number; desks: number; ahead: number; days: number; named: number; willing: number; repeats: number }[]
    >`
      select u.id as unit, (select count(*)::int from desk d join area_tree t on t.area_id = d.area_id and t.ancestor_id = u.id) as desks,
        (select count(*)::int from desk_shift h join area_tree t on t.area_id = h.area_id and t.ancestor_id = u.id where h.starts_at > now()) as ahead,
        count(distinct s.at::date)::int as days, count(s.person_id)::int as named, count(*) filter (where s.invite)::int as willing,
        (select count(*)::int from (select from desk_assist r join area_tree t on t.area_id = r.area_id and t.ancestor_id = u.id
          join desk_need n on n.code = r.need_code and n.course_id is not null
          where r.at between now() - interval '7 days' and now() and not exists (select from desk_dismissal x where x.need_code = r.need_code and x.at >= r.at)
          group by r.desk_id, r.need_code having count(*) >= 5) again) as repeats
      from area u join area_tree t on t.ancestor_id = u.id join desk_assist s on s.area_id = t.area_id
      where u.id in (18859, 18901) group by u.id`;
    expect(units).toHaveLength(2);
    for (const unit of units) {
      // The third is the mobile point of its rounds.
      expect(unit.desks).toBe(3);
      expect(unit.ahead).toBeGreaterThan(10);
      expect(unit.days).toBeGreaterThan(20);
      expect(unit.named).toBeGreaterThan(10);
      expect(unit.willing).toBeGreaterThan(5);
      expect(unit.repeats, String(unit.unit)).toBeGreaterThan(0);
    }
    await none(sql`select s.id from desk_assist s join person p on p.id = s.person_id where s.at < p.created_at`);
  });

  test('shows reports in every state, one given back, one overdue, with the figures its registers hold', async () => {
    const states = await sql<{ state: string }[]>`select distinct state from report order by 1`;
    expect(states.map(({ state }) => state)).toEqual(['approved', 'draft', 'locked', 'returned', 'submitted']);
    const [late] = await sql<{ n: number }[]>`
      select count(*)::int as n from report where state = 'draft' and closes_on + 6 < (now() at time zone 'Asia/Ho_Chi_Minh')::date`;
    expect(late?.n).toBeGreaterThan(0);
    await none(sql`select id from report_step where at > now() or by_name not like '%(demo)%'`);
    const frozen = await sql<{ value: number; counted: number }[]>`
      select f.value, (select count(*)::int from class_session s join area_tree t on t.area_id = s.area_id and t.ancestor_id = f.area_id
          where s.status = 'held' and (s.starts_at at time zone 'Asia/Ho_Chi_Minh')::date >= r.closes_on - interval '1 month'
            and (s.starts_at at time zone 'Asia/Ho_Chi_Minh')::date < r.closes_on) as counted
      from report_figure f join report r on r.id = f.report_id where f.code = 'R01'`;
    expect(frozen.length).toBeGreaterThan(40);
    expect(frozen.filter(({ value, counted }) => value !== counted)).toEqual([]);
    await none(sql`select code from report_figure where unit = 'people' and value between 1 and 9`);
  });

  test('lets each of the nine accounts in with the one password, as one role in one area', async () => {
    const accounts = await sql<{ username: string; passwordHash: string; held: string }[]>`
      select a.username, a.password_hash as "passwordHash", string_agg(g.role || '@' || g.area_id, ' ') as held
      from account a join account_grant g on g.account_id = a.id group by a.id order by a.username`;
    expect(accounts.map(({ username, held }) => `${username} ${held}`)).toEqual([
      'admin province_admin@44',
      'daisu.dongthuan helper@18859',
      'daisu.minhhoa helper@18901',
      'lanhdao.dongthuan unit_leader@18859',
      'lanhdao.minhhoa unit_leader@18901',
      'lanhdao.tinh province_leader@44',
      'motcua.minhhoa desk_officer@18901',
      'tochuc.dongthuan organiser@18859',
      'tochuc.minhhoa organiser@18901',
    ]);
    expect(await verify(accounts[0]?.passwordHash ?? '', 'cam-tay-demo-2026')).toBe(true);
  });

  test('gives everybody in a closed class the result the portal works out by itself, and certificates only to those who may have one', async () => {
    const closed = await sql<{ id: string }[]>`
      (select c.id from class c join area_tree t on t.area_id = c.area_id and t.ancestor_id in (18859, 18901) where c.status = 'closed' order by c.id limit 8)
      union (select id from class where status = 'closed' order by id limit 8)`;
    const wrong: string[] = [];
    for (const { id } of closed) {
      const results = await asSystem('test: results of the demo world', (tx) =>
        resultsOfClass(tx, 'vi', id, new Date()),
      );
      for (const { enrolmentId, status, result } of results)
        if (status !== result) wrong.push(`${id} ${enrolmentId}: ${status}, should be ${result}`);
      const standings = await asSystem('test: certificates of the demo world', (tx) => certificateStandings(tx, id));
      for (const { enrolmentId, serial, seenAgain } of standings)
        if (serial && (!seenAgain || !isSerial(serial))) wrong.push(`certificate of ${enrolmentId}`);
    }
    expect(wrong).toEqual([]);
    await none(
      sql`select c.id from certificate c join enrolment e on e.id = c.enrolment_id where e.status <> 'completed'`,
    );
    const [count] = await sql<{ standing: number; revoked: number }[]>`
      select count(*) filter (where revoked_at is null)::int as standing, count(*) filter (where revoked_at is not null)::int as revoked from certificate`;
    expect(count?.standing).toBeGreaterThan(20);
    expect(count?.revoked).toBe(2);
  });

  test('can be made on any day of the year, the days of Tết included', () => {
    for (const today of ['2026-12-31', '2027-02-06', '2028-02-29']) {
      const world = makeWorld(today);
      expect(world.class.length).toBeGreaterThan(200);
      expect(world.person.length).toBeGreaterThan(5000);
      expect(new Set(world.enrolment.map(({ code }) => code)).size).toBe(world.enrolment.length);
    }
  });
});
