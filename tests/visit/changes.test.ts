import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool, openScoped } from '../../lib/access/scoped';
import { addDays, dayOf, momentOf } from '../../lib/kernel/clock';
import { newId, newSlipCode } from '../../lib/kernel/id';
import { letGo } from '../../lib/team/commands';
import { slipOfVisit } from '../../lib/visit/checking';
import { callOffRound, recordOutcome, rungBack, swapHelper } from '../../lib/visit/commands';
import { homesOf, ownRounds, roundForStaff } from '../../lib/visit/queries';
import { numberToRing } from '../../lib/visit/ringing';
import { leftOpen, roundsWanting, visitsWaiting } from '../../lib/visit/wanting';
import { as } from '../desk/scene';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';
import { homeOn, neighbour, pair, roundAt, said } from './scene';

let cast: Cast;
let own: string;
let mate: string;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  ({ own, mate } = await pair(cast, cast.here));
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const now = new Date();
const today = dayOf(now);
const organiser = <R>(work: Parameters<typeof as<R>>[3], place: Place = cast.here) =>
  as(cast, 'organiser', place, work);
const member = async (teamId = cast.here.teamId) => {
  const id = newId();
  await cast.owner`insert into team_member (id, team_id, area_id, full_name) values (${id}, ${teamId}, ${cast.here.unitId}, ${`Lê Văn ${id.slice(0, 4)}`})`;
  return id;
};
const homes = async (round: string, told: readonly boolean[]) => {
  const all: string[] = [];
  for (const one of told) {
    const id = await homeOn(cast, cast.here, round, { personId: await neighbour(cast, cast.here) });
    if (one) await cast.owner`update visit set told_at = now() where id = ${id}`;
    all.push(id);
  }
  return all;
};
const wants = async (round: string) =>
  (await organiser((tx) => roundsWanting(tx, 'vi', now))).find(({ id }) => id === round);

describe('a round called off', () => {
  test('names the homes that were told until each was rung back; only those, only once, only by whoever plans there', async () => {
    const round = await roundAt(cast, cast.here, { day: addDays(today, 2), members: [own, mate] });
    const [told, again, untold] = await homes(round, [true, true, false]);
    const ring = (visitId = '', place = cast.here) =>
      organiser((tx, caller) => rungBack(tx, { visitId }, caller, now), place);
    expect(await ring(told), 'it goes ahead').toEqual({ refused: 'notFound' });
    expect(await wants(round)).toBeUndefined();
    await organiser((tx, caller) => callOffRound(tx, { roundId: round }, caller, now));
    expect(await wants(round)).toMatchObject({ why: 'ring_back', waits: 2 });
    expect(await ring(untold)).toEqual({ refused: 'notFound' });
    expect(await ring(told, cast.there)).toEqual({ refused: 'notFound' });
    expect([await ring(told), await ring(told)]).toEqual([{ id: round }, { id: round }]);
    expect(await wants(round)).toMatchObject({ waits: 1 });
    const back = await organiser((tx) => homesOf(tx, round));
    expect(back.find(({ id }) => id === told)?.rungBackAt).toBeInstanceOf(Date);
    await ring(again);
    expect(await wants(round)).toBeUndefined();
    expect((await organiser((tx) => roundForStaff(tx, 'vi', round)))?.helpers, 'who was to go').toHaveLength(2);
  });
});

describe('who goes', () => {
  test('whoever was let go is not among them, and a round ahead with one is named', async () => {
    const leaves = await member();
    const round = await roundAt(cast, cast.here, { day: addDays(today, 3), members: [own, leaves] });
    expect(await wants(round)).toBeUndefined();
    await organiser((tx, caller) => letGo(tx, { id: leaves }, caller, now));
    const line = await organiser((tx) => roundForStaff(tx, 'vi', round));
    expect([line?.helpers, line?.memberIds]).toEqual([['Phan Thị Đi'], [own]]);
    expect(await wants(round)).toMatchObject({ why: 'helpers' });
    const instead = await member();
    const swap = () => organiser((tx, caller) => swapHelper(tx, { roundId: round, member: instead }, caller, now));
    expect([await swap(), await wants(round)]).toEqual([{ id: round }, undefined]);
    expect(await swap()).toEqual({ refused: 'helperTwice', field: 'member' });
  });

  test('one goes instead of another and the homes keep their numbers; refused as planning refuses, with nothing written', async () => {
    const day = addDays(today, 4);
    const round = await roundAt(cast, cast.here, { day, from: '08:00', until: '10:00', members: [own, mate] });
    await homes(round, [true, false]);
    const pins = () => cast.owner`select id, pin, told_at from visit where round_id = ${round} order by id`;
    const before = await pins();
    const instead = await member();
    const swap = (form: { out?: string; member: string }, place = cast.here) =>
      organiser((tx, caller) => swapHelper(tx, { roundId: round, ...form }, caller, now), place);
    const going = async () => (await organiser((tx) => roundForStaff(tx, 'vi', round)))?.memberIds.toSorted();
    const [away, busy, otherTeam] = [await member(), await member(), newId()];
    await cast.owner`insert into team_member_away (id, member_id, area_id, first_day, last_day) values (${newId()}, ${away}, ${cast.here.unitId}, ${day}, ${day})`;
    await roundAt(cast, cast.here, { day, from: '09:30', until: '11:00', members: [busy] });
    await cast.owner`insert into team ${cast.owner({ ...(await cast.owner`select * from team where id = ${cast.here.teamId}`)[0], id: otherTeam, name: 'Đội khác' })}`;
    expect(await swap({ member: instead }), 'no place is free').toEqual({ refused: 'chooseHelper', field: 'out' });
    expect(await swap({ out: instead, member: away })).toEqual({ refused: 'chooseHelper', field: 'out' });
    expect(await swap({ out: mate, member: own })).toEqual({ refused: 'helperTwice', field: 'member' });
    expect(await swap({ out: mate, member: away })).toEqual({ refused: 'helperAway', field: 'member' });
    expect(await swap({ out: mate, member: busy })).toEqual({ refused: 'roundClash', field: 'member' });
    expect(await swap({ out: mate, member: cast.there.memberId })).toEqual({
      refused: 'chooseHelper',
      field: 'member',
    });
    expect(await swap({ out: mate, member: await member(otherTeam) })).toEqual({
      refused: 'helpersApart',
      field: 'member',
    });
    expect(await swap({ out: mate, member: instead }, cast.there)).toEqual({ refused: 'roundOver' });
    expect(await going()).toEqual([own, mate].toSorted());
    expect([await swap({ out: mate, member: instead }), await swap({ out: mate, member: instead })]).toEqual([
      { id: round },
      { id: round },
    ]);
    expect(await going()).toEqual([own, instead].toSorted());
    expect(await swap({ out: instead, member: mate }), 'and back').toEqual({ id: round });
    expect(await going()).toEqual([own, mate].toSorted());
    expect(await pins()).toEqual(before);
    await organiser((tx, caller) => callOffRound(tx, { roundId: round }, caller, now));
    expect(await swap({ out: mate, member: instead })).toEqual({ refused: 'roundOver' });
  });
});

test('whom to ring: the number the unit gives with its classes, of itself and of nobody else; the slip tells it with the hours', async () => {
  const unit = (place: Place) => organiser((tx) => numberToRing(tx, place.villageId), place);
  await cast.owner`update class set hotline = '' where true`;
  expect(await unit(cast.here)).toBeNull();
  await cast.owner`update class set hotline = '+84233111222' where id = ${cast.here.classId}`;
  await cast.owner`update class set hotline = '+84233999999' where id = ${cast.here.draftId}`;
  expect([await unit(cast.here), await unit(cast.there)]).toEqual(['+84233111222', null]);
  const [id, code] = [newId(), newSlipCode()];
  await cast.owner`insert into visit_request (id, code, area_id, asked_by, full_name, needs, consent_version, idempotency_key)
    values (${id}, ${code}, ${cast.here.unitId}, 'self', 'Ai Đó', '{phone}', 1, ${newId()})`;
  const day = addDays(today, 5);
  await homeOn(cast, cast.here, await roundAt(cast, cast.here, { day, from: '08:00', until: '10:00' }), {
    requestId: id,
  });
  const slip = await openScoped('read write', 'camtay_public', '', (tx) =>
    slipOfVisit(tx, 'vi', code, '203.0.113.9', now),
  );
  expect(slip).toMatchObject({
    plannedOn: day,
    startsAt: momentOf(day, '08:00'),
    endsAt: momentOf(day, '10:00'),
    phoneGiven: false,
    ring: '+84233111222',
  });
});

test('a helper sees the rounds of the seven days to come, not those gone by', async () => {
  const [gone, ahead] = [
    await roundAt(cast, cast.here, { day: addDays(today, -2), members: [own], from: '05:00', until: '05:10' }),
    await roundAt(cast, cast.here, { day: addDays(today, 6), members: [own], from: '05:00', until: '05:10' }),
  ];
  const seen = (await as(cast, 'helper', cast.here, (tx) => ownRounds(tx, 'vi', today))).map(({ id }) => id);
  expect(seen).toContain(ahead);
  expect(seen).not.toContain(gone);
});

test('what a round left open shrinks: a later round takes a home over; wrong details are in it; nothing recorded at all is named', async () => {
  const day = addDays(today, -3);
  const round = await roundAt(cast, cast.here, { day, members: [own, mate], from: '06:00', until: '06:10' });
  const all = await homes(round, [true, true, true, true]);
  const [done, away, wrong, silent] = all as [string, string, string, string];
  const open = async () => [...(await organiser((tx) => leftOpen(tx, round)))].toSorted();
  expect(await wants(round)).toMatchObject({ why: 'record', waits: 4 });
  const record = (visitId: string, outcome: string) =>
    organiser((tx, caller) =>
      recordOutcome(tx, said(visitId, outcome === 'done' ? {} : { outcome, minutes: '' }), caller, now),
    );
  await record(done, 'done');
  await record(away, 'not_home');
  await record(wrong, 'wrong_details');
  expect(await wants(round)).toBeUndefined();
  expect(await open()).toEqual([away, wrong, silent].toSorted());
  const [home] = await cast.owner<{ personId: string }[]>`select person_id from visit where id = ${away}`;
  const later = await roundAt(cast, cast.here, {
    day: addDays(today, 1),
    members: [own],
    from: '06:00',
    until: '06:10',
  });
  await homeOn(cast, cast.here, later, { personId: home?.personId ?? '' });
  expect(await open()).toEqual([wrong, silent].toSorted());
  await cast.owner`update visit_round set called_off_at = now() where id = ${later}`;
  expect(await open(), 'it does not go').toEqual([away, wrong, silent].toSorted());
});

test('requests with no round that goes there are counted for whoever plans', async () => {
  const count = (place = cast.here) => organiser((tx) => visitsWaiting(tx, now), place);
  const [before, elsewhere] = [await count(), await count(cast.there)];
  const id = newId();
  await cast.owner`insert into visit_request (id, code, area_id, asked_by, full_name, needs, consent_version, idempotency_key)
    values (${id}, ${newSlipCode()}, ${cast.here.villageId}, 'self', 'Ai Đó', '{phone}', 1, ${newId()})`;
  expect([await count(), await count(cast.there)]).toEqual([before + 1, elsewhere]);
  await homeOn(cast, cast.here, await roundAt(cast, cast.here, { day: addDays(today, 8) }), { requestId: id });
  expect(await count()).toBe(before);
});
