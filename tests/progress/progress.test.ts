import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool, openScoped } from '../../lib/access/scoped';
import { adultsOf, progressOf } from '../../lib/progress/queries';
import { lastOver, openCsv, openSchema } from '../../lib/progress/rules';
import { progressColumns } from '../../lib/progress/schema';
import { daysBetween } from '../../lib/kernel/clock';
import { periodAfter } from '../../lib/period/rules';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;
const month = lastOver('month', new Date()).key;
const running = periodAfter(lastOver('month', new Date())).key;

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  await cast.owner`delete from figure`;
  const cells = [
    [44, month, 'people_reached', 'all', 120],
    [44, month, 'sessions_held', 'all', 30],
    [18859, month, 'people_reached', 'all', null],
    [18859, running, 'people_reached', 'all', 55],
    [cast.here.villageId, month, 'people_reached', 'all', 45],
  ] as const;
  for (const [area, period, measure, group, value] of cells)
    await cast.owner`insert into figure (area_id, period, measure, grp, value, denominator, computed_at)
      values (${area}, ${period}, ${measure}, ${group}, ${value}, ${value === null ? null : 200}, now())`;
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const asPublic = <R>(work: Parameters<typeof openScoped<R>>[3]) => openScoped('read only', 'camtay_public', '', work);

describe('what everybody may know', () => {
  test('is the province first, then units, with nothing where it is hidden', async () => {
    const { rows, computedAt } = await asPublic((tx) => progressOf(tx, month));
    expect(rows[0]).toMatchObject({ areaId: 44, figures: { reached: 120, sessions: 30, core: null, reached60: null } });
    expect(rows.find(({ areaId }) => areaId === 18859)?.figures.reached).toBeNull();
    expect(rows).toHaveLength(79);
    expect(computedAt).toBeInstanceOf(Date);
  });

  test('stands in the order of the Vietnamese alphabet', async () => {
    const { rows } = await asPublic((tx) => progressOf(tx, month));
    const names = rows.slice(1).map(({ nameVi }) => nameVi.replace(/^(Xã|Phường|Đặc khu) /, ''));
    expect(names).toEqual([...names].sort(new Intl.Collator('vi').compare));
    expect(names.indexOf('Ba Đồn')).toBeLessThan(names.indexOf('Ba Lòng'));
  });

  test('holds neither villages nor periods that still run, under the wall alone', async () => {
    const rows = await asPublic((tx) => tx<{ areaId: number; period: string }[]>`select area_id, period from figure`);
    expect(new Set(rows.map(({ period }) => period))).toEqual(new Set([month]));
    expect(new Set(rows.map(({ areaId }) => areaId))).toEqual(new Set([44, 18859]));
  });

  test('knows when each kind of period is over', async () => {
    const [row] = await cast.owner<{ over: string[] }[]>`
      select array_agg(p order by p) as over from unnest(${['2019', 'k2019', '2019-q4', 'k2019-q4', '2019-12', 'k2019-12', '2068', 'k2068-q1', '2068-01']}::text[]) p
      where period_over(p)`;
    expect(row?.over).toEqual(['2019', '2019-12', '2019-q4', 'k2019', 'k2019-12', 'k2019-q4']);
  });

  test('holds the adults who can do the core set beside the year’s target, in words only where the number is not told', async () => {
    const asked = lastOver('month', new Date());
    const told = () => asPublic((tx) => adultsOf(tx, 44, asked));
    const put = (group: string, value: number | null) => cast.owner`
      insert into figure (area_id, period, measure, grp, value, denominator, computed_at)
      values (44, ${month}, 'core_attained', ${group}, ${value}, ${value}, now())`;
    const { year } = asked;
    await cast.owner`insert into target (indicator_code, area_id, period, value, source) values ('R08', 44, ${`k${year}`}, 80, 'Kế hoạch')`;
    expect(await told()).toMatchObject({ count: null, hidden: false, aim: 80, pace: null });
    await put('all', 300);
    expect(await told()).toMatchObject({ count: null, hidden: true, share: null, aim: 80, pace: null });
    await put('adults', 280);
    expect(await told()).toMatchObject({ count: 280, hidden: false, share: null, aim: 80, pace: null });
    await cast.owner`insert into eligible (area_id, as_of, grp, people, source) values (44, ${`${year - 1}-01-01`}, 'adults', 700, 'Sổ dân cư')`;
    const found = await told();
    expect(found).toMatchObject({ count: 280, share: 40, year, aim: 80 });
    expect(found.pace).toBeCloseTo((80 * daysBetween(`${year - 1}-12-15`, asked.to)) / 365, 0);
    // Nothing of a place whose month still runs, and nothing more than anybody may see.
    await cast.owner`update figure set value = null, denominator = null where area_id = 44 and grp = 'adults'`;
    expect(await told()).toMatchObject({ count: null, hidden: true, share: null });
    await cast.owner`delete from figure where measure = 'core_attained'`;
  });

  test('is described column by column, in the order of the CSV', async () => {
    const csv = openCsv(await asPublic((tx) => progressOf(tx, month)));
    const [head, first] = csv.split('\r\n');
    expect(head?.split(',')).toEqual(progressColumns.map(({ name }) => name));
    expect(first).toMatch(new RegExp(`^44,.*,${month},120,,30,,$`));
    expect(JSON.stringify(openSchema('https://x'))).toContain('"name":"reached60"');
  });
});
