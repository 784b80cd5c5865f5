import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool, recordReading } from '../../lib/access/scoped';
import { addDays, dayOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { endPause, pausePerson } from '../../lib/task/commands';
import { doorOf } from '../../lib/task/door';
import { as } from '../desk/scene';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { neighbour } from '../visit/scene';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const until = addDays(dayOf(new Date()), 20);
/** A pause by the organiser, of somebody alone or of their household; its id. */
async function paused(personId: string, whole: 'person' | 'household' = 'person'): Promise<string> {
  const formKey = newId();
  const done = await as(cast, 'organiser', cast.here, (tx, caller) =>
    pausePerson(tx, { formKey, personId, whole, reason: 'unsafe', until } as never, caller),
  );
  expect(done).toEqual({ personId });
  return formKey;
}
const end = (pauseId: string, role: Role) =>
  as(cast, role, cast.here, (tx, caller) => endPause(tx, { pauseId }, caller));
const endsByItself = (pauseId: string, role: Role) =>
  as(
    cast,
    role,
    cast.here,
    async (tx) => (await tx`update person_pause set ended_at = now() where id = ${pauseId}`).count,
  );
const stands = async (id: string) =>
  (await cast.owner`select from person_pause where id = ${id} and ended_at is null`).count === 1;

test('a pause is ended only by whoever might have made it: not by every helper of the unit', async () => {
  const stranger = await neighbour(cast, cast.here);
  const pauseId = await paused(stranger);
  expect(await end(pauseId, 'helper')).toEqual({ refused: 'notFound' });
  expect(await endsByItself(pauseId, 'helper'), 'nor past the command').toBe(0);
  expect(await stands(pauseId)).toBe(true);
  expect(await end(pauseId, 'organiser')).toBeNull();
  expect(await stands(pauseId)).toBe(false);
});

test('a helper ends that of somebody on their roster, and of somebody given to them while it is theirs', async () => {
  const taught = await paused(cast.here.personId);
  expect(await end(taught, 'helper')).toBeNull();
  const given = await neighbour(cast, cast.here);
  const pauseId = await paused(given);
  const [row] = await cast.owner<{ id: string }[]>`
    insert into task_given (kind, person_id, fact, area_id, account_id, until)
    values ('never_met', ${given}, 'x', ${cast.here.villageId}, ${await cast.accountOf('helper', cast.here)}, now() + interval '3 days') returning id`;
  await cast.owner`update task_given set ended_at = now() where id = ${row?.id ?? ''}`;
  expect(await end(pauseId, 'helper'), 'was given, is no more').toEqual({ refused: 'notFound' });
  await cast.owner`update task_given set ended_at = null where id = ${row?.id ?? ''}`;
  expect(await end(pauseId, 'helper')).toBeNull();
});

test('that of a household by whoever has to do with somebody who lives there', async () => {
  const [one, other] = [await neighbour(cast, cast.here), await neighbour(cast, cast.here)];
  const household = newId();
  await cast.owner`insert into household (id, area_id) values (${household}, ${cast.here.villageId})`;
  for (const id of [one, other])
    await cast.owner`insert into household_member (household_id, person_id, area_id) values (${household}, ${id}, ${cast.here.villageId})`;
  const pauseId = await paused(one, 'household');
  expect(await end(pauseId, 'helper')).toEqual({ refused: 'notFound' });
  await cast.owner`insert into task_given (kind, person_id, fact, area_id, account_id, until)
    values ('never_met', ${other}, 'y', ${cast.here.villageId}, ${await cast.accountOf('helper', cast.here)}, now() + interval '3 days')`;
  expect(await end(pauseId, 'helper')).toBeNull();
});

test('one that is for good, since an organiser confirmed it, by no helper who was not asked to look', async () => {
  const personId = cast.here.personId;
  const pauseId = newId();
  await cast.owner`insert into person_pause (id, person_id, area_id, reason, by)
    values (${pauseId}, ${personId}, ${cast.here.villageId}, 'died', ${await cast.accountOf('organiser', cast.here)})`;
  expect(await end(pauseId, 'helper')).toEqual({ refused: 'notFound' });
  expect(await endsByItself(pauseId, 'helper'), 'nor past the command').toBe(0);
  const door = async (role: Role) =>
    (
      await as(cast, role, cast.here, async (tx, caller) =>
        doorOf(await recordReading(tx, caller, personId, 'task'), 'vi', caller, personId, new Date()),
      )
    )?.pauses.find(({ id }) => id === pauseId)?.mayEnd;
  expect(await door('helper')).toBe(false);
  expect(await door('organiser')).toBe(true);
  await cast.owner`insert into task_given (kind, person_id, fact, area_id, account_id, until)
    values ('correct', ${personId}, 'w', ${cast.here.villageId}, ${await cast.accountOf('helper', cast.here)}, now() + interval '3 days')`;
  expect(await end(pauseId, 'helper'), 'asked to look').toBeNull();
  await cast.owner`update task_given set ended_at = now() where fact = 'w'`;
});

/** A pause written past the command, by the helper of here: how many rows, or the wall’s word. */
const written = (row: { personId?: string; householdId?: string; until?: string | null; reason?: string }) =>
  as(cast, 'helper', cast.here, async (tx, caller) => {
    const rows = { personId: null, householdId: null, until: `${until}T00:00:00+07:00`, reason: 'away', ...row };
    return (
      await tx`insert into person_pause ${tx({ ...rows, id: newId(), areaId: cast.here.villageId, by: caller.accountId })}`
    ).count;
  });
const byTheWall = /row-level security/;

test('nor does a helper leave strangers alone past the command: not by their household, nor anybody for good', async () => {
  const stranger = await neighbour(cast, cast.here);
  const household = newId();
  await cast.owner`insert into household (id, area_id) values (${household}, ${cast.here.villageId})`;
  await cast.owner`insert into household_member (household_id, person_id, area_id) values (${household}, ${stranger}, ${cast.here.villageId})`;
  await expect(written({ householdId: household })).rejects.toThrow(byTheWall);
  await expect(written({ personId: stranger })).rejects.toThrow(byTheWall);
  const taught = cast.here.personId;
  await expect(written({ personId: taught, until: null, reason: 'moved' }), 'for good').rejects.toThrow(byTheWall);
  expect(await written({ personId: taught })).toBe(1);
  await cast.owner`insert into task_given (kind, person_id, fact, area_id, account_id, until)
    values ('correct', ${stranger}, 'z', ${cast.here.villageId}, ${await cast.accountOf('helper', cast.here)}, now() + interval '3 days')`;
  expect(await written({ householdId: household }), 'asked to see one of them').toBe(1);
  expect(await written({ personId: stranger, until: null, reason: 'moved' }), 'asked to look').toBe(1);
});
