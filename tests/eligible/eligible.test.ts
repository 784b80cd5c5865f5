import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool, openScoped, type ScopedTx } from '@/lib/access/scoped';
import { declareEligible } from '@/lib/eligible/commands';
import { eligibleAround, eligibleOf } from '@/lib/eligible/queries';
import { peopleIn } from '@/lib/eligible/rules';
import { eligibleInput, tooMany } from '@/lib/eligible/schema';
import { countTyped } from '@/lib/kernel/input';
import { isRefusal } from '@/lib/kernel/result';
import type { Role } from '@/db/capabilities';
import { checked, written } from '../import/scene';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;
/** A second village of the unit. */
const second = 1_900_011;

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  await cast.owner`insert into area (id, kind, name_vi, name_en, full_name_vi, full_name_en, name_folded, valid_from)
    values (${second}, 'village', 'Thôn Hai', 'Village Two', 'Thôn Hai', 'Village Two', 'thon hai', '2025-07-01')`;
  await cast.owner`insert into area_parent (area_id, parent_id, valid_from) values (${second}, ${cast.here.unitId}, '2025-07-01')`;
  await cast.owner`select rebuild_area_tree()`;
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const as = async <R>(role: Role, place: Place, work: (tx: ScopedTx, caller: { accountId: string }) => Promise<R>) => {
  const accountId = await cast.accountOf(role, place);
  return openScoped('read write', 'camtay_app', await cast.token(role, place), (tx) => work(tx, { accountId }));
};
const said = (areaId: number, people: number, asOf = '2026-01-01') => [areaId, { people, source: 's', asOf }] as const;
const tree = new Map([
  [1, [2, 3]],
  [2, [4, 5]],
]);
const known = (...rows: ReturnType<typeof said>[]) => new Map(rows);

describe('how many live in a place', () => {
  test('its own declaration wins over the sum of its villages', () => {
    expect(peopleIn(tree, known(said(2, 900), said(4, 100), said(5, 200)))(2)).toMatchObject({
      people: 900,
      from: 'own',
      complete: true,
    });
  });

  test('without one the villages are added up; a sum in which some are missing says so', () => {
    expect(peopleIn(tree, known(said(4, 100, '2026-03-01'), said(5, 200)))(2)).toMatchObject({
      people: 300,
      from: 'below',
      complete: true,
      declared: 2,
      places: 2,
      asOf: '2026-01-01',
    });
    expect(peopleIn(tree, known(said(4, 100)))(2)).toMatchObject({
      people: 100,
      complete: false,
      declared: 1,
      places: 2,
    });
    expect(peopleIn(tree, known(said(4, 100), said(3, 50)))(1)).toMatchObject({
      people: 150,
      complete: false,
      declared: 1,
      places: 2,
    });
    expect(peopleIn(tree, known(said(2, 100), said(3, 50)))(1)).toMatchObject({ people: 150, complete: true });
  });

  test('where nobody said anything there is no number', () => {
    expect(peopleIn(tree, known())(1)).toMatchObject({ people: null, from: 'none', complete: false });
    expect(peopleIn(tree, known())(4)).toMatchObject({ people: null, complete: false });
  });

  test('is typed as people do, and nothing else is taken for a number', () => {
    const typed = (text: string) => countTyped().safeParse(text);
    for (const [text, count] of [
      ['', undefined],
      ['0', 0],
      [' 1.234 ', 1234],
      ['1 234 567', 1_234_567],
      ['12,345', 12_345],
    ] as const)
      expect(typed(text), text).toMatchObject({ success: true, data: count });
    for (const text of ['-1', '1.2', '12.34', '1e3', '٣', 'năm', '99999999999', '9999999', '1..234'])
      expect(typed(text).success, text).toBe(false);
    fc.assert(
      fc.property(fc.string(), (text) => {
        const found = typed(text);
        if (found.success && found.data !== undefined)
          expect(Number.isSafeInteger(found.data) && found.data >= 0).toBe(true);
      }),
      { verbose: true },
    );
  });

  test('no part is larger than what it is part of', () => {
    expect(tooMany({ all: 100, women: 101 })).toBe('women');
    expect(tooMany({ age60: 20, age_70: 21 })).toBe('age_70');
    expect(tooMany({ adults: 50, age60: 51 })).toBe('age60');
    expect(tooMany({ all: 100, households: 200, women: 50 })).toBeNull();
    expect(tooMany({ women: 50 })).toBeNull();
  });
});

describe('what is declared', () => {
  const input = (areaId: number, more: object = {}) =>
    eligibleInput.parse({ areaId, all: '1.200', adults: '800', source: 'Sổ dân cư', asOf: '2026-02-01', ...more });

  test('is appended in the caller’s own name; the newest day counts, of one day the last word', async () => {
    const { unitId } = cast.here;
    const organiser = await cast.accountOf('organiser', cast.here);
    await as('organiser', cast.here, (tx, caller) => declareEligible(tx, input(unitId), caller));
    await as('organiser', cast.here, (tx, caller) => declareEligible(tx, input(unitId, { all: '1300' }), caller));
    await as('organiser', cast.here, (tx, caller) =>
      declareEligible(tx, input(unitId, { all: '999', asOf: '2025-12-01' }), caller),
    );
    const of = (day: string) => as('unit_leader', cast.here, (tx) => eligibleOf(tx, unitId, 'all', day));
    expect(await of('2026-06-01')).toMatchObject({ people: 1300, from: 'own' });
    expect(await of('2026-01-31')).toMatchObject({ people: 999 });
    expect(await of('2025-11-30')).toMatchObject({ people: null });
    const rows = await cast.owner<{ recordedBy: string }[]>`select recorded_by from eligible where area_id = ${unitId}`;
    expect(rows.length).toBe(6);
    expect(rows.every(({ recordedBy }) => recordedBy === organiser)).toBe(true);
    const acts = await cast.owner<{ details: object }[]>`
      select details from audit_event where action = 'eligible.declare' and area_id = ${unitId}`;
    expect(acts).toHaveLength(3);
    // Of which groups, never how many: few people of some are not for everybody's eyes.
    for (const { details } of acts)
      expect(details).toEqual({ source: expect.any(String), asOf: expect.any(String), groups: ['all', 'adults'] });
  });

  test('is never rewritten, not even by the owner of the table', async () => {
    await expect(cast.owner`update eligible set people = 1`).rejects.toThrow('append-only');
    await expect(cast.owner`delete from eligible`).rejects.toThrow('append-only');
    await expect(cast.owner`update declared_figure set value = 1`).rejects.toThrow('append-only');
    await expect(cast.owner`update target set value = 1`).rejects.toThrow('append-only');
  });

  test('is the caller’s own area’s; another unit’s is not found and nothing is written', async () => {
    const before = await cast.owner`select count(*) from eligible`;
    for (const [role, area] of [
      ['organiser', cast.there.unitId],
      ['organiser', 44],
      ['unit_leader', cast.here.unitId],
      ['helper', cast.here.unitId],
    ] as const)
      expect(await as(role, cast.here, (tx, caller) => declareEligible(tx, input(area), caller)), role).toEqual({
        refused: 'notFound',
      });
    expect(await cast.owner`select count(*) from eligible`).toEqual(before);
    expect(
      isRefusal(
        await as('province_admin', cast.here, (tx, caller) => declareEligible(tx, input(cast.there.unitId), caller)),
      ),
    ).toBe(false);
    const seen = await as('organiser', cast.here, (tx) => eligibleAround(tx, 'vi', cast.there.unitId, '2026-06-01'));
    expect(seen.every(({ groups }) => Object.values(groups).every(({ people }) => people === null))).toBe(true);
  });
});

describe('a list of people per place', () => {
  const heading = 'Thôn, bản, tổ dân phố;Xã, phường;Ngày của số liệu;Nguồn;Tất cả nhân khẩu;Từ 60 tuổi;Số hộ';

  test('is checked cell by cell, then written: all or nothing, or its good rows', async () => {
    const list = [
      heading,
      'thon hai;;01/03/2026;Sổ dân cư;1.250;240;300',
      'Thôn Hai;;01/03/2026;Sổ dân cư;1250;;',
      'Thôn Không Có;;01/03/2026;Sổ dân cư;10;;',
      'Thôn Hai;;31/02/2026;;10;;',
      'Thôn Hai;;02/03/2026;Sổ dân cư;-5;x;',
      'Thôn Hai;;03/03/2026;Sổ dân cư;100;101;',
      'Thôn Hai;;04/03/2026;Sổ dân cư;;;',
      ';;05/03/2026;Sổ dân cư;10;;',
    ].join('\n');
    const { id, cells, found } = await checked(cast, 'eligible', list);
    expect(cells.map(({ row, at, reason }) => `${at}${row} ${reason}`)).toEqual([
      'A3 placeTwice',
      'A4 placeUnknown',
      'C5 dayUnknown',
      'D5 sourceMissing',
      'E6 countShape',
      'F6 countShape',
      'F7 moreThanWhole',
      'E8 countsMissing',
      'B9 placeMissing',
    ]);
    expect(found).toMatchObject({ rows: 8, good: 1, bad: 7 });
    expect(await cast.owner`select from eligible where area_id = ${second}`).toHaveLength(0);
    expect(await written(cast, id, 'all')).toMatchObject({ reason: 'importNotClean' });
    expect(await written(cast, id, 'good')).toMatchObject({ wrote: { written: 1 } });
    const rows = await cast.owner<{ grp: string; people: number; asOf: string }[]>`
      select grp, people, as_of::text from eligible where area_id = ${second} order by grp`;
    expect(rows.map((row) => ({ ...row }))).toEqual([
      { grp: 'age60', people: 240, asOf: '2026-03-01' },
      { grp: 'all', people: 1250, asOf: '2026-03-01' },
      { grp: 'households', people: 300, asOf: '2026-03-01' },
    ]);
  });
});
