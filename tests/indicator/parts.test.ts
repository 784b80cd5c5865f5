import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '@/db/capabilities';
import { closePool, openScoped } from '@/lib/access/scoped';
import { aboutOf } from '@/lib/disclosure/rules';
import { indicatorParts } from '@/lib/figure/indicators';
import { breakdownGroups, isRowMeasure, rowsBehind } from '@/lib/figure/rules';
import type { Group } from '@/lib/figure/schema';
import { indicators } from '@/lib/indicator/queries';
import type { IndicatorVersion } from '@/lib/indicator/schema';
import { periodOf } from '@/lib/period/rules';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;
let registry: readonly IndicatorVersion[];
const year = periodOf('k2031');
if (!year) throw new Error('a year is a period');

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  registry = await openScoped('read only', 'camtay_app', await cast.token('unit_leader', cast.here), (tx) =>
    indicators(tx),
  );
  const { unitId } = cast.here;
  const say = (measure: string, cells: Record<string, number | null>, of = 200) =>
    Promise.all(
      Object.entries(cells).map(
        ([grp, value]) => cast.owner`
          insert into figure (area_id, period, measure, grp, value, denominator, computed_at)
          values (${unitId}, 'k2031', ${measure}, ${grp}, ${value}, ${value === null ? null : of}, now())`,
      ),
    );
  await say('people_reached', { all: 150, women: 90, men: 50, sex_unknown: 10 });
  await say('core_attained', { all: 60, age_18_34: 20, age_60_69: 25, age_70: 15, age60: 40 });
  await say('ambassadors', { all: 31, org_youth: 20, org_women: 11 });
  await cast.owner`insert into eligible (area_id, as_of, grp, people, source) values
    (${unitId}, '2025-01-01', 'women', 300, 'Sổ dân cư'), (${unitId}, '2025-01-01', 'age_70', 60, 'Sổ dân cư'),
    (${unitId}, '2025-01-01', 'disability', 7, 'Sổ dân cư')`;
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const one = (code: string) => {
  const found = registry.find((version) => version.code === code);
  if (!found) throw new Error(code);
  return found;
};
const parts = async (role: Role, code: string, area = cast.here.unitId) =>
  openScoped('read only', 'camtay_app', await cast.token(role, cast.here), (tx) =>
    indicatorParts(tx, { area, period: year, version: one(code) }),
  );
const told = async (code: string, role: Role = 'unit_leader') => {
  const found = await parts(role, code);
  return (breakdown: string, group: Group) =>
    found?.by.find((each) => each.breakdown === breakdown)?.rows.find((row) => row.group === group);
};

test('nothing is claimed by a definition that is not shown', () => {
  for (const version of registry) {
    const { code, breakdowns, kind, measure } = version;
    for (const key of breakdowns) {
      const byGroups = measure !== null && aboutOf(measure).byGroups;
      const shown: Record<string, boolean> = {
        // What is declared is declared of a place; what is counted opens into the places below.
        unit: kind === 'declared' || rowsBehind(version).length > 0,
        village: kind === 'declared' || rowsBehind(version).length > 0,
        organisation: measure === 'ambassadors',
        ...Object.fromEntries(Object.keys(breakdownGroups).map((dimension) => [dimension, byGroups])),
      };
      expect(shown[key], `${code} by ${key}`).toBe(true);
    }
    if (kind === 'computed') expect(measure !== null && isRowMeasure(measure), code).toBe(true);
  }
});

test('an indicator is taken apart by all its definition names, beside how many of each group live there', async () => {
  const people = await told('R03');
  expect(people('gender', 'women')).toMatchObject({ cell: { value: 90 }, living: { people: 300 } });
  expect(people('gender', 'men')).toMatchObject({ cell: { value: 50 }, living: null });
  expect(people('gender', 'sex_unknown')).toMatchObject({ cell: { value: 10 } });
  // Of ages nothing is kept beside everybody: hidden from a leader, and few who live there too.
  expect(people('age', 'age_70')).toMatchObject({ cell: null, living: { people: 60 } });
  expect(people('group', 'disability')).toMatchObject({ cell: null, living: { people: null, hidden: true } });
  expect((await told('R03', 'organiser'))('group', 'disability')?.living).toMatchObject({ people: 7, hidden: false });
  const core = await told('R28b');
  expect(core('age', 'age_70')).toMatchObject({ cell: { value: 15, of: 200 }, living: { people: 60 } });
  const teams = await parts('unit_leader', 'R17');
  expect(
    teams?.by.map(({ breakdown, rows }) => [breakdown, rows.map(({ group, cell }) => [group, cell?.value])]),
  ).toEqual([
    [
      'organisation',
      [
        ['org_youth', 20],
        ['org_women', 11],
      ],
    ],
  ]);
  // Of what is no number of people who live there, nobody's number is set beside it.
  expect((await told('R02'))('gender', 'women')?.living).toBeNull();
});

test('another unit’s is not there', async () => {
  for (const area of [cast.there.unitId, 44]) expect(await parts('unit_leader', 'R03', area)).toBeNull();
});
