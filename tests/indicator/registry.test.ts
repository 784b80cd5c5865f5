import fs from 'node:fs';
import fc from 'fast-check';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectionOptions } from '@/db/connection';
import { seed } from '@/db/seed';
import { loadIndicators, readIndicators } from '@/db/seed/indicators';
import { closePool, openScoped } from '@/lib/access/scoped';
import { indicators, indicatorValues, indicatorVersions } from '@/lib/indicator/queries';
import { computedValue, declaredValue, shownValue } from '@/lib/indicator/rules';
import type { FigureCell, IndicatorVersion } from '@/lib/indicator/schema';
import { periodOf } from '@/lib/period/rules';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

let url = '';
let cast: Cast;
let registry: IndicatorVersion[];

beforeAll(async () => {
  ({ url } = await testDatabase());
  cast = await setTheScene(url);
  registry = await leader((tx) => indicators(tx));
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const leader = async <R>(work: Parameters<typeof openScoped<R>>[3]) =>
  openScoped('read write', 'camtay_app', await cast.token('unit_leader', cast.here), work);
const year = periodOf('2031');
if (!year) throw new Error('a year is a period');
const values = () => leader((tx) => indicatorValues(tx, cast.here.unitId, year));
const one = (code: string) => {
  const found = registry.find((version) => version.code === code);
  if (!found) throw new Error(code);
  return found;
};
const cell = (measure: string, grp: string, value: number | null, denominator: number | null = 100): FigureCell => ({
  period: '2031',
  measure,
  grp,
  value,
  denominator,
  computedAt: new Date('2031-06-01'),
});

describe('the registry', () => {
  test('holds all 30 indicators, in order; six of them with a second figure', () => {
    const codes = registry.map(({ code }) => code);
    const thirty = Array.from({ length: 30 }, (_, at) => `R${String(at + 1).padStart(2, '0')}`);
    expect(codes.filter((code) => !code.endsWith('b'))).toEqual(thirty);
    expect(codes.filter((code) => code.endsWith('b'))).toEqual(['R01b', 'R14b', 'R15b', 'R16b', 'R20b', 'R28b']);
  });

  test('says everything in both languages, and has a word for every key it uses', () => {
    for (const version of registry) {
      for (const what of ['name', 'numerator', 'source'] as const) {
        expect(version[`${what}Vi`], `${version.code} ${what}`).not.toBe('');
        expect(version[`${what}En`], `${version.code} ${what}`).not.toBe('');
        expect(version[`${what}Vi`], `${version.code} ${what}`).not.toBe(version[`${what}En`]);
      }
      expect(version.denominatorVi === '', version.code).toBe(version.denominatorEn === '');
      // What is a share of something says of what.
      expect(version.denominatorVi === '', version.code).toBe(version.whole === 'none');
      for (const language of ['vi', 'en']) {
        const words = JSON.parse(fs.readFileSync(`messages/${language}/indicator.json`, 'utf8'));
        expect(words.unit[version.unit], version.unit).toBeTruthy();
        expect(words.grains[version.grain], version.grain).toBeTruthy();
        expect(words.boundaries[version.boundary], version.boundary).toBeTruthy();
        expect(words.attributions[version.attribution], version.attribution).toBeTruthy();
        for (const key of version.breakdowns) expect(words.breakdown[key], key).toBeTruthy();
      }
    }
  });

  test('a declared indicator names no measure; the database refuses one that does, and a computed one that is typed in', async () => {
    for (const version of registry.filter(({ kind }) => kind !== 'computed'))
      expect([version.measure, version.groups], version.code).toEqual([null, []]);
    await expect(
      cast.owner`update indicator_version set measure = 'people_reached', groups = '{all}' where indicator_code = 'R11'`,
    ).rejects.toThrow('indicator_version_only_computed_measures');
    const typed = (code: string, kind: string) =>
      cast.owner`insert into declared_figure (indicator_code, kind, area_id, period, value, source, as_of)
        values (${code}, ${kind}, ${cast.here.unitId}, '2031', 5, 'Ai đó', '2031-01-01')`;
    await expect(typed('R03', 'declared')).rejects.toThrow('declared_figure_of');
    await expect(typed('R03', 'computed')).rejects.toThrow('declared_figure_only_declared');
    await expect(typed('R30', 'declared')).rejects.toThrow('declared_figure_of');
  });

  test('is loaded once; a wording changed since becomes a new version and the old one is kept', async () => {
    await seed(url, { demo: false });
    const sql = postgres({ ...connectionOptions(url), max: 1, onnotice: () => {}, transform: postgres.camel });
    const rows = readIndicators();
    const changed = rows.map((row) => (row.code === 'R03' ? { ...row, name_en: 'People reached' } : row));
    const load = (given: typeof rows) =>
      sql.begin(async (tx) => {
        await tx`select set_config('role', 'camtay_system', true)`;
        await loadIndicators(tx, given);
      });
    const count = async () => (await sql`select from indicator_version`).count;
    expect(await count()).toBe(rows.length);
    await load(changed);
    await load(changed);
    expect(await count()).toBe(rows.length + 1);
    const versions = await leader((tx) => indicatorVersions(tx, 'R03'));
    expect(versions.map(({ version, nameEn, validTo }) => [version, nameEn, validTo === null])).toEqual([
      [2, 'People reached', true],
      [1, 'People who took part (each once)', false],
    ]);
    await sql.end();
  });
});

describe('values', () => {
  test('computed ones are read from figures, declared ones from what was said last, neither from the other', async () => {
    const { unitId } = cast.here;
    await cast.owner`
      insert into figure (area_id, period, measure, grp, value, denominator, computed_at) values
        (${unitId}, '2031', 'people_reached', 'all', 412, 500, now()), (${unitId}, '2031', 'core_attained', 'adults', 70, 120, now()),
        (${unitId}, '2031', 'core_attained', 'age_60_69', 30, 60, now()), (${unitId}, '2031', 'core_attained', 'age60', 55, 60, now())`;
    await cast.owner`
      insert into declared_figure (indicator_code, area_id, period, value, denominator, source, as_of) values
        ('R09', ${unitId}, '2031', 10, 1000, 'Công an', '2031-02-01'), ('R09', ${unitId}, '2031', 900, 1000, 'Công an xã', '2031-03-01')`;
    const before = await values();
    const said = (code: string) => before.find((value) => value.code === code);
    expect(before.map(({ code }) => code)).toEqual(registry.map(({ code }) => code));
    expect(said('R03')).toMatchObject({ kind: 'computed', value: 412, of: null, source: null, hidden: false });
    expect(said('R09')).toMatchObject({
      value: 900,
      of: 1000,
      source: 'Công an xã',
      asOf: '2031-03-01',
      computedAt: null,
    });
    // Adults that hold the core set: a cell of its own, not the bands that are in it.
    expect(said('R08')).toMatchObject({ value: 70, of: null });
    expect(said('R04')).toMatchObject({ kind: 'computed', value: null, hidden: false });
    expect(said('R30')).toMatchObject({ kind: 'declared', value: null });
    await cast.owner`insert into eligible (area_id, as_of, grp, people, source) values (${unitId}, '2031-01-01', 'adults', 700, 'Sổ dân cư')`;
    expect((await values()).find(({ code }) => code === 'R08')).toMatchObject({ value: 70, of: 700 });
  });

  test('of another unit are not there: nothing is said', async () => {
    await cast.owner`
      insert into figure (area_id, period, measure, grp, value, denominator, computed_at) values (${cast.there.unitId}, '2031', 'people_reached', 'all', 77, 80, now())`;
    await cast.owner`
      insert into declared_figure (indicator_code, area_id, period, value, source, as_of) values ('R11', ${cast.there.unitId}, '2031', 10, 'Công an', '2031-02-01')`;
    const found = await leader((tx) => indicatorValues(tx, cast.there.unitId, year));
    expect(found.every(({ value, of, hidden }) => value === null && of === null && !hidden)).toBe(true);
  });

  test('never take the one for the other, whatever cells and words there are', () => {
    const words = { value: 5, denominator: 9, source: 'x', asOf: '2031-01-01' };
    for (const version of registry) {
      const all = version.groups.length > 0 ? version.groups : ['all'];
      const cells = all.map((grp) => cell(version.measure ?? 'people_reached', grp, 20));
      const computed = computedValue(version, cells, null);
      const declared = declaredValue(version, { code: version.code, ...words });
      expect(computed.value !== null, version.code).toBe(version.measure !== null);
      expect(declared.value !== null, version.code).toBe(version.kind === 'declared');
    }
  });

  test('a cell that is hidden hides what is made of it; nothing counted is “—”, never 0', () => {
    const adults = one('R08');
    const bands = { ...adults, groups: ['age_18_34', 'age_70'] };
    expect(
      computedValue(bands, [cell('core_attained', 'age_18_34', 40), cell('core_attained', 'age_70', null, null)], 500),
    ).toMatchObject({
      value: null,
      of: null,
      hidden: true,
    });
    expect(computedValue(adults, [cell('core_attained', 'age60', 40)], 500)).toMatchObject({
      value: null,
      hidden: false,
    });
    expect(computedValue(one('R29'), [cell('retention', 'all', null, null)], null)).toMatchObject({
      hidden: true,
      of: null,
    });
    expect(computedValue(one('R29'), [cell('retention', 'all', 8, 10)], null)).toMatchObject({ value: 8, of: 10 });
    // More people than are said to live there: no share.
    expect(computedValue(adults, [cell('core_attained', 'adults', 40)], 30)).toMatchObject({ value: 40, of: null });
  });

  test('a share is between 0 and 100 or nothing', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.option(fc.nat(10_000), { nil: null }), (value, rest) => {
        const of = rest === null ? null : value + rest;
        const share = shownValue('share', { value, of });
        expect(share === null || (share >= 0 && share <= 100)).toBe(true);
        expect(shownValue('count', { value, of })).toBe(value);
      }),
      { verbose: true },
    );
  });
});
