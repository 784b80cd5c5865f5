import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { recordOutcome, recordOutcomes, setBudget } from '@/lib/message/commands';
import type { Channels } from '@/lib/message/channels';
import { budgetsOf, callList, callsOpen, messageCounts } from '@/lib/message/queries';
import { monthOf, type CallOutcome, type MessageChannel } from '@/lib/message/schema';
import { askAfterSent } from '@/lib/message/sending';
import { sendDue } from '@/lib/message/worker';
import { newId } from '@/lib/kernel/id';
import { askHelpers } from '@/lib/team/commands';
import { askInput } from '@/lib/team/schema';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { as, channelsAnswering, clockAt, dayAhead, group, move } from './scene';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});
const clock = clockAt(dayAhead(1), '10:00');
const at = `${dayAhead(4)}T09:00:00+07:00`;
beforeEach(async () => {
  await cast.owner`delete from message`;
  await cast.owner`delete from message_budget`;
  clock.put('10:00', dayAhead(1));
  went.length = 0;
});

const went: MessageChannel[] = [];
const answering = (answers: Parameters<typeof channelsAnswering>[0]) => channelsAnswering(answers, went);
const all = { zalo: 'accepted', sms: 'accepted', email: 'accepted' } as const;
const told = async (by: Parameters<typeof group>[4], channels: Channels, size = 1) => {
  const made = await group(cast, cast.here, size, [at], by);
  await move(cast.owner, [made.classId], 1);
  await sendDue(channels, clock.now);
  const rows = await cast.owner<{ id: string; state: string; why: string | null; channel: string | null }[]>`
    select id, state, why, channel from message where class_id = ${made.classId} order by made_at, id`;
  const [first] = rows;
  if (!first) throw new Error('no message');
  return { ...made, ...first, rows };
};
const stateOf = async (id: string) => {
  const [row] = await cast.owner<
    { state: string; why: string | null }[]
  >`select state, why from message where id = ${id}`;
  return row;
};
const call = (
  messageId: string,
  outcome: CallOutcome,
  role: 'organiser' | 'helper' | 'desk_officer' = 'helper',
  place = cast.here,
) => as(cast, role, (tx, caller) => recordOutcome(tx, { messageId, outcome }, caller, clock.now()), place);
const list = (role: 'helper' | 'organiser' | 'unit_leader', place = cast.here) =>
  as(
    cast,
    role,
    async (tx) => ({
      lines: await callList(tx, 'vi', { class: undefined, page: 1 }, clock.now()),
      open: await callsOpen(tx, clock.now()),
    }),
    place,
  );

describe('the ladder', () => {
  test.each([
    [{ zalo: true, sms: true, email: true }, all, 'zalo'],
    [{ zalo: false, sms: true, email: true }, all, 'sms'],
    [{ zalo: true, sms: true, email: true }, { email: 'accepted' }, 'email'],
    [{ zalo: true, sms: true, email: true, phone: false }, all, 'email'],
  ] as const)('of %j with %j goes by %s', async (agreed, held, by) => {
    expect(await told(agreed, answering(held))).toMatchObject({ state: 'sent', channel: by });
    expect(went).toEqual([by]);
  });

  test.each([
    [{ sms: true }, {}, 'noChannel'],
    [{ sms: false }, all, 'notAgreed'],
    [{ sms: true, phone: false }, all, 'noPhone'],
    [{ sms: true }, { sms: 'refused' }, 'refused'],
    [{ sms: true, email: true }, { sms: 'unknown', email: 'accepted' }, 'inDoubt'],
  ] as const)('of %j with %j ends on the list of calls: %s', async (agreed, held, why) => {
    expect(await told(agreed, answering(held))).toMatchObject({ state: 'to_call', why });
  });

  test('goes on down when a rung refuses, and never back up', async () => {
    const { state, channel } = await told(
      { zalo: true, sms: true, email: true },
      answering({ zalo: 'refused', sms: 'refused', email: 'accepted' }),
    );
    expect([state, channel, went]).toEqual(['sent', 'email', ['zalo', 'sms', 'email']]);
  });

  test('waits for a rung that is busy, a little longer each time, and goes on after five', async () => {
    const { id } = await told({ sms: true, email: true }, answering({ sms: 'later', email: 'accepted' }));
    for (let minute = 0; minute < 60; minute += 1) {
      clock.pass(1);
      await sendDue(answering({ sms: 'later', email: 'accepted' }), clock.now);
    }
    expect(went).toEqual(['sms', 'sms', 'sms', 'sms', 'sms', 'email']);
    expect(await stateOf(id)).toMatchObject({ state: 'sent' });
  });

  test('without a consent to be written to nobody is, whatever is ticked; nor once it is withdrawn', async () => {
    const made = await group(cast, cast.here, 1, [at], { sms: true });
    await cast.owner`update consent set withdrawn_at = now() where person_id = ${made.personIds[0] ?? ''} and purpose = 'message'`;
    await move(cast.owner, [made.classId], 1);
    await sendDue(answering(all), clock.now);
    expect(went).toEqual([]);
    const [row] = await cast.owner`select state, why from message where class_id = ${made.classId}`;
    expect(row).toEqual({ state: 'to_call', why: 'notAgreed' });
  });

  test('is asked after: delivered is known, what failed goes on down', async () => {
    const { rows } = await told({ sms: true, email: true }, answering(all), 2);
    clock.pass(11);
    const said = new Map(rows.map(({ id }, nth) => [id, nth === 0 ? ('delivered' as const) : ('failed' as const)]));
    const sms = {
      dedupes: true,
      hand: async () => ({ outcome: 'accepted', answer: '' }) as const,
      ask: async (key: string) => said.get(key) ?? null,
    };
    expect(await askAfterSent({ sms }, clock.now())).toBe(2);
    await sendDue(answering(all), clock.now);
    expect(await Promise.all(rows.map(({ id }) => stateOf(id)))).toMatchObject([
      { state: 'delivered' },
      { state: 'sent' },
    ]);
    expect(went).toEqual(['sms', 'sms', 'email']);
  });
});

describe('the budget', () => {
  const budget = (allowed: number) =>
    as(cast, 'province_admin', (tx, caller) =>
      setBudget(tx, { areaId: cast.here.unitId, month: monthOf(clock.now()), allowed }, caller),
    );
  const used = async () => {
    const [row] = await cast.owner<{ used: number }[]>`select used from message_budget`;
    return row?.used;
  };

  test('is never overdrawn, by ten at once; the rest goes by e-mail, which is free, or is called', async () => {
    await budget(25);
    const { rows } = await told({ zalo: true, sms: false }, {}, 1);
    expect(rows).toHaveLength(1);
    const made = await group(cast, cast.here, 60, [at], { zalo: true, sms: false });
    await move(cast.owner, [made.classId], 1);
    await Promise.all(Array.from({ length: 10 }, () => sendDue(answering(all), clock.now)));
    expect(went).toHaveLength(25);
    expect(await used()).toBe(25);
    const states =
      await cast.owner`select state, why, count(*)::integer as count from message where class_id = ${made.classId} group by 1, 2 order by 1`;
    expect(states).toEqual([
      { state: 'sent', why: null, count: 25 },
      { state: 'to_call', why: 'noBudget', count: 35 },
    ]);
    expect(await told({ zalo: true, email: true }, answering(all))).toMatchObject({ state: 'sent', channel: 'email' });
    expect(await used()).toBe(25);
  });

  test('gets back what was not taken, and counts the parts of a text message', async () => {
    await told({ sms: true }, answering({ sms: 'refused' }));
    expect(await used()).toBe(0);
    await told({ sms: true }, answering({ sms: 'accepted' }));
    expect(await used()).toBeGreaterThan(1);
  });

  test('is set by who keeps the tree of places, for units, and by nobody else', async () => {
    expect(await budget(10)).toMatchObject({ areaId: cast.here.unitId });
    const set = (role: 'organiser' | 'unit_leader' | 'province_admin', areaId: number) =>
      as(cast, role, (tx, caller) => setBudget(tx, { areaId, month: '2026-12', allowed: 5 }, caller));
    expect(await set('organiser', cast.here.unitId)).toEqual({ refused: 'notFound', field: 'areaId' });
    expect(await set('unit_leader', cast.here.unitId)).toEqual({ refused: 'notFound', field: 'areaId' });
    expect(await set('province_admin', cast.here.villageId)).toEqual({ refused: 'notFound', field: 'areaId' });
    const seen = await as(cast, 'organiser', async (tx) => ({
      rows: await budgetsOf(tx, 'vi', 'contact.read', clock.now()),
    }));
    expect(seen).toMatchObject({ rows: [{ areaId: cast.here.unitId, allowed: 10, used: 0, usual: false }] });
  });
});

describe('the list of calls', () => {
  test('shows number and words to those who run the class, and to nobody else', async () => {
    const { id } = await told({ sms: false }, {});
    expect(await list('helper')).toMatchObject({
      open: 1,
      lines: [
        {
          id,
          purpose: 'change',
          text: expect.stringMatching(/^Cầm Tay gửi Lê Thị Báo 0: lớp/),
          phone: expect.stringMatching(/^\+849/),
        },
      ],
    });
    for (const [role, place] of [
      ['organiser', cast.there],
      ['unit_leader', cast.here],
    ] as const)
      expect(await list(role, place)).toEqual({ open: 0, lines: [] });
    expect(await call(id, 'reached', 'organiser', cast.there)).toEqual({ refused: 'notFound' });
    expect(await call(id, 'reached', 'desk_officer')).toEqual({ refused: 'notFound' });
  });

  test.each(['reached', 'by_hand'] as const)(
    '%s: told, once however often it is pressed, with the words of that moment',
    async (outcome) => {
      const { id } = await told({ sms: false }, {});
      expect(await call(id, outcome)).toEqual({ messageId: id });
      expect(await call(id, outcome)).toEqual({ messageId: id });
      expect(await stateOf(id)).toMatchObject({ state: 'told' });
      expect(await cast.owner`select from message_call where message_id = ${id}`).toHaveLength(1);
      expect(
        await cast.owner`select from message where id = ${id} and values is not null and told_to is not null`,
      ).toHaveLength(1);
      expect(await call(id, 'no_answer', 'organiser')).toEqual({ refused: 'messageOver' });
    },
  );

  test('is one call each: whoever there is little time for first, all there is to tell somebody together', async () => {
    const { personIds, classId } = await told({ sms: false }, {}, 2);
    const [first, second] = personIds;
    // The second is told of another class as well, and it ends sooner: both of theirs before the first's.
    const soon = await group(cast, cast.here, 1, [`${dayAhead(3)}T15:00:00+07:00`], { sms: false });
    await cast.owner`update enrolment set person_id = ${second ?? ''} where class_id = ${soon.classId}`;
    await move(cast.owner, [soon.classId], 1);
    // A helper is asked for tomorrow: less urgent than a change, but there is little time.
    const near = await group(cast, cast.here, 1, [`${dayAhead(2)}T09:00:00+07:00`], { sms: false });
    const helper = newId();
    await cast.owner`insert into team_member (id, team_id, area_id, full_name, phone)
      values (${helper}, ${cast.here.teamId}, ${cast.here.unitId}, 'Hồ Văn Mai', '+84912000780')`;
    const asked = askInput.parse({ sessionId: near.sessionIds[0], members: [helper], role: 'helps', scope: 'one' });
    await as(cast, 'organiser', (tx, caller) => askHelpers(tx, asked, caller, new Date()));
    clock.pass(15);
    await sendDue({}, clock.now);
    const seen = await list('organiser');
    const order =
      'lines' in seen ? seen.lines.map((one) => [one.personId ?? one.fullName, one.purpose, one.classId]) : [];
    expect(order).toEqual([
      ['Hồ Văn Mai', 'ask', near.classId],
      [second, 'change', soon.classId],
      [second, 'change', classId],
      [first, 'change', classId],
    ]);
    // Whoever did not answer for the one is rung for the other later, too.
    const ofSecond = 'lines' in seen ? (seen.lines[1]?.id ?? '') : '';
    await call(ofSecond, 'no_answer', 'organiser');
    const after = await list('organiser');
    expect('lines' in after ? after.lines.map((one) => one.personId) : []).toEqual([null, first, second, second]);
  });

  test('no answer: stays, behind those not tried yet', async () => {
    const { rows } = await told({ sms: false }, {}, 3);
    const before = await list('helper');
    const first = 'lines' in before ? (before.lines[0]?.id ?? '') : '';
    await call(first, 'no_answer');
    const after = await list('helper');
    expect('lines' in after && after.lines.map(({ id }) => id).indexOf(first)).toBe(2);
    expect('lines' in after && after.lines[2]).toMatchObject({ tried: 1 });
    expect(rows).toHaveLength(3);
  });

  test('a wrong number is not rung or written to again, until they have another; the message stays', async () => {
    const { id, personIds, classId } = await told({ sms: true }, {});
    await call(id, 'wrong_number');
    expect(await list('helper')).toMatchObject({ lines: [{ id, wrongNumber: true }] });
    await cast.owner`update message set due_at = now()`;
    await move(cast.owner, [classId], 1);
    for (let minute = 0; minute < 3; minute += 1) {
      clock.pass(1);
      await sendDue(answering(all), clock.now);
    }
    expect(went).toEqual([]);
    await cast.owner`update person_phone set phone = '+84987654321' where person_id = ${personIds[0] ?? ''}`;
    await move(cast.owner, [classId], 1);
    for (let minute = 0; minute < 3; minute += 1) {
      clock.pass(1);
      await sendDue(answering(all), clock.now);
    }
    expect(went).toEqual(['sms']);
  });

  test('who asked not to be called is not on the list any more', async () => {
    const { id, classId } = await told({ sms: false }, {});
    await call(id, 'no_calls');
    expect(await stateOf(id)).toEqual({ state: 'unsent', why: 'noCalls' });
    await move(cast.owner, [classId], 1);
    await sendDue({}, clock.now);
    expect(await list('helper')).toEqual({ open: 0, lines: [] });
  });

  test('loses whoever needs not be told any more at once, and takes no outcome for them', async () => {
    const { id, enrolmentIds } = await told({ sms: false }, {});
    await cast.owner`update enrolment set status = 'cancelled' where id = ${enrolmentIds[0] ?? ''}`;
    expect(await list('helper')).toMatchObject({ lines: [] });
    expect(await call(id, 'reached')).toEqual({ refused: 'messageOver' });
    clock.pass(11);
    await sendDue({}, clock.now);
    expect(await stateOf(id)).toEqual({ state: 'withdrawn', why: 'leftClass' });
  });

  test('counts what is of one class, and of all', async () => {
    const { classId } = await told({ sms: false }, {}, 2);
    await told({ sms: true }, answering(all), 3);
    const counted = await as(cast, 'helper', async (tx) => ({
      one: await messageCounts(tx, classId, clock.now()),
      every: await messageCounts(tx, undefined, clock.now()),
    }));
    expect(counted).toMatchObject({ one: { call: 2, sent: 0 }, every: { call: 2, sent: 3 } });
  });
});

describe('one call', () => {
  const tell = (messageId: string[], outcome: CallOutcome, place = cast.here) =>
    as(cast, 'helper', (tx, caller) => recordOutcomes(tx, { messageId, outcome }, caller, clock.now()), place);
  const two = async () => (await told({ sms: false }, {}, 2)).rows.map(({ id }) => id);

  test('tells all that is to be told in it; what is over by then is left out, nothing left or not one’s own is refused', async () => {
    const [one = '', other = ''] = await two();
    await call(other, 'reached', 'organiser');
    expect(await tell([one, other], 'reached')).toEqual({ recorded: 1 });
    expect(await stateOf(one)).toMatchObject({ state: 'told' });
    const [third = ''] = await two();
    await call(third, 'by_hand', 'organiser');
    expect(await tell([third], 'reached')).toEqual({ refused: 'messageOver' });
    const more = await two();
    expect(await tell([...more, newId()], 'reached')).toEqual({ refused: 'notFound' });
    expect(await tell(more, 'reached', cast.there)).toEqual({ refused: 'notFound' });
  });

  test('stands first while there is little time, later otherwise, and last for two hours after nobody answered', async () => {
    const [one = '', other = ''] = await two();
    const turns = async () => {
      const found = await list('helper');
      return 'lines' in found ? Object.fromEntries(found.lines.map(({ id, turn }) => [id, turn])) : found;
    };
    await cast.owner`update message set expires_at = ${clock.now()}::timestamptz + interval '1 day' where id = ${one}`;
    await cast.owner`update message set expires_at = ${clock.now()}::timestamptz + interval '3 days' where id = ${other}`;
    expect(await turns()).toEqual({ [one]: 'first', [other]: 'later' });
    await tell([one], 'no_answer');
    expect(await turns()).toEqual({ [one]: 'again', [other]: 'later' });
    clock.pass(121);
    expect(await turns()).toMatchObject({ [one]: 'first' });
  });
});
