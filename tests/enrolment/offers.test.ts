import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asSystem, closePool, type Caller } from '@/lib/access/scoped';
import {
  answerOffer,
  changePlaces,
  moveEnrolment,
  noteNeed,
  overbook,
  promoteWhereDue,
} from '@/lib/enrolment/commands';
import { slipByCode } from '@/lib/enrolment/queries';
import { newId } from '@/lib/kernel/id';
import { classesToCall } from '@/lib/manage/queries';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';
import { asResident, asStaff, handsOf, openClass, resident } from './scene';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const { come, standing, leave, full } = handsOf(() => cast);
const answer = (code: string, yes: boolean) =>
  asResident((tx) => answerOffer(tx, resident, { code }, yes ? 'accept' : 'decline'));
const letTimePass = (code: string) =>
  cast.owner`update enrolment set offer_expires_at = now() - interval '1 second' where code = ${code}`;

async function organiser(place: Place) {
  const token = await cast.token('organiser', place);
  const [row] = await asStaff(token, (tx) => tx<{ caller: Caller }[]>`select caller()`);
  if (!row) throw new Error('no caller');
  return { token, actor: { caller: row.caller, channel: 'phone' } as const };
}

describe('a freed seat', () => {
  it('is offered for the hours of the class, and held meanwhile', async () => {
    const { classId, seated, queue } = await full(1);
    await leave(seated.code);
    expect(await standing(queue[0])).toMatchObject({
      status: 'offered',
      hours: 24,
      offerBy: 'slip',
      channel: 'promotion',
      why: 'turn',
    });
    expect((await come(classId)).status).toBe('waitlisted');
    const slip = await asResident((tx) => slipByCode(tx, 'vi', queue[0]));
    expect(slip).toMatchObject({ status: 'offered' });
    expect(slip?.answerBy).toBeInstanceOf(Date);
    expect(await answer(queue[0], true)).toMatchObject({ classId });
    expect(await answer(queue[0], true)).toMatchObject({ classId });
    expect(await standing(queue[0])).toMatchObject({ status: 'confirmed', channel: 'web', why: 'accepted' });
  });

  it('is never offered beyond the next session’s start', async () => {
    const { seated, queue } = await full(1, { hoursAhead: 10 });
    await leave(seated.code);
    expect(await standing(queue[0])).toMatchObject({ status: 'offered', hours: 10, offerBy: 'slip' });
  });

  it('is among the calls of today until it is answered or its time is over, for its own unit and for nobody else', async () => {
    const { classId, seated, queue } = await full(2, { hoursAhead: 2 });
    await leave(seated.code);
    const calls = async (place: Place, role: Parameters<Cast['token']>[0] = 'organiser', minutesOn = 0) => {
      const token = await cast.token(role, place);
      const found = await asStaff(token, (tx) => classesToCall(tx, 'vi', new Date(Date.now() + minutesOn * 60_000)));
      return found.filter((one) => one.id === classId);
    };
    expect(await calls(cast.here)).toMatchObject([{ offers: 1, callNow: 1, unconfirmed: 0 }]);
    expect(await calls(cast.there)).toEqual([]);
    expect(await calls(cast.here, 'unit_leader')).toEqual([]);
    await cast.owner`update enrolment set unconfirmed_until = now() + interval '1 hour' where code = ${queue[1]}`;
    expect(await calls(cast.here)).toMatchObject([{ offers: 1, callNow: 1, unconfirmed: 1 }]);
    expect(await calls(cast.here, 'organiser', 121)).toEqual([]);
  });

  it('within three hours of the start goes on the call list until the start, whatever the hours of the class', async () => {
    for (const offerHours of [0, 24]) {
      const { seated, queue, classId } = await full(2, { hoursAhead: 2, offerHours });
      await leave(seated.code);
      expect(await standing(queue[0])).toMatchObject({ status: 'offered', hours: 2, offerBy: 'call', channel: 'call' });
      const { token, actor } = await organiser(cast.here);
      const [row] = await cast.owner<
        { id: string; personId: string }[]
      >`select id, person_id from enrolment where code = ${queue[0]}`;
      const enrolmentId = row?.id ?? '';
      await asStaff(token, (tx) => answerOffer(tx, actor, { enrolmentId }, 'decline'));
      const [event] =
        await cast.owner`select account_id, on_behalf_of, channel, reason_code from enrolment_event where enrolment_id = ${enrolmentId} and to_status = 'offer_declined'`;
      expect(event).toEqual({
        accountId: actor.caller.accountId,
        onBehalfOf: row?.personId,
        channel: 'phone',
        reasonCode: 'declined',
      });
      expect(await standing(queue[1])).toMatchObject({ status: 'offered', offerBy: 'call' });
      expect(classId).toBeTruthy();
    }
  });

  it('goes on when the answer does not come: by the next act on the class, or by the look after all classes', async () => {
    const { seated, queue } = await full(3);
    await leave(seated.code);
    await letTimePass(queue[0]);
    expect((await asResident((tx) => slipByCode(tx, 'vi', queue[0])))?.status).toBe('offerGone');
    expect(await answer(queue[0], true)).toEqual({ refused: 'offerOver', kept: true });
    expect(await standing(queue[0])).toMatchObject({ status: 'offer_expired', why: 'expired' });
    expect(await standing(queue[1])).toMatchObject({ status: 'offered' });
    await letTimePass(queue[1]);
    expect(await promoteWhereDue()).toBe(1);
    expect(await promoteWhereDue()).toBe(0);
    expect(await standing(queue[1])).toMatchObject({ status: 'offer_expired' });
  });
});

describe('whoever may not have the seat', () => {
  it('is passed over, and the next is asked: merged away, or seated already by another record', async () => {
    const { classId, seated } = await full(0);
    const [gone, twice, next] = [await come(classId), await come(classId), await come(classId)];
    const personOf = async (code: string) => {
      const [row] = await cast.owner<{ id: string }[]>`select person_id as id from enrolment where code = ${code}`;
      return row?.id ?? '';
    };
    // Their other record sits in the class; their enrolments were not brought together.
    await cast.owner`update person set merged_into = ${await personOf(twice.code)} where id = ${await personOf(seated.code)}`;
    await cast.owner`update person set merged_into = ${cast.here.personId} where id = ${await personOf(gone.code)}`;
    await asSystem('test', (tx) =>
      changePlaces(tx, classId, { capacity: 2, held: 0, reservedPlaces: 0, reservedFor: null, offerHours: 24 }),
    );
    const states = await Promise.all([gone, twice, next].map(async ({ code }) => (await standing(code))?.status));
    expect(states).toEqual(['waitlisted', 'waitlisted', 'offered']);
  });

  it('past the last start nobody is promoted: there is nothing left to come to', async () => {
    const { classId, seated, queue } = await full(1);
    await cast.owner`update class_session set starts_at = now() - interval '10 minutes', ends_at = now() + interval '1 hour' where class_id = ${classId}`;
    await leave(seated.code);
    expect(await standing(queue[0])).toMatchObject({ status: 'waitlisted' });
  });
});

describe('the database itself', () => {
  it('refuses seats beyond the bound, whoever writes', async () => {
    const classId = await openClass(cast, cast.here, 1);
    const no = async (change: string) =>
      cast.owner.unsafe(`update class set ${change} where id = '${classId}'`).then(
        () => 'passed',
        (error: { constraint_name?: string }) => error.constraint_name,
      );
    expect(await no('seats_overbooked = 3')).toBe('class_overbooked_capped');
    expect(await no('seats_confirmed = 1, seats_offered = 1')).toBe('class_never_oversold');
    expect(await no("reserved_places = 1, reserved_for = 'over_60', seats_reserved = 1, seats_confirmed = 1")).toBe(
      'class_never_oversold',
    );
    expect(await no('reserved_places = 1')).toBe('class_reserved_whole');
  });
});

describe('kept places', () => {
  it('go to their group first, return to it when freed, and to everybody two days before', async () => {
    const classId = await openClass(cast, cast.here, 2, { hoursAhead: 96, reservedPlaces: 1, reservedFor: 'over_60' });
    const young = [await come(classId, { birthYear: 1990 }), await come(classId, { birthYear: 1990 })];
    expect(young.map(({ status }) => status)).toEqual(['confirmed', 'waitlisted']);
    const old = await come(classId, { birthYear: 1950 });
    expect(await standing(old.code)).toMatchObject({ status: 'confirmed', reserved: true });
    await leave(old.code);
    expect(await standing(young[1]?.code ?? '')).toMatchObject({ status: 'waitlisted' });
    const slip = await asResident((tx) => slipByCode(tx, 'vi', young[1]?.code ?? ''));
    expect(slip?.kept).toMatchObject({ places: 1, group: 'over_60', mine: false });
    await cast.owner`update class set first_starts_at = now() + interval '47 hours' where id = ${classId}`;
    expect(await promoteWhereDue()).toBe(1);
    expect(await standing(young[1]?.code ?? '')).toMatchObject({ status: 'confirmed', reserved: false });
  });

  it('for a need go to nobody but those who had it noted with a consent of its own', async () => {
    await cast.owner`insert into consent_text (purpose, version, body_vi, body_en, used_from) values ('need', 1, 'v', 'e', '2025-07-01') on conflict do nothing`;
    const classId = await openClass(cast, cast.here, 1, {
      hoursAhead: 96,
      reservedPlaces: 1,
      reservedFor: 'disability',
    });
    const one = await come(classId, { birthYear: 1950 });
    const other = await come(classId);
    expect([one.status, other.status]).toEqual(['waitlisted', 'waitlisted']);
    const { token, actor } = await organiser(cast.here);
    const note = (version: number) =>
      asStaff(token, (tx) =>
        noteNeed(tx, actor, { enrolmentId: other.enrolmentId, consentVersion: version, how: 'oral' }),
      );
    expect(await note(7)).toEqual({ refused: 'consentChanged', field: 'consent' });
    expect(await note(1)).toEqual({ classId });
    expect(await standing(other.code)).toMatchObject({ status: 'confirmed', reserved: true, why: 'turn_group' });
    expect(await standing(one.code)).toMatchObject({ status: 'waitlisted' });
    const [kept] = await cast.owner`select n.kind, c.purpose from person_need n join consent c on c.id = n.consent_id`;
    expect(kept).toEqual({ kind: 'disability', purpose: 'need' });
    expect(await asStaff(token, (tx) => tx`select from person_need`)).toHaveLength(0);
  });

  it('set anew count those of the group who sit already', async () => {
    const classId = await openClass(cast, cast.here, 3, { hoursAhead: 96 });
    await come(classId, { birthYear: 1950 });
    await asSystem('test', (tx) =>
      changePlaces(tx, classId, { capacity: 3, held: 0, reservedPlaces: 2, reservedFor: 'over_60', offerHours: 0 }),
    );
    const [row] = await cast.owner`select seats_reserved from class where id = ${classId}`;
    expect(row).toEqual({ seatsReserved: 1 });
  });
});

describe('staff', () => {
  it('overbook for a reason, two at most in a small class, and it is written down', async () => {
    const { token, actor } = await organiser(cast.here);
    const classId = await openClass(cast, cast.here, 1, { hoursAhead: 96 });
    const people = [await come(classId), await come(classId), await come(classId), await come(classId)];
    const take = (enrolmentId: string) =>
      asStaff(token, (tx) => overbook(tx, actor, { enrolmentId, reason: 'Ở xa, đã đến nơi' }));
    const answers = [];
    for (const { enrolmentId } of people.slice(1)) answers.push(await take(enrolmentId));
    expect(answers).toEqual([{ classId }, { classId }, { refused: 'overbookedFull' }]);
    const [event] =
      await cast.owner`select reason_code, reason from enrolment_event where enrolment_id = ${people[1]?.enrolmentId ?? ''} and to_status = 'confirmed'`;
    expect(event).toEqual({ reasonCode: 'overbooked', reason: 'Ở xa, đã đến nơi' });
    const [audit] =
      await cast.owner`select count(*)::integer as n from audit_event where action = 'enrolment.overbook' and area_id = ${cast.here.villageId}`;
    expect(audit).toEqual({ n: 2 });
    // Whoever leaves an overfull class makes it less full; nobody is promoted into the crowd.
    await leave(people[0]?.code ?? '');
    const [row] = await cast.owner`select seats_confirmed, seats_overbooked, waiting from class where id = ${classId}`;
    expect(row).toEqual({ seatsConfirmed: 2, seatsOverbooked: 1, waiting: 1 });
  });

  it('move somebody in one step, and the seat goes on', async () => {
    const { token, actor } = await organiser(cast.here);
    const { classId, seated, queue } = await full(1);
    const to = await openClass(cast, cast.here, 1, { hoursAhead: 96 });
    const move = { enrolmentId: seated.enrolmentId, toClassId: to, formKey: newId(), overbookReason: null };
    const moved = await asStaff(token, (tx) => moveEnrolment(tx, actor, move));
    expect(moved).toMatchObject({ classId: to, status: 'confirmed' });
    expect(await asStaff(token, (tx) => moveEnrolment(tx, actor, move))).toMatchObject({
      enrolmentId: 'enrolmentId' in moved ? moved.enrolmentId : '',
    });
    expect(await standing(seated.code)).toMatchObject({ status: 'moved' });
    expect(await standing(queue[0])).toMatchObject({ status: 'offered' });
    expect(classId).not.toBe(to);
  });

  it('do nothing of it in another unit', async () => {
    const { token, actor } = await organiser(cast.there);
    const { seated, queue } = await full(1);
    await leave(seated.code);
    const [row] = await cast.owner<{ id: string }[]>`select id from enrolment where code = ${queue[0]}`;
    const enrolmentId = row?.id ?? '';
    const no = { refused: 'notFound' };
    expect(await asStaff(token, (tx) => answerOffer(tx, actor, { enrolmentId }, 'accept'))).toEqual(no);
    expect(await asStaff(token, (tx) => overbook(tx, actor, { enrolmentId, reason: 'x' }))).toEqual(no);
    expect(await asStaff(token, (tx) => noteNeed(tx, actor, { enrolmentId, consentVersion: 1, how: 'oral' }))).toEqual(
      no,
    );
    const move = { enrolmentId, toClassId: cast.there.classId, formKey: newId(), overbookReason: null };
    expect(await asStaff(token, (tx) => moveEnrolment(tx, actor, move))).toEqual(no);
    const mine = { ...move, enrolmentId: cast.there.enrolmentId, toClassId: cast.here.classId };
    expect(await asStaff(token, (tx) => moveEnrolment(tx, actor, mine))).toEqual({ ...no, field: 'toClassId' });
    expect(await standing(queue[0])).toMatchObject({ status: 'offered' });
  });
});
