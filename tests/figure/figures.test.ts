import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectionOptions } from '../../db/connection';
import { closePool } from '../../lib/access/scoped';
import { checkFigures, rebuildFigures, refreshFigures } from '../../lib/figure/commands';
import { measures } from '../../lib/figure/schema';
import { testDatabase } from '../support/database';
import { differences, expectedFigures } from './reference';
import { storedFigures } from './stored';
import { buildWorld, dice, happenings, upheavals, type World } from './world';
import './world-help';

/** What is counted, all of it shown: what is hidden of it is judged in disclosing.test.ts. */

const seed = Number(process.env.FIGURES_SEED ?? Date.now() % 1_000_000);
/** Facts that happen in the long test; FIGURES_FACTS=5000 for all there can be. */
const facts = Number(process.env.FIGURES_FACTS ?? 400);
const roll = dice(seed);
const now = new Date();
let sql: postgres.Sql;
let world: World;

beforeAll(async () => {
  const database = await testDatabase();
  sql = postgres({ ...connectionOptions(database.url), max: 25, onnotice: () => {}, transform: postgres.camel });
  world = await buildWorld(sql, roll, now);
});
afterAll(async () => {
  await closePool();
  await sql.end();
});

/** Does it unless the database refuses (two sessions at one venue at once): then it did not happen. */
async function happen(kind: string, act: (world: World, roll: ReturnType<typeof dice>) => Promise<unknown>) {
  try {
    await act(world, roll);
  } catch (error) {
    if (!(error instanceof postgres.PostgresError) || !error.code.startsWith('23'))
      throw new Error(kind, { cause: error });
  }
}

async function settle() {
  for (let turn = 0; turn < 50; turn += 1) if ((await refreshFigures(now, null)).changes === 0) return;
  throw new Error('never settled');
}

test(`after anything that can happen, every figure of every area is what the rows say (FIGURES_SEED=${seed})`, async () => {
  await settle();
  const kinds = Object.entries(happenings);
  const seen = new Set<string>();
  const done: string[] = [];
  let looked = 0;
  // A short run goes on until enough has been more than zero: it is no use comparing nothing with nothing.
  const goesOn = (fact: number) => fact < facts || (seen.size <= 100 && fact < 4 * facts);
  for (let fact = 0; goesOn(fact); fact += 1) {
    const [kind, act] = roll.upTo(60) === 0 ? roll.pick(Object.entries(upheavals)) : roll.pick(kinds);
    await happen(kind, act);
    done.push(kind);
    // Now and then it is counted in between; now and then nothing is left to count, and compared.
    if (roll.upTo(6) === 0) await refreshFigures(now, null);
    if (roll.upTo(Math.max(25, Math.floor(facts / 40))) > 0 && fact !== facts - 1) continue;
    await settle();
    const where = `seed ${seed}, fact ${fact}: … ${done.slice(-12).join(', ')}`;
    const stored = await storedFigures(sql, 'figure_exact');
    expect(differences(await expectedFigures(sql, now), stored), where).toEqual([]);
    expect(differences(await expectedFigures(sql, now, 'own'), await storedFigures(sql, 'figure_own')), where).toEqual(
      [],
    );
    expect(differences(stored, await storedFigures(sql)), where).toEqual([]);
    for (const [key, value] of stored) if (!value.startsWith('0/')) seen.add(key.split(' ').slice(2).join(' '));
    looked += 1;
  }
  expect(looked).toBeGreaterThan(5);
  expect(seen.size).toBeGreaterThan(100);
  // In the long run every measure, and every group of people, is some time more than zero.
  const groups = [
    'men',
    'sex_unknown',
    'adults',
    'age_18_34',
    'age_70',
    'age_unknown',
    'ethnic_minority',
    'disability',
    'poor_household',
  ];
  const wanted = [...measures.map((measure) => `${measure} all`), ...groups.map((group) => `people_reached ${group}`)];
  if (facts >= 2000)
    expect(
      [...wanted, 'households_reached all', 'households_five all', 'assist_vneid all'].filter((key) => !seen.has(key)),
    ).toEqual([]);
}, 1_800_000);

test('counting a change at a time ends where counting everything anew begins', async () => {
  await settle();
  const before = await storedFigures(sql);
  const derived = () => sql`
    select to_jsonb(f) as row from figure_session f union all select to_jsonb(f) from figure_person f
    union all select to_jsonb(f) from figure_core f union all select to_jsonb(f) from figure_mark f union all select to_jsonb(f) from figure_skill f
    union all select to_jsonb(f) from figure_member f union all select to_jsonb(f) from figure_household f
    union all select to_jsonb(f) from figure_help f order by 1`;
  const rowsBefore = await derived();
  await rebuildFigures(now, null);
  expect(differences(await storedFigures(sql), before)).toEqual([]);
  expect(await derived()).toEqual(rowsBefore);
});

test('two workers at once neither double nor lose, while twenty registers are saved', async () => {
  const saving = { on: true };
  const work = async () => {
    while (saving.on) await refreshFigures(now, null);
  };
  const workers = [work(), work()];
  await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const mine = dice(seed + index);
      for (let i = 0; i < 10; i += 1) {
        await sql.begin(async (tx) => {
          const session = mine.pick(world.sessions);
          // Always in the same order, as the register's own command does.
          const people = [...new Set(Array.from({ length: 30 }, () => mine.pick(world.people)))].sort();
          await tx`insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id)
            select ${session}, unnest(${people}::uuid[]), 18859, 'present', true, now(), gen_random_uuid()
            on conflict (session_id, person_id) do update set state = ${mine.pick(['present', 'absent', 'excused'])}`;
        });
      }
    }),
  );
  saving.on = false;
  await Promise.all(workers);
  await settle();
  expect(differences(await expectedFigures(sql, now), await storedFigures(sql))).toEqual([]);
  const [left] = await sql<{ count: string }[]>`select count(*) from figure_change`;
  expect(Number(left?.count)).toBe(0);
}, 60_000);

test('the daily check finds the figures right, and puts right what is not, telling of it', async () => {
  const right = { rows: {}, cells: {}, totals: {}, busy: false };
  expect(await checkFigures(now, null)).toEqual(right);
  const before = await storedFigures(sql);
  // Where all came above all: carried into a total that was right, what is missing would be more than all.
  await sql`update figure_own set value = value - 1 where ctid in (select ctid from figure_own where measure = 'attendance' and value > 1 order by denominator - value limit 3)`;
  await sql`delete from figure_person where ctid in (select ctid from figure_person limit 2)`;
  await sql`insert into figure_own values (1800001, '2031', 'people_reached', 'all', 7, 9), (1800001, 'k2031-q2', 'skill_A1', 'all', 7, 9)`;
  await sql`update figure_exact set denominator = denominator + 5 where measure = 'core_attained'`;
  await sql`update figure set value = 0 where measure = 'people_reached'`;
  const found = await checkFigures(now, null);
  expect(found.rows).toEqual({ people: 2 });
  expect(found.cells).toMatchObject({ attendance: expect.any(Number), skill_A1: expect.any(Number) });
  expect(found.totals).toMatchObject({ core_attained: expect.any(Number), shown: expect.any(Number) });
  expect(differences(await expectedFigures(sql, now), await storedFigures(sql))).toEqual([]);
  expect(differences(before, await storedFigures(sql))).toEqual([]);
  expect(await checkFigures(now, null)).toEqual(right);
});

test('a worker that is killed while it counts loses nothing', async () => {
  await happenings.register?.(world, roll);
  await settle();
  const [session] = await sql`select session_id from figure_mark where grp = 'all' order by session_id limit 1`;
  await sql`update attendance set state = case state when 'absent' then 'present' else 'absent' end where session_id = ${session?.sessionId}`;
  let release = () => {};
  const holding = new Promise<void>((resolve) => (release = resolve));
  let held = () => {};
  const locked = new Promise<void>((resolve) => (held = resolve));
  const blocker = sql.begin(async (tx) => {
    await tx`lock table figure_own in exclusive mode`;
    held();
    await holding;
  });
  await locked;
  const dead = expect(refreshFigures(now, null)).rejects.toThrow();
  for (;;) {
    // It has taken the changes and waits where it would write cells: killed there.
    const killed = await sql`
      select pg_terminate_backend(l.pid) from pg_locks l join pg_class c on c.oid = l.relation where c.relname = 'figure_own' and not l.granted`;
    if (killed.length > 0) break;
  }
  await dead;
  release();
  await blocker;
  await settle();
  expect(differences(await expectedFigures(sql, now), await storedFigures(sql))).toEqual([]);
});

test('what happened is in the cells after one refresh', async () => {
  await settle();
  const person = world.people[0] ?? '';
  const [mine] = await sql`
    insert into class_session (class_id, area_id, venue_id, position, starts_at, ends_at, status)
    select id, area_id, venue_id, 9000001, now() - interval '3 hours', now() - interval '2 hours', 'held' from class where id = ${world.classes[0] ?? ''} returning id, area_id`;
  await settle();
  const cell = async () => {
    const month = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 7);
    const [row] = await sql`
      select value, denominator from figure where area_id = ${mine?.areaId} and period = ${month} and measure = 'attendance' and grp = 'all'`;
    return row ? { value: row.value, of: row.denominator } : { value: 0, of: 0 };
  };
  const before = await cell();
  await sql`insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id)
    values (${mine?.id}, ${person}, ${mine?.areaId}, 'present', false, now(), gen_random_uuid())`;
  expect(await refreshFigures(now, null)).toEqual({ mine: true, changes: 1 });
  expect(await cell()).toEqual({ value: before.value + 1, of: before.of + 1 });
});

test('a new month begins with the core set as it stood, without anything happening', async () => {
  const later = new Date(now.getTime() + 62 * 86_400_000);
  await refreshFigures(later, null);
  expect(differences(await expectedFigures(sql, later), await storedFigures(sql))).toEqual([]);
});
