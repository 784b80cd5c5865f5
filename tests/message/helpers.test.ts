import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closePool, type RecordTx } from '@/lib/access/scoped';
import { newCardCode, newId } from '@/lib/kernel/id';
import { isRefusal } from '@/lib/kernel/result';
import { chooseAsHelper, chooseForHelper, chooseLess, recordOutcome } from '@/lib/message/commands';
import type { Channels, Letter } from '@/lib/message/channels';
import { callList, choiceOfMember, helperChoice, ownChoice } from '@/lib/message/queries';
import { memberChoiceInput } from '@/lib/message/schema';
import { sendDue } from '@/lib/message/worker';
import { answerAsk, askHelpers, withdrawAsk } from '@/lib/team/commands';
import { askInput, answerInput } from '@/lib/team/schema';
import { callOffRound, swapHelper } from '@/lib/visit/commands';
import { asHolder } from '../card/scene';
import { roundAt } from '../visit/scene';
import { setTheScene, type Cast } from '../support/cast';
import { testDatabase } from '../support/database';
import { as, clockAt, dayAhead, group, move } from './scene';

let cast: Cast;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});
const clock = clockAt(dayAhead(1), '10:00');
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
const run = async () => {
  clock.pass(15);
  await sendDue(channels, clock.now);
  // Of two to one helper the second is judged a minute later.
  clock.pass(2);
  await sendDue(channels, clock.now);
};
let days = 10;
beforeEach(async () => {
  await cast.owner`delete from message`;
  await cast.owner`delete from message_budget`;
  sent.length = 0;
  clock.put('10:00', dayAhead(1));
});

/** A member of the team here with a phone, who chose text messages or nothing. */
async function member(sms: boolean): Promise<string> {
  const id = newId();
  await cast.owner`insert into team_member (id, team_id, area_id, full_name, phone)
    values (${id}, ${cast.here.teamId}, ${cast.here.unitId}, ${`Hồ Thị Giúp ${id.slice(0, 3)}`}, ${`+849${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`})`;
  if (sms) await cast.owner`insert into member_choice (member_id, sms) values (${id}, true)`;
  return id;
}
const classAhead = async (count = 1) => {
  const made = await group(
    cast,
    cast.here,
    1,
    Array.from({ length: count }, () => `${dayAhead((days += 1))}T09:00:00+07:00`),
  );
  await cast.owner`delete from message`;
  return made;
};
const ask = (sessionId: string, memberId: string, scope: 'one' | 'all' = 'one') =>
  as(cast, 'organiser', (tx, caller) =>
    askHelpers(tx, askInput.parse({ sessionId, members: [memberId], role: 'helps', scope }), caller, new Date()),
  );
const question = async (sessionId: string, memberId: string) => {
  const [row] = await cast.owner<{ id: string }[]>`
    select id from session_helper where session_id = ${sessionId} and member_id = ${memberId}`;
  return row?.id ?? '';
};
const states = (memberId: string) =>
  cast.owner<{ purpose: string; state: string; why: string | null }[]>`
    select purpose, state, why from message where member_id = ${memberId} order by made_at, id`;
const calls = (role: 'organiser' | 'helper' = 'organiser', place = cast.here) =>
  as(
    cast,
    role,
    async (tx) => ({ lines: await callList(tx, 'vi', { class: undefined, page: 1 }, clock.now()) }),
    place,
  );

describe('helpers asked for sessions', () => {
  test('are told once of all that is asked of them for a class; asked again for another, of that alone', async () => {
    const { sessionIds } = await classAhead(6);
    const memberId = await member(true);
    expect(isRefusal(await ask(sessionIds[0] ?? '', memberId))).toBe(false);
    await run();
    expect(sent).toHaveLength(1);
    expect(sent[0]?.text).toMatch(
      /^Cầm Tay gửi Hồ Thị Giúp .+: lớp “.+” nhờ anh chị\. Ngồi cạnh chỉ .+ 09:00, tại Nhà văn hóa Báo Tin\./,
    );
    await ask(sessionIds[0] ?? '', memberId, 'all');
    await run();
    expect(sent).toHaveLength(2);
    expect(sent[1]?.text.match(/Ngồi cạnh chỉ/g)).toHaveLength(4);
    expect(sent[1]?.text).toContain('Còn 1 buổi nữa.');
  });

  test('who answered before it went out are told nothing; who chose no way are called by whoever asks them, and by nobody else', async () => {
    const { sessionIds } = await classAhead();
    const [quick, called] = [await member(true), await member(false)];
    await ask(sessionIds[0] ?? '', quick);
    await ask(sessionIds[0] ?? '', called);
    const id = await question(sessionIds[0] ?? '', quick);
    await as(cast, 'organiser', (tx, caller) =>
      answerAsk(tx, answerInput.parse({ ids: [id], answer: 'yes' }), caller, new Date()),
    );
    await run();
    expect(sent).toEqual([]);
    expect(await states(quick)).toMatchObject([{ purpose: 'ask', state: 'withdrawn', why: 'answered' }]);
    expect(await calls()).toMatchObject({ lines: [{ purpose: 'ask', phone: expect.any(String), personId: null }] });
    expect(await calls('helper')).toEqual({ lines: [] });
    expect(await calls('organiser', cast.there)).toEqual({ lines: [] });
  });

  test('are told that they need not come, when they knew; asked anew of one that moved', async () => {
    const { classId, sessionIds } = await classAhead(2);
    const [knew, knewNot] = [await member(true), await member(true)];
    await ask(sessionIds[0] ?? '', knew);
    await run();
    await ask(sessionIds[0] ?? '', knewNot);
    for (const memberId of [knew, knewNot]) {
      const id = await question(sessionIds[0] ?? '', memberId);
      await as(cast, 'organiser', (tx, caller) => withdrawAsk(tx, { id }, caller, new Date()));
    }
    await run();
    expect(sent).toHaveLength(2);
    expect(sent[1]?.text).toMatch(/Buổi .+ 09:00 anh chị khỏi đến\./);
    expect(await states(knewNot)).toMatchObject([{ state: 'withdrawn' }, { state: 'withdrawn' }]);
    const other = await member(true);
    await ask(sessionIds[1] ?? '', other);
    await run();
    // Told an hour ago: the database dates the move itself, by its own clock.
    await cast.owner`update message_attempt set at = now() - interval '1 hour'`;
    await move(cast.owner, [classId], 1);
    await run();
    expect(sent.map(({ text }) => text).join('\n')).toMatch(/Buổi dời sang .+ 10:00, .+ còn đến được không\?/);
    const before = sent.length;
    await cast.owner`update class_session set status = 'cancelled', status_reason = 'Bão' where class_id = ${classId}`;
    await run();
    expect(
      sent
        .slice(before)
        .map(({ text }) => text)
        .join(),
    ).toMatch(/Buổi .+ 10:00 nghỉ\./);
  });
});

describe('helpers on rounds', () => {
  test('are told that they go, that another goes, and that nobody goes: each once', async () => {
    const [stays, leaves, comes] = [await member(true), await member(true), await member(true)];
    const roundId = await roundAt(cast, cast.here, {
      day: dayAhead((days += 1)),
      from: '08:00',
      until: '10:00',
      members: [stays, leaves],
    });
    await run();
    expect(sent.map(({ text }) => /anh chị đi thăm nhà ở/.test(text))).toEqual([true, true]);
    await as(cast, 'organiser', (tx, caller) =>
      swapHelper(tx, { roundId, out: leaves, member: comes }, caller, new Date()),
    );
    await run();
    expect(sent).toHaveLength(4);
    expect(sent.slice(2).some(({ text }) => /anh chị khỏi đi/.test(text))).toBe(true);
    await as(cast, 'organiser', (tx, caller) => callOffRound(tx, { roundId }, caller, new Date()));
    await run();
    expect(sent).toHaveLength(6);
    expect(sent.slice(4).every(({ text }) => /không đi nữa/.test(text))).toBe(true);
    await run();
    expect(sent).toHaveLength(6);
  });

  test('a round called off before they were told is told to nobody; a wrong number is kept for them', async () => {
    const [one, other] = [await member(true), await member(false)];
    const roundId = await roundAt(cast, cast.here, {
      day: dayAhead((days += 1)),
      from: '08:00',
      until: '10:00',
      members: [one],
    });
    await as(cast, 'organiser', (tx, caller) => callOffRound(tx, { roundId }, caller, new Date()));
    await run();
    expect(sent).toEqual([]);
    expect(await states(one)).toMatchObject([
      { state: 'withdrawn', why: 'roundOff' },
      { state: 'withdrawn', why: 'notTold' },
    ]);
    await roundAt(cast, cast.here, { day: dayAhead((days += 1)), from: '08:00', until: '10:00', members: [other] });
    await run();
    const [row] = await cast.owner<
      { id: string }[]
    >`select id from message where member_id = ${other} and state = 'to_call'`;
    await as(cast, 'organiser', (tx, caller) =>
      recordOutcome(tx, { messageId: row?.id ?? '', outcome: 'wrong_number' }, caller, clock.now()),
    );
    expect(await calls()).toMatchObject({ lines: [{ wrongNumber: true }] });
    await cast.owner`update member_choice set sms = true where member_id = ${other}`;
    await roundAt(cast, cast.here, { day: dayAhead((days += 1)), from: '08:00', until: '10:00', members: [other] });
    await run();
    expect(sent).toEqual([]);
  });

  test('without an account are told as whoever plans with them wrote down, once they heard the words; who has one chooses alone', async () => {
    const [memberId, other] = [newId(), newId()];
    for (const [id, place] of [
      [memberId, cast.here],
      [other, cast.there],
    ] as const)
      await cast.owner`insert into team_member (id, team_id, area_id, full_name, phone) values (${id}, ${place.teamId}, ${place.unitId}, 'Không Tài Khoản', '+84912000778')`;
    const choose = (of: string, more: object = {}, role: 'organiser' | 'helper' = 'organiser') =>
      as(cast, role, (tx, caller) =>
        chooseForHelper(
          tx,
          memberChoiceInput.parse({ memberId: of, zalo: '', sms: 'on', email: '', noCalls: '', agreed: 'on', ...more }),
          caller,
        ),
      );
    const unheard = memberChoiceInput.safeParse({ memberId, sms: 'on', email: '', agreed: '' });
    expect(unheard.success ? null : unheard.error.issues[0]?.message).toBe('helperNotAgreed');
    expect(await choose(other), 'of another unit').toEqual({ refused: 'notFound' });
    expect(await choose(memberId, {}, 'helper'), 'not by another helper').toEqual({ refused: 'notFound' });
    expect(await choose(memberId)).toEqual({ id: memberId, teamId: cast.here.teamId });
    expect(await as(cast, 'organiser', (tx) => choiceOfMember(tx, memberId).then((one) => ({ one })))).toEqual({
      one: { zalo: false, sms: true, email: null, noCalls: false, phoneHint: '••• 778' },
    });
    expect(await as(cast, 'organiser', (tx) => choiceOfMember(tx, other).then((one) => ({ one })))).toEqual({
      one: null,
    });
    const [kept] = await cast.owner`
      select account_id, details from audit_event where action = 'helper.messages' and subject_id = ${memberId}`;
    expect(kept).toEqual({ accountId: await cast.accountOf('organiser', cast.here), details: { agreed: true } });

    // What they are asked for next goes out by it.
    await roundAt(cast, cast.here, { day: dayAhead((days += 1)), from: '08:00', until: '10:00', members: [memberId] });
    await run();
    expect(sent.filter(({ to }) => to === '+84912000778' || to === '84912000778')).toHaveLength(1);

    // Taken away needs nothing read out; with an account, or gone, it is theirs or nobody's.
    expect(await choose(memberId, { sms: '', agreed: '' })).toMatchObject({ id: memberId });
    const account = await cast.accountOf('desk_officer', cast.here);
    await cast.owner`update team_member set account_id = ${account} where id = ${memberId}`;
    expect(await choose(memberId)).toEqual({ refused: 'helperChoosesAlone' });
    await cast.owner`update team_member set account_id = null, left_on = '2026-01-01' where id = ${memberId}`;
    expect(await choose(memberId)).toEqual({ refused: 'notFound' });
  });

  test('say themselves how they want to be told, each their own', async () => {
    const choose = (role: 'helper' | 'organiser') =>
      as(cast, role, (tx, caller) =>
        chooseAsHelper(tx, { zalo: true, sms: false, email: 'toi@thu.example', noCalls: true }, caller),
      );
    const account = await cast.accountOf('helper', cast.here);
    await cast.owner`update team_member set left_on = '2026-01-01' where account_id = ${account}`;
    expect(await choose('helper')).toEqual({ refused: 'notFound' });
    const memberId = newId();
    await cast.owner`insert into team_member (id, team_id, area_id, full_name, account_id, phone) values (${memberId}, ${cast.here.teamId}, ${cast.here.unitId}, 'Tôi', ${account}, '+84912000777')`;
    expect(await choose('helper')).toEqual({ memberId });
    const seen = await as(cast, 'helper', async (tx, { accountId }) => ({ choice: await helperChoice(tx, accountId) }));
    expect(seen).toEqual({
      choice: { zalo: true, sms: false, email: 'toi@thu.example', noCalls: true, phoneHint: '••• 777' },
    });
  });
});

describe('a learner with their card', () => {
  test('takes ways away, never adds one; the last one taken ends the consent; not to be rung stays', async () => {
    const { personIds } = await group(cast, cast.here, 1, [`${dayAhead(40)}T09:00:00+07:00`], {
      sms: true,
      email: true,
    });
    const [personId = '', code] = [personIds[0], newCardCode()];
    await cast.owner`insert into card (person_id, code) values (${personId}, ${code})`;
    const less = (choice: Parameters<typeof chooseLess>[2]) =>
      asHolder(code, async (tx) => {
        await chooseLess(tx, personId, choice);
        return ownChoice(tx as RecordTx, personId);
      });
    const standing = async () =>
      (
        await cast.owner`select from consent where person_id = ${personId} and purpose = 'message' and withdrawn_at is null`
      ).count;
    expect(await less({ zalo: true, sms: true, email: false, noCalls: false })).toEqual({
      zalo: false,
      sms: true,
      email: null,
      noCalls: false,
    });
    expect(await less({ zalo: true, sms: true, email: true, noCalls: false })).toMatchObject({
      zalo: false,
      sms: true,
      email: null,
    });
    expect(await standing()).toBe(1);
    expect(await less({ zalo: false, sms: false, email: false, noCalls: true })).toEqual({
      zalo: false,
      sms: false,
      email: null,
      noCalls: true,
    });
    expect(await standing()).toBe(0);
    expect(await less({ zalo: true, sms: true, email: true, noCalls: false })).toEqual({
      zalo: false,
      sms: false,
      email: null,
      noCalls: true,
    });
  });

  test('of whom nothing was chosen adds nothing', async () => {
    const { personIds } = await group(cast, cast.here, 1, [`${dayAhead(41)}T09:00:00+07:00`], { sms: false });
    const [personId = '', code] = [personIds[0], newCardCode()];
    await cast.owner`insert into card (person_id, code) values (${personId}, ${code})`;
    await cast.owner`delete from message_choice where person_id = ${personId}`;
    await asHolder(code, (tx) => chooseLess(tx, personId, { zalo: true, sms: true, email: true, noCalls: false }));
    expect(await cast.owner`select zalo, sms, email from message_choice where person_id = ${personId}`).toEqual([
      { zalo: false, sms: false, email: null },
    ]);
  });
});
