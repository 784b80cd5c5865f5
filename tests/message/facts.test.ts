import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { cancelClass, cancelSession, restoreSession } from '@/lib/class/commands';
import { cancelEnrolment } from '@/lib/enrolment/commands';
import type { Channels, Letter } from '@/lib/message/channels';
import { planReminders } from '@/lib/message/planning';
import { sendDue } from '@/lib/message/worker';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { as, clockAt, dayAhead, group, move } from './scene';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
beforeEach(async () => {
  await cast.owner`delete from message`;
  await cast.owner`update class set status = 'closed' where status = 'published'`;
  await cast.owner`delete from message_budget`;
  sent.length = 0;
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

/** What went out by text message. */
const sent: Letter[] = [];
const channels: Channels = {
  sms: {
    dedupes: true,
    hand: async (letter) => {
      sent.push(letter);
      return { outcome: 'accepted', answer: '200' };
    },
  },
};
const [tomorrow, later] = [dayAhead(1), dayAhead(4)];
const clock = clockAt(tomorrow, '10:00');
const run = () => sendDue(channels, clock.now);
const messages = (more = cast.owner`true`) => cast.owner<{ purpose: string; state: string; why: string | null }[]>`
  select purpose, state, why from message where ${more} order by made_at, purpose, id`;
const staff = (what: 'off' | 'on', sessionId: string) =>
  as(cast, 'organiser', (tx, caller) =>
    what === 'off'
      ? cancelSession(tx, { sessionId, reason: 'Mưa lớn' }, caller)
      : restoreSession(tx, { sessionId }, caller),
  );
const callOff = (classId: string) =>
  as(cast, 'organiser', (tx, caller) => cancelClass(tx, { classId, reason: 'Bão số 12' }, caller));
const leave = (enrolmentId: string) =>
  as(cast, 'organiser', (tx, caller) => cancelEnrolment(tx, { caller, channel: 'staff' }, { enrolmentId }, 'bận'));
beforeEach(() => void clock.put('10:00', tomorrow));

describe('a change of sessions', () => {
  test('is a message to each with a place, in the transaction that makes it, and in none that is undone', async () => {
    const { classId } = await group(cast, cast.here, 3, [`${later}T09:00:00+07:00`]);
    await cast.owner
      .begin(async (tx) => {
        await tx`update class_session set starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour' where class_id = ${classId}`;
        expect(await tx`select from message`).toHaveLength(3);
        throw new Error('undone');
      })
      .catch(() => undefined);
    expect(await messages()).toEqual([]);
    await move(cast.owner, [classId], 1);
    expect(await messages()).toHaveLength(3);
    await run();
    expect(sent).toHaveLength(3);
    expect(sent[0]?.text).toMatch(
      /lớp “.+” đổi lịch\. Buổi .+ 09:00 chuyển sang .+ 10:00, tại Nhà văn hóa Báo Tin, Thôn Báo Tin\./,
    );
  });

  test('of eight sessions is one message, and the second one tells only what is new since', async () => {
    const days = Array.from({ length: 8 }, (_one, nth) => `${dayAhead(4 + nth)}T09:00:00+07:00`);
    const { classId, sessionIds } = await group(cast, cast.here, 1, days);
    await move(cast.owner, [classId], 1);
    expect(await messages()).toHaveLength(1);
    await run();
    expect(sent[0]?.text).toMatch(/Còn 2 buổi nữa cũng đổi/);
    await staff('off', sessionIds[7] ?? '');
    await run();
    expect(sent).toHaveLength(2);
    expect(sent[1]?.text).toMatch(/đổi lịch\. Buổi [^.]+ nghỉ\. Hỏi về lớp: /);
    expect(sent[1]?.text).not.toMatch(/chuyển sang/);
  });

  test('that is taken back before anybody was told is told to nobody; taken back after, it is', async () => {
    const { classId, sessionIds } = await group(cast, cast.here, 2, [`${later}T09:00:00+07:00`]);
    await move(cast.owner, [classId], 1);
    await move(cast.owner, [classId], -1);
    await run();
    clock.pass(2);
    await run();
    expect(sent).toEqual([]);
    expect(await messages()).toEqual(
      Array.from({ length: 4 }, () => ({ purpose: 'change', state: 'withdrawn', why: 'nothingNew' })),
    );
    await staff('off', sessionIds[0] ?? '');
    await run();
    await staff('on', sessionIds[0] ?? '');
    await run();
    expect(sent.map(({ text }) => /nghỉ\.|vẫn học/.exec(text)?.[0])).toEqual(['nghỉ.', 'nghỉ.', 'vẫn học', 'vẫn học']);
  });

  test('made twice before it is told is one message, with both', async () => {
    const { classId } = await group(cast, cast.here, 1, [`${later}T09:00:00+07:00`]);
    await move(cast.owner, [classId], 1);
    await move(cast.owner, [classId], 1);
    await run();
    clock.pass(2);
    await run();
    expect(sent).toHaveLength(1);
    expect(sent[0]?.text).toMatch(/09:00 chuyển sang .+ 11:00/);
  });

  test('is not told to who left, nor to who signed up after it', async () => {
    const { classId, enrolmentIds } = await group(cast, cast.here, 2, [`${later}T09:00:00+07:00`]);
    await move(cast.owner, [classId], 1);
    await leave(enrolmentIds[0] ?? '');
    await cast.owner`update enrolment set status_at = now() + interval '1 second' where id = ${enrolmentIds[1] ?? ''}`;
    await run();
    expect(sent).toEqual([]);
    expect((await messages()).map(({ why }) => why).toSorted()).toEqual(['leftClass', 'nothingNew']);
  });
});

describe('a class called off', () => {
  test('is one message each, with the reason, and what was to be said of its sessions falls away', async () => {
    const { classId } = await group(cast, cast.here, 2, [`${later}T09:00:00+07:00`, `${dayAhead(5)}T09:00:00+07:00`]);
    await callOff(classId);
    await run();
    expect(sent).toHaveLength(2);
    expect(sent[0]?.text).toMatch(/không mở nữa.+Lý do: Bão số 12\./);
    expect((await messages(cast.owner`purpose = 'change'`)).every(({ why }) => why === 'classOff')).toBe(true);
  });
});

describe('an offered place', () => {
  const offer = async (offerBy: 'slip' | 'call', until: string) => {
    const made = await group(cast, cast.here, 1, [`${later}T09:00:00+07:00`], { state: 'waitlisted' });
    await cast.owner`
      update enrolment set status = 'offered', offer_expires_at = ${until}::text::timestamptz, offer_by = ${offerBy} where class_id = ${made.classId}`;
    return made;
  };

  test('is told with the day until which it stands, and never after', async () => {
    await offer('slip', `${dayAhead(2)}T09:00:00+07:00`);
    await run();
    expect(sent[0]?.text).toMatch(/vừa có chỗ.+trả lời trước .+ 09:00/);
    await offer('slip', `${tomorrow}T09:30:00+07:00`);
    await run();
    expect(sent).toHaveLength(1);
    expect((await messages())[1]).toMatchObject({ state: 'expired' });
  });

  test('that was answered is not told of', async () => {
    const { classId } = await offer('slip', `${dayAhead(2)}T09:00:00+07:00`);
    await cast.owner`update enrolment set status = 'offer_declined', offer_expires_at = null, offer_by = null where class_id = ${classId}`;
    await run();
    expect(sent).toEqual([]);
    expect(await messages()).toEqual([{ purpose: 'offer', state: 'withdrawn', why: 'answered' }]);
  });

  test('near the start is asked by a call, whatever the portal could send', async () => {
    await offer('call', `${dayAhead(2)}T09:00:00+07:00`);
    await run();
    expect(sent).toEqual([]);
    expect(await messages()).toEqual([{ purpose: 'offer', state: 'to_call', why: 'callNow' }]);
  });
});

describe('a reminder', () => {
  const eve = dayAhead(3);

  test('goes out the evening before and in the morning of, once each, however often it is planned', async () => {
    await group(cast, cast.here, 2, [`${later}T09:00:00+07:00`]);
    clock.put('16:59', eve);
    expect(await planReminders(clock.now())).toBe(4);
    expect(await planReminders(clock.now())).toBe(0);
    await run();
    expect(sent).toEqual([]);
    clock.put('17:00', eve);
    await run();
    await run();
    expect(sent.map(({ text }) => /ngày mai|hôm nay/.exec(text)?.[0])).toEqual(['ngày mai', 'ngày mai']);
    expect(sent[0]?.notAfter).toEqual(new Date(`${eve}T20:59:00+07:00`));
    clock.put('06:59', later);
    await run();
    expect(sent).toHaveLength(2);
    clock.put('07:00', later);
    await run();
    expect(sent.slice(2).map(({ text }) => /ngày mai|hôm nay/.exec(text)?.[0])).toEqual(['hôm nay', 'hôm nay']);
  });

  test('says the time the session has by then; moved to another day it is withdrawn, and that day gets its own', async () => {
    const { classId } = await group(cast, cast.here, 1, [`${later}T09:00:00+07:00`]);
    clock.put('12:00', eve);
    await planReminders(clock.now());
    await move(cast.owner, [classId], 1);
    await cast.owner`delete from message where purpose = 'change'`;
    clock.put('17:00', eve);
    await run();
    expect(sent.map(({ text }) => /\d\d:\d\d, tại/.exec(text)?.[0])).toEqual(['10:00, tại']);
    await move(cast.owner, [classId], 24);
    await cast.owner`delete from message where purpose = 'change'`;
    clock.put('07:00', later);
    await planReminders(clock.now());
    await run();
    expect(sent).toHaveLength(1);
    expect(await messages(cast.owner`state = 'withdrawn'`)).toEqual([
      { purpose: 'morning', state: 'withdrawn', why: 'sessionMoved' },
    ]);
    clock.put('17:30', later);
    await run();
    expect(sent).toHaveLength(2);
  });

  test('of a session called off, of who left, of who said they cannot come, of a place that is not confirmed, is not sent', async () => {
    const [off, left, excused] = await Promise.all(
      [1, 2, 3].map(() => group(cast, cast.here, 1, [`${later}T09:00:00+07:00`])),
    );
    clock.put('12:00', eve);
    expect(await planReminders(clock.now())).toBe(6);
    await staff('off', off?.sessionIds[0] ?? '');
    await leave(left?.enrolmentIds[0] ?? '');
    await cast.owner`
      insert into attendance (session_id, person_id, area_id, state, by_default, marked_at, operation_id)
      values (${excused?.sessionIds[0] ?? ''}, ${excused?.personIds[0] ?? ''}, ${cast.here.villageId}, 'excused', false, now(), ${cast.here.operationId})`;
    await cast.owner`delete from message where purpose = 'change'`;
    clock.put('17:00', eve);
    await run();
    expect(sent).toEqual([]);
    expect((await messages(cast.owner`purpose = 'evening'`)).map(({ why }) => why).toSorted()).toEqual([
      'excused',
      'leftClass',
      'sessionOff',
    ]);
  });

  test('that could not go out in the evening is over, not sent at night', async () => {
    await group(cast, cast.here, 1, [`${later}T08:00:00+07:00`]);
    clock.put('12:00', eve);
    expect(await planReminders(clock.now())).toBe(1);
    clock.put('20:59', eve);
    await run();
    expect(sent).toEqual([]);
    clock.put('07:00', later);
    await run();
    expect(await messages()).toEqual([{ purpose: 'evening', state: 'expired', why: null }]);
  });
});

describe('quiet hours', () => {
  test('what is made in the evening goes out at seven', async () => {
    const { classId } = await group(cast, cast.here, 1, [`${later}T09:00:00+07:00`]);
    await move(cast.owner, [classId], 1);
    for (const [day, time] of [
      [tomorrow, '20:59'],
      [tomorrow, '21:00'],
      [tomorrow, '23:59'],
      [dayAhead(2), '03:00'],
      [dayAhead(2), '06:59'],
    ] as const) {
      clock.put(time, day);
      await run();
      expect(sent).toEqual([]);
    }
    clock.put('07:00', dayAhead(2));
    await run();
    expect(sent).toHaveLength(1);
    expect(sent[0]?.notAfter).toEqual(new Date(`${dayAhead(2)}T21:00:00+07:00`));
  });
});
