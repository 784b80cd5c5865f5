import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '@/db/capabilities';
import { closePool, openScoped } from '@/lib/access/scoped';
import { aimsBelow } from '@/lib/figure/aims';
import { indicatorsAddress, rowsAddress } from '@/lib/figure/asked';
import { rebuildFigures } from '@/lib/figure/commands';
import { rowsOf } from '@/lib/figure/drill';
import { indicatorSheet } from '@/lib/figure/indicators';
import { dashboard } from '@/lib/figure/queries';
import { aimsOf, byTheme, judged, perThousandOf, rowsBehind, themes } from '@/lib/figure/rules';
import type { Group, Measure } from '@/lib/figure/schema';
import { footingOf, indicators } from '@/lib/indicator/queries';
import { dayOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';
import { periodAround } from '@/lib/period/rules';
import { standings } from '@/lib/target/queries';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;
const now = new Date();
const today = dayOf(now);
const period = periodAround(today, 'administrative', 'year');
const province = 44;

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  const { owner, here, there } = cast;
  await owner`update class_session set status = 'held', starts_at = starts_at - interval '2 days', ends_at = ends_at - interval '2 days'
    where id in (${here.sessionIds[0]}, ${there.sessionIds[0]})`;
  for (const { deskId, villageId } of [here, there])
    await owner`insert into desk_assist (id, desk_id, area_id, need_code, need_version, level, minutes, at)
      select ${newId()}, ${deskId}, ${villageId}, code, version, 2, 10, ${new Date(now.getTime() - 3 * 86_400_000)} from desk_need
      where code = 'vneid' and replaced_at is null`;
  await rebuildFigures(now);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const as = async <R>(role: Role, place: Place, work: Parameters<typeof openScoped<R>>[3]) =>
  openScoped('read only', 'camtay_app', await cast.token(role, place), work);
const sheetOf = (role: Role, place: Place, area?: number) =>
  as(role, place, async (tx) => (await indicatorSheet(tx, { area, period }, today)) ?? 'none');

describe('all 30 indicators', () => {
  test('stand on one page of an area, each once and under a theme, with what was declared and its source', async () => {
    await cast.owner`insert into declared_figure (indicator_code, area_id, period, value, denominator, source, as_of)
      values ('R12', ${cast.here.unitId}, ${period.key}, 90, 100, 'Ngân hàng', '2026-01-31')`;
    const sheet = await sheetOf('unit_leader', cast.here);
    if (sheet === 'none') throw new Error('one’s own area');
    const registry = await as('unit_leader', cast.here, (tx) => indicators(tx));
    expect(sheet.area.id).toBe(cast.here.unitId);
    expect(sheet.lines.map(({ version }) => version.code)).toEqual(registry.map(({ code }) => code));
    const shown = byTheme(sheet.lines).flatMap(({ lines }) => lines.map(({ version }) => version.code));
    expect(shown.toSorted()).toEqual(registry.map(({ code }) => code).toSorted());
    expect(byTheme(sheet.lines).map(({ theme }) => theme)).toEqual(Object.keys(themes));
    const one = sheet.lines.find(({ version }) => version.code === 'R12');
    expect(one?.value).toMatchObject({ value: 90, of: 100, source: 'Ngân hàng', asOf: '2026-01-31' });
    expect(sheet.lines.find(({ version }) => version.code === 'R01')?.value.value).toBe(1);
  });

  test('of a registry that grew leave nothing out', () => {
    const lines = ['R01', 'R99'].map((code) => ({ version: { code } }));
    expect(byTheme(lines).map(({ theme, lines: own }) => [theme, own.length])).toEqual([
      ['classes', 1],
      ['other', 1],
    ]);
  });

  test('are shown to nobody of another area, nor at an address that is none', async () => {
    expect(await sheetOf('unit_leader', cast.here, cast.there.unitId)).toBe('none');
    expect(await sheetOf('unit_leader', cast.here, province)).toBe('none');
    for (const wrong of [{ area: 'x' }, { area: '-1' }, { period: '2026-13' }, { area: ['1', '2'] }])
      expect([wrong, indicatorsAddress.safeParse(wrong).success]).toEqual([wrong, false]);
  });

  test('open into rows wherever the portal counts, at an address that parses', async () => {
    const registry = await as('unit_leader', cast.here, (tx) => indicators(tx));
    for (const version of registry) {
      const parts = rowsBehind(version);
      expect([version.code, parts.length]).toEqual([
        version.code,
        version.measure === null ? 0 : version.groups.length,
      ]);
      for (const part of parts) expect(rowsAddress.safeParse(part).data).toMatchObject(part);
    }
  });
});

describe('rows of homes and desks', () => {
  const rows = (role: Role, place: Place, measure: Measure, area?: number, group: Group = 'all') =>
    as(role, place, async (tx) => (await rowsOf(tx, { area, period, measure, group, page: 1 })) ?? 'none');

  test('of a need: units for the province’s leader; desks by whoever reads the log, a number kept back from whoever does not', async () => {
    const above = await rows('province_leader', cast.here, 'assist_vneid');
    if (above === 'none') throw new Error('the province is theirs');
    expect(above.need?.nameVi).toBeTruthy();
    expect(above.places).toHaveLength(78);
    const leader = await rows('unit_leader', cast.here, 'assist_vneid');
    if (leader === 'none') throw new Error('the ward is theirs');
    // One or two people are behind it: hidden in the ward, and in what lies in it.
    expect([leader.cell, leader.places.map(({ cell }) => cell), leader.own]).toEqual([null, [null], null]);
    expect(leader.made).toMatchObject({ kind: 'desks', rows: [] });
    const organiser = await rows('organiser', cast.here, 'assist_vneid');
    if (organiser === 'none') throw new Error('the ward is theirs');
    expect(organiser.cell).toEqual({ value: 2, of: 2 });
    expect(organiser.places.map(({ cell }) => cell)).toEqual([{ value: 2, of: 2 }]);
    expect(organiser.made).toMatchObject({ kind: 'desks', rows: [{ id: cast.here.deskId, count: 2 }] });
    const village = await rows('unit_leader', cast.here, 'assist_vneid', cast.here.villageId);
    expect(village).toMatchObject({ cell: null });
  });

  test('of a need nobody knows, or of another area, are none', async () => {
    expect(await rows('unit_leader', cast.here, 'assist_nothing')).toBe('none');
    expect(await rows('unit_leader', cast.here, 'assist_vneid', cast.there.unitId)).toBe('none');
    expect(rowsAddress.safeParse({ measure: "assist_x' or 1=1" }).success).toBe(false);
  });

  test('of homes go by place, and name nobody', async () => {
    for (const measure of ['households_reached', 'households_five'] as const) {
      const found = await rows('unit_leader', cast.here, measure);
      expect(found).toMatchObject({ need: null, made: null });
      expect(JSON.stringify(found)).not.toContain('Nguyễn Thị Thử');
    }
  });

  test('of teams keep to the kind that was asked for', async () => {
    const of = async (group: Group) => {
      const found = await rows('organiser', cast.here, 'teams', undefined, group);
      return found === 'none' || found.made?.kind !== 'teams' ? null : found.made.rows.map(({ kind }) => kind);
    };
    const all = await of('all');
    expect(all?.length).toBeGreaterThan(0);
    for (const kind of ['community_tech', 'shock_team', 'digital_ambassadors', 'front'] as const)
      expect(await of(`kind_${kind}`)).toEqual(all?.filter((one) => one === kind));
  });
});

describe('comparing places', () => {
  test('per 1 000 who live there, only where that is declared whole', () => {
    expect(perThousandOf({ value: 3, of: 3 }, 600, false)).toBe(5);
    expect(perThousandOf(undefined, 600, false)).toBe(0);
    for (const living of [null, 0]) expect(perThousandOf({ value: 3, of: 3 }, living, true)).toBeNull();
    expect(perThousandOf(null, 600, true)).toBeNull();
    // More people than are said to live there: one of the two is wrong. Sessions may well be more.
    expect(perThousandOf({ value: 7, of: 7 }, 6, true)).toBeNull();
    expect(perThousandOf({ value: 7, of: 7 }, 7000, false)).toBe(1);
  });

  test('the dashboard sets sessions beside who lives there', async () => {
    const { owner, here } = cast;
    const place = async () =>
      as('unit_leader', here, async (tx) => {
        const rank = { by: 'name', descending: false } as const;
        const board = await dashboard(tx, { period, rank }, now);
        return board?.places[0] ?? 'none';
      });
    expect(await place()).toMatchObject({ aims: null });
    await owner`insert into eligible (area_id, as_of, grp, people, source) values (${here.villageId}, ${today}, 'all', 500, 'sổ hộ')`;
    expect(await place()).toMatchObject({ sessionsPerThousand: 2 });
  });

  test('a place’s own targets are judged as on its own page, also for whoever sees less; those of others are not its own', async () => {
    const { owner, here, there } = cast;
    const set = (code: string, area: number, value: number | null) =>
      owner`insert into target (indicator_code, area_id, period, value) values (${code}, ${area}, ${period.key}, ${value})`;
    await set('R01', here.unitId, 400);
    await set('R03', here.unitId, 500);
    await set('R28b', here.unitId, 30);
    await set('R01', there.unitId, 0);
    await set('R03', there.unitId, 20);
    await set('R03', there.unitId, null); // taken back
    await set('R02', province, 900);
    for (const role of ['province_leader', 'province_admin'] as const) {
      const below = await as(role, here, async (tx) =>
        aimsBelow(tx, province, await footingOf(tx, province, period), today),
      );
      expect([...below.keys()].toSorted()).toEqual([here.unitId, there.unitId].toSorted());
      expect(below.get(there.unitId)).toEqual({ met: 1, behind: 0, untold: 0 });
      for (const unit of [here.unitId, there.unitId]) {
        const own = (await as(role, here, (tx) => standings(tx, unit, period, today))).filter(
          ({ target }) => target?.areaId === unit,
        );
        const told = judged(own);
        expect(below.get(unit)).toEqual({
          met: told.filter(({ ahead }) => ahead).length,
          behind: told.filter(({ ahead }) => !ahead).length,
          untold: own.length - told.length,
        });
      }
    }
    expect(
      await as('unit_leader', there, async (tx) =>
        aimsBelow(tx, there.unitId, await footingOf(tx, there.unitId, period), today),
      ),
    ).toEqual(new Map());
  });

  test('a target that cannot be judged is neither met nor behind', () => {
    const row = { shownAs: 'count', actual: 5, of: null, pace: 4 } as const;
    expect(aimsOf([row, { ...row, actual: 3 }, { ...row, pace: null }, { ...row, actual: null }])).toEqual({
      met: 1,
      behind: 1,
      untold: 2,
    });
    expect(aimsOf([])).toBeNull();
  });
});
