import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../lib/kernel/id';
import { householdsOf, livingWith } from '../../lib/task/home';
import { packedHomes, peopleCarried, peopleTold, roundsToCarry, visitPack } from '../../lib/visit/packing';
import { homesOf } from '../../lib/visit/queries';
import { atDoors, type Doors } from './doors';
import { neighbour } from './scene';

let doors: Doors;
beforeAll(async () => {
  doors = await atDoors();
});
afterAll(() => doors.close());

test('whoever the pack and the door name is among those whose reading is written down', async () => {
  const { cast, one, by, home } = doors;
  const { personId, roundId } = await home();
  const [beside, gone] = [await neighbour(cast, cast.here), await neighbour(cast, cast.here)];
  const householdId = newId();
  await cast.owner`insert into household (id, area_id) values (${householdId}, ${cast.here.villageId})`;
  for (const member of [personId, beside, gone])
    await cast.owner`insert into household_member (household_id, person_id, area_id, joined_at) values (${householdId}, ${member}, ${cast.here.villageId}, now() - interval '1 day')`;
  await cast.owner`update household_member set left_at = now() where person_id = ${gone}`;
  const names = await cast.owner<{ id: string; fullName: string }[]>`select id, full_name from person`;
  const namedIn = (shown: unknown) => {
    const text = JSON.stringify(shown);
    return names.filter(({ fullName }) => text.includes(`"${fullName}"`)).map(({ id }) => id);
  };
  const { told, pack, door, written } = await by(one, async (tx, caller) => {
    const rounds = await roundsToCarry(tx, 'vi', new Date());
    const households = await householdsOf(tx, 'vi', caller, peopleCarried(rounds), new Date());
    const homes = await homesOf(tx, roundId);
    return {
      told: peopleTold(rounds, households),
      pack: await visitPack(tx, caller, 'vi', rounds, households),
      door: await packedHomes(tx, 'vi', homes, households),
      written: await livingWith(tx, [personId ?? '']),
    };
  });
  expect(namedIn(pack)).toEqual(expect.arrayContaining([personId, beside]));
  for (const id of namedIn(pack)) expect(told).toContain(id);
  expect(namedIn(door).toSorted()).toEqual([personId, beside].toSorted());
  expect([...written].toSorted()).toEqual([personId, beside].toSorted());
  expect(told).not.toContain(gone);
});
