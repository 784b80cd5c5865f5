import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool, openScoped } from '../../lib/access/scoped';
import { rebuildFigures, refreshFigures } from '../../lib/figure/commands';
import { rowsOf } from '../../lib/figure/drill';
import { dashboard } from '../../lib/figure/queries';
import { withoutClass } from '../../lib/figure/rules';
import { rowsAddress } from '../../lib/figure/asked';
import { dashboardAddress } from '../../lib/figure/schema';
import { dayOf } from '../../lib/kernel/clock';
import { periodAfter, periodAround } from '../../lib/period/rules';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;
const now = new Date();
/** The year of the session that was held, three days ago. */
const period = periodAround(dayOf(new Date(now.getTime() - 3 * 86_400_000)), 'administrative', 'year');
const rank = { by: 'unreached', descending: true } as const;

beforeAll(async () => {
  const database = await testDatabase();
  cast = await setTheScene(database.url);
  await cast.owner`update class_session set starts_at = starts_at - interval '2 days', ends_at = ends_at - interval '2 days'
    where id in (${cast.here.sessionIds[0]}, ${cast.there.sessionIds[0]})`;
  await rebuildFigures(now, null);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const show = async (role: Role, place: Place, area?: number) =>
  openScoped('read only', 'camtay_app', await cast.token(role, place), (tx) =>
    dashboard(tx, { area, period, rank }, now),
  );

const take = async (role: Role, place: Place, area?: number, page = 1) =>
  openScoped('read only', 'camtay_app', await cast.token(role, place), (tx) =>
    rowsOf(tx, { area, period, measure: 'people_reached', group: 'age60', page }),
  );

describe('a leader of Đồng Thuận', () => {
  test('begins at the ward, and finds its figures, missing register and village', async () => {
    const shown = await show('unit_leader', cast.here);
    expect(shown?.area.id).toBe(18859);
    expect(shown?.area.above).toEqual([]);
    expect(shown?.figures.people_reached?.all).toEqual({ value: 1, of: 1 });
    expect(shown?.missing.total).toBe(1);
    expect(shown?.missing.first.map((row) => [row.sessionId, row.mayOpen])).toEqual([[cast.here.sessionIds[0], false]]);
    expect(shown?.places.map((place) => [place.id, place.reached, place.reachedAge60, place.attendance])).toEqual([
      [cast.here.villageId, { value: 1, of: 1 }, { value: 1, of: 1 }, { value: 1, of: 1 }],
    ]);
    expect(
      shown?.months.some(
        ({ figures }) => figures.people_reached?.all?.value === 1 && figures.attendance?.all?.value === 1,
      ),
    ).toBe(true);
    expect(withoutClass(shown?.places ?? [])).toEqual([]);
  });

  test('narrows to the village and its classes', async () => {
    const shown = await show('unit_leader', cast.here, cast.here.villageId);
    expect(shown?.area.above.map((up) => up.id)).toEqual([18859]);
    expect(shown?.classes.map((row) => row.id)).toEqual([cast.here.classId]);
  });

  test('finds nothing by the number of Minh Hóa, its village, the province or nobody', async () => {
    for (const area of [18901, cast.there.villageId, 44, 1, 2_000_000_000]) {
      expect(await show('unit_leader', cast.here, area)).toBeNull();
      expect(await take('unit_leader', cast.here, area)).toBeNull();
    }
  });

  test('reads no cell of another unit, nor what cells are made of, under the wall alone', async () => {
    const token = await cast.token('unit_leader', cast.here);
    const rows = await openScoped(
      'read only',
      'camtay_app',
      token,
      (tx) => tx<{ areaId: number }[]>`select distinct area_id from figure`,
    );
    expect(rows.map((row) => row.areaId).sort()).toEqual([18859, cast.here.villageId].sort());
    for (const table of [
      'figure_change',
      'figure_session',
      'figure_mark',
      'figure_person',
      'figure_skill',
      'figure_core',
      'figure_own',
      'figure_exact',
    ]) {
      const found = await openScoped('read only', 'camtay_app', token, (tx) => tx`select from ${tx(table)}`);
      expect([table, found.count]).toEqual([table, 0]);
    }
  });
});

test('a helper, who holds no figures, is shown no area at all', async () => {
  expect(await show('helper', cast.here)).toBeNull();
  expect(await show('helper', cast.here, 18859)).toBeNull();
});

test('the province leader begins at the province and goes down to either unit', async () => {
  expect((await show('province_leader', cast.here))?.area.id).toBe(44);
  expect((await show('province_leader', cast.here, 18901))?.area.above.map((up) => up.id)).toEqual([44]);
});

test('whoever may take the register is led to it', async () => {
  const shown = await show('organiser', cast.here);
  expect(shown?.missing.first.map((row) => row.mayOpen)).toEqual([true]);
});

test('what a helper marks under the wall is in the figures at the next refresh', async () => {
  await openScoped('read write', 'camtay_app', await cast.token('helper', cast.here), async (tx) => {
    await tx`update attendance set state = 'absent' where session_id = ${cast.here.sessionIds[0]}`;
  });
  await refreshFigures(now, null);
  const shown = await show('unit_leader', cast.here);
  expect(shown?.figures.people_reached?.all).toEqual({ value: 0, of: 1 });
  expect(shown?.figures.attendance?.all).toEqual({ value: 0, of: 1 });
});

test('a cell that is hidden is exact for whoever may look the people up, and empty for everybody else who sees figures', async () => {
  await cast.owner`update figure set value = null, denominator = null where measure = 'people_reached'`;
  const reached = async (role: Role) => {
    const shown = await show(role, cast.here);
    return [shown?.figures.people_reached?.all, shown?.places[0]?.reached, shown?.figures.attendance?.all];
  };
  const [nobody, one] = [null, { value: 0, of: 1 }];
  expect(await reached('organiser')).toEqual([one, one, one]);
  expect(await reached('unit_leader')).toEqual([nobody, nobody, one]);
  const exact = await openScoped(
    'read only',
    'camtay_app',
    await cast.token('unit_leader', cast.here),
    (tx) => tx`select from figure_exact`,
  );
  expect(exact.count).toBe(0);
  await rebuildFigures(now, null);
  expect(await reached('unit_leader')).toEqual([one, one, one]);
});

test('an address that is none is refused before anything is asked', () => {
  for (const wrong of [
    { area: 'abc' },
    { area: '-1' },
    { period: '2026-13' },
    { period: "2026'--" },
    { with: 'k2026-13' },
    { area: ['1', '2'] },
  ])
    expect([wrong, dashboardAddress.safeParse(wrong).success]).toEqual([wrong, false]);
  expect(dashboardAddress.safeParse({ area: '', period: '', sort: 'x'.repeat(500) }).success).toBe(true);
});

test('an address of rows that is none is refused too', () => {
  for (const wrong of [
    {},
    { measure: 'password' },
    { measure: 'skill_a1; drop' },
    { measure: 'teams', group: 'men or 1=1' },
    { measure: 'teams', page: '0' },
  ])
    expect([wrong, rowsAddress.safeParse(wrong).success]).toEqual([wrong, false]);
  expect(
    rowsAddress.safeParse({ measure: 'skill_A1', area: '44', period: 'k2026-q4', group: 'age60', page: '2' }).success,
  ).toBe(true);
});

describe('what a figure is made of', () => {
  test('opens into places and sessions; marks are counted for whoever reads the register, and for no leader', async () => {
    const organiser = await take('organiser', cast.here);
    expect(organiser?.places.map(({ id, cell }) => [id, cell?.of])).toEqual([[cast.here.villageId, 1]]);
    expect(organiser?.own).toEqual({ value: 0, of: 0 });
    const held = organiser?.sessions.find(({ id }) => id === cast.here.sessionIds[0]);
    expect([held?.marked, held?.mayOpen]).toEqual([1, true]);
    for (const role of ['unit_leader', 'province_leader'] as const) {
      const leader = await take(role, cast.here);
      expect(leader?.sessions.length).toBeGreaterThan(0);
      expect(leader?.sessions.every(({ marked, came, mayOpen }) => marked === null && came === null && !mayOpen)).toBe(
        true,
      );
    }
  });

  test('shows a ward only its own sessions, and beyond the last page none', async () => {
    const rows = await take('unit_leader', cast.here);
    expect(rows?.sessions.every(({ classId }) => classId === cast.here.classId)).toBe(true);
    expect((await take('unit_leader', cast.here, undefined, 2000))?.sessions).toEqual([]);
  });
});

test('who is left is said where it is declared how many live there, and only there', async () => {
  const village = async () => (await show('unit_leader', cast.here))?.places[0];
  expect([(await village())?.older, (await village())?.unreached]).toEqual([null, null]);
  await cast.owner`insert into eligible (area_id, as_of, grp, people, source) values (${cast.here.villageId}, '2020-01-01', 'age60', 40, 'sổ hộ')`;
  const found = await village();
  expect([found?.older, found?.unreached, found?.perThousand]).toEqual([
    40,
    40 - (found?.reachedAge60?.value ?? 0),
    25 * (found?.reachedAge60?.value ?? 0),
  ]);
});

test('any two periods stand side by side, each by its own days', async () => {
  const token = await cast.token('unit_leader', cast.here);
  const other = periodAround(dayOf(now), 'calendar', 'month');
  const shown = await openScoped('read only', 'camtay_app', token, (tx) =>
    dashboard(tx, { period, with: other, rank }, now),
  );
  expect([shown?.period.key, shown?.beside.key]).toEqual([period.key, other.key]);
  expect((await show('unit_leader', cast.here))?.beside.key).toBe(periodAfter(period, -1).key);
});
