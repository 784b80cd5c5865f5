import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '@/db/capabilities';
import { closePool, openScoped, type ScopedTx } from '@/lib/access/scoped';
import { periodOf } from '@/lib/period/rules';
import { setTarget } from '@/lib/target/commands';
import { standings, targetLines } from '@/lib/target/queries';
import { targetInput } from '@/lib/target/schema';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const as = async <R>(role: Role, place: Place, work: (tx: ScopedTx, caller: { accountId: string }) => Promise<R>) => {
  const accountId = await cast.accountOf(role, place);
  return openScoped('read write', 'camtay_app', await cast.token(role, place), (tx) => work(tx, { accountId }));
};
const aim = (role: Role, areaId: number, more: object = {}, place = cast.here) =>
  as(role, place, (tx, caller) =>
    setTarget(
      tx,
      targetInput.parse({ areaId, period: '2026', indicator: 'R03', value: '120', source: '', ...more }),
      caller,
    ),
  );
const [year, year2025, administrative] = [periodOf('2026'), periodOf('2025'), periodOf('k2026')];
if (!year || !year2025 || !administrative) throw new Error('years are periods');
const seen = (areaId: number, day = '2026-07-10', role: Role = 'unit_leader') =>
  as(role, cast.here, (tx) => standings(tx, areaId, year, day));
const refused = { refused: 'notFound' };

describe('targets', () => {
  test('the national ones came with the portal, and are set only where nobody has set any', async () => {
    const lines = await as('province_leader', cast.here, (tx) => targetLines(tx, 44, year));
    expect(lines).toMatchObject([{ code: 'R08', value: 100, by: null }]);
    expect(await as('province_leader', cast.here, (tx) => targetLines(tx, 44, year2025))).toMatchObject([
      { code: 'R08', value: 80 },
    ]);
  });

  test('of the year of one calendar are in the history of the other, and say for which they were set', async () => {
    const lines = await as('province_leader', cast.here, (tx) => targetLines(tx, 44, administrative));
    expect(lines).toMatchObject([{ code: 'R08', value: 100, period: '2026' }]);
  });

  test('are the province’s to set anywhere, a unit’s leader’s for the places below the unit, nobody else’s', async () => {
    const { unitId, villageId } = cast.here;
    const before = await cast.owner`select count(*) from target`;
    for (const [role, area] of [
      ['unit_leader', unitId],
      ['unit_leader', cast.there.villageId],
      ['unit_leader', 44],
      ['organiser', villageId],
      ['helper', villageId],
    ] as const)
      expect(await aim(role, area), `${role} ${area}`).toEqual(refused);
    expect(await cast.owner`select count(*) from target`).toEqual(before);
    // Nor by the wall alone.
    await expect(
      as(
        'unit_leader',
        cast.here,
        (tx) => tx`insert into target (indicator_code, area_id, period, value) values ('R03', ${unitId}, '2026', 1)`,
      ),
    ).rejects.toThrow('row-level security');
    expect(await aim('unit_leader', villageId)).toEqual({ areaId: villageId, period: '2026', taken: false });
    expect(await aim('province_leader', unitId)).toMatchObject({ areaId: unitId });
    expect(await aim('province_admin', 44)).toMatchObject({ areaId: 44 });
    const [row] = await cast.owner`select recorded_by from target where area_id = ${villageId} and period = '2026'`;
    expect(row).toEqual({ recordedBy: await cast.accountOf('unit_leader', cast.here) });
  });

  test('refuse what is no target', async () => {
    const { villageId } = cast.here;
    expect(await aim('unit_leader', villageId, { indicator: 'R30' })).toEqual({
      refused: 'chooseIndicator',
      field: 'indicator',
    });
    expect(await aim('unit_leader', villageId, { indicator: 'R77' })).toEqual({
      refused: 'chooseIndicator',
      field: 'indicator',
    });
    expect(await aim('unit_leader', villageId, { indicator: 'R08', value: '101' })).toEqual({
      refused: 'shareRange',
      field: 'value',
    });
  });

  test('a share set above holds below until a nearer one says otherwise; a count never does; one taken back is none', async () => {
    const { unitId, villageId } = cast.here;
    await aim('province_leader', 44, { indicator: 'R01', value: '9000' });
    const codes = async (areaId: number) =>
      (await seen(areaId)).map(({ code, target }) => [code, target?.value, target?.areaId]);
    expect(await codes(unitId)).toEqual([
      ['R03', 120, unitId],
      ['R08', 100, 44],
    ]);
    await aim('province_leader', unitId, { indicator: 'R08', value: '70' });
    expect(await codes(villageId)).toContainEqual(['R08', 70, unitId]);
    expect(await aim('province_leader', unitId, { indicator: 'R08', value: '' })).toMatchObject({ taken: true });
    expect(await codes(villageId)).toContainEqual(['R08', 100, 44]);
    expect(await codes(unitId)).not.toContainEqual(expect.arrayContaining(['R01']));
  });

  test('stand beside what was counted: pace, forecast with its band, sessions at the place’s own yield', async () => {
    const { unitId } = cast.here;
    const cells = [['2026', 'people_reached', 60]] as [string, string, number][];
    for (const month of ['01', '02', '03', '04', '05', '06']) {
      cells.push([`2026-${month}`, 'people_reached', 20]);
      cells.push([`2026-${month}`, 'sessions_held', 5]);
    }
    for (const [period, measure, value] of cells)
      await cast.owner`insert into figure (area_id, period, measure, grp, value, denominator, computed_at)
        values (${unitId}, ${period}, ${measure}, 'all', ${value}, 100, now())
        on conflict (area_id, period, measure, grp) do update set value = excluded.value`;
    const found = (await seen(unitId)).find(({ code }) => code === 'R03');
    // Sixty people of the year in six months of twenty: each month brought ten.
    expect(found).toMatchObject({ actual: 60, sessions: 30, hidden: false });
    expect(found?.pace).toBeCloseTo((120 * 190) / 365);
    expect(found?.forecast?.value).toBeCloseTo(60 + (10 * 175) / (365.25 / 12));
    expect(found?.forecast?.band?.low).toBeCloseTo(found?.forecast?.value ?? 0);
  });

  test('of a group whose months are not told are foreseen from its year, spread as everybody’s months are', async () => {
    const { unitId } = cast.here;
    const put = (period: string, measure: string, group: string, value: number | null) =>
      cast.owner`insert into figure (area_id, period, measure, grp, value, denominator, computed_at)
        values (${unitId}, ${period}, ${measure}, ${group}, ${value}, ${value}, now())
        on conflict (area_id, period, measure, grp) do update set value = excluded.value, denominator = excluded.denominator`;
    await aim('province_leader', unitId, { indicator: 'R22', period: 'k2026', value: '100' });
    await put('k2026', 'people_reached', 'all', 90);
    await put('k2026', 'people_reached', 'age60', 30);
    for (const month of ['01', '02', '03', '04', '05', '06']) {
      await put(`k2026-${month}`, 'people_reached', 'all', month === '06' ? 40 : 16);
      await put(`k2026-${month}`, 'sessions_held', 'all', 4);
    }
    const told = async (day: string) => {
      const found = await as('unit_leader', cast.here, (tx) => standings(tx, unitId, administrative, day));
      return found.find(({ code }) => code === 'R22');
    };
    // Everybody's six months are 120 together, of which a quarter is the group's.
    const found = await told('2026-06-15');
    const gains = [4, 4, 4, 4, 4, 10];
    const left = 183 / (365.25 / 12);
    expect(found).toMatchObject({ actual: 30, byYear: true, sessions: Math.ceil((70 * 24) / 30) });
    expect(found?.forecast?.value).toBeCloseTo(30 + 5 * left);
    const spread = Math.sqrt(gains.reduce((sum, gain) => sum + (gain - 5) ** 2, 0) / 5 + 5);
    expect(found?.forecast?.band?.high).toBeCloseTo(30 + 5 * left + 1.476 * spread * Math.sqrt(left + left ** 2 / 6));
    expect(found?.forecast?.band?.low).toBeGreaterThanOrEqual(30);
    // Everybody's month is kept back as well: an even way, and no band.
    await put('k2026-03', 'people_reached', 'all', null);
    const even = await told('2026-06-15');
    expect(even?.forecast?.value).toBeCloseTo(30 + (30 / (182 / (365.25 / 12))) * left);
    expect(even?.forecast?.band).toBeNull();
    expect(even?.sessions).toBe(Math.ceil((70 * 24) / 30));
    // Early in the next year the last one helps; where the group is told of neither year, nothing is.
    await put('k2026-03', 'people_reached', 'all', 16);
    await put('k2026', 'people_reached', 'age60', null);
    expect(await told('2026-06-15')).toMatchObject({ actual: null, byYear: false, forecast: null, sessions: null });
  });

  test('set for a year of one calendar stand for that year of the other, and say so; the year’s own wins, also when it was taken back', async () => {
    const { villageId } = cast.here;
    const [plain, administrative] = [periodOf('2028'), periodOf('k2028')];
    const month = periodOf('k2028-05');
    if (!plain || !administrative || !month) throw new Error('these are periods');
    const told = (period: typeof plain) =>
      as('unit_leader', cast.here, async (tx) =>
        (await standings(tx, villageId, period, '2028-07-10')).map(({ code, target }) => [
          code,
          target?.value,
          target?.period,
        ]),
      );
    await aim('unit_leader', villageId, { period: '2028', value: '50' });
    expect(await told(administrative)).toEqual([['R03', 50, '2028']]);
    expect(await told(plain)).toEqual([['R03', 50, '2028']]);
    expect(await told(month)).toEqual([]);
    await aim('unit_leader', villageId, { period: 'k2028', value: '60' });
    expect(await told(administrative)).toEqual([['R03', 60, 'k2028']]);
    expect(await told(plain)).toEqual([['R03', 50, '2028']]);
    await aim('unit_leader', villageId, { period: 'k2028', value: '' });
    expect(await told(administrative)).toEqual([]);
  });

  test('the national one, set for a year by the calendar, is told in the administration’s year that dashboards open on', async () => {
    const found = await as('province_leader', cast.here, (tx) => standings(tx, 44, administrative, '2026-07-10'));
    expect(found.find(({ code }) => code === 'R08')?.target).toMatchObject({ value: 100, period: '2026', areaId: 44 });
  });

  test('of what is carried on, one began at nothing where nothing came before; where that is hidden, only whoever is behind even from nothing is said to be', async () => {
    const { unitId } = cast.here;
    const year = periodOf('2029');
    if (!year) throw new Error('a year is a period');
    await aim('province_leader', unitId, { indicator: 'R28b', period: '2029', value: '100' });
    const put = (period: string, value: number | null) =>
      cast.owner`insert into figure (area_id, period, measure, grp, value, denominator, computed_at)
        values (${unitId}, ${period}, 'core_attained', 'all', ${value}, ${value === null ? null : 200}, now())`;
    await put('2029', 40);
    const pace = async () =>
      (await as('unit_leader', cast.here, (tx) => standings(tx, unitId, year, '2029-07-02'))).find(
        ({ code }) => code === 'R28b',
      )?.pace;
    expect(await pace()).toBeCloseTo((100 * 182) / 365);
    await put('2028-12', null);
    expect(await pace(), 'behind for certain').toBeCloseTo((100 * 182) / 365);
    await cast.owner`update figure set value = 60 where area_id = ${unitId} and period = '2029' and measure = 'core_attained'`;
    expect(await pace()).toBeNull();
  });

  test('of another unit are none of one’s business', async () => {
    await aim('province_leader', cast.there.unitId);
    expect((await seen(cast.there.unitId)).filter(({ target }) => target?.areaId === cast.there.unitId)).toEqual([]);
    expect(await as('unit_leader', cast.here, (tx) => targetLines(tx, cast.there.unitId, year))).toEqual([]);
  });
});
