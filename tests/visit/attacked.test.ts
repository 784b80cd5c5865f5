import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool, openScoped, presentCard, recordReading } from '../../lib/access/scoped';
import { withdraw } from '../../lib/card/commands';
import { dayOf, timeOf } from '../../lib/kernel/clock';
import { newCardCode, newId, newSlipCode } from '../../lib/kernel/id';
import { sendDue } from '../../lib/message/worker';
import { acceptReferral, finishReferral, refer } from '../../lib/referral/commands';
import { doorOf, toldAtDoor } from '../../lib/task/door';
import { forgetMet, metOnRound, putOnRound, recordOutcome } from '../../lib/visit/commands';
import { homesOf } from '../../lib/visit/queries';
import { metForm } from '../../lib/visit/schema';
import { as } from '../desk/scene';
import { Scene } from '../lookup/scene';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';
import { homeOn, neighbour, pair, roundAt, said } from './scene';

let cast: Cast;
let own: string;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  ({ own } = await pair(cast, cast.here));
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});
beforeEach(() => cast.owner`update visit_round set called_off_at = now() where called_off_at is null`);

let minute = 0;
const inTurn = () => {
  minute += 2;
  const clock = (at: number) => `02:${String(at).padStart(2, '0')}`;
  return { from: clock(minute), until: clock(minute + 1) };
};
const met = async (hours = inTurn()) => {
  const roundId = await roundAt(cast, cast.here, { members: [own], ...hours });
  const form = metForm.parse({
    roundId,
    area: String(cast.here.villageId),
    fullName: 'Hồ Thị Không Muốn',
    phone: '0912 345 999',
    born: '1950',
    words: 'Nhà cuối bản',
    needs: 'phone',
    consent: 'on',
    consentVersion: '2',
    formKey: newId(),
  });
  const done = await as(cast, 'helper', cast.here, (tx, caller) => metOnRound(tx, form, caller, new Date()));
  if (!('id' in done)) throw new Error(`refused: ${JSON.stringify(done)}`);
  const [row] = await cast.owner<{ requestId: string }[]>`select request_id from visit where id = ${done.id}`;
  return { visitId: done.id, roundId, requestId: row?.requestId ?? '' };
};
const say = (visitId: string, more: Record<string, string> = {}) =>
  as(cast, 'helper', cast.here, (tx, caller) => recordOutcome(tx, said(visitId, more), caller, new Date()));
const forget = (id: string, role: Role = 'organiser', place: Place = cast.here) =>
  as(cast, role, place, (tx, caller) => forgetMet(tx, id, caller));
const left = async (visitId: string) => {
  const [row] = await cast.owner<Record<string, unknown>[]>`
    select q.full_name || coalesce(q.phone, '') || coalesce(q.birth_year::text, '') || q.words || q.closed_note
        || coalesce((select string_agg(o.words, '') from visit_outcome o where o.visit_id = v.id), '') as said,
      q.closed_because as because, v.taken_off_at is not null as off
    from visit v join visit_request q on q.id = v.request_id where v.id = ${visitId}`;
  return row;
};

describe('whoever was written down and wants to be in no book is forgotten at once', () => {
  test.each(['refused', 'moved', 'wrong_details'])('also who said “%s”; what came of it stays', async (outcome) => {
    const { visitId, requestId } = await met();
    await say(visitId, { outcome, minutes: '', words: 'Cụ không chịu' });
    expect(await forget(requestId, 'organiser', cast.there)).toEqual({ refused: 'notFound' });
    expect(await forget(requestId, 'helper')).toEqual({ refused: 'notFound' });
    expect(await forget(requestId)).toEqual({ id: requestId });
    expect(await left(visitId)).toEqual({ said: '', because: outcome, off: false });
    expect(await forget(requestId), 'said once').toEqual({ refused: 'notFound' });
  });

  test('also before anything came of it: nobody goes there any more, nor is anything written of them', async () => {
    // The round goes on for a while: homes taken off it are told that nobody comes.
    const half = timeOf(new Date()) < '12:00' ? { from: '03:10', until: '12:00' } : { from: '12:00', until: '23:59' };
    const { visitId, requestId, roundId } = await met(half);
    expect(await forget(requestId)).toEqual({ id: requestId });
    expect(await left(visitId)).toEqual({ said: '', because: 'withdrawn', off: true });
    expect(await as(cast, 'helper', cast.here, (tx) => homesOf(tx, roundId))).toEqual([]);
    expect(await say(visitId)).toMatchObject({ refused: 'notFound' });
    await cast.owner`update message set due_at = now() where visit_id = ${visitId}`;
    await sendDue({}, () => new Date());
    const told = await cast.owner`select purpose, state, why from message where visit_id = ${visitId}`;
    expect([...told], 'nobody rings whom nobody knows any more').toEqual([
      { purpose: 'visit_off', state: 'withdrawn', why: 'answered' },
    ]);
    // Nobody was at home, so it waits again: there was an outcome, and the home stays with it.
    const again = await met();
    await say(again.visitId, { outcome: 'not_home', minutes: '', words: 'Nhà khóa cửa' });
    expect(await forget(again.requestId)).toEqual({ id: again.requestId });
    expect(await left(again.visitId)).toEqual({ said: '', because: 'withdrawn', off: false });
    expect(await say(again.visitId)).toEqual({ refused: 'visitWithdrawn' });
  });

  test('settled by hand too, reason and all; of somebody known it is their record that is asked', async () => {
    const [id, code] = [newId(), newSlipCode()];
    await cast.owner`insert into visit_request (id, code, area_id, asked_by, full_name, phone, phone_of, needs, consent_version, idempotency_key, closed_at, closed_because, closed_note)
      values (${id}, ${code}, ${cast.here.villageId}, 'self', 'Ai Đó', '+84912345998', 'self', '{phone}', 2, ${newId()}, now(), 'not_needed', 'Bà Đó gọi lại')`;
    expect(await forget(id)).toEqual({ id });
    const [row] =
      await cast.owner`select full_name, phone, closed_note, closed_because from visit_request where id = ${id}`;
    expect(row).toEqual({ fullName: '', phone: null, closedNote: '', closedBecause: 'not_needed' });
    const known = newId();
    await cast.owner`insert into visit_request (id, code, area_id, asked_by, full_name, needs, person_id, idempotency_key)
      values (${known}, ${newSlipCode()}, ${cast.here.villageId}, 'staff', 'Ai Đó', '{phone}', ${await neighbour(cast, cast.here)}, ${newId()})`;
    expect(await forget(known)).toEqual({ refused: 'notFound' });
  });
});

test('who withdraws for good is forgotten also where another unit was to visit them, and its referral is done', async () => {
  const scene = new Scene(cast);
  const personId = await scene.person(cast.here, 'Hồ Thị Gửi Đi', 1948, '+84912345997');
  const code = newCardCode();
  await cast.owner`insert into card (person_id, code) values (${personId}, ${code})`;
  const sent = await scene.as((tx, caller) =>
    refer(
      tx,
      {
        personId,
        toAreaId: cast.there.unitId,
        why: 'lives_there',
        asks: 'visit',
        note: 'Bác ở với con',
        sharePhone: true,
        agreed: true,
        how: 'oral',
        witness: 'Trần Thị Chứng',
      },
      caller,
    ),
  );
  const referralId = 'id' in sent ? sent.id : '';
  const accepted = { referralId, takenBy: 'Lê Văn Nhận', livesHere: false };
  expect(await scene.as((tx, caller) => acceptReferral(tx, accepted, caller), cast.there)).toBeNull();
  expect(await scene.as((tx, caller) => finishReferral(tx, referralId, caller), cast.there)).toBeNull();
  const kept = () =>
    cast.owner`select full_name, phone, birth_year, words, closed_because from visit_request where idempotency_key = ${referralId}`;
  expect(await kept()).toMatchObject([{ fullName: 'Hồ Thị Gửi Đi', phone: '+84912345997' }]);
  const round = await roundAt(cast, cast.there, { from: '03:10', until: '03:20' });
  const [request] = await cast.owner<
    { id: string }[]
  >`select id from visit_request where idempotency_key = ${referralId}`;
  const visitId = await homeOn(cast, cast.there, round, { requestId: request?.id ?? '' });
  await openScoped('read write', 'camtay_public', '', async (tx) => {
    await presentCard(tx, code);
    expect(await withdraw(tx, personId)).toBeNull();
  });
  expect([...(await kept())]).toEqual([
    { fullName: '', phone: null, birthYear: null, words: '', closedBecause: 'withdrawn' },
  ]);
  const [home] = await cast.owner`select taken_off_at is not null as off from visit where id = ${visitId}`;
  expect(home, 'nobody goes there').toEqual({ off: true });
});

test('a village whose numbers of a day are used up is full, and the portal goes on answering', async () => {
  const roundId = await roundAt(cast, cast.here, { members: [own], from: '04:10', until: '04:20' });
  const homeless = newId();
  await cast.owner`insert into visit_request (id, code, area_id, asked_by, full_name, needs, idempotency_key)
    values (${homeless}, ${newSlipCode()}, ${cast.here.villageId}, 'staff', 'Ai Đó', '{phone}', ${newId()})`;
  // Put on and taken off again, over and over.
  await cast.owner`insert into visit (id, round_id, area_id, day, request_id, pin, taken_off_at)
    select gen_random_uuid(), ${roundId}, ${cast.here.villageId}, ${dayOf(new Date())}, ${homeless}, lpad(n::text, 4, '0'), now()
    from generate_series(0, 9999) n
    where not exists (select from visit v where v.area_id = ${cast.here.villageId} and v.day = ${dayOf(new Date())} and v.pin = lpad(n::text, 4, '0'))`;
  const put = await as(cast, 'organiser', cast.here, (tx, caller) =>
    putOnRound(tx, { roundId, homes: [`r:${homeless}`] }, caller, new Date()),
  );
  expect(put).toEqual({ refused: 'visitNumbersGone', field: 'homes' });
  const form = metForm.parse({
    roundId,
    area: String(cast.here.villageId),
    fullName: 'Hồ Thị Cuối Cùng',
    needs: 'phone',
    consent: 'on',
    consentVersion: '2',
    formKey: newId(),
  });
  expect(await as(cast, 'helper', cast.here, (tx, caller) => metOnRound(tx, form, caller, new Date()))).toEqual({
    refused: 'visitNumbersGone',
  });
  const made = await cast.owner`select from visit_request where full_name = 'Hồ Thị Cuối Cùng'`;
  expect(made.count, 'nothing half written').toBe(0);
  await cast.owner`delete from visit where round_id = ${roundId}`;
});

test('at a task’s door it is written down of everybody the page tells of, and of nobody it does not', async () => {
  const [one, other, elsewhere, household] = [
    await neighbour(cast, cast.here),
    await neighbour(cast, cast.here),
    await neighbour(cast, cast.there),
    newId(),
  ];
  await cast.owner`insert into household (id, area_id) values (${household}, ${cast.here.villageId})`;
  for (const id of [one, other, elsewhere])
    await cast.owner`insert into household_member (household_id, person_id, area_id) values (${household}, ${id}, ${cast.here.villageId})`;
  const told = (role: Role, place = cast.here) => as(cast, role, place, (tx) => toldAtDoor(tx, one));
  const shown = await as(cast, 'organiser', cast.here, async (tx, caller) =>
    doorOf(await recordReading(tx, caller, one, 'door'), 'vi', caller, one, new Date()),
  );
  expect(await told('organiser')).toEqual([one, other].toSorted());
  expect(shown?.people.map(({ id }) => id).toSorted()).toEqual([one, other].toSorted());
  expect(await told('helper')).toEqual([]);
});

describe('the walls themselves, whatever a query asks', () => {
  const refusedBy = async (work: () => Promise<unknown>) => {
    try {
      await work();
      return 'let through';
    } catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : String(error);
    }
  };
  const theirs = async () => {
    const id = newId();
    await cast.owner`insert into visit_request (id, code, area_id, asked_by, full_name, phone, phone_of, needs, consent_version, idempotency_key)
      values (${id}, ${newSlipCode()}, ${cast.there.villageId}, 'self', 'Ai Nơi Khác', '+84912345996', 'self', '{phone}', 2, ${newId()})`;
    return id;
  };
  const put = (roundId: string, requestId: string, areaId = cast.here.villageId) =>
    as(
      cast,
      'organiser',
      cast.here,
      (tx) => tx`insert into visit (id, round_id, area_id, day, request_id, pin)
        values (${newId()}, ${roundId}, ${areaId}, ${dayOf(new Date())}, ${requestId}, ${String(Math.floor(Math.random() * 9000) + 1000)})`,
    );

  test('no home of another unit’s request is put on a round, nor a home on another unit’s round', async () => {
    const [mine, request] = [await roundAt(cast, cast.here, { from: '05:10', until: '05:20' }), await theirs()];
    expect(await refusedBy(() => put(mine, request))).toBe('42501');
    const foreign = await roundAt(cast, cast.there, { from: '05:10', until: '05:20' });
    const { requestId } = await met();
    expect(await refusedBy(() => put(foreign, requestId))).toBe('42501');
    const other = await roundAt(cast, cast.here, { from: '05:40', until: '05:50' });
    expect(await refusedBy(() => put(other, requestId))).toBe('let through');
  });

  test('nor is one changed into another’s: where a home is of and on stays', async () => {
    const [{ visitId }, request] = [await met(), await theirs()];
    const change = (set: string) =>
      as(cast, 'organiser', cast.here, (tx) => tx.unsafe(`update visit set ${set} where id = '${visitId}'`));
    const round = await roundAt(cast, cast.there, { from: '06:10', until: '06:20' });
    for (const set of [
      `request_id = '${request}'`,
      `round_id = '${round}'`,
      `area_id = ${cast.here.unitId}`,
      `pin = '0000'`,
    ])
      expect(await refusedBy(() => change(set)), set).toBe('23000');
    expect(await refusedBy(() => change('told_at = now()'))).toBe('let through');
  });

  test('nobody of another unit is sent on a round', async () => {
    const roundId = await roundAt(cast, cast.here, { from: '07:10', until: '07:20' });
    const send = (memberId: string) =>
      as(
        cast,
        'organiser',
        cast.here,
        (tx) => tx`insert into visit_round_helper (id, round_id, area_id, member_id, who_id, starts_at, ends_at)
          values (${newId()}, ${roundId}, ${cast.here.villageId}, ${memberId}, ${memberId}, now(), now())`,
      );
    expect(await refusedBy(() => send(cast.there.memberId))).toBe('42501');
    expect(await refusedBy(() => send(cast.here.memberId))).toBe('let through');
  });
});
