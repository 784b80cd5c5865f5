import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool, openScoped, type Caller, type ScopedTx } from '../../lib/access/scoped';
import { newId } from '../../lib/kernel/id';
import { isRefusal } from '../../lib/kernel/result';
import { fold, givenName } from '../../lib/kernel/text';
import { forgetOldMerges, mergePeople, undoMerge } from '../../lib/pair/commands';
import type { Detail } from '../../lib/pair/schema';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase, type TestDatabase } from '../support/database';

let database: TestDatabase;
let cast: Cast;

beforeAll(async () => {
  database = await testDatabase();
  process.env.DATABASE_URL = database.url;
  cast = await setTheScene(database.url);
});
afterAll(async () => {
  await cast.owner.end();
  await closePool();
  await database.drop();
});

async function asOrganiser<R>(work: (tx: ScopedTx, caller: Caller) => Promise<R>): Promise<R> {
  return openScoped('read write', 'camtay_app', await cast.token('organiser', cast.here), async (tx) => {
    const [row] = await tx<{ caller: Caller | null }[]>`select caller()`;
    if (!row?.caller) throw new Error('nobody signed in');
    return work(tx, row.caller);
  });
}
const merge = (keptId: string, mergedId: string, take: Detail[] = []) =>
  asOrganiser((tx, caller) => mergePeople(tx, { keptId, mergedId, take }, caller));
const undo = (mergeId: string) => asOrganiser((tx, caller) => undoMerge(tx, { mergeId }, caller));
async function lastMerge(): Promise<string> {
  const [row] = await cast.owner<{ id: string }[]>`select id from person_merge order by at desc, id desc limit 1`;
  return row?.id ?? '';
}
async function aPerson(fullName: string): Promise<string> {
  const id = newId();
  await cast.owner`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
    values (${id}, ${cast.here.villageId}, ${fullName}, ${givenName(fullName)}, ${fold(fullName)}, 1950)`;
  return id;
}

test('two merges, each into the other, or on into a third, at the same moment: one of the two waits and is then refused', async () => {
  for (let turn = 0; turn < 5; turn += 1) {
    const [one, two, three] = [
      await aPerson('Cao Thị Cùng'),
      await aPerson('Cao Thị Cùng'),
      await aPerson('Cao Thị Cùng'),
    ];
    const crossed = await Promise.all([merge(one, two), merge(two, one)]);
    expect(crossed.filter((said) => !isRefusal(said)).length).toBe(1);
    const [left] = await cast.owner<
      { id: string }[]
    >`select id from person where id in (${one}, ${two}) and merged_into is null`;
    const chained = await Promise.all([
      merge(three, left?.id ?? ''),
      merge(left?.id ?? '', await aPerson('Cao Thị Cùng')),
    ]);
    expect(chained.some((said) => !isRefusal(said))).toBe(true);
    const astray = await cast.owner`
      select from person p join person k on k.id = p.merged_into where k.merged_into is not null or p.id = k.id`;
    expect(astray.count).toBe(0);
  }
});

test('an undo waits for a merge under way that goes on from it, and is then refused', async () => {
  const [one, two, three] = [await aPerson('Hồ B Hai'), await aPerson('Hồ B Hai'), await aPerson('Hồ B Hai')];
  await merge(two, three);
  const first = await lastMerge();
  let undone: ReturnType<typeof undo> | undefined;
  await asOrganiser(async (tx, caller) => {
    await mergePeople(tx, { keptId: one, mergedId: two, take: [] }, caller);
    undone = undo(first);
    const waits = () =>
      cast.owner`select from pg_stat_activity where wait_event_type = 'Lock' and query like '%for no key update%'`;
    await expect.poll(async () => (await waits()).count, { timeout: 10_000 }).toBe(1);
  });
  expect(await undone).toEqual({ refused: 'undoLaterFirst' });
});

test('an undo leaves nothing of either in what the merge remembered; and after 90 days that is forgotten, whether anybody merges or not', async () => {
  const remembered = async (id: string) =>
    (await cast.owner<{ moved: object }[]>`select moved from person_merge where id = ${id}`)[0]?.moved;
  const pair = async () => [await aPerson('Lý Thị Quên'), await aPerson('Lý Thị Quên')] as const;
  await merge(...(await pair()), ['name', 'birthYear']);
  const undone = await lastMerge();
  expect(JSON.stringify(await remembered(undone))).toContain('Lý Thị Quên');
  await undo(undone);
  expect(await remembered(undone)).toEqual({});
  await merge(...(await pair()));
  const old = await lastMerge();
  await merge(...(await pair()));
  const young = await lastMerge();
  await cast.owner`update person_merge set at = now() - interval '91 days' where id = ${old}`;
  await forgetOldMerges();
  expect(await remembered(old)).toEqual({});
  expect(await remembered(young)).not.toEqual({});
});
