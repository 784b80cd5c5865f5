import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import postgres from 'postgres';
import { connectionOptions } from '../db/connection';
import { startEmbedded } from '../db/embedded';
import { migrate } from '../db/migrate';
import { seed } from '../db/seed';
import { closePool, openScoped, type ScopedTx } from '../lib/access/scoped';
import { rebuildFigures, refreshFigures } from '../lib/figure/commands';
import { dashboard } from '../lib/figure/queries';
import { signedInAs } from './signed-in';

const ward = 18859;
const province = 44;
const people = 5000;
const villagesPerUnit = 10;
const rounds = 60;

export interface FiguresResult {
  readonly marks: number;
  /** Milliseconds by what was measured: median, 95th percentile. */
  readonly times: Record<string, { p50: number; p95: number }>;
}

/**
 * Server time of all of a dashboard's queries, for the province and for a ward, beside the counting a page without figures would
 * do in the same run; and what keeping the figures costs: one register's refresh, and counting everything anew.
 */
export async function benchFigures(sizes: readonly number[] = [50_000, 500_000]): Promise<FiguresResult[]> {
  const folder = path.join(os.tmpdir(), `camtay-bench-${process.pid}`);
  const embedded = await startEmbedded({ dataDir: folder, purpose: 'portal' });
  process.env.DATABASE_URL = embedded.url;
  const sql = postgres({ ...connectionOptions(embedded.url), max: 2, onnotice: () => {} });
  try {
    await migrate(embedded.url);
    await seed(embedded.url, { demo: false });
    await furnish(sql);
    const tokens = {
      province: await signedInAs(sql, 'province_leader', province),
      ward: await signedInAs(sql, 'unit_leader', ward),
    };
    const results: FiguresResult[] = [];
    for (const marks of sizes) {
      await fill(sql, marks);
      results.push({ marks, times: await measure(sql, tokens) });
    }
    return results;
  } finally {
    await closePool();
    await sql.end();
    await embedded.stop();
  }
}

/** 78 units of ten villages, one class each, 5 000 people spread over them. */
async function furnish(sql: postgres.Sql): Promise<void> {
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
    select translate(lpad(to_hex(v.area_id), 8, '2'), '01', '88') , v.area_id, (select id from course limit 1), v.id, t.id, 'published', 50
    from venue v join team t using (area_id) on conflict do nothing`;
  await sql`insert into person (id, area_id, full_name, given_name, name_folded, birth_year, gender)
    select gen_random_uuid(), 1500001 + n % (78 * ${villagesPerUnit}), 'Người ' || n, n::text, 'nguoi ' || n, 1935 + n % 70,
      case n % 2 when 0 then 'female' else 'male' end from generate_series(1, ${people}) n`;
  await sql`insert into skill_observation (id, person_id, skill_code, level, source, area_id, observed_at)
    select gen_random_uuid(), p.id, v.skill_code, 1 + (random() * 3)::int, 'recheck', p.area_id, now() - random() * interval '300 days'
    from person p, skill_version v where v.core and v.valid_to is null`;
}

/** Adds held sessions of twenty marks over twelve months until there are so many marks. */
async function fill(sql: postgres.Sql, marks: number): Promise<void> {
  await sql`insert into class_session (id, class_id, area_id, venue_id, position, starts_at, ends_at, status)
    select gen_random_uuid(), c.id, c.area_id, c.venue_id, base.n + g, at, at + interval '9 minutes', 'held'
    from (select count(*) as n, (${marks}::bigint / 20 - count(*)) as wanted from class_session) base
    cross join lateral generate_series(1, base.wanted::int) g
    join (select *, row_number() over (order by id) - 1 as nth, count(*) over () as total from class) c on c.nth = g % c.total
    cross join lateral (
      select date_trunc('hour', now() - interval '350 days' * g / base.wanted) + make_interval(mins => case base.n when 0 then 10 else 30 end) as at) t`;
  await sql`insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id)
    select s.id, p.id, s.area_id, (array['present','present','present','present','late','excused','absent'])[1 + (random() * 6)::int], false, now(), gen_random_uuid()
    from (select s.*, row_number() over (order by s.id) as nth from class_session s
          where not exists (select from attendance a where a.session_id = s.id)) s
    join (select id, row_number() over (order by id) - 1 as nth from person) p on (p.nth - s.nth * 20 + ${people} * 1000000::bigint) % ${people} < 20`;
  await sql`analyze`;
}

async function measure(sql: postgres.Sql, tokens: { province: string; ward: string }): Promise<FiguresResult['times']> {
  const times: FiguresResult['times'] = {};
  times['count everything anew'] = await timed(3, () => rebuildFigures());
  const rank = { by: 'reached', descending: false } as const;
  const period = String(new Date().getFullYear());
  const page = (token: string, area: number) => () =>
    openScoped('read only', 'camtay_app', token, (tx) => dashboard(tx, { area, period, rank }, new Date()));
  times['ward: the page'] = await timed(rounds, page(tokens.ward, ward));
  times['province: the page'] = await timed(rounds, page(tokens.province, province));
  const counting = (area: number) => () =>
    openScoped('read only', 'camtay_system', '', (tx) => naive(tx, area, period));
  times['ward: counted from the marks'] = await timed(15, counting(ward));
  times['province: counted from the marks'] = await timed(5, counting(province));
  await refreshFigures();
  times['a register of 20 saved, until its figures are there'] = await timed(15, async () => {
    await sql`update attendance set state = (array['present', 'absent'])[1 + (random() > 0.5)::int], operation_id = ${randomUUID()}
      where session_id = (select id from class_session offset (random() * 1000)::int limit 1)`;
    await refreshFigures();
  });
  times['nothing to do'] = await timed(50, () => refreshFigures());
  return times;
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
  if (count > 10) for (let i = 0; i < 8; i += 1) await work();
  for (let i = 0; i < count; i += 1) {
    const start = performance.now();
    await work();
    taken.push(performance.now() - start);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => taken[Math.min(taken.length - 1, Math.floor(taken.length * share))] ?? NaN;
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
  const table = figuresTable(await benchFigures());
  const words = `# Dashboards

${people.toLocaleString('en')} people, 78 units with ${villagesPerUnit} villages each, marks over twelve months, embedded Postgres with its own settings (durable), one
client. "The page" is every query of \`/dashboard\` in its one transaction, under the caller's row-level walls, without rendering. "Counted from the marks" is what
a page without figures would ask (totals, months and places below; about half of what the page shows), without walls.
Taken with \`npx tsx bench/figures.ts\` on ${os.cpus().length} shared cores, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}: take the ratios.

${table}
`;
  await mkdir('bench/results', { recursive: true });
  await writeFile('bench/results/figures.md', words);
  process.stdout.write(words);
}
