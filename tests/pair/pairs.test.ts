import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool, openScoped, recordReading, type Caller, type ScopedTx } from '../../lib/access/scoped';
import { withdrawnName } from '../../lib/card/rules';
import { newId } from '../../lib/kernel/id';
import { fold, givenName } from '../../lib/kernel/text';
import { decidePair, mergePeople } from '../../lib/pair/commands';
import { keptFor, mergesOf, openPairs, pairBeside } from '../../lib/pair/queries';
import { findPeople } from '../../lib/person/queries';
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

async function as<R>(work: (tx: ScopedTx, caller: Caller) => Promise<R>, role: Role = 'organiser'): Promise<R> {
  return openScoped('read write', 'camtay_app', await cast.token(role, cast.here), async (tx) => {
    const [row] = await tx<{ caller: Caller | null }[]>`select caller()`;
    if (!row?.caller) throw new Error('nobody signed in');
    return work(tx, row.caller);
  });
}
async function known(fullName: string, birthYear: number | null, areaId: number) {
  const id = newId();
  await cast.owner`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
    values (${id}, ${areaId}, ${fullName}, ${givenName(fullName)}, ${fold(fullName)}, ${birthYear})`;
  return id;
}
const pairsNow = async () =>
  (await as((tx) => openPairs(tx, 'vi'))).pairs.map(({ one, other }) => [one.id, other.id].toSorted().join(' '));
const pair = (...ids: string[]) => ids.toSorted().join(' ');

describe('pairs', () => {
  test('are the likely ones of the caller’s own people: no other years, no other unit, nobody who withdrew', async () => {
    const [one, other] = [
      await known('Võ Thị Đôi', 1950, cast.here.villageId),
      await known('VÕ THI ĐÔI', 1951, cast.here.villageId),
    ];
    await known('Võ Thị Đôi', 1960, cast.here.villageId);
    await known('Võ Thị Đôi', 1950, cast.there.villageId);
    await known(withdrawnName, null, cast.here.unitId);
    await known(withdrawnName, null, cast.here.unitId);
    expect(await pairsNow()).toEqual([pair(one, other)]);
    expect((await as((tx) => openPairs(tx, 'vi'), 'desk_officer')).pairs).toEqual([]);
  });
  test('go once decided, come back when put off long enough, and people out of reach are not decided about', async () => {
    const [one, other] = [
      await known('Võ Văn Sau', 1950, cast.here.villageId),
      await known('Võ Văn Sau', 1950, cast.here.villageId),
    ];
    const far = await known('Võ Văn Sau', 1950, cast.there.villageId);
    const decide = (decision: 'later' | 'not_same', otherId = other) =>
      as((tx, caller) => decidePair(tx, { oneId: one, otherId, decision }, caller));
    expect(await decide('later', far)).toEqual({ refused: 'notFound' });
    await decide('later');
    expect(await pairsNow()).not.toContain(pair(one, other));
    await cast.owner`update person_pair set later_until = now() - interval '1 minute'`;
    expect(await pairsNow()).toContain(pair(one, other));
    await decide('not_same');
    expect(await pairsNow()).not.toContain(pair(one, other));
  });
  test('stand beside each other with what would move, each reading written down; out of reach there is nothing', async () => {
    const other = await known('Nguyễn Thị Thử', 1954, cast.here.villageId);
    const beside = (two: string) =>
      as(async (tx, caller) =>
        pairBeside(await recordReading(tx, caller, [cast.here.personId, two], 'compare'), 'vi', {
          one: cast.here.personId,
          other: two,
        }),
      );
    const seen = await beside(other);
    expect([seen?.kept.classes, seen?.kept.sessions, seen?.merged.classes]).toEqual([1, 1, 0]);
    const readings =
      await cast.owner`select from audit_event where action = 'person.read' and subject_id in (${cast.here.personId}, ${other})`;
    expect(readings.length).toBe(2);
    expect(await beside(cast.there.personId)).toBeNull();
    expect(await beside(cast.here.personId)).toBeNull();
  });
  test('once merged are found under the one that was kept, by either name', async () => {
    const [kept, gone] = [
      await known('Võ Thị Giữ', 1950, cast.here.villageId),
      await known('Võ Thị Tên Cũ', 1950, cast.here.villageId),
    ];
    await as((tx, caller) => mergePeople(tx, { keptId: kept, mergedId: gone, take: [] }, caller));
    const found = await as((tx) => findPeople(tx, 'vi', { name: 'vo thi ten cu' }));
    expect(found.people.map((one) => [one.id, one.fullName])).toEqual([[kept, 'Võ Thị Giữ']]);
    expect(await as((tx) => keptFor(tx, gone))).toBe(kept);
    expect(await as((tx) => keptFor(tx, kept))).toBeNull();
    const merges = await as(async (tx, caller) => mergesOf(await recordReading(tx, caller, kept, 'x'), kept));
    expect(merges.map((one) => [one.fullName, one.undoneAt, one.mayUndo])).toEqual([['Võ Thị Tên Cũ', null, true]]);
  });
});
