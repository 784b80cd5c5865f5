import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool, openScoped } from '../../lib/access/scoped';
import { qualityOf } from '../../lib/figure/quality';
import { repeatedFrom } from '../../lib/figure/rules';
import { dayOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { periodAround } from '../../lib/period/rules';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  await cast.owner`update class_session set status = 'held' where id in (${cast.here.sessionIds[0]}, ${cast.there.sessionIds[0]})`;
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const look = async (role: Role, place: Place, area?: number) =>
  openScoped('read only', 'camtay_app', await cast.token(role, place), (tx) => qualityOf(tx, area));

async function addPerson(name: string, born: number, phone: string | null) {
  const id = newId();
  await cast.owner`insert into person (id, area_id, full_name, given_name, name_folded, birth_year) values (${id}, ${cast.here.villageId}, ${name}, ${name}, ${name}, ${born})`;
  if (phone) await cast.owner`insert into person_phone (person_id, phone) values (${id}, ${phone})`;
  return id;
}

test('counts pairs, numbers and levels of nobody there, for the unit asked about and no other', async () => {
  const before = await look('unit_leader', cast.here);
  expect(before?.found).toMatchObject({
    pairs: 0,
    phones: { numbers: 0 },
    absent: { total: 0 },
    repeated: { total: 0 },
  });
  await addPerson('le van doi', 1950, '+84900000001');
  const twin = await addPerson('le van doi', 1950, '+84900000001');
  await addPerson('le van doi', 1951, '+84900000001');
  const fourth = await addPerson('tran thi so', 1950, '+84900000001');
  await cast.owner`insert into skill_observation (id, person_id, skill_code, level, source, session_id, area_id, observed_at)
    select ${newId()}, ${fourth}, ${cast.skillCode}, 3, 'session', id, area_id, starts_at from class_session where id = ${cast.here.sessionIds[0]}`;
  const found = await look('unit_leader', cast.here);
  expect(found?.found).toMatchObject({ pairs: 1, phones: { numbers: 1, people: 4 }, mayOpenPeople: false });
  expect(found?.found?.absent.first.map(({ id, mayOpen }) => [id, mayOpen])).toEqual([
    [cast.here.sessionIds[0], false],
  ]);
  expect((await look('organiser', cast.here))?.found).toMatchObject({ pairs: 1, mayOpenPeople: true });
  expect((await look('unit_leader', cast.there))?.found).toMatchObject({ pairs: 0, absent: { total: 0 } });
  await cast.owner`update person set merged_into = (select id from person where name_folded = 'le van doi' and birth_year = 1950 and id <> ${twin}) where id = ${twin}`;
  expect((await look('unit_leader', cast.here))?.found).toMatchObject({ pairs: 0, phones: { numbers: 0 } });
});

test('asks a province to choose a unit, and gives nobody another unit', async () => {
  const province = await look('province_leader', cast.here);
  expect([province?.found, province?.units.length]).toEqual([null, 78]);
  for (const area of [18901, cast.there.villageId, 44, 1])
    expect(await look('unit_leader', cast.here, area)).toBeNull();
  expect(await look('helper', cast.here)).toBeNull();
});

test('sets the units of a province beside each other by their registers, the most not taken first', async () => {
  const { owner, here, there } = cast;
  await owner`update class_session set status = 'published', starts_at = now() - interval '3 days', ends_at = now() - interval '3 days' + interval '2 hours'
    where id = ${there.sessionIds[1]}`;
  const year = periodAround(dayOf(new Date()), 'administrative', 'year').key;
  await owner`insert into figure (area_id, period, measure, grp, value, denominator, computed_at) values (${here.unitId}, ${year}, 'registers_late', 'all', 4, 9, now())`;
  const units = (await look('province_leader', here))?.units ?? [];
  expect(units[0]).toMatchObject({ id: there.unitId, missing: 1, late: null, held: null });
  expect(units.find(({ id }) => id === here.unitId)).toMatchObject({ missing: 0, late: 4, held: 9 });
});

test('three registers alike are told, two are not, nor those of few people or of two classes', () => {
  const row = (id: string, classId: string, marks: string, people = 8) => ({ id, classId, marks, people });
  expect(repeatedFrom([row('1', 'a', 'x'), row('2', 'a', 'x'), row('3', 'a', 'x'), row('4', 'a', 'x')])).toEqual([
    '3',
    '4',
  ]);
  expect(repeatedFrom([row('1', 'a', 'x'), row('2', 'a', 'x'), row('3', 'b', 'x')])).toEqual([]);
  expect(repeatedFrom([row('1', 'a', 'x'), row('2', 'a', 'y'), row('3', 'a', 'x')])).toEqual([]);
  expect(repeatedFrom([1, 2, 3].map((nth) => row(String(nth), 'a', 'x', 4)))).toEqual([]);
});
