import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import postgres from 'postgres';
import { connectionOptions } from '../db/connection';
import { startEmbedded } from '../db/embedded';
import { migrate } from '../db/migrate';
import { seed } from '../db/seed';
import { closePool, openScoped, type Caller, type ScopedTx } from '../lib/access/scoped';
import { rebuildFigures, refreshFigures } from '../lib/figure/commands';
import { dashboard } from '../lib/figure/queries';
import { dayOf } from '../lib/kernel/clock';
import { periodAround } from '../lib/period/rules';
import { recordOperations } from '../lib/register/commands';
import { signedInAs } from './signed-in';

const ward = 18859;
const province = 44;
/** As many as live in the province, unless told otherwise (a second figure after the sizes: `10000,100000 people=50000`). */
const everybody = 1_900_000;
const villagesPerUnit = 10;
const villages = 78 * villagesPerUnit;
/** Pages measured, after the first ones, which a server that has just started is slower at. */
const rounds = 200;
const warmUp = 20;

export interface FiguresResult {
  readonly marks: number;
  /** Milliseconds by what was measured: median, 95th percentile. */
  readonly times: Record<string, { p50: number; p95: number }>;
}

/**
 * Server time of all of a dashboard's queries, for the province and for a ward, beside the counting a page without figures would
 * do in the same run; and what keeping the figures costs: a register of 30 with and without, its refresh, and counting everything anew.
 */
export async function benchFigures(sizes: readonly number[], people = everybody): Promise<FiguresResult[]> {
  const folder = path.join(os.tmpdir(), `camtay-bench-${process.pid}`);
  const embedded = await startEmbedded({ dataDir: folder, purpose: 'portal' });
  process.env.DATABASE_URL = embedded.url;
  const sql = postgres({ ...connectionOptions(embedded.url), max: 2, onnotice: () => {} });
  try {
    await migrate(embedded.url);
    await seed(embedded.url, { demo: false });
    // Millions of rows by hand, on a server made for small ones: nothing of this is meant to survive a power cut.
    for (const setting of ["max_wal_size = '4GB'", "synchronous_commit = 'off'"])
      await sql.unsafe(`alter system set ${setting}`);
    await sql`select pg_reload_conf()`;
    await furnish(sql, people);
    const callers: Callers = {
      province: await signedInAs(sql, 'province_leader', province),
      ward: await signedInAs(sql, 'unit_leader', ward),
      organiser: await signedInAs(sql, 'organiser', ward),
    };
    const results: FiguresResult[] = [];
    for (const [index, marks] of sizes.entries()) {
      await fill(sql, marks, index);
      say(`${marks} marks are there`);
      results.push({ marks, times: await measure(sql, callers) });
      say(figuresTable(results));
    }
    return results;
  } finally {
    await closePool();
    await sql.end();
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Callers {
  readonly province: string;
  readonly ward: string;
  readonly organiser: string;
}

const thisYear = () => periodAround(dayOf(new Date()), 'administrative', 'year');

const say = (words: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${words}\n`);

/** 78 units of ten villages, one class each, everybody spread over them. */
async function furnish(sql: postgres.Sql, people: number): Promise<void> {
  await sql`insert into area (id, kind, name_vi, name_en, full_name_vi, full_name_en, name_folded, valid_from)
    select 1500000 + row_number() over (), 'village', 'Thôn ' || n, 'Thôn ' || n, 'Thôn ' || n, 'Thôn ' || n, 'thon ' || n, '2025-07-01'
    from area, generate_series(1, ${villagesPerUnit}) n where kind in ('commune', 'ward', 'special_zone')`;
  await sql`insert into area_parent (area_id, parent_id, valid_from)
    select v.id, u.id, '2025-07-01'
    from (select id, (row_number() over (order by id) - 1) / ${villagesPerUnit} as nth from area where id >= 1500000) v
    join (select id, row_number() over (order by id) - 1 as nth from area where kind in ('commune', 'ward', 'special_zone')) u using (nth)`;
  await sql`select rebuild_area_tree()`;
  await sql`insert into venue (id, area_id, name, address) select gen_random_uuid(), id, 'Nhà văn hóa', 'Thôn' from area where id >= 1500000`;
  await sql`insert into team (id, area_id, kind, name) select gen_random_uuid(), id, 'front', 'Tổ' from area where id >= 1500000`;
  await sql`insert into class (id, area_id, course_id, venue_id, team_id, status, capacity)
    select translate(lpad(v.area_id::text, 8, '2'), '01', 'ab'), v.area_id, (select id from course limit 1), v.id, t.id, 'published', 50
    from venue v join team t using (area_id)`;
  await sql`insert into person (id, area_id, full_name, given_name, name_folded, birth_year, gender)
    select gen_random_uuid(), 1500001 + n % ${villages}, 'Người ' || n, n::text, 'nguoi ' || n, 1935 + n % 83,
      case n / ${villages} % 2 when 0 then 'female' else 'male' end from generate_series(1, ${people}) n`;
  // What was declared of each village, what each unit aims at, and what people asked for.
  await sql`insert into eligible (area_id, as_of, grp, people, source)
    select a.id, '2026-01-01', g, ${Math.ceil(people / villages)}, 'Công an xã' from area a
    cross join unnest(array['all', 'adults', 'women', 'age60', 'age_70', 'households']) g where a.id >= 1500000`;
  await sql`insert into target (area_id, indicator_code, period, value)
    select id, code, ${thisYear().key}, aim from area, (values ('R01', 400), ('R03', 9000), ('R22', 30), ('R28b', 20)) t (code, aim)
    where kind in ('province', 'commune', 'ward', 'special_zone')`;
  await sql`insert into class_demand (area_id, wish, people, idempotency_key)
    select id, 'Lớp VNeID', 1 + id % 5, gen_random_uuid() from area where id >= 1500000 and id % 3 = 0`;
  // Who is who, in the order they live in: by the village and the number there.
  await sql`create table bench_person as
    select id, area_id, (row_number() over (partition by area_id order by name_folded))::int - 1 as nth from person`;
  await sql`create index on bench_person (area_id, nth)`;
  await sql`create table bench_place as select area_id, count(*)::int as people from bench_person group by area_id`;
  await sql`analyze`;
  say(`${people} people are there`);
}

/** Adds held sessions of thirty marks (and some things observed) over twelve months until there are so many marks. */
async function fill(db: postgres.Sql, marks: number, turn: number): Promise<void> {
  await db.begin(async (sql) => {
    // Neither triggers nor references are asked: what is put in is right. Millions of rows go into their indexes faster at the end.
    await sql`set local session_replication_role = replica`;
    await sql`set local maintenance_work_mem = '1GB'`;
    const indexes = await sql<{ name: string; definition: string }[]>`
      select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
      where i.indrelid in ('attendance'::regclass, 'skill_observation'::regclass) and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`;
    for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);
    const [{ from = 0 } = {}] = await sql<
      { from: number }[]
    >`select coalesce(max(position) + 1, 0)::int as from from class_session where position < 1000000`;
    const until = Math.floor(marks / 30);
    await sql`insert into class_session (id, class_id, area_id, venue_id, position, starts_at, ends_at, status)
    select gen_random_uuid(), c.id, c.area_id, c.venue_id, g, at, at + interval '9 minutes', 'held'
    from generate_series(${from}::int, ${until - 1}::int) g
    join (select *, row_number() over (order by id) - 1 as nth from class where id in (select id from class where area_id >= 1500000)) c on c.nth = g % ${villages}
    cross join lateral (
      select date_trunc('hour', now() - interval '350 days' * g / ${until}) + make_interval(mins => ${10 * turn}) as at) t`;
    await sql`analyze class_session`;
    await sql`insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id)
    select s.id, p.id, s.area_id, (array['present','present','present','present','late','excused','absent'])[1 + (s.position + p.nth) % 7], false, now(), gen_random_uuid()
    from class_session s cross join generate_series(0, 29) n join bench_place b on b.area_id = s.area_id
    join bench_person p on p.area_id = s.area_id and p.nth = (s.position / ${villages} * 30 + n) % b.people
    where s.position >= ${from} and s.position < 1000000`;
    await sql`insert into skill_observation (id, person_id, skill_code, level, source, session_id, area_id, observed_at)
    select gen_random_uuid(), a.person_id, (array['A1', 'B1', 'D1'])[1 + s.position % 3], 1 + s.position % 4, 'session', s.id, s.area_id, s.starts_at
    from class_session s join attendance a on a.session_id = s.id
    where s.position >= ${from} and s.position < 1000000 and s.position % 5 = 0`;
    for (const { definition } of indexes) await sql.unsafe(definition);
    await sql`insert into figure_change default values`;
  });
  await db`analyze`;
}

/** What notes changes for the figures, on the tables a register writes. */
async function figureTriggers(sql: postgres.Sql, what: 'enable' | 'disable'): Promise<void> {
  const rows = await sql<{ tgname: string; relname: string }[]>`
    select t.tgname, c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where t.tgname like 'figure\\_%' and c.relname in ('attendance', 'class_session', 'skill_observation')`;
  for (const { tgname, relname } of rows) await sql.unsafe(`alter table ${relname} ${what} trigger ${tgname}`);
}

async function measure(sql: postgres.Sql, callers: Callers): Promise<FiguresResult['times']> {
  const times: FiguresResult['times'] = {};
  times['count everything anew'] = await timed(1, () => rebuildFigures());
  await sql`vacuum analyze`;
  say('counted');
  const rank = { by: 'unreached', descending: true } as const;
  const period = thisYear();
  const page = (token: string, area: number) => () =>
    openScoped('read only', 'camtay_app', token, (tx) => dashboard(tx, { area, period, rank }, new Date()));
  times['ward: the page'] = await timed(rounds, page(callers.ward, ward));
  times['province: the page'] = await timed(rounds, page(callers.province, province));
  say('pages opened');
  const counting = (area: number) => () =>
    openScoped('read only', 'camtay_system', '', async (tx) => {
      await tx`set local statement_timeout = 0`;
      await naive(tx, area, String(period.year));
    });
  times['ward: counted from the marks'] = await timed(5, counting(ward));
  times['province: counted from the marks'] = await timed(3, counting(province));
  say('marks counted for a page');
  await refreshFigures();
  const register = await registers(sql, callers.organiser);
  const [without, withThem]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < 64; turn += 1) {
    const noted = turn % 2 === 0;
    await figureTriggers(sql, noted ? 'enable' : 'disable');
    const taken = await register();
    if (turn > 7) (noted ? withThem : without).push(taken);
  }
  await figureTriggers(sql, 'enable');
  times['a register of 30 saved, figures kept'] = among(withThem);
  times['a register of 30 saved, figures not kept'] = among(without);
  await refreshFigures();
  times['until a register of 30 is in the figures'] = await timed(21, async () => {
    await register();
    await refreshFigures();
  });
  times['nothing to do'] = await timed(50, () => refreshFigures());
  return times;
}

/** Gives what takes the register of a new session of 30 people of the ward, as their organiser's phone sends it, and says how long it took. */
async function registers(sql: postgres.Sql, token: string): Promise<() => Promise<number>> {
  const [place] = await sql<{ id: string; area_id: number }[]>`
    select c.id, c.area_id from class c join area_tree t on t.area_id = c.area_id where t.ancestor_id = ${ward} and c.area_id >= 1500000 order by c.id limit 1`;
  const [account] = await sql<{ account_id: string; id: string }[]>`
    select account_id, id from auth_session where token_hash = ${createHash('sha256').update(token).digest()}`;
  if (!place || !account) throw new Error('no class to take a register of');
  const people = await sql<{ id: string }[]>`select id from bench_person where area_id = ${place.area_id} and nth < 30`;
  await sql`
    insert into enrolment (class_id, area_id, person_id, status, status_at, code, channel, idempotency_key, created_at)
    select ${place.id}, ${place.area_id}, id, 'confirmed', now() - interval '99 days', translate(upper(substr(md5(id::text), 1, 8)), '015B', 'HJKM'), 'staff', gen_random_uuid(), now() - interval '99 days'
    from bench_person where area_id = ${place.area_id} and nth < 30 on conflict do nothing`;
  const [venue] = await sql<{ id: string }[]>`
    insert into venue (id, area_id, name, address) values (gen_random_uuid(), ${place.area_id}, 'Nhà sinh hoạt', 'Thôn') returning id`;
  const caller: Caller = {
    accountId: account.account_id,
    sessionId: account.id,
    fullName: '',
    username: '',
    areaId: ward,
    grants: [],
    capabilities: [],
  };
  let taken = 0;
  const [{ last = 0 } = {}] = await sql<{ last: number }[]>`
    select coalesce(max(position), 1000000) as last from class_session where class_id = ${place.id} and position >= 1000000`;
  return async () => {
    taken += 1;
    const [session] = await sql<{ id: string }[]>`
      insert into class_session (class_id, area_id, venue_id, position, starts_at, ends_at, status)
      values (${place.id}, ${place.area_id}, ${venue?.id ?? ''}, ${last + taken}, now() - interval '2 hours' - ${taken} * interval '10 minutes',
        now() - interval '2 hours' - ${taken} * interval '10 minutes' + interval '9 minutes', 'published') returning id`;
    const said = (kind: string, content: object = {}) => ({
      id: randomUUID(),
      sessionId: session?.id,
      kind,
      at: new Date().toISOString(),
      ...content,
    });
    const marks = people.map(({ id }, nth) =>
      said('mark', { personId: id, state: nth % 7 === 0 ? 'absent' : 'present' }),
    );
    const operations = [said('start'), ...marks, said('finish')];
    const start = performance.now();
    const results = await openScoped('read write', 'camtay_app', token, (tx) =>
      recordOperations(tx, operations, caller),
    );
    const took = performance.now() - start;
    if (results.some(({ outcome }) => outcome !== 'applied'))
      throw new Error(`register not taken: ${JSON.stringify(results.slice(0, 3))}`);
    return took;
  };
}

/** What a page without figures would ask: the year's total, each month's, and each place's below. Half of what the page shows. */
async function naive(tx: ScopedTx, area: number, period: string): Promise<void> {
  const [from, to] = [`${period}-01-01`, `${Number(period) + 1}-01-01`];
  for (const what of [tx`'all'`, tx`to_char(s.starts_at, 'yyyy-mm')`, tx`u.area_id::text`]) {
    await tx`
      select ${what} as part, count(distinct a.person_id) filter (where a.state in ('present', 'late', 'left_early')) as reached,
        count(*) as marked, count(distinct s.id) as held
      from area_tree t join class_session s on s.area_id = t.area_id join attendance a on a.session_id = s.id
      join lateral (select below.area_id from area_tree u join area_tree below on below.area_id = u.ancestor_id
        where u.area_id = s.area_id and below.ancestor_id = ${area} and below.depth = 1) u on true
      where t.ancestor_id = ${area} and s.starts_at >= ${from} and s.starts_at < ${to} group by 1`;
  }
}

async function timed(count: number, work: () => Promise<unknown>): Promise<{ p50: number; p95: number }> {
  const taken: number[] = [];
  if (count > 10) for (let i = 0; i < warmUp; i += 1) await work();
  for (let i = 0; i < count; i += 1) {
    const start = performance.now();
    await work();
    taken.push(performance.now() - start);
  }
  return among(taken);
}

function among(taken: readonly number[]): { p50: number; p95: number } {
  const sorted = taken.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
  return { p50: at(0.5), p95: at(0.95) };
}

/** The results as a page of Markdown. */
export function figuresTable(results: readonly FiguresResult[]): string {
  const heads = results.map(({ marks }) => `${marks.toLocaleString('en')} marks, p50 / p95 ms`);
  const rows = Object.keys(results[0]?.times ?? {}).map((what) => {
    const cells = results.map(
      ({ times }) => `${times[what]?.p50.toFixed(1) ?? ''} / ${times[what]?.p95.toFixed(1) ?? ''}`,
    );
    return `| ${[what, ...cells].join(' | ')} |`;
  });
  return [`| ${['', ...heads].join(' | ')} |`, `| ${['---', ...heads.map(() => '---')].join(' | ')} |`, ...rows].join(
    '\n',
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const given = process.argv.slice(2).flatMap((word) => word.split(','));
  const told = given.find((word) => word.startsWith('people='));
  const people = told ? Number(told.slice('people='.length)) : everybody;
  const sizes = given.filter((word) => /^\d+$/.test(word)).map(Number);
  const table = figuresTable(await benchFigures(sizes.length > 0 ? sizes : [10_000, 100_000, 1_000_000], people));
  const words = `# Dashboards

${people.toLocaleString('en')} people, 78 units with ${villagesPerUnit} villages each, marks over twelve months (a fifth with something observed), embedded Postgres with
its own settings, commits not waiting for the disk, one client. Pages are opened ${rounds} times after ${warmUp} that are not counted. "The page" is every query of \`/dashboard\` in its one transaction, under the caller's row-level walls, without rendering. "Counted from
the marks" is what a page without figures would ask (totals, months and places below; about half of what the page shows), without walls. A
register is 32 operations through \`recordOperations\`, with and without the triggers in turn.
Taken with \`npx tsx bench/figures.ts ${given.join(' ')}\` on ${os.cpus().length} shared cores (load ${os.loadavg()[0]?.toFixed(1)}), Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}: take the ratios.

${table}
`;
  await mkdir('bench/results', { recursive: true });
  await writeFile('bench/results/figures.md', words);
  process.stdout.write(words);
}
