import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool, openScoped, recordReading, type Caller, type ScopedTx } from '../../lib/access/scoped';
import { newId } from '../../lib/kernel/id';
import { isRefusal } from '../../lib/kernel/result';
import { correctPerson } from '../../lib/person/commands';
import { findPeople, personRecord } from '../../lib/person/queries';
import { coreAttained, currentLevel } from '../../lib/person/rules';
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

async function as<R>(role: Role, work: (tx: ScopedTx, caller: Caller) => Promise<R>): Promise<R> {
  return openScoped('read write', 'camtay_app', await cast.token(role, cast.here), async (tx) => {
    const [row] = await tx<{ caller: Caller | null }[]>`select caller()`;
    if (!row?.caller) throw new Error('nobody signed in');
    return work(tx, row.caller);
  });
}
const readings = async (personId: string) =>
  (
    await cast.owner`select account_id, details from audit_event where action = 'person.read' and subject_id = ${personId}`
  ).length;

describe('looking people up', () => {
  test('by name without diacritics, year within one, village; hint only, and never people of another unit', async () => {
    const found = await as('organiser', (tx) =>
      findPeople(tx, 'vi', { name: 'thu nguyen', birthYear: 1955, area: cast.here.unitId }),
    );
    expect(found.people.map((one) => one.id)).toEqual([cast.here.personId]);
    expect(found.people[0]?.phoneHint).toBe('••• 567');
    expect(JSON.stringify(found)).not.toContain('912345567');
    const none = await as('organiser', (tx) => findPeople(tx, 'vi', { name: 'thử', birthYear: 1960 }));
    expect(none.people).toEqual([]);
  });
  test('never more than 25, and says that there are more', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => ({
      id: newId(),
      areaId: cast.here.villageId,
      fullName: `Lê Đông ${index}`,
      givenName: 'x',
      nameFolded: `le dong ${index}`,
    }));
    await cast.owner`insert into person ${cast.owner(rows)}`;
    const found = await as('organiser', (tx) => findPeople(tx, 'vi', { name: 'Lê Đông' }));
    expect([found.people.length, found.more]).toEqual([25, true]);
  });
});

describe("reading a person's record", () => {
  test('writes who, whose and what for, in the transaction that reads; undone together', async () => {
    const before = await readings(cast.here.personId);
    const record = await as('organiser', async (tx, caller) =>
      personRecord(await recordReading(tx, caller, cast.here.personId, 'lookUp'), 'vi', cast.here.personId),
    );
    expect(record?.details.fullName).toBe('Nguyễn Thị Thử');
    expect(record?.skills.find((one) => one.code === cast.skillCode)?.history[0]?.level).toBe(2);
    expect(await readings(cast.here.personId)).toBe(before + 1);
    await expect(
      as('organiser', async (tx, caller) => {
        await personRecord(await recordReading(tx, caller, cast.here.personId, 'lookUp'), 'vi', cast.here.personId);
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await readings(cast.here.personId)).toBe(before + 1);
  });
  test('without the written-down reading there is no record: a plain transaction does not compile, and the audit refusing stops it', async () => {
    // @ts-expect-error a ScopedTx is not a RecordTx
    const unrecorded = (tx: ScopedTx) => personRecord(tx, 'vi', cast.here.personId);
    expect(unrecorded).toBeTypeOf('function');
    const nobody = { accountId: newId(), areaId: cast.here.unitId };
    await expect(
      as('organiser', async (tx, caller) =>
        personRecord(
          await recordReading(tx, { ...caller, ...nobody }, cast.here.personId, 'x'),
          'vi',
          cast.here.personId,
        ),
      ),
    ).rejects.toThrow();
  });
  test("another unit's person is not there", async () => {
    const record = await as('organiser', async (tx, caller) =>
      personRecord(await recordReading(tx, caller, cast.there.personId, 'x'), 'vi', cast.there.personId),
    );
    expect(record).toBeNull();
  });
  test('the whole phone is for those who run a class of theirs; everybody else is kept out by the wall itself', async () => {
    const sees: Record<string, boolean> = {};
    for (const role of [
      'helper',
      'organiser',
      'desk_officer',
      'unit_leader',
      'province_leader',
      'province_admin',
    ] as const)
      sees[role] = await as(
        role,
        async (tx) => (await tx`select from person_phone where person_id = ${cast.here.personId}`).length > 0,
      );
    expect(sees).toEqual({
      helper: true,
      organiser: true,
      desk_officer: false,
      unit_leader: false,
      province_leader: false,
      province_admin: false,
    });
    const record = await as('desk_officer', async (tx, caller) =>
      personRecord(await recordReading(tx, caller, cast.here.personId, 'x'), 'vi', cast.here.personId),
    );
    expect([record?.details.phone, record?.details.phoneHint]).toEqual([null, '••• 567']);
  });
});

describe('correcting details', () => {
  const correction = () => ({
    personId: cast.here.personId,
    fullName: 'Nguyễn Thị Thử Sửa',
    birthYear: 1950,
    gender: 'female' as const,
    areaId: cast.here.villageId,
    phone: '+84912000111',
    phoneOf: 'relative' as const,
    homeHow: 'corrected' as const,
  });
  test('keeps search name, given name and hint in step, and writes which fields changed, not what they held', async () => {
    const done = await as('organiser', (tx, caller) => correctPerson(tx, correction(), caller));
    expect(done).toEqual({ id: cast.here.personId });
    const [row] =
      await cast.owner`select full_name, given_name, name_folded, phone_hint from person where id = ${cast.here.personId}`;
    expect(row).toEqual({
      fullName: 'Nguyễn Thị Thử Sửa',
      givenName: 'Sửa',
      nameFolded: 'nguyen thi thu sua',
      phoneHint: '••• 111',
    });
    const [act] =
      await cast.owner`select details from audit_event where action = 'person.correct' and subject_id = ${cast.here.personId}`;
    expect(act?.details).toEqual({ changed: ['fullName', 'birthYear', 'phone'] });
  });
  test("another unit's person or place, and a desk officer: refused, nothing written", async () => {
    const out = await as('organiser', (tx, caller) =>
      correctPerson(tx, { ...correction(), personId: cast.there.personId }, caller),
    );
    expect(isRefusal(out) && out.refused).toBe('notFound');
    const moved = await as('organiser', (tx, caller) =>
      correctPerson(tx, { ...correction(), areaId: cast.there.villageId }, caller),
    );
    expect(moved).toEqual({ refused: 'notFound', field: 'areaId' });
    const desk = await as('desk_officer', (tx, caller) => correctPerson(tx, correction(), caller));
    expect(isRefusal(desk) && desk.refused).toBe('notFound');
  });
});

test('the level is the latest one somebody else saw; an own claim never is', () => {
  const at = new Date();
  const one = (level: number, source: 'session' | 'recheck' | 'own_claim') => ({
    level,
    source,
    at,
    by: null,
    help: '',
  });
  expect(currentLevel({ history: [one(4, 'own_claim'), one(2, 'recheck'), one(3, 'session')] })).toBe(2);
  expect(currentLevel({ history: [one(4, 'own_claim')] })).toBeNull();
  const skill = { code: 'A01', domain: 'A', title: '', core: true };
  expect(
    coreAttained([
      { ...skill, history: [one(3, 'session')] },
      { ...skill, history: [] },
    ]),
  ).toEqual({ attained: 1, of: 2 });
});
