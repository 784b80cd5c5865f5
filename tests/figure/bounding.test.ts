import { afterAll, beforeAll, expect, test } from 'vitest';
import { asSystem, closePool } from '../../lib/access/scoped';
import { disclose } from '../../lib/disclosure/disclose';
import { judge } from '../../lib/figure/disclosing';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

/** What the worker writes of measures that bound each other, by the rule in force (docs/decisions/063-what-only-grows.md). */

let cast: Cast;
const now = new Date('2026-11-20T05:00:00Z');
const province = 44;

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

/** Counts so many in the place of the scene, all there is above it, and has the changes judged. */
async function counted(area: number, period: string, measure: string, value: number, of: number) {
  const { owner, here } = cast;
  const line = area === here.villageId ? [area, here.unitId, province] : [area, province];
  for (const one of line)
    await owner`
      insert into figure_exact (area_id, period, measure, grp, value, denominator) values (${one}, ${period}, ${measure}, 'all', ${value}, ${of})
      on conflict (area_id, period, measure, grp) do update set value = excluded.value, denominator = excluded.denominator`;
  const changed = line.map((areaId) => ({ areaId, year: 2026, measure, cells: 1 }));
  await asSystem('tests: judge what changed', (tx) => judge(tx, changed, disclose, now));
}

/** How a cell of this month, or of another period, reads: hidden, told, or nobody there. */
async function reads(area: number, measure: string, period = '2026-11') {
  const [row] = await cast.owner<{ value: number | null; denominator: number | null }[]>`
    select value, denominator from figure where area_id = ${area} and period = ${period} and measure = ${measure} and grp = 'all'`;
  return row ? (row.value === null ? 'hidden' : `${row.value}/${row.denominator}`) : 'nobody';
}

test('a skill of the core set that nobody was seen in is hidden where its nobody would be the core set’s', async () => {
  const { unitId } = cast.here;
  const [skill] = await cast.owner<{ code: string }[]>`
    select skill_code as code from skill_version where core and valid_to is null order by 1 limit 1`;
  const measure = `skill_${skill?.code}`;
  await counted(unitId, 's2026-11-01', 'core_attained', 0, 40);
  expect([await reads(unitId, 'core_attained'), await reads(unitId, measure)]).toEqual(['0/40', 'nobody']);
  // Now few are known of: that none of them can is not told, and no skill may say it.
  await counted(unitId, 's2026-11-01', 'core_attained', 0, 6);
  expect([await reads(unitId, 'core_attained'), await reads(unitId, measure)]).toEqual(['hidden', 'hidden']);
  await counted(unitId, 's2026-11-01', 'core_attained', 0, 40);
  expect([await reads(unitId, 'core_attained'), await reads(unitId, measure)]).toEqual(['0/40', 'nobody']);
});

test('a skill that bounds the core set is hidden while the core set is, and told with it', async () => {
  const { unitId } = cast.there;
  const { owner } = cast;
  const [skill] = await owner<{ code: string }[]>`
    select skill_code as code from skill_version where core and valid_to is null order by 1 limit 1`;
  const measure = `skill_${skill?.code}`;
  // 13 told as 15 are 13 to 17: not one fewer than 13 can have been known of.
  await counted(unitId, 's2026-11-01', measure, 13, 13);
  await counted(unitId, 's2026-11-01', 'core_attained', 5, 13);
  expect([await reads(unitId, 'core_attained'), await reads(unitId, measure)]).toEqual(['hidden', 'hidden']);
  // Beside 13 who were observed it would say that all of them were in this skill.
  await counted(unitId, 's2026-11-01', 'core_attained', 13, 13);
  expect([await reads(unitId, 'core_attained'), await reads(unitId, measure)]).toEqual(['13/13', '10/10']);
  await counted(unitId, 's2026-11-01', 'core_attained', 13, 23);
  expect([await reads(unitId, 'core_attained'), await reads(unitId, measure)]).toEqual(['13/23', '15/15']);
});

test('skills newly learnt are told of units and above, and of no village: not even that there are none', async () => {
  const { unitId, villageId } = cast.here;
  await counted(villageId, 's2026-11-01', 'core_attained', 0, 40);
  expect([await reads(villageId, 'core_attained'), await reads(villageId, 'skills_attained')]).toEqual([
    '0/40',
    'hidden',
  ]);
  await counted(villageId, '2026-11', 'skills_attained', 300, 300);
  expect([await reads(villageId, 'skills_attained'), await reads(unitId, 'skills_attained')]).toEqual([
    'hidden',
    '300/300',
  ]);
});

test('who was guided in public services is told of years, of units and above, to the nearest five, and of no village: not even that nobody was', async () => {
  const { unitId, villageId } = cast.here;
  await counted(villageId, 's2026-11-01', 'core_attained', 0, 40);
  expect(await reads(villageId, 'service_guided')).toBe('hidden');
  for (const period of ['2026-11', 'k2026']) await counted(villageId, period, 'service_guided', 31, 31);
  const asRead = ['2026-11', 'k2026'].map((period) =>
    Promise.all([villageId, unitId].map((area) => reads(area, 'service_guided', period))),
  );
  expect(await Promise.all(asRead)).toEqual([
    ['hidden', 'hidden'],
    ['hidden', '30/30'],
  ]);
});

test('that nobody was guided yet is hidden where it would say that nobody can do the core set', async () => {
  const { unitId } = cast.there;
  await counted(unitId, 's2026-11-01', 'core_attained', 0, 40);
  const guided = () => reads(unitId, 'service_guided', 'k2026');
  expect([await reads(unitId, 'core_attained'), await guided()]).toEqual(['0/40', 'nobody']);
  await counted(unitId, 's2026-11-01', 'core_attained', 0, 6);
  expect([await reads(unitId, 'core_attained'), await guided()]).toEqual(['hidden', 'hidden']);
});
