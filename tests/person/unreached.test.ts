import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool, openScoped } from '../../lib/access/scoped';
import { newId, newSlipCode } from '../../lib/kernel/id';
import { fold, givenName } from '../../lib/kernel/text';
import { listOfBand } from '../../lib/person/unreached';
import { bandPeopleAddress } from '../../lib/unreached/schema';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';

let cast: Cast;

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

/** As the list of those nobody has met asks: its page, by its address. */
const list = async (role: Role, place: Place, asked: Record<string, string> = {}) => {
  const { area, own, group, band, page } = bandPeopleAddress.parse({ band: 'never', ...asked });
  return openScoped('read only', 'camtay_app', await cast.token(role, place), (tx) =>
    listOfBand(tx, 'vi', { area, own: own !== undefined, whom: group, band, page }),
  );
};
const names = async (role: Role, place: Place, asked?: Record<string, string>) =>
  (await list(role, place, asked))?.people.map(({ fullName }) => fullName) ?? null;

async function somebody(name: string, areaId = cast.here.villageId, more: { born?: number; into?: string } = {}) {
  const id = newId();
  await cast.owner`
    insert into person (id, area_id, full_name, given_name, name_folded, birth_year, merged_into)
    values (${id}, ${areaId}, ${name}, ${givenName(name)}, ${fold(name)}, ${more.born ?? null}, ${more.into ?? null})`;
  return id;
}
const enrolIn = (place: Place, personId: string, status = 'confirmed') => cast.owner`
  insert into enrolment (class_id, area_id, person_id, status, code, channel, idempotency_key)
  values (${place.classId}, ${place.unitId}, ${personId}, ${status}, ${newSlipCode()}, 'staff', ${newId()})`;
const mark = (place: Place, personId: string) => cast.owner`
  insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id)
  values (${place.sessionIds[0]}, ${personId}, ${place.unitId}, 'absent', false, now(), ${newId()})`;
const claim = (personId: string) => cast.owner`
  insert into skill_observation (id, person_id, skill_code, level, source, area_id, observed_at)
  values (${newId()}, ${personId}, ${cast.skillCode}, 2, 'own_claim', ${cast.here.unitId}, now())`;

test('lists whom nobody has had to do with, by village and name, and nobody else: not who enrolled or came elsewhere, said what they can, or was merged', async () => {
  await somebody('Lê Thị Yên');
  await somebody('Lê Thị An');
  await somebody('Trần Văn Chung', cast.here.unitId);
  await somebody('Người Nơi Khác', cast.there.villageId);
  // Neither the class nor the mark is the organiser's to see: they still tell that somebody was there.
  await enrolIn(cast.there, await somebody('Đã Ghi Nơi Khác'), 'cancelled');
  await mark(cast.there, await somebody('Đã Đến Nơi Khác'));
  await claim(await somebody('Tự Nhận'));
  const kept = await somebody('Hồ Sơ Giữ Lại');
  await enrolIn(cast.there, await somebody('Hồ Sơ Gộp', cast.here.villageId, { into: kept }));
  expect(await names('organiser', cast.here)).toEqual(['Trần Văn Chung', 'Lê Thị An', 'Lê Thị Yên']);
  expect(await names('desk_officer', cast.here, { area: String(cast.here.villageId) })).toEqual([
    'Lê Thị An',
    'Lê Thị Yên',
  ]);
  expect(await names('organiser', cast.there)).toEqual(['Người Nơi Khác']);
});

test('lists nobody who withdrew, though nothing else is known of them', async () => {
  const gone = await somebody('Người Đã Rút');
  await cast.owner`insert into consent (person_id, purpose, text_version, given, how, withdrawn_at)
    select ${gone}, 'class', version, true, 'self', now() from consent_text where purpose = 'class' limit 1`;
  expect(await names('organiser', cast.here)).not.toContain('Người Đã Rút');
});

test('is found by nobody who may not look people up there: leaders, helpers, those of another unit', async () => {
  for (const role of ['unit_leader', 'province_leader', 'province_admin', 'helper'] as const)
    expect(await list(role, cast.here, { area: String(cast.here.unitId) })).toBeNull();
  expect(await list('organiser', cast.there, { area: String(cast.here.unitId) })).toBeNull();
  // Asked of the province, an organiser is told of the own unit alone.
  const asked = await names('organiser', cast.there, { area: '44' });
  expect(asked).toEqual(['Người Nơi Khác']);
});

test('shows 50 on a page and says how many there are; by age where asked', async () => {
  const village = String(cast.here.villageId);
  for (let at = 0; at < 60; at += 1) await somebody(`Bà Thứ ${String(at).padStart(2, '0')}`, undefined, { born: 1950 });
  await somebody('Cháu Trẻ', undefined, { born: 2000 });
  const first = await list('organiser', cast.here, { area: village, group: 'age60' });
  const second = await list('organiser', cast.here, { area: village, group: 'age60', page: '2' });
  expect([first?.total, first?.people.length, second?.people.length]).toEqual([60, 50, 10]);
  expect(new Set([...(first?.people ?? []), ...(second?.people ?? [])].map(({ id }) => id)).size).toBe(60);
  expect(await list('organiser', cast.here, { area: village, group: 'age60', page: '9' })).toEqual({
    people: [],
    total: 60,
  });
  expect(bandPeopleAddress.parse({ group: 'ninety', band: 'x', page: '-3' })).toMatchObject({
    group: 'adults',
    band: 'never',
    page: 1,
  });
});
