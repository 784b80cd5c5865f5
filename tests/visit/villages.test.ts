import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { closePool } from '../../lib/access/scoped';
import { dayOf, momentOf } from '../../lib/kernel/clock';
import { newId, newSlipCode } from '../../lib/kernel/id';
import { problemsOf } from '../../lib/kernel/input';
import { askNumber } from '../../lib/visit/checking';
import { matchRequest, setVillage } from '../../lib/visit/commands';
import { requestForStaff, visitQueue } from '../../lib/visit/queries';
import { mostWrong } from '../../lib/visit/rules';
import { helpForm } from '../../lib/visit/schema';
import { as } from '../desk/scene';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';
import { homeOn, neighbour, pair, roundAt } from './scene';

let cast: Cast;
let own: string;
/** Another village of the unit, and a hamlet in the first one. */
const [other, hamlet] = [2_000_001, 2_000_002];
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  ({ own } = await pair(cast, cast.here));
  for (const [id, parent, kind] of [
    [other, cast.here.unitId, 'village'],
    [hamlet, cast.here.villageId, 'hamlet'],
  ] as const) {
    await cast.owner`insert into area (id, kind, name_vi, name_en, full_name_vi, full_name_en, name_folded, valid_from)
      values (${id}, ${kind}, ${`Nơi ${id}`}, ${`Nơi ${id}`}, ${`Nơi ${id}`}, ${`Nơi ${id}`}, ${`noi ${id}`}, '2025-07-01')`;
    await cast.owner`insert into area_parent (area_id, parent_id, valid_from) values (${id}, ${parent}, '2025-07-01')`;
  }
  await cast.owner`select rebuild_area_tree()`;
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});
beforeEach(() => cast.owner`delete from visit_check_attempt`);

const now = new Date();
const asking = async (area: number): Promise<string> => {
  const id = newId();
  await cast.owner`insert into visit_request (id, code, area_id, asked_by, full_name, needs, consent_version, idempotency_key)
    values (${id}, ${newSlipCode()}, ${area}, 'self', 'Ai Đó', '{phone}', 1, ${newId()})`;
  return id;
};
const organiser = <R>(work: Parameters<typeof as<R>>[3], place: Place = cast.here) =>
  as(cast, 'organiser', place, work);
const areaOf = async (id: string) =>
  (await cast.owner<{ areaId: number }[]>`select area_id from visit_request where id = ${id}`)[0]?.areaId;

test('nothing is chosen for whoever asks: left alone the village is asked for, the whole commune is somebody’s own word', () => {
  const form = {
    askedBy: 'self',
    fullName: 'Ai Đó',
    needs: 'phone',
    consent: 'on',
    consentVersion: '1',
    formKey: newId(),
  };
  for (const area of ['', undefined, 'x']) {
    const bad = helpForm.safeParse({ ...form, area });
    expect(bad.success ? {} : problemsOf(bad.error)).toEqual({ area: 'chooseAreaKind' });
  }
  expect(helpForm.parse({ ...form, area: String(cast.here.unitId) }).area).toBe(cast.here.unitId);
});

test('a round into a village offers its own requests, then those of whom only the commune is known, and never another village’s', async () => {
  const [inVillage, inUnit, elsewhere] = [
    await asking(cast.here.villageId),
    await asking(cast.here.unitId),
    await asking(other),
  ];
  const offered = async (round: boolean) =>
    (await organiser((tx) => visitQueue(tx, 'vi', cast.here.villageId, now, round))).map(({ id }) => id);
  expect(await offered(true)).toEqual([inVillage, inUnit]);
  expect(await offered(false), 'the list of a village').toEqual([inVillage]);
  expect(await offered(true)).not.toContain(elsewhere);
});

test('an organiser says the village of a request, within its unit and their own areas', async () => {
  const id = await asking(cast.here.unitId);
  const say = (area: number, place = cast.here) =>
    organiser((tx, caller) => setVillage(tx, { requestId: id, area }, caller), place);
  expect(await say(cast.there.villageId)).toEqual({ refused: 'chooseAreaKind', field: 'area' });
  expect(await say(cast.there.villageId, cast.there)).toEqual({ refused: 'notFound' });
  expect(await say(44)).toEqual({ refused: 'chooseAreaKind', field: 'area' });
  expect(await areaOf(id)).toBe(cast.here.unitId);
  expect(await say(cast.here.villageId)).toEqual({ id });
  expect(await say(cast.here.villageId), 'twice is once').toEqual({ id });
  expect(await areaOf(id)).toBe(cast.here.villageId);
  await cast.owner`update visit_request set closed_at = now(), closed_because = 'done' where id = ${id}`;
  expect(await say(other)).toEqual({ refused: 'notFound' });
});

test('who is matched brings their village along; a person known by the commune alone takes none away', async () => {
  const person = await neighbour(cast, cast.here);
  const match = (requestId: string) =>
    organiser((tx, caller) => matchRequest(tx, { requestId, personId: person }, caller));
  const id = await asking(cast.here.unitId);
  expect(await match(id)).toEqual({ id });
  expect(await areaOf(id)).toBe(cast.here.villageId);
  await cast.owner`update person set area_id = ${cast.here.unitId} where id = ${person}`;
  const placed = await asking(cast.here.villageId);
  expect(await match(placed)).toEqual({ id: placed });
  expect(await areaOf(placed)).toBe(cast.here.villageId);
  expect((await organiser((tx) => requestForStaff(tx, 'vi', placed, now)))?.personId).toBe(person);
});

const clock = (time: string) => momentOf(dayOf(now), time);
/** A round into an area with one home, and its number. */
const comes = async (area: number, from: string, until: string, pin: string) => {
  const roundId = await roundAt(cast, { ...cast.here, villageId: area }, { members: [own], from, until });
  await homeOn(cast, cast.here, roundId, { personId: await neighbour(cast, cast.here) }, pin);
};

test('a right number is right for the village and for the hamlet in it, not for the commune around it, and not next door', async () => {
  await comes(cast.here.villageId, '02:00', '02:20', '2468');
  await comes(cast.here.unitId, '06:00', '06:20', '1357');
  const right = async (area: number, pin: string, at: string) =>
    (await askNumber('vi', { area, pin }, '203.0.113.70', clock(at))).expected !== null;
  const all = [cast.here.villageId, hamlet, cast.here.unitId, other, cast.there.villageId, cast.there.unitId];
  const answers = async (pin: string, at: string) => {
    const told: boolean[] = [];
    for (const area of all) told.push(await right(area, pin, at));
    return told;
  };
  expect(await answers('2468', '02:10')).toEqual([true, true, false, false, false, false]);
  expect(await answers('1357', '06:10'), 'a round into the commune').toEqual([true, true, true, true, false, false]);
});

test('asking from place to place is no more guesses at one number than asking in its own village', async () => {
  await comes(cast.here.unitId, '10:00', '10:20', '8642');
  await comes(other, '13:00', '13:20', '9753');
  const ask = (area: number, pin: string, at: string, address = '203.0.113.80') =>
    askNumber('vi', { area, pin }, address, clock(at));
  const wrong = (area: number, count: number, address = '203.0.113.80') =>
    cast.owner`insert into visit_check_attempt ${cast.owner(
      Array.from({ length: count }, () => ({ area_id: area, address })),
    )}`;
  // Half of what one address may in each of two villages: of the commune's round that is all it may.
  await wrong(cast.here.villageId, mostWrong.address / 2);
  await wrong(other, mostWrong.address / 2);
  expect(await ask(other, '8642', '10:10')).toEqual({ expected: null, tooMany: true });
  expect((await ask(other, '9753', '13:10')).expected, 'the village’s own round is asked after still').not.toBeNull();
  expect((await ask(other, '8642', '10:10', '198.51.100.8')).expected, 'from elsewhere').not.toBeNull();
  await wrong(cast.here.villageId, mostWrong.village / 2, '192.0.2.1');
  await wrong(other, mostWrong.village / 2, '192.0.2.1');
  expect(await ask(other, '8642', '10:10', '198.51.100.8')).toEqual({ expected: null, tooMany: true });
  expect((await ask(other, '9753', '13:10', '198.51.100.8')).expected).not.toBeNull();
  // From many places one address asks no more than so often in all.
  await wrong(cast.there.villageId, mostWrong.anywhere, '192.0.2.77');
  expect(await ask(other, '9753', '13:10', '192.0.2.77')).toEqual({ expected: null, tooMany: true });
});
