import { afterAll, beforeAll, expect, test } from 'vitest';
import { closePool } from '../../lib/access/scoped';
import { isRefusal } from '../../lib/kernel/result';
import { acceptReferral, refer, rejectReferral, withdrawReferral } from '../../lib/referral/commands';
import { visitQueue } from '../../lib/visit/queries';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { Scene } from '../lookup/scene';

let cast: Cast;
let scene: Scene;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  scene = new Scene(cast);
});
afterAll(async () => {
  await cast.owner.end();
  await closePool();
});

async function sent(personId: string, asks: 'class' | 'visit', sharePhone = false): Promise<string> {
  const form = {
    personId,
    toAreaId: cast.there.unitId,
    why: 'work',
    asks,
    courseId: undefined,
    note: 'Bác ở nhà con gái, ngõ sau chợ',
    sharePhone,
    agreed: true,
    how: 'paper',
    witness: '',
  } as const;
  const done = await scene.as((tx, caller) => refer(tx, form, caller), cast.here);
  if (isRefusal(done)) throw new Error(done.refused);
  return done.id;
}
const accept = (referralId: string, homeId?: number) =>
  scene.as(
    (tx, caller) =>
      acceptReferral(
        tx,
        { referralId, takenBy: 'Lê Văn Nhận', livesHere: homeId !== undefined, homeId, movedOn: undefined },
        caller,
      ),
    cast.there,
  );
const waits = async (referralId: string) =>
  (
    await cast.owner`
      select area_id, full_name, phone, person_id, words, closed_because, asked_by from visit_request where idempotency_key = ${referralId}`
  )[0];
const queued = (name: string, place = cast.there) =>
  scene.as(async (tx) => {
    const lines = await visitQueue(tx, 'vi', undefined, new Date());
    return lines.filter(({ fullName }) => fullName === name).length;
  }, place);

test('taken on, who was referred for a visit waits in the receiving unit’s queue, once; the phone only where that was agreed', async () => {
  const [personId, other, classed] = [
    await scene.person(cast.here, 'Hồ Thị Chờ'),
    await scene.person(cast.here, 'Hồ Thị Máy'),
    await scene.person(cast.here, 'Hồ Thị Lớp'),
  ];
  const id = await sent(personId, 'visit');
  expect(await waits(id), 'not before it is accepted').toBeUndefined();
  expect(await accept(id)).toBeNull();
  expect(await accept(id)).toEqual({ refused: 'referralOver' });
  expect(await waits(id)).toMatchObject({
    areaId: cast.there.unitId,
    fullName: 'Hồ Thị Chờ',
    phone: null,
    personId: null,
    words: 'Bác ở nhà con gái, ngõ sau chợ',
    askedBy: 'staff',
    closedBecause: null,
  });
  expect([await queued('Hồ Thị Chờ'), await queued('Hồ Thị Chờ', cast.here)]).toEqual([1, 0]);
  await cast.owner`
    insert into person_phone (person_id, phone) values (${other}, '+84912345679')
    on conflict (person_id) do update set phone = excluded.phone`;
  const shared = await sent(other, 'visit', true);
  await accept(shared);
  expect((await waits(shared))?.phone).toBe('+84912345679');
  const lesson = await sent(classed, 'class');
  await accept(lesson);
  expect(await waits(lesson), 'for a class nobody comes').toBeUndefined();
});

test('who lives there by now is matched, in their village; sent back or taken back nobody goes there and nothing is kept of whom', async () => {
  const moved = await scene.person(cast.here, 'Hồ Thị Về');
  const id = await sent(moved, 'visit');
  expect(await accept(id, cast.there.villageId)).toBeNull();
  expect(await waits(id)).toMatchObject({ areaId: cast.there.villageId, personId: moved, closedBecause: null });

  const returned = await sent(await scene.person(cast.here, 'Hồ Thị Trả'), 'visit');
  await scene.as(
    (tx, caller) => rejectReferral(tx, { referralId: returned, reason: 'Không đi được' }, caller),
    cast.there,
  );
  expect(await waits(returned)).toBeUndefined();

  const taken = await sent(await scene.person(cast.here, 'Hồ Thị Thôi'), 'visit');
  await accept(taken);
  await scene.as((tx, caller) => withdrawReferral(tx, { referralId: taken, reason: 'Nhầm nơi' }, caller));
  expect(await waits(taken)).toMatchObject({ fullName: '', words: '', phone: null, closedBecause: 'withdrawn' });
  expect(await queued('Hồ Thị Thôi')).toBe(0);
});
