import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../db/capabilities';
import { closePool } from '../../lib/access/scoped';
import { addDays, dayOf, timeOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { taskBoard } from '../../lib/task/board';
import { tasksOf } from '../../lib/task/queries';
import { taskList } from '../../lib/task/schema';
import { askNumber } from '../../lib/visit/checking';
import {
  askForVisit,
  forgetMet,
  matchNewPerson,
  matchRequest,
  metOnRound,
  recordOutcome,
} from '../../lib/visit/commands';
import { homesOf, placesOn } from '../../lib/visit/queries';
import { mostADay } from '../../lib/visit/rules';
import { helpForm, metForm } from '../../lib/visit/schema';
import { as } from '../desk/scene';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';
import { neighbour, pair, roundAt, said } from './scene';

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

const today = dayOf(new Date());
const going = (more: { day?: string; from?: string; until?: string } = {}) =>
  roundAt(cast, cast.here, { members: [own], ...more });
const form = (roundId: string, more: Record<string, string> = {}) =>
  metForm.parse({
    roundId,
    area: String(cast.here.villageId),
    fullName: 'Hồ Thị Bên Đường',
    needs: 'phone',
    consent: 'on',
    consentVersion: '2',
    formKey: newId(),
    ...more,
  });
const meet = (met: ReturnType<typeof form>, role: Role = 'helper', place: Place = cast.here, now = new Date()) =>
  as(cast, role, place, (tx, caller) => metOnRound(tx, met, caller, now));
const made = async (met: ReturnType<typeof form>) => {
  const done = await meet(met);
  if (!('id' in done)) throw new Error(`refused: ${JSON.stringify(done)}`);
  return done.id;
};
const countOf = async (roundId: string) =>
  (await cast.owner<{ count: number }[]>`select count(*)::int as count from visit where round_id = ${roundId}`)[0]
    ?.count;

describe('somebody met on a round whom nobody named before', () => {
  test('is a home of it, told its number face to face, once however often it is sent', async () => {
    const roundId = await going(
      timeOf(new Date()) < '12:00' ? { from: '00:10', until: '12:00' } : { from: '12:00', until: '23:50' },
    );
    const met = form(roundId);
    const all = await Promise.all(Array.from({ length: 10 }, () => meet(met)));
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
    const homes = await as(cast, 'helper', cast.here, (tx) => homesOf(tx, roundId));
    expect(homes).toMatchObject([{ fullName: 'Hồ Thị Bên Đường', needs: ['phone'], personId: null, outcome: null }]);
    expect(homes[0]?.toldAt).toBeInstanceOf(Date);
    const told = await cast.owner`select from message where visit_id = ${homes[0]?.id ?? ''}`;
    expect(told.count, 'nobody is to ring whom one stands before').toBe(0);
    const asked = await askNumber(
      'vi',
      { area: cast.here.villageId, pin: homes[0]?.pin ?? '' },
      '10.0.0.9',
      new Date(),
    );
    expect(asked.expected, `at ${timeOf(new Date())}`).not.toBeNull();
    const recorded = await as(cast, 'helper', cast.here, (tx, caller) =>
      recordOutcome(tx, said(homes[0]?.id ?? ''), caller, new Date()),
    );
    expect(recorded).not.toHaveProperty('refused');
  });

  test('only by who goes on that round or plans there, from its day for a week, in a village it goes to, as long as it has room', async () => {
    const roundId = await going();
    expect(await meet(form(roundId), 'helper', cast.there)).toEqual({ refused: 'notFound' });
    const others = await roundAt(cast, cast.here, { from: '00:40', until: '00:50' });
    expect(await meet(form(others)), 'a round of others').toEqual({ refused: 'notFound' });
    expect(await meet(form(others), 'organiser')).toHaveProperty('id');
    expect(await meet(form(roundId), 'desk_officer')).toEqual({ refused: 'notFound' });
    const ahead = await going({ day: addDays(today, 1) });
    expect(await meet(form(ahead))).toEqual({ refused: 'visitEarly' });
    const old = await going({ day: addDays(today, -8) });
    expect(await meet(form(old), 'organiser')).toEqual({ refused: 'visitLate' });
    expect(await meet(form(await going({ day: addDays(today, -6) })))).toHaveProperty('id');
    expect(await meet(form(roundId, { area: String(cast.there.villageId) }))).toEqual({
      refused: 'chooseVillage',
      field: 'area',
    });
    expect(await meet(form(roundId, { consentVersion: '9' }))).toEqual({ refused: 'consentChanged', field: 'consent' });
    expect(await countOf(roundId), 'nothing half written').toBe(0);
    for (let at = 0; at < 40; at += 1)
      await cast.owner`insert into visit (id, round_id, area_id, day, person_id, pin)
        select ${newId()}, id, area_id, day, ${await neighbour(cast, cast.here)}, ${String(2000 + at)} from visit_round where id = ${roundId}`;
    expect(await meet(form(roundId))).toEqual({ refused: 'roundFull' });
    await cast.owner`update visit_round set called_off_at = now() where id = ${others}`;
    expect(await meet(form(others), 'organiser')).toEqual({ refused: 'roundCalledOff' });
  });

  test('another’s key is no way to what they asked for, and uses up nobody’s day', async () => {
    const roundId = await going();
    const theirs = newId();
    await cast.owner`insert into visit_request (id, code, area_id, asked_by, full_name, needs, idempotency_key)
      values (${newId()}, 'HJKMNPQR', ${cast.there.villageId}, 'staff', 'Lê Thị Nơi Khác', '{other}', ${theirs})`;
    expect(await meet(form(roundId, { formKey: theirs }))).toEqual({ refused: 'notFound' });
    expect(await countOf(roundId)).toBe(0);
    for (let at = 0; at < mostADay.place; at += 1) await made(form(roundId));
    const help = helpForm.parse({
      area: String(cast.here.villageId),
      askedBy: 'self',
      fullName: 'Ai Đó',
      needs: 'phone',
      consent: 'on',
      consentVersion: '2',
      formKey: newId(),
    });
    expect(await as(cast, 'helper', cast.here, (tx) => askForVisit(tx, help, '10.0.0.7'))).toHaveProperty('code');
  });

  test('lives in the village the round goes to, or one that lies in it; of a round into the whole commune the village is asked for', async () => {
    const places = (area: number) => as(cast, 'helper', cast.here, (tx) => placesOn(tx, 'vi', area));
    expect((await places(cast.here.villageId)).map(({ id }) => id)).toEqual([cast.here.villageId]);
    const ofUnit = (await places(cast.here.unitId)).map(({ id }) => id);
    expect(ofUnit).toContain(cast.here.villageId);
    expect(ofUnit).not.toContain(cast.here.unitId);
  });
});

describe('who they are may be said after they were met', () => {
  let minute = 0;
  const metAndDone = async (outcome = 'done') => {
    minute += 2;
    const clock = (at: number) => `01:${String(at).padStart(2, '0')}`;
    const visitId = await made(form(await going({ from: clock(minute), until: clock(minute + 1) })));
    await as(cast, 'helper', cast.here, (tx, caller) =>
      recordOutcome(tx, said(visitId, { outcome, minutes: outcome === 'done' ? '20' : '' }), caller, new Date()),
    );
    const [row] = await cast.owner<{ requestId: string }[]>`select request_id from visit where id = ${visitId}`;
    return { visitId, requestId: row?.requestId ?? '' };
  };
  const personOf = async (visitId: string) =>
    (await cast.owner<{ personId: string | null }[]>`select person_id from visit where id = ${visitId}`)[0]?.personId;

  test('somebody known: the visit is theirs from then on; by nobody of another unit', async () => {
    const { visitId, requestId } = await metAndDone();
    const personId = await neighbour(cast, cast.here);
    const match = (place: Place) =>
      as(cast, 'organiser', place, (tx, caller) => matchRequest(tx, { requestId, personId }, caller));
    expect(await match(cast.there)).toEqual({ refused: 'notFound' });
    expect(await match(cast.here)).toEqual({ id: requestId });
    expect(await personOf(visitId)).toBe(personId);
    expect(await match(cast.here), 'said once').toEqual({ refused: 'notFound' });
  });

  test('somebody new is written down with their consent; not once the name is forgotten, nor of whoever refused', async () => {
    const { visitId, requestId } = await metAndDone();
    const write = (id: string) =>
      as(cast, 'organiser', cast.here, (tx, caller) =>
        matchNewPerson(
          tx,
          { requestId: id, keepPhone: false, how: 'oral' },
          { name: 'Hồ Thị Bên Đường', birthYear: null } as never,
          caller,
        ),
      );
    expect(await write(requestId)).toEqual({ id: requestId });
    expect(await personOf(visitId)).not.toBeNull();
    const forgotten = await metAndDone();
    await cast.owner`update visit_request set full_name = '' where id = ${forgotten.requestId}`;
    expect(await write(forgotten.requestId)).toEqual({ refused: 'notFound' });
    const refusing = await metAndDone('refused');
    expect(await write(refusing.requestId)).toEqual({ refused: 'notFound' });
  });

  test('until then it is a task of whoever plans there, with the days left, that leads to the request; told no name and nobody else', async () => {
    const { requestId } = await metAndDone();
    const tasks = (role: Role, place = cast.here, now = new Date()) =>
      as(cast, role, place, async (tx, caller) =>
        (await tasksOf(tx, 'vi', caller, {}, now)).filter(({ fact }) => fact === requestId),
      );
    const later = (days: number) => new Date(Date.now() + days * 86_400_000);
    expect(await tasks('organiser')).toMatchObject([
      {
        kind: 'met_unknown',
        state: 'open',
        overdue: false,
        personId: null,
        label: '29',
        goTo: `/manage/visits/requests/${requestId}`,
      },
    ]);
    expect(await tasks('organiser', cast.here, later(8))).toMatchObject([{ overdue: true, label: '21' }]);
    expect(await tasks('organiser', cast.here, later(29.5))).toMatchObject([{ state: 'open', label: '0' }]);
    expect(await tasks('organiser', cast.here, later(31))).toMatchObject([{ state: 'expired' }]);
    const board = await as(cast, 'organiser', cast.here, (tx, caller) =>
      taskBoard(tx, 'vi', caller, taskList.parse({ kind: 'met_unknown' }), new Date()),
    );
    expect(board.groups.find(({ id }) => id.endsWith(requestId))).toMatchObject({ fullName: null, phone: null });
    expect(await tasks('helper')).toEqual([]);
    expect(await tasks('organiser', cast.there)).toEqual([]);
    const personId = await neighbour(cast, cast.here);
    await as(cast, 'organiser', cast.here, (tx, caller) => matchRequest(tx, { requestId, personId }, caller));
    expect(await tasks('organiser')).toEqual([]);
  });

  test('whoever wants to be in no book is forgotten at once, by whoever plans there; the visit stays, and nothing is to be done', async () => {
    const { visitId, requestId } = await metAndDone();
    await cast.owner`update visit_outcome set words = 'Bà ở một mình' where visit_id = ${visitId}`;
    const forget = (role: Role = 'organiser', place: Place = cast.here, id = requestId) =>
      as(cast, role, place, (tx, caller) => forgetMet(tx, id, caller));
    expect(await forget('organiser', cast.there)).toEqual({ refused: 'notFound' });
    expect(await forget('helper')).toEqual({ refused: 'notFound' });
    const refusing = await metAndDone('refused');
    expect(await forget('organiser', cast.here, refusing.requestId), 'who said no, too').toEqual({
      id: refusing.requestId,
    });
    expect(await forget()).toEqual({ id: requestId });
    const [left] = await cast.owner`
      select q.full_name || coalesce(q.phone, '') || q.words || o.words as words, q.closed_because as because, v.person_id as "personId"
      from visit v join visit_request q on q.id = v.request_id join visit_outcome o on o.visit_id = v.id where v.id = ${visitId}`;
    expect(left).toEqual({ words: '', because: 'done', personId: null });
    expect(await forget(), 'said once').toEqual({ refused: 'notFound' });
    const late = said(visitId, { outcome: 'not_home', minutes: '', words: 'Bà đi chợ' });
    const recorded = await as(cast, 'helper', cast.here, (tx, caller) => recordOutcome(tx, late, caller, new Date()));
    expect(recorded, 'nothing more is written of them').toMatchObject({ refused: 'visitForgotten' });
    const known = await metAndDone();
    const personId = await neighbour(cast, cast.here);
    await as(cast, 'organiser', cast.here, (tx, caller) => matchRequest(tx, { ...known, personId }, caller));
    expect(await forget('organiser', cast.here, known.requestId), 'of somebody known').toEqual({ refused: 'notFound' });
  });
});
