import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool, openScoped } from '../../lib/access/scoped';
import { rebuildFigures, refreshFigures } from '../../lib/figure/commands';
import { indicatorValues } from '../../lib/indicator/queries';
import { dayOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { periodAround } from '../../lib/period/rules';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;
const now = new Date();
const period = periodAround(dayOf(now), 'calendar', 'year');

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  await cast.owner`update class_session set status = 'held' where id = ${cast.here.sessionIds[0]}`;
  // The scene's own household would be one more.
  await cast.owner`delete from household_member`;
  await rebuildFigures(now);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const told = async (role: Role, area: number) => {
  const values = await openScoped('read only', 'camtay_app', await cast.token(role, cast.here), (tx) =>
    indicatorValues(tx, area, period),
  );
  const found = values.find(({ code }) => code === 'R20b');
  return found && { value: found.value, of: found.of, hidden: found.hidden };
};

/** A household of two in the village, of whom one came or nobody did; the other record was merged into theirs where asked. */
async function household(came: boolean): Promise<{ id: string; people: [string, string] }> {
  const [id, people] = [newId(), [newId(), newId()] as [string, string]];
  await cast.owner`insert into household (id, area_id) values (${id}, ${cast.here.villageId})`;
  for (const person of people) {
    await cast.owner`insert into person (id, area_id, full_name, given_name, name_folded)
      values (${person}, ${cast.here.villageId}, 'Trần Văn Nhà', 'Nhà', 'tran van nha')`;
    await cast.owner`insert into household_member (household_id, person_id, area_id, joined_at)
      values (${id}, ${person}, ${cast.here.villageId}, now() - interval '2 days')`;
  }
  if (came)
    await cast.owner`insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id)
      values (${cast.here.sessionIds[0]}, ${people[0]}, ${cast.here.unitId}, 'present', false, now(), ${newId()})`;
  return { id, people };
}
const refresh = async () => {
  while ((await refreshFigures(now)).changes > 0);
};

test('counts households of which somebody came, as of today; one to nine of them are told to nobody who may not look the people up', async () => {
  const first = await household(true);
  for (let at = 0; at < 2; at += 1) await household(true);
  for (let at = 0; at < 4; at += 1) await household(false);
  await refresh();
  const { unitId, villageId } = cast.here;
  expect(await told('organiser', unitId)).toEqual({ value: 3, of: 7, hidden: false });
  expect(await told('organiser', villageId)).toEqual({ value: 3, of: 7, hidden: false });
  expect(await told('unit_leader', unitId)).toEqual({ value: null, of: null, hidden: true });
  expect(await told('province_leader', 44)).toEqual({ value: null, of: null, hidden: true });
  // Of villages leaders are told nothing.
  expect(await told('unit_leader', villageId)).toMatchObject({ value: null, of: null });

  // Whoever came moved out: the household is as if nobody had come. Back in it with a record merged into another, they are no member of it.
  const [came] = first.people;
  await cast.owner`update household_member set left_at = now() where person_id = ${came}`;
  await refresh();
  expect(await told('organiser', unitId)).toMatchObject({ value: 2, of: 7 });
  await cast.owner`update household_member set left_at = null where person_id = ${came}`;
  await refresh();
  expect(await told('organiser', unitId)).toMatchObject({ value: 3, of: 7 });
  await cast.owner`update person set merged_into = ${cast.here.personId} where id = ${came}`;
  await refresh();
  expect(await told('organiser', unitId)).toMatchObject({ value: 2, of: 7 });
  // A register corrected afterwards.
  const [stays] = (await household(true)).people;
  await refresh();
  expect(await told('organiser', unitId)).toMatchObject({ value: 3, of: 8 });
  await cast.owner`update attendance set state = 'absent' where person_id = ${stays}`;
  await refresh();
  expect(await told('organiser', unitId)).toMatchObject({ value: 2, of: 8 });
});

test('is told to leaders where neither those reached nor those left are one to nine', async () => {
  for (let at = 0; at < 12; at += 1) await household(true);
  for (let at = 0; at < 12; at += 1) await household(false);
  await refresh();
  expect(await told('organiser', cast.here.unitId)).toEqual({ value: 14, of: 32, hidden: false });
  expect(await told('province_leader', 44)).toEqual({ value: 14, of: 32, hidden: false });
});
