import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectionOptions } from '@/db/connection';
import { closePool, openScoped, type ScopedTx } from '@/lib/access/scoped';
import { findPlaces } from '@/lib/area/queries';
import { nearForms, placeQuery } from '@/lib/area/rules';
import { testDatabase } from '../support/database';
import { fillUnits, throwsOf } from './world';

const villages = 2000;
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
let names = 0;

beforeAll(async () => {
  const { url } = await testDatabase();
  const owner = postgres({ ...connectionOptions(url), max: 1, onnotice: () => {} });
  await fillUnits(owner, villages, throwsOf(seed));
  const [row] = await owner<{ names: number }[]>`
    select ((select count(*) from area) + (select count(*) from area_alias))::int as names`;
  names = row?.names ?? 0;
  await owner.end();
});
afterAll(closePool);

/** Rows read and index scans begun so far on this connection, of the three tables a search reads. */
const worked = async (tx: ScopedTx) => {
  const [row] = await tx<{ done: number }[]>`
    with read as (select unnest('{area,area_alias,area_tree}'::regclass[]) as id)
    select sum(pg_stat_get_xact_numscans(id) + pg_stat_get_xact_tuples_returned(id))::int as done
    from (select id from read union all select indexrelid from pg_index where indrelid in (select id from read)) parts`;
  return row?.done ?? 0;
};

/** What the database has to do for one search, whatever its load. */
const work = (typed: string) =>
  openScoped('read only', 'camtay_public', '', async (tx) => {
    const before = await worked(tx);
    await findPlaces(tx, 'vi', typed);
    return (await worked(tx)) - before;
  });

const dice = throwsOf(seed);
const wordsOfNames = 'thôn bản 1 7 27 xã phường quảng trị bình tỉnh minh hóa đông hà an phú hải thủy (a 0 x'.split(' ');
/** Words of names in any order, as often as not the longest that is read. */
const anyWords = () =>
  Array.from({ length: 1 + dice(14) }, () => wordsOfNames[dice(wordsOfNames.length)]).join([' ', ', '][dice(9)] ?? ' ');

describe(`what one search can cost (seed ${seed})`, () => {
  it.each([
    ['a name the province, two dozen units and a ward share', 'Bản 27, Phường Quảng Trị'],
    ['a number half the villages bear', 'thôn 1'],
    ['the same without an end', 'thon 1 '.repeat(40)],
    ['a name of a third of the units, without an end', 'Quảng Trị '.repeat(30)],
    ['one letter', 't'],
    ['vowels alone', 'a e i o u y '.repeat(30)],
    ['one word without an end', 'x'.repeat(2000)],
    ['marks alone', 'ệ'.normalize('NFD').repeat(2000)],
    ['brackets without an end', '(('.repeat(1000) + 'a)'.repeat(1000)],
    ['a letter off in a name many bear', 'thôn 1, tỉnh quảng trj'],
  ])('stays below reading every name three times: %s', async (_, typed) => {
    expect(await work(typed)).toBeLessThan(3 * names);
  });

  it('stays below it for any words of names', async () => {
    for (let time = 0; time < 60; time += 1) {
      const typed = anyWords();
      expect(await work(typed), typed).toBeLessThan(3 * names);
    }
  });

  it('reads no more of what is typed than 12 words, 100 letters, and the forms of those', () => {
    const long = ['x'.repeat(2000), 'a '.repeat(1000), 'nghiêng '.repeat(300), `1, ${'thon '.repeat(300)}`];
    for (const typed of [...long, ...Array.from({ length: 500 }, anyWords)]) {
      const { full = '', wholes = [], splits = [] } = placeQuery(typed) ?? {};
      expect(full.length, typed).toBeLessThanOrEqual(100);
      expect(full.split(' ').length, typed).toBeLessThanOrEqual(12);
      expect(wholes.length, typed).toBeLessThanOrEqual(2);
      expect(splits.length, typed).toBeLessThanOrEqual(22);
      const halves = splits.flatMap((split) => [split.full, split.head, split.tailFull, split.tail]);
      expect(
        halves.every((half) => half !== ''),
        typed,
      ).toBe(true);
      expect(new Set([...wholes, ...halves].flatMap(nearForms)).size, typed).toBeLessThan(3000);
    }
  });
});
