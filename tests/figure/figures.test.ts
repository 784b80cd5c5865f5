import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectionOptions } from '../../db/connection';
import { closePool } from '../../lib/access/scoped';
import { rebuildFigures, refreshFigures } from '../../lib/figure/commands';
import { testDatabase } from '../support/database';
import { differences, expectedFigures, storedFigures } from './reference';
import { buildWorld, dice, happenings, upheavals, type World } from './world';

const seed = Number(process.env.FIGURES_SEED ?? Date.now() % 1_000_000);
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
  for (let turn = 0; turn < 50; turn += 1) if ((await refreshFigures(now)).changes === 0) return;
  throw new Error('never settled');
}

test(`after anything that can happen, every figure of every area is what the rows say (FIGURES_SEED=${seed})`, async () => {
  await settle();
  const kinds = Object.entries(happenings);
  let attainedSeen = 0;
  for (let round = 0; round < 50; round += 1) {
    const done: string[] = [];
    for (let step = 1 + roll.upTo(8); step > 0; step -= 1) {
      const [kind, act] = roll.upTo(40) === 0 ? roll.pick(Object.entries(upheavals)) : roll.pick(kinds);
      await happen(kind, act);
      done.push(kind);
    }
    await settle();
    const stored = await storedFigures(sql);
    for (const [key, value] of stored) if (key.includes('core_attained') && !value.startsWith('0/')) attainedSeen += 1;
    const wrong = differences(await expectedFigures(sql, now), stored);
    expect(wrong, `seed ${seed}, round ${round}: ${done.join(', ')}`).toEqual([]);
  }
  expect(attainedSeen).toBeGreaterThan(50);
}, 90_000);

test('counting a change at a time ends where counting everything anew begins', async () => {
  await settle();
  const before = await storedFigures(sql);
  const derived = () => sql`
    select to_jsonb(f) as row from figure_session f union all select to_jsonb(f) from figure_person f
    union all select to_jsonb(f) from figure_core f order by 1`;
  const rowsBefore = await derived();
  await rebuildFigures(now);
  expect(differences(await storedFigures(sql), before)).toEqual([]);
  expect(await derived()).toEqual(rowsBefore);
});

test('two workers at once neither double nor lose, while twenty registers are saved', async () => {
  const saving = { on: true };
  const work = async () => {
    while (saving.on) await refreshFigures(now);
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

test('a new month begins with the core set as it stood, without anything happening', async () => {
  const later = new Date(now.getTime() + 62 * 86_400_000);
  await refreshFigures(later);
  expect(differences(await expectedFigures(sql, later), await storedFigures(sql))).toEqual([]);
});
