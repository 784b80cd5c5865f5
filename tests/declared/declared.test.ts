import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool, openScoped, type ScopedTx } from '@/lib/access/scoped';
import { declareFigure } from '@/lib/declared/commands';
import { declaredLines } from '@/lib/declared/queries';
import { declaredInput } from '@/lib/declared/schema';
import type { Role } from '@/db/capabilities';
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
const figure = {
  period: '2026-03',
  indicator: 'R10',
  value: '812',
  of: '1.040',
  source: 'Công an xã',
  asOf: '2026-03-10',
  note: '',
};
const declare = (areaId: number, more: object = {}, role: Role = 'organiser', place = cast.here) =>
  as(role, place, (tx, caller) => declareFigure(tx, declaredInput.parse({ areaId, ...figure, ...more }), caller));

describe('a declared figure', () => {
  test('is written with its source and day in the caller’s name; the newest counts and the rest is its history', async () => {
    const { unitId } = cast.here;
    expect(await declare(unitId)).toEqual({ areaId: unitId, period: '2026-03' });
    await declare(unitId, { value: '820', source: 'Công an phường' });
    await declare(unitId, { indicator: 'R11', value: '40', of: '' });
    const lines = await as('organiser', cast.here, (tx) => declaredLines(tx, unitId, '2026-03'));
    expect(
      lines.map(({ code, value, denominator, source, newest }) => [code, value, denominator, source, newest]),
    ).toEqual([
      ['R10', 820, 1040, 'Công an phường', true],
      ['R10', 812, 1040, 'Công an xã', false],
      ['R11', 40, null, 'Công an xã', true],
    ]);
    const [row] = await cast.owner`select recorded_by from declared_figure where area_id = ${unitId} limit 1`;
    expect(row).toEqual({ recordedBy: await cast.accountOf('organiser', cast.here) });
    expect(await cast.owner`select from audit_event where action = 'declared.record'`).toHaveLength(3);
  });

  test('comes after what was said before, of this moment, whatever is sent: nothing stands for good as the newest', async () => {
    const { villageId } = cast.here;
    const row = { id: '9000000000000000000', areaId: villageId, at: new Date('2020-01-01'), source: 'x' };
    const sent = [
      ['declared_figure', 'organiser', { indicatorCode: 'R10', period: '2026-05', value: 1, asOf: '2026-05-01' }],
      ['eligible', 'organiser', { grp: 'all', people: 1, asOf: '2026-05-01' }],
      ['target', 'unit_leader', { indicatorCode: 'R03', period: '2026-05', value: 1 }],
    ] as const;
    for (const [table, role, more] of sent) {
      const [newest] = await cast.owner<
        { id: number }[]
      >`select coalesce(max(id), 0)::int as id from ${cast.owner(table)}`;
      await as(role, cast.here, (tx) => tx`insert into ${tx(table)} ${tx({ ...row, ...more })}`);
      const [kept] = await cast.owner<{ id: number; old: boolean }[]>`
        select id::int, at < now() - interval '1 hour' as old from ${cast.owner(table)} where area_id = ${villageId} order by id desc limit 1`;
      expect([table, kept?.old, (kept?.id ?? 0) > (newest?.id ?? 0)]).toEqual([table, false, true]);
    }
  });

  test('is refused where it would be none: counted by the portal, a share without its whole, a period to come', async () => {
    const { unitId } = cast.here;
    const before = await cast.owner`select count(*) from declared_figure`;
    expect(await declare(unitId, { indicator: 'R03', of: '' })).toEqual({
      refused: 'chooseIndicator',
      field: 'indicator',
    });
    expect(await declare(unitId, { indicator: 'R30', of: '' })).toEqual({
      refused: 'chooseIndicator',
      field: 'indicator',
    });
    expect(await declare(unitId, { indicator: 'R99', of: '' })).toEqual({
      refused: 'chooseIndicator',
      field: 'indicator',
    });
    expect(await declare(unitId, { of: '' })).toEqual({ refused: 'wholeMissing', field: 'of' });
    expect(await declare(unitId, { indicator: 'R11' })).toEqual({ refused: 'wholeNone', field: 'of' });
    expect(await declare(unitId, { period: '2099' })).toEqual({ refused: 'periodAhead' });
    const wrong = (more: object) => declaredInput.safeParse({ areaId: unitId, ...figure, ...more }).error?.issues[0];
    expect(wrong({ of: '800' })).toMatchObject({ path: ['of'], message: 'lessThanPart' });
    expect(wrong({ value: undefined })).toMatchObject({ path: ['value'], message: 'countShape' });
    expect(wrong({ value: '', of: '' })).toMatchObject({ path: ['value'], message: 'countShape' });
    expect(wrong({ source: ' ' })).toMatchObject({ path: ['source'], message: 'sourceMissing' });
    expect(wrong({ asOf: '2099-01-01' })).toMatchObject({ path: ['asOf'], message: 'sourceDayAhead' });
    expect(await cast.owner`select count(*) from declared_figure`).toEqual(before);
  });

  test('is of a place of one’s own: another unit’s is not found, nor may a leader or helper say any', async () => {
    const before = await cast.owner`select count(*) from declared_figure`;
    expect(await declare(cast.there.unitId)).toEqual({ refused: 'notFound' });
    expect(await declare(44)).toEqual({ refused: 'notFound' });
    expect(await declare(cast.here.unitId, {}, 'unit_leader')).toEqual({ refused: 'notFound' });
    expect(await declare(cast.here.unitId, {}, 'helper')).toEqual({ refused: 'notFound' });
    expect(await cast.owner`select count(*) from declared_figure`).toEqual(before);
    expect(await declare(44, {}, 'province_admin')).toMatchObject({ areaId: 44 });
  });
});
