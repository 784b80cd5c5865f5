import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool, openScoped, recordReading, type Caller, type ScopedTx } from '../../lib/access/scoped';
import { linkHousehold } from '../../lib/household/commands';
import { newId } from '../../lib/kernel/id';
import { mergePeople } from '../../lib/pair/commands';
import { personHistory } from '../../lib/person/history';
import { factKinds, factsPerPage, historyAddress, type FactKind } from '../../lib/person/schema';
import { setTheScene, type Cast, type Place } from '../support/cast';
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

async function as<R>(
  work: (tx: ScopedTx, caller: Caller) => Promise<R>,
  role: Role = 'organiser',
  place: Place = cast.here,
): Promise<R> {
  return openScoped('read write', 'camtay_app', await cast.token(role, place), async (tx) => {
    const [row] = await tx<{ caller: Caller | null }[]>`select caller()`;
    if (!row?.caller) throw new Error('nobody signed in');
    return work(tx, row.caller);
  });
}
const historyOf = (id: string, address: object = {}, role: Role = 'organiser', place: Place = cast.here) =>
  as(
    async (tx, caller) =>
      personHistory(await recordReading(tx, caller, id, 'record'), 'vi', id, historyAddress.parse(address)),
    role,
    place,
  );
/** Every page of it. */
async function all(id: string, show?: FactKind) {
  const first = await historyOf(id, { show });
  const facts = [...(first?.facts ?? [])];
  for (let page = 2; page <= (first?.pageCount ?? 0); page += 1)
    facts.push(...((await historyOf(id, { show, page }))?.facts ?? []));
  return { facts, counts: first?.counts ?? {} };
}

async function aPerson(fullName: string): Promise<string> {
  const id = newId();
  await cast.owner`insert into person (id, area_id, full_name, given_name, name_folded, birth_year, created_at)
    values (${id}, ${cast.here.villageId}, ${fullName}, 'x', 'x', 1950, now() - interval '1 year')`;
  await cast.owner`insert into consent (person_id, purpose, text_version, given, how, at) values (${id}, 'class', 1, true, 'oral', now() - interval '1 year')`;
  return id;
}

describe('the history of somebody', () => {
  test('tells each fact of each table once: class, session, skill, certificate, consent, record, reading', async () => {
    const id = cast.here.personId;
    await cast.owner`insert into skill_observation (id, person_id, skill_code, level, source, area_id, observed_at)
      values (${newId()}, ${id}, ${cast.skillCode}, 3, 'recheck', ${cast.here.villageId}, now())`;
    const { facts, counts } = await all(id);
    expect(new Set(facts.map(({ kind, key }) => `${kind} ${key}`)).size).toBe(facts.length);
    expect(Object.values(counts).reduce((sum, one) => sum + one, 0)).toBe(facts.length);
    const [rows] = await cast.owner<Record<FactKind, number>[]>`
      select (select count(*)::int from enrolment_event v join enrolment e on e.id = v.enrolment_id where e.person_id = ${id}) as classes,
        (select count(*)::int from attendance where person_id = ${id}) as sessions,
        (select count(*)::int from skill_observation where person_id = ${id} and source <> 'recheck') as skills,
        (select count(*)::int from skill_observation where person_id = ${id} and source = 'recheck') as rechecks,
        (select count(issued_at)::int + count(revoked_at)::int from certificate where person_id = ${id}) as certificates,
        (select count(at)::int + count(withdrawn_at)::int from consent where person_id = ${id} and purpose <> 'need') as consents`;
    expect(counts).toMatchObject(rows ?? {});
    for (const kind of ['sessions', 'skills', 'rechecks', 'certificates', 'consents'] as const)
      expect(rows?.[kind], kind).toBeGreaterThan(0);
    // Written down, has a card, is in a household.
    expect(
      facts
        .filter(({ kind }) => kind === 'record')
        .map(({ what }) => what)
        .toSorted(),
    ).toEqual(['cardMade', 'homeCorrected', 'householdJoined', 'written']);
    const moments = facts.map(({ at }) => at.getTime());
    expect(moments).toEqual(moments.toSorted((one, other) => other - one));
  });

  test('of one kind is that part of the whole, and a kind there is not is as if not asked for', async () => {
    const id = await aPerson('Hồ Thị Lọc');
    const { facts } = await all(id);
    for (const kind of factKinds.filter((one) => one !== 'readings'))
      expect((await all(id, kind)).facts, kind).toEqual(facts.filter((one) => one.kind === kind));
    expect(historyAddress.parse({ show: 'everything', page: '-3' })).toEqual({ show: undefined, page: 1 });
    expect((await historyOf(id, { show: 'consents', page: 900 }))?.page).toBe(1);
  });

  test('is paged without losing or repeating a line', async () => {
    const id = await aPerson('Hồ Thị Dài');
    for (let at = 0; at < factsPerPage * 2; at += 1)
      await cast.owner`insert into skill_observation (id, person_id, skill_code, level, source, area_id, observed_at)
        values (${newId()}, ${id}, ${cast.skillCode}, 2, 'recheck', ${cast.here.villageId},
          date_trunc('day', now()) - make_interval(days => ${Math.floor(at / 10)}) + (900 - ${at}::integer) * interval '1 microsecond')`;
    const pages = await Promise.all(
      [1, 2].map(async (page) => (await historyOf(id, { show: 'rechecks', page }))?.facts ?? []),
    );
    expect(pages.map(({ length }) => length)).toEqual([factsPerPage, factsPerPage]);
    expect(new Set(pages.flat().map(({ key }) => key)).size).toBe(factsPerPage * 2);
  });

  test('says who read the record, the reading under way first, and what for', async () => {
    const id = await aPerson('Hồ Thị Đọc');
    await historyOf(id, {}, 'desk_officer');
    const { facts } = (await historyOf(id, { show: 'readings' })) ?? { facts: [] };
    expect(facts.map(({ by, value }) => [by?.split(' ').at(-1)?.split('.')[0], value])).toEqual([
      ['organiser', 'record'],
      ['desk_officer', 'record'],
    ]);
  });

  test('tells what was merged in, with what was read of the other record, and households', async () => {
    const [kept, gone] = [await aPerson('Hồ Thị Giữ'), await aPerson('Hồ Thị Gộp')];
    await historyOf(gone);
    await as((tx, caller) => linkHousehold(tx, { personId: gone, otherId: cast.here.personId }, caller));
    await as((tx, caller) => mergePeople(tx, { keptId: kept, mergedId: gone, take: [] }, caller));
    const { facts } = await all(kept);
    expect(facts.filter(({ kind }) => kind === 'merges').map(({ what, title }) => [what, title])).toEqual([
      ['merged', 'Hồ Thị Gộp'],
    ]);
    expect(facts.filter(({ what }) => what === 'householdJoined')).toHaveLength(1);
    expect(facts.filter(({ kind }) => kind === 'readings').length).toBeGreaterThan(1);
    expect(await historyOf(gone)).toBeNull();
  });

  test('never tells that a need was noted', async () => {
    const { facts } = await all(cast.here.personId, 'consents');
    expect(facts.length).toBeGreaterThan(0);
    expect(facts.filter(({ title }) => title === 'need')).toEqual([]);
  });

  test('of somebody of another commune is not there, not even who read it', async () => {
    expect(await historyOf(cast.there.personId)).toBeNull();
    expect(await historyOf(cast.here.personId, {}, 'organiser', cast.there)).toBeNull();
  });
});
