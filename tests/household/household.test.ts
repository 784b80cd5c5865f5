import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  asSystem,
  closePool,
  openScoped,
  presentCard,
  recordReading,
  type Caller,
  type ScopedTx,
} from '../../lib/access/scoped';
import { withdraw } from '../../lib/card/commands';
import { leaveHousehold, linkHousehold } from '../../lib/household/commands';
import { householdOf } from '../../lib/household/queries';
import { mostMembers } from '../../lib/household/schema';
import { newCardCode, newId } from '../../lib/kernel/id';
import { fold, givenName } from '../../lib/kernel/text';
import { mergePeople, undoMerge } from '../../lib/pair/commands';
import type { Role } from '../../db/capabilities';
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
  place: Place = cast.here,
  role: Role = 'organiser',
): Promise<R> {
  return openScoped('read write', 'camtay_app', await cast.token(role, place), async (tx) => {
    const [row] = await tx<{ caller: Caller | null }[]>`select caller()`;
    if (!row?.caller) throw new Error('nobody signed in');
    return work(tx, row.caller);
  });
}
const link = (personId: string, otherId: string, place = cast.here) =>
  as((tx, caller) => linkHousehold(tx, { personId, otherId }, caller), place);
const leave = (personId: string, otherId: string, place = cast.here) =>
  as((tx, caller) => leaveHousehold(tx, { personId, otherId }, caller), place);
const merge = (keptId: string, mergedId: string) =>
  as((tx, caller) => mergePeople(tx, { keptId, mergedId, take: [] }, caller));
async function undoLast(): Promise<void> {
  const [row] = await cast.owner<{ id: string }[]>`select id from person_merge order by at desc, id desc limit 1`;
  await as((tx, caller) => undoMerge(tx, { mergeId: row?.id ?? '' }, caller));
}
/** Who stands in the household of one, as the organiser of a place sees it. */
const members = (personId: string, place = cast.here) =>
  as(async (tx, caller) => {
    const rows = await householdOf(await recordReading(tx, caller, personId, 'record'), 'vi', personId);
    return rows.map(({ id }) => id).toSorted();
  }, place);
const rowsOf = async (...ids: string[]) => [
  ...(await cast.owner`select * from household_member where person_id = any(${ids}::uuid[]) order by id`),
];

let made = 0;
async function aPerson(place = cast.here, agreed = true): Promise<string> {
  const [id, name] = [newId(), `Hồ Thị Nhà ${'abcdefghij'[made % 10]}${'abcdefghij'[Math.floor(made++ / 10) % 10]}`];
  await cast.owner`insert into person (id, area_id, full_name, given_name, name_folded, birth_year)
    values (${id}, ${place.villageId}, ${name}, ${givenName(name)}, ${fold(name)}, 1950)`;
  if (agreed)
    await cast.owner`insert into consent (person_id, purpose, text_version, given, how) values (${id}, 'class', 1, true, 'oral')`;
  return id;
}

describe('a household', () => {
  test('is made where the first lives, takes in whoever is linked to one of it, and is written down per person', async () => {
    const [one, two, three] = [await aPerson(), await aPerson(), await aPerson()];
    await link(one, two);
    await link(three, two);
    const all = [one, two, three].toSorted();
    expect(await members(one)).toEqual(all);
    expect(await members(three)).toEqual(all);
    const [home] =
      await cast.owner`select h.area_id from household h join household_member m on m.household_id = h.id where m.person_id = ${three}`;
    expect(home).toEqual({ areaId: cast.here.villageId });
    expect(await leave(one, three)).toEqual({ personId: one });
    expect(await members(one)).toEqual([one, two].toSorted());
    expect(await members(three)).toEqual([]);
    const written = await cast.owner<{ action: string; subjectId: string }[]>`
      select action, subject_id from audit_event where action like 'household.%' and subject_id in (${one}, ${two}, ${three})`;
    expect(written.map(({ action, subjectId }) => `${action} ${all.indexOf(subjectId)}`).toSorted()).toEqual(
      [
        ...[one, two, three].map((id) => `household.link ${all.indexOf(id)}`),
        `household.leave ${all.indexOf(three)}`,
      ].toSorted(),
    );
  });

  test('says in words what does not go: oneself, together already, in another one, not in it, withdrawn, too many', async () => {
    const [one, two, three, four] = [await aPerson(), await aPerson(), await aPerson(), await aPerson()];
    await link(one, two);
    await link(three, four);
    expect(await link(one, one)).toEqual({ refused: 'householdSelf' });
    expect(await link(one, two)).toEqual({ refused: 'householdAlready' });
    expect(await link(one, three)).toEqual({ refused: 'householdOther' });
    expect(await leave(one, three)).toEqual({ refused: 'householdNotIn' });
    expect(await link(one, await aPerson(cast.here, false))).toEqual({ refused: 'consentGone' });
    await leave(one, two);
    expect(await leave(one, two)).toEqual({ refused: 'householdNotIn' });
    for (let at = 2; at <= mostMembers; at += 1) expect(await link(one, await aPerson())).toHaveProperty('householdId');
    expect(await link(one, await aPerson())).toEqual({ refused: 'householdFull' });
  });

  test('of another commune is neither seen nor changed, by the command or by the wall', async () => {
    const [one, two] = [await aPerson(), await aPerson()];
    const far = await aPerson(cast.there);
    await link(one, two);
    const before = await rowsOf(one, two, far);
    for (const answer of [
      await link(one, far),
      await link(far, one),
      await link(far, one, cast.there),
      await link(one, two, cast.there),
      await leave(one, two, cast.there),
    ])
      expect(answer).toEqual({ refused: 'notFound' });
    expect(await members(one, cast.there)).toEqual([]);
    const changed = await as(
      async (tx) => (await tx`update household_member set left_at = now() where person_id in (${one}, ${two})`).count,
      cast.there,
    );
    expect(changed).toBe(0);
    const [home] = before;
    await expect(
      as(
        (tx) => tx`insert into household_member (household_id, person_id, area_id)
          values (${String(home?.householdId)}, ${far}, ${cast.there.villageId})`,
        cast.there,
      ),
    ).rejects.toThrow('row-level security');
    expect(await rowsOf(one, two, far)).toEqual(before);
  });

  test('takes one person once, however many organisers press at the same time', async () => {
    const [wanted, ...others] = await Promise.all([aPerson(), aPerson(), aPerson(), aPerson(), aPerson()]);
    const answers = await Promise.all(
      others.flatMap((other) => [link(other, wanted ?? ''), link(wanted ?? '', other)]),
    );
    const rows = await rowsOf(wanted ?? '');
    expect(rows).toHaveLength(1);
    // Of eight presses every other person got in once: the household grows around the one wanted.
    expect(answers.filter((one) => 'householdId' in one)).toHaveLength(4);
    expect(answers.filter((one) => 'refused' in one && one.refused === 'householdAlready')).toHaveLength(4);
    expect(await members(wanted ?? '')).toHaveLength(5);
  });

  test('of two that want the same person gets them in one, and the other is told', async () => {
    const [wanted, a, b, c, d] = [await aPerson(), await aPerson(), await aPerson(), await aPerson(), await aPerson()];
    await link(a, b);
    await link(c, d);
    const answers = await Promise.all([link(a, wanted), link(c, wanted)]);
    expect(answers.filter((one) => 'refused' in one)).toEqual([{ refused: 'householdOther' }]);
    expect(await rowsOf(wanted)).toHaveLength(1);
  });

  test('left behind by somebody who moved to another commune lets them go when they are linked there', async () => {
    const [one, two, there] = [await aPerson(), await aPerson(), await aPerson(cast.there)];
    await link(one, two);
    await cast.owner`update person set area_id = ${cast.there.villageId} where id = ${one}`;
    expect(await members(two)).toEqual([two]);
    expect(await link(there, one, cast.there)).toHaveProperty('householdId');
    expect(await members(one, cast.there)).toEqual([one, there].toSorted());
    expect(await members(two)).toEqual([two]);
  });
});

describe('two records of one person', () => {
  test('merged: the kept one is in the household of the other, and out of it once undone', async () => {
    const [kept, gone, home] = [await aPerson(), await aPerson(), await aPerson()];
    await link(home, gone);
    const before = await rowsOf(kept, gone, home);
    await merge(kept, gone);
    expect(await members(home)).toEqual([home, kept].toSorted());
    await undoLast();
    expect(await rowsOf(kept, gone, home)).toEqual(before);
    expect(await members(home)).toEqual([home, gone].toSorted());
  });

  test('each in its own household: the kept one’s counts, and both are back once undone', async () => {
    const [kept, gone, near, far] = [await aPerson(), await aPerson(), await aPerson(), await aPerson()];
    await link(near, kept);
    await link(far, gone);
    const before = await rowsOf(kept, gone, near, far);
    await merge(kept, gone);
    expect(await members(kept)).toEqual([kept, near].toSorted());
    expect(await members(far)).toEqual([far]);
    await undoLast();
    expect(await rowsOf(kept, gone, near, far)).toEqual(before);
  });

  test('both in one household stand in it once', async () => {
    const [kept, gone] = [await aPerson(), await aPerson()];
    await link(kept, gone);
    await merge(kept, gone);
    expect(await members(kept)).toEqual([kept]);
    await undoLast();
    expect(await members(kept)).toEqual([kept, gone].toSorted());
  });
});

test('whoever withdraws was in no household, and cannot be linked again', async () => {
  const [one, two] = [await aPerson(), await aPerson()];
  const code = newCardCode();
  await cast.owner`insert into card (person_id, code) values (${two}, ${code})`;
  await link(one, two);
  await openScoped('read write', 'camtay_public', '', async (tx) => {
    await presentCard(tx, code);
    await withdraw(tx, two);
  });
  expect(await rowsOf(two)).toEqual([]);
  expect(await members(one)).toEqual([one]);
  expect(await link(one, two)).toEqual({ refused: 'consentGone' });
  expect(
    await asSystem('test', async (tx) => (await tx`select from household_member where person_id = ${two}`).count),
  ).toBe(0);
});
