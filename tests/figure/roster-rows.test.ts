import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signedInAs } from '../../bench/signed-in';
import { connectionOptions } from '../../db/connection';
import { closePool, openScoped } from '../../lib/access/scoped';
import { refreshFigures } from '../../lib/figure/commands';
import { rowsOf } from '../../lib/figure/drill';
import type { MadeOf, Measure } from '../../lib/figure/schema';
import { periodOf } from '../../lib/period/rules';
import { testDatabase } from '../support/database';
import { buildWorld, dice, happenings } from './world';

const seed = Number(process.env.FIGURES_SEED ?? Date.now() % 1_000_000);
const now = new Date();
let sql: postgres.Sql;
let leader: string;
let province: string;

beforeAll(async () => {
  const database = await testDatabase();
  sql = postgres({ ...connectionOptions(database.url), max: 4, onnotice: () => {}, transform: postgres.camel });
  const roll = dice(seed);
  const world = await buildWorld(sql, roll, now);
  const ofTeams = Object.entries(happenings).filter(([name]) => /member|team|helper|session|class/i.test(name));
  for (let fact = 0; fact < 600; fact += 1)
    await roll
      .pick(ofTeams.map(([, happen]) => happen))(world, roll)
      .catch((error: unknown) => {
        if (!(error instanceof postgres.PostgresError) || !error.code.startsWith('23')) throw error;
      });
  // A member lies where the team does, which the world moves without them.
  await sql`update team_member m set area_id = k.area_id from team k where k.id = m.team_id and m.area_id <> k.area_id`;
  while ((await refreshFigures(now)).changes > 0);
  leader = await signedInAs(sql, 'unit_leader', 18859);
  province = await signedInAs(sql, 'province_leader', 44);
});
afterAll(async () => {
  await closePool();
  await sql.end();
});

/** Every page of what a figure is made of, and the figure itself, as somebody opens it. */
async function opened(area: number, key: string, measure: Measure, as = leader) {
  const period = periodOf(key);
  if (!period) throw new Error(key);
  const rows: MadeOf['rows'][number][] = [];
  for (let page = 1; ; page += 1) {
    const found = await openScoped('read only', 'camtay_app', as, (tx) =>
      rowsOf(tx, { area, period, measure, group: 'all', page }),
    );
    if (!found?.made) throw new Error(`${area} ${measure} opens into nothing`);
    expect(found.sessions).toEqual([]);
    rows.push(...found.made.rows);
    if (!found.made.more) return { cell: found.cell, rows };
  }
}

test(`a figure of teams opens into just as many rows as it counts (FIGURES_SEED=${seed})`, async () => {
  const year = now.getFullYear();
  let compared = 0;
  // The world moves places about: of one unit alone there may be little left.
  for (const area of [44, 18901, 18859, 1_800_001])
    for (const key of [`${year - 1}`, `k${year}`, `${year}-q1`, `k${year}-05`]) {
      for (const measure of ['teams', 'team_members', 'ambassadors', 'shock_teams_active', 'helper_minutes'] as const) {
        const { cell, rows } = await opened(area, key, measure, area === 44 || area === 18901 ? province : leader);
        if (rows.length > 0) compared += 1;
        const of = rows.map((row) => ('minutes' in row ? row.minutes : 1));
        const counts = rows.map((row, at) => {
          if ('absent' in row) return row.absent ? 0 : of[at];
          return 'held' in row && row.held === 0 ? 0 : 1;
        });
        const sum = (numbers: readonly (number | undefined)[]) =>
          numbers.reduce<number>((all, one) => all + (one ?? 0), 0);
        expect([area, key, measure, sum(counts), sum(of)]).toEqual([
          area,
          key,
          measure,
          cell?.value ?? 0,
          cell?.of ?? 0,
        ]);
      }
    }
  expect(compared).toBeGreaterThan(10);
});

test('names nobody of a team whose area the caller has no part in, and opens no area that is another’s', async () => {
  const period = periodOf(`k${now.getFullYear()}`);
  if (!period) throw new Error('a year is a period');
  for (const measure of ['teams', 'team_members', 'ambassadors', 'shock_teams_active', 'helper_minutes'] as const)
    for (const area of [18901, 44])
      expect(
        await openScoped('read only', 'camtay_app', leader, (tx) =>
          rowsOf(tx, { area, period, measure, group: 'all', page: 1 }),
        ),
      ).toBeNull();
  // Helpers from the other unit's teams came to sessions here: that they did is told, their names are not.
  const elsewhere = await sql<{ id: string }[]>`
    select h.id from session_helper h join class_session s on s.id = h.session_id join team_member m on m.id = h.member_id
    where h.state = 'yes' and s.status = 'held' and s.area_id in (select area_id from area_tree where ancestor_id = 18859)
      and m.area_id not in (select area_id from area_tree where ancestor_id = 18859)`;
  const theirs = new Set(elsewhere.map(({ id }) => id));
  const { rows } = await opened(18859, `k${now.getFullYear()}`, 'helper_minutes');
  for (const row of rows) if (theirs.has(row.id) && 'fullName' in row) expect(row.fullName).toBeNull();
});
