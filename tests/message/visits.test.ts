import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { newId } from '@/lib/kernel/id';
import { recordOutcome } from '@/lib/message/commands';
import type { Channels, Letter } from '@/lib/message/channels';
import { planReminders } from '@/lib/message/planning';
import { callList, callsOpen } from '@/lib/message/queries';
import type { CallOutcome } from '@/lib/message/schema';
import { askAfterSent } from '@/lib/message/sending';
import { sendDue } from '@/lib/message/worker';
import { callOffRound, putOnRound, rungBack, takeOffRound, tellNumber } from '@/lib/visit/commands';
import { homeOn, neighbour, roundAt } from '../visit/scene';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';
import { as, clockAt, dayAhead } from './scene';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});
const [tomorrow, day, later, last] = [dayAhead(1), dayAhead(5), dayAhead(8), dayAhead(12)];
const clock = clockAt(tomorrow, '10:00');
const sent: Letter[] = [];
let answers: 'accepted' | 'refused' | 'unknown' = 'accepted';
const channels: Channels = {
  sms: {
    dedupes: false,
    hand: async (letter) => {
      sent.push(letter);
      return { outcome: answers, answer: '200' };
    },
  },
};
const run = () => sendDue(channels, clock.now);
beforeEach(async () => {
  await cast.owner`delete from message`;
  await cast.owner`delete from message_budget`;
  sent.length = 0;
  answers = 'accepted';
  clock.put('10:00', tomorrow);
});

/** Somebody of the village who agreed to text messages, by this version of the words; or who has a phone alone. */
async function resident({ agreed = 2 as number | null, place = cast.here, relative = false } = {}): Promise<string> {
  const personId = await neighbour(cast, place);
  const consentId = newId();
  const phone = `+849${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;
  await cast.owner`insert into person_phone (person_id, phone, belongs_to) values (${personId}, ${phone}, ${relative ? 'relative' : 'self'})`;
  await cast.owner`insert into consent (person_id, purpose, text_version, given, how) values (${personId}, 'class', 1, true, 'self')`;
  if (agreed === null) return personId;
  await cast.owner`insert into consent (id, person_id, purpose, text_version, given, how) values (${consentId}, ${personId}, 'message', ${agreed}, true, 'oral')`;
  await cast.owner`insert into message_choice (person_id, consent_id, sms) values (${personId}, ${consentId}, true)`;
  return personId;
}
const roundOn = (on = day) => roundAt(cast, cast.here, { day: on, from: '08:00', until: '10:00' });
const organiser = <R extends object>(
  work: Parameters<typeof as<R>>[2],
  place: Place = cast.here,
): ReturnType<typeof as<R>> => as(cast, 'organiser', work, place);
const put = (roundId: string, personId: string) =>
  organiser((tx, caller) => putOnRound(tx, { roundId, homes: [`p:${personId}`] }, caller, new Date()));
const marks = async (visitId: string) => {
  const [row] = await cast.owner<
    { told: boolean; by: boolean; back: boolean }[]
  >`select told_at is not null as told, told_by is not null as by, rung_back_at is not null as back from visit where id = ${visitId}`;
  return row;
};
const states = (visitId: string) =>
  cast.owner<{ purpose: string; state: string; why: string | null }[]>`
    select purpose, state, why from message where visit_id = ${visitId} order by made_at, purpose desc`;
const list = (role: 'organiser' | 'helper' = 'organiser', place = cast.here) =>
  as(
    cast,
    role,
    async (tx) => ({
      lines: await callList(tx, 'vi', { class: undefined, page: 1 }, clock.now()),
      open: await callsOpen(tx, clock.now()),
    }),
    place,
  );
const call = async (
  outcome: CallOutcome,
  purpose = 'visit',
  role: 'organiser' | 'helper' = 'organiser',
  place = cast.here,
) => {
  const [row] = await cast.owner<
    { id: string }[]
  >`select id from message where purpose = ${purpose} and state = 'to_call'`;
  return as(
    cast,
    role,
    (tx, caller) => recordOutcome(tx, { messageId: row?.id ?? newId(), outcome }, caller, clock.now()),
    place,
  );
};
const home = async (who: Parameters<typeof resident>[0] = {}, on = day) => {
  const personId = await resident(who);
  const roundId = await roundOn(on);
  const visitId = await homeOn(cast, cast.here, roundId, { personId });
  return { personId, roundId, visitId };
};

describe('the day of a visit', () => {
  test('is told once, to who agreed to be told of visits, with the number and nothing of the household; the mark follows', async () => {
    const personId = await resident();
    const roundId = await roundOn();
    expect(await put(roundId, personId)).toEqual({ id: roundId });
    const [row] = await cast.owner<{ id: string; pin: string; fullName: string }[]>`
      select v.id, v.pin, p.full_name from visit v join person p on p.id = v.person_id where v.round_id = ${roundId}`;
    expect(await marks(row?.id ?? '')).toMatchObject({ told: false });
    await run();
    await run();
    expect(sent).toHaveLength(1);
    expect(sent[0]?.text).toMatch(/^Cầm Tay báo cô bác: .+, 08:00 – 10:00, .+ đến nhà\./);
    expect(sent[0]?.text).toContain(`phải nói đúng số ${row?.pin}`);
    expect(sent[0]?.text).not.toContain(row?.fullName);
    expect(sent[0]?.text).not.toContain('Xóm');
    expect(await marks(row?.id ?? '')).toEqual({ told: true, by: false, back: false });
  });

  test.each([
    ['of classes alone', { agreed: 1 }],
    ['to nothing', { agreed: null }],
  ])(
    'who agreed %s is called, by whoever plans there and by nobody else; the outcome is the mark',
    async (_what, who) => {
      const { visitId } = await home(who);
      await run();
      expect(sent).toEqual([]);
      expect(await list()).toMatchObject({
        open: 1,
        lines: [{ purpose: 'visit', why: 'notAgreed', phone: expect.any(String) }],
      });
      expect(await list('helper')).toEqual({ open: 0, lines: [] });
      expect(await list('organiser', cast.there)).toEqual({ open: 0, lines: [] });
      expect(await call('reached', 'visit', 'helper')).toEqual({ refused: 'notFound' });
      expect(await call('reached', 'visit', 'organiser', cast.there)).toEqual({ refused: 'notFound' });
      expect(await marks(visitId)).toMatchObject({ told: false });
      await call('reached');
      expect(await marks(visitId)).toEqual({ told: true, by: true, back: false });
      expect(await list()).toEqual({ open: 0, lines: [] });
    },
  );

  test('marked as told on the round is told on the list too, once', async () => {
    const { visitId } = await home({ agreed: null });
    await run();
    await organiser((tx, caller) => tellNumber(tx, { visitId }, caller, clock.now()));
    await organiser((tx, caller) => tellNumber(tx, { visitId }, caller, clock.now()));
    expect(await list()).toEqual({ open: 0, lines: [] });
    expect(await states(visitId)).toMatchObject([{ purpose: 'visit', state: 'told' }]);
    expect(await cast.owner`select from message_call`).toHaveLength(1);
    // Before anything went out, too.
    const other = await home();
    await organiser((tx, caller) => tellNumber(tx, { visitId: other.visitId }, caller, clock.now()));
    await run();
    expect(sent).toEqual([]);
    expect(await marks(other.visitId)).toMatchObject({ told: true, by: true });
  });

  test('a relative’s phone is told to pass it on, without a name', async () => {
    await home({ relative: true });
    await run();
    expect(sent[0]?.text).toMatch(/^Cầm Tay nhờ báo giúp người nhà: /);
  });

  test('who asked and is not known is rung at the number they gave, never written to; a wrong one is said', async () => {
    const requestId = newId();
    await cast.owner`insert into visit_request (id, code, area_id, asked_by, full_name, phone, phone_of, needs, consent_version, idempotency_key)
      values (${requestId}, ${newId().slice(0, 8)}, ${cast.here.villageId}, 'self', 'Trần Văn Nhờ', '+84911222333', 'self', '{phone}', 2, ${newId()})`;
    await homeOn(cast, cast.here, await roundOn(), { requestId });
    await run();
    expect(sent).toEqual([]);
    expect(await list()).toMatchObject({
      lines: [{ fullName: 'Trần Văn Nhờ', phone: '+84911222333', personId: null, wrongNumber: false }],
    });
    await call('wrong_number');
    expect(await list()).toMatchObject({ lines: [{ wrongNumber: true }] });
    await call('no_calls');
    expect(await list()).toEqual({ open: 0, lines: [] });
  });

  test.each([
    [
      'died',
      "insert into person_pause (id, person_id, area_id, reason, at) values (gen_random_uuid(), $1, $2, 'died', now())",
    ],
    [
      'moved',
      "insert into person_pause (id, person_id, area_id, reason, at) values (gen_random_uuid(), $1, $2, 'moved', now())",
    ],
    [
      'are paused',
      "insert into person_pause (id, person_id, area_id, reason, until, at) values (gen_random_uuid(), $1, $2, 'away', now() + interval '40 days', now())",
    ],
    ['withdrew', 'update consent set withdrawn_at = now() where person_id = $1 and $2::int is not null'],
  ])('none to who %s meanwhile, and none that nobody comes', async (_who, statement) => {
    const { personId, roundId, visitId } = await home();
    await cast.owner.unsafe(statement, [personId, cast.here.villageId]);
    await run();
    await organiser((tx, caller) => callOffRound(tx, { roundId }, caller, new Date()));
    clock.pass(20);
    await run();
    expect(sent).toEqual([]);
    expect((await states(visitId)).map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn']);
  });

  test('what came back as undelivered told nobody: the mark goes, and somebody calls', async () => {
    const { visitId } = await home();
    await run();
    expect(await marks(visitId)).toMatchObject({ told: true });
    clock.pass(11);
    await askAfterSent(
      { sms: { dedupes: false, hand: async () => ({ outcome: 'accepted', answer: '' }), ask: async () => 'failed' } },
      clock.now(),
    );
    expect(await marks(visitId)).toMatchObject({ told: false });
    await run();
    expect(await list()).toMatchObject({ lines: [{ purpose: 'visit', why: 'refused' }] });
  });
});

describe('nobody comes', () => {
  test('is told to who was told, by machine or by a call; who knew nothing is told nothing', async () => {
    const roundId = await roundOn();
    const [one, other] = [await resident(), await resident({ agreed: null })];
    const [visit, second] = [
      await homeOn(cast, cast.here, roundId, { personId: one }),
      await homeOn(cast, cast.here, roundId, { personId: other }),
    ];
    await run();
    await organiser((tx, caller) => callOffRound(tx, { roundId }, caller, new Date()));
    clock.pass(20);
    await run();
    expect(sent.map(({ text }) => text.slice(0, 60))).toHaveLength(2);
    expect(sent[1]?.text).toMatch(/không có ai của .+ đến nhà nữa/);
    expect(await marks(visit)).toMatchObject({ told: true, back: true });
    expect(await states(second)).toEqual([
      { purpose: 'visit', state: 'withdrawn', why: 'visitOff' },
      { purpose: 'visit_off', state: 'withdrawn', why: 'notTold' },
    ]);
  });

  test('of a home taken off the round: called, and ticked on either page once', async () => {
    const { roundId, visitId } = await home({ agreed: null });
    await run();
    await call('reached');
    await organiser((tx, caller) => takeOffRound(tx, { visitId }, caller, new Date()));
    clock.pass(20);
    await run();
    expect(await list()).toMatchObject({ open: 1, lines: [{ purpose: 'visit_off', roundId }] });
    await call('reached', 'visit_off');
    expect(await marks(visitId)).toEqual({ told: true, by: true, back: true });
    const off = await home({ agreed: null });
    await run();
    await call('by_hand');
    await organiser((tx, caller) => callOffRound(tx, { roundId: off.roundId }, caller, new Date()));
    clock.pass(20);
    await run();
    // The round names it on the day's page; the list of calls holds it, and does not count it again.
    expect(await list()).toMatchObject({ open: 0, lines: [{ purpose: 'visit_off' }] });
    await organiser((tx, caller) => rungBack(tx, { visitId: off.visitId }, caller, clock.now()));
    expect(await list()).toEqual({ open: 0, lines: [] });
    expect(await states(off.visitId)).toMatchObject([{ state: 'told' }, { state: 'told' }]);
  });

  test('and somebody comes on another day is one message, which settles both', async () => {
    const { personId, roundId, visitId } = await home();
    await run();
    await organiser((tx, caller) => callOffRound(tx, { roundId }, caller, new Date()));
    const next = await roundOn(later);
    await put(next, personId);
    clock.pass(20);
    await run();
    await run();
    expect(sent).toHaveLength(2);
    expect(sent[1]?.text).toMatch(/Hẹn cũ .+, 08:00 thì thôi, hôm đó không ai đến\./);
    expect(await marks(visitId)).toMatchObject({ back: true });
    clock.pass(20);
    await run();
    expect(await states(visitId)).toMatchObject([
      { state: 'sent' },
      { purpose: 'visit_off', state: 'withdrawn', why: 'nothingNew' },
    ]);
    expect(sent).toHaveLength(2);
  });

  test('is told where the first message may have got there', async () => {
    answers = 'unknown';
    const { roundId, visitId } = await home();
    await run();
    expect(await states(visitId)).toMatchObject([{ state: 'to_call', why: 'inDoubt' }]);
    answers = 'accepted';
    await organiser((tx, caller) => callOffRound(tx, { roundId }, caller, new Date()));
    clock.pass(20);
    await run();
    expect(sent.at(-1)?.text).toMatch(/đến nhà nữa/);
  });
});

describe('the evening before', () => {
  test('reminds who was told some time ago, by machine alone, and not who was told just now; never at night', async () => {
    const { visitId } = await home({}, last);
    const rung = await home({ agreed: null }, last);
    await run();
    await call('reached');
    const before = new Date(new Date(`${last}T12:00:00+07:00`).getTime() - 86_400_000);
    clock.put('15:00', before.toISOString().slice(0, 10));
    await planReminders(clock.now());
    await planReminders(clock.now());
    clock.pass(150);
    await run();
    expect(sent).toHaveLength(2);
    expect(sent[1]?.text).toMatch(/^Cầm Tay báo cô bác: ngày mai, .+ như đã hẹn\./);
    expect(await states(visitId)).toMatchObject([{ purpose: 'visit' }, { purpose: 'visit_soon', state: 'sent' }]);
    expect(await states(rung.visitId)).toHaveLength(1);
    // A home put on that same evening is told in the morning.
    clock.put('21:30', before.toISOString().slice(0, 10));
    const late = await home({}, last);
    await run();
    expect(sent).toHaveLength(2);
    clock.put('07:01', last);
    await run();
    expect(sent).toHaveLength(3);
    expect(await marks(late.visitId)).toMatchObject({ told: true });
  });
});
