import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { cancelEnrolment } from '@/lib/enrolment/commands';
import { isRefusal } from '@/lib/kernel/result';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { asResident, form, openClass, resident, send, standingOf } from './scene';

let cast: Cast;

beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const cancel = (code: string) => asResident((tx) => cancelEnrolment(tx, resident, { code }, 'resident'));
const enrolled = (outcomes: Awaited<ReturnType<typeof send>>[]) =>
  outcomes.map((outcome) => {
    if (isRefusal(outcome)) throw new Error(outcome.refused);
    return outcome;
  });

describe('seats', () => {
  it('are decided by rows no trigger touches before: behind one, what an update returns of the old row is stale', async () => {
    const before = await cast.owner`
      select tgrelid::regclass::text, tgname from pg_trigger
      where tgrelid in ('class'::regclass, 'enrolment'::regclass) and not tgisinternal and tgtype & 1 = 1 and tgtype & 2 = 2 and tgtype & 16 = 16`;
    expect(before).toEqual([]);
  });

  it('one seat goes to exactly one of 200 who ask at once, 20 times over', async () => {
    for (let round = 0; round < 20; round += 1) {
      const classId = await openClass(cast, cast.here, 1);
      const outcomes = enrolled(await Promise.all(Array.from({ length: 200 }, () => send(form(classId, cast.here)))));
      expect(outcomes.filter(({ status }) => status === 'confirmed')).toHaveLength(1);
      expect(outcomes.filter(({ status }) => status === 'waitlisted')).toHaveLength(199);
      expect(await standingOf(cast.owner, classId)).toEqual({
        capacity: 1,
        seatsConfirmed: 1,
        waiting: 199,
        confirmedRows: 1,
        waitingRows: 199,
      });
    }
  }, 120_000);

  it('cancelled all at once by 50, go to the 50 who waited first, and no seat is left idle', async () => {
    const classId = await openClass(cast, cast.here, 50);
    const seated = enrolled(await Promise.all(Array.from({ length: 50 }, () => send(form(classId, cast.here)))));
    const waiting = [];
    for (let n = 0; n < 60; n += 1) waiting.push(...enrolled([await send(form(classId, cast.here))]));
    const outcomes = await Promise.all(seated.map(({ code }) => cancel(code)));
    expect(outcomes.filter(isRefusal)).toEqual([]);
    expect(await standingOf(cast.owner, classId)).toMatchObject({ seatsConfirmed: 50, waiting: 10, confirmedRows: 50 });
    const promoted = await cast.owner<{ code: string }[]>`
      select code from enrolment where class_id = ${classId} and status = 'confirmed'`;
    expect(new Set(promoted.map(({ code }) => code))).toEqual(new Set(waiting.slice(0, 50).map(({ code }) => code)));
    const [events] = await cast.owner<{ count: number }[]>`
      select count(*)::integer from enrolment_event v join enrolment e on e.id = v.enrolment_id
      where e.class_id = ${classId} and v.channel = 'promotion'`;
    expect(events?.count).toBe(50);
  });

  it('stay within capacity and in step with the rows while people come and go at once', async () => {
    const classId = await openClass(cast, cast.here, 7);
    let codes = enrolled(await Promise.all(Array.from({ length: 30 }, () => send(form(classId, cast.here))))).map(
      ({ code }) => code,
    );
    for (let round = 0; round < 4; round += 1) {
      const leaving = codes.filter((_, index) => index % 3 === round % 3);
      const [left, came] = await Promise.all([
        Promise.all(leaving.map(cancel)),
        Promise.all(Array.from({ length: 8 }, () => send(form(classId, cast.here)))),
      ]);
      expect(left.filter(isRefusal)).toEqual([]);
      codes = [...codes.filter((code) => !leaving.includes(code)), ...enrolled(came).map(({ code }) => code)];
      const now = await standingOf(cast.owner, classId);
      expect(now.seatsConfirmed).toBe(Math.min(7, codes.length));
      expect(now.confirmedRows).toBe(now.seatsConfirmed);
      expect(now.waitingRows).toBe(now.waiting);
      expect(now.waiting).toBe(codes.length - now.seatsConfirmed);
    }
  });

  it('are promoted by who missed two waiting lists, then by who has waited longest', async () => {
    const who = { fullName: 'Trần Thị Lỡ', phone: '+84912000077' };
    for (let list = 0; list < 2; list += 1) {
      const missed = await openClass(cast, cast.here, 1);
      enrolled([await send(form(missed, cast.here)), await send(form(missed, cast.here, who))]);
      await cast.owner`update class set first_starts_at = now() - interval '2 days', last_ends_at = now() - interval '1 day' where id = ${missed}`;
    }
    const classId = await openClass(cast, cast.here, 1);
    const codes: string[] = [];
    for (let n = 0; n < 4; n += 1)
      codes.push(...enrolled([await send(form(classId, cast.here, n === 3 ? who : {}))]).map((one) => one.code));
    const [seated = '', first = '', second = '', favoured = ''] = codes;
    const order: string[] = [];
    for (const code of [seated, favoured, first]) {
      expect(await cancel(code)).toEqual({ classId, promoted: 1 });
      const [row] = await cast.owner<{ code: string }[]>`
        select code from enrolment where class_id = ${classId} and status = 'confirmed'`;
      order.push(row?.code ?? '');
    }
    expect(order).toEqual([favoured, first, second]);
  });

  it('left idle beside a queue go to the queue, not to the newcomer', async () => {
    const classId = await openClass(cast, cast.here, 1);
    await send(form(classId, cast.here));
    const [waiting] = enrolled([await send(form(classId, cast.here))]);
    await cast.owner`update class set capacity = 2 where id = ${classId}`;
    const [newcomer] = enrolled([await send(form(classId, cast.here))]);
    expect(newcomer?.status).toBe('waitlisted');
    const [row] = await cast.owner<
      { status: string }[]
    >`select status from enrolment where code = ${waiting?.code ?? ''}`;
    expect(row?.status).toBe('confirmed');
    expect(await standingOf(cast.owner, classId)).toMatchObject({ seatsConfirmed: 2, waiting: 1 });
  });

  it('cannot be given back twice: 20 cancels of one slip free one seat', async () => {
    const classId = await openClass(cast, cast.here, 2);
    const [one] = enrolled([await send(form(classId, cast.here)), await send(form(classId, cast.here))]);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => cancel(one?.code ?? '')));
    expect(outcomes.filter((outcome) => !isRefusal(outcome))).toHaveLength(1);
    expect(await standingOf(cast.owner, classId)).toMatchObject({ seatsConfirmed: 1, confirmedRows: 1, waiting: 0 });
  });

  it('whoever waits can leave the queue as easily', async () => {
    const classId = await openClass(cast, cast.here, 1);
    const [, waiting] = enrolled([await send(form(classId, cast.here)), await send(form(classId, cast.here))]);
    expect(await cancel(waiting?.code ?? '')).toEqual({ classId, promoted: 0 });
    expect(await standingOf(cast.owner, classId)).toMatchObject({ seatsConfirmed: 1, waiting: 0, waitingRows: 0 });
  });
});
