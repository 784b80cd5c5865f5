import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool } from '../../lib/access/scoped';
import { addDays, dayOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { putStoppedOn } from '../../lib/visit/commands';
import { stoppedToVisit } from '../../lib/visit/together';
import { as } from '../desk/scene';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';
import { homeOn, neighbour, roundAt } from './scene';

/** From "so many people lack this" to a round that goes to them, whose homes are told the day as any. */
let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const answer = (personId: string, step: string, said: 'yes' | 'no') => cast.owner`
  insert into step_record (person_id, step_code, answer, source, at, key) values (${personId}, ${step}, ${said}, 'self', now(), ${newId()})`;
async function without(step: string, place: Place = cast.here): Promise<string> {
  const personId = await neighbour(cast, place);
  await answer(personId, step, 'no');
  return personId;
}
const ahead = addDays(dayOf(new Date()), 9);
const wanted = (step = 'sim', areaId = cast.here.villageId) =>
  as(cast, 'organiser', cast.here, (tx) => stoppedToVisit(tx, areaId, step, new Date()));
const put = (roundId: string, areaId = cast.here.villageId) =>
  as(cast, 'organiser', cast.here, (tx, caller) =>
    putStoppedOn(tx, { roundId, areaId, step: 'sim' }, caller, new Date()),
  );
const on = async (roundId: string) =>
  (
    await cast.owner<{ personId: string | null; requestId: string | null }[]>`
      select person_id, request_id from visit where round_id = ${roundId} and taken_off_at is null`
  ).map(({ personId, requestId }) => requestId ?? personId);

test('those who stop at the step there go on the round, with the request that waits; who is left alone, expected already or elsewhere does not', async () => {
  const [one, asks, paused, expected, has] = [
    await without('sim'),
    await without('sim'),
    await without('sim'),
    await without('sim'),
    await without('sim'),
  ];
  await answer(has, 'sim', 'yes');
  await without('vneid');
  await without('sim', cast.there);
  const requestId = newId();
  await cast.owner`
    insert into visit_request (id, code, area_id, asked_by, full_name, needs, consent_version, idempotency_key, person_id)
    values (${requestId}, left(replace(${newId()}, '-', ''), 30), ${cast.here.villageId}, 'self', 'Hồ Thị Nhờ', '{phone}', 1, ${newId()}, ${asks})`;
  await cast.owner`insert into person_pause (id, person_id, area_id, reason, until, at)
    values (${newId()}, ${paused}, ${cast.here.villageId}, 'away', now() + interval '20 days', now())`;
  await homeOn(cast, cast.here, await roundAt(cast, cast.here, { day: ahead, members: [] }), { personId: expected });
  const found = await wanted();
  expect(found.map(({ personId }) => personId).toSorted()).toEqual([one, asks].toSorted());
  const roundId = await roundAt(cast, cast.here, { day: addDays(ahead, 1), members: [] });
  expect(await put(roundId)).toEqual({ id: roundId, people: 2 });
  expect((await on(roundId)).toSorted()).toEqual([one, requestId].toSorted());
  expect(await wanted(), 'all have a round coming').toEqual([]);
  const next = await roundAt(cast, cast.here, { day: addDays(ahead, 2), members: [] });
  expect(await put(next), 'nobody is no mistake').toEqual({ id: next, people: 0 });
});

test('in no area but the caller’s own', async () => {
  await without('sim', cast.there);
  expect(await wanted('sim', cast.there.villageId)).toEqual([]);
  expect(await wanted('sim', 999_999_999)).toEqual([]);
});
