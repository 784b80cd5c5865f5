import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool } from '../../lib/access/scoped';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { book, rowsOf } from '../sheet/books';
import { checked, headings } from './scene';

let cast: Cast;
let village: string;

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  village = `Thôn Thử ${cast.here.villageId}`;
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

/** Somebody whose row says all it must. */
const line = (name: string, home: { village: string }) =>
  [name, '1950', 'Nữ', '', '', home.village, '02/03/2026', '1'].join(';');

test('a list holding half a sign, or one that is cut where values are, is checked like any', async () => {
  const names = ['Lê _xD800_ Nửa', '_xDC00_', `${'x'.repeat(39)}😀`];
  const rows = [headings, ...names.map((name) => line(name, { village }))].map((one) => one.split(';'));
  const { state, cells } = await checked(cast, 'residents', book(rowsOf(rows)));
  expect([state, cells.map(({ row, reason, value }) => [row, reason, value])]).toEqual([
    'done',
    [
      [3, 'nameRequired', ''],
      [4, 'nameShape', 'x'.repeat(39)],
    ],
  ]);
});

test('a list with hundreds of villages that are none is given up: each of them is compared with every name there is', async () => {
  const list = (many: number) =>
    [
      headings,
      ...Array.from({ length: many }, (_, at) => line(`Lê Thị ${'ABCDE'[at % 5]}`, { village: `Nơi không có ${at}` })),
    ].join('\n');
  expect(await checked(cast, 'residents', list(501))).toMatchObject({ state: 'failed', reason: 'tooMuchWrong' });
  expect(await checked(cast, 'residents', list(100))).toMatchObject({ state: 'done', found: { bad: 100 } });
});
