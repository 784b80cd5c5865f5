import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closePool } from '@/lib/access/scoped';
import { noteWrongSerial } from '@/lib/certificate/commands';
import { issueHelperCard, issueTeamCards, revokeHelperCard } from '@/lib/helpercard/commands';
import { cardsOfMember, cardsToPrint, checkedHelperCard } from '@/lib/helpercard/queries';
import { cardState, lastDayFrom } from '@/lib/helpercard/rules';
import { helperCheckInput } from '@/lib/helpercard/schema';
import { workOfToday } from '@/lib/helpercard/today';
import { addDays, dayOf, momentOf } from '@/lib/kernel/clock';
import { newId } from '@/lib/kernel/id';
import { initialsOf } from '@/lib/kernel/serial';
import { letGo } from '@/lib/team/commands';
import { asResident } from '../enrolment/scene';
import { newSerial } from '../support/cast';
import { done, teamScene } from '../team/scene';
import { homeOn, roundAt } from '../visit/scene';

let scene: Awaited<ReturnType<typeof teamScene>>;
beforeAll(async () => {
  scene = await teamScene();
});
afterAll(async () => {
  await closePool();
  await scene.cast.owner.end();
});
beforeEach(() => scene.cast.owner`delete from slip_attempt`);

const now = new Date();
const today = dayOf(now);
const until = addDays(today, 90);
const home = '10.4.4.4';
const ask = (code: string, more: { initials?: string; address?: string; at?: Date } = {}) =>
  asResident((tx) =>
    checkedHelperCard(tx, 'vi', { code, initials: more.initials }, more.address ?? home, more.at ?? now),
  );
const issue = (memberId: string, day = until, place = scene.cast.here) =>
  scene.as('organiser', place, (tx, caller) => issueHelperCard(tx, { memberId, until: day }, caller, now));
const cardsOf = (memberId: string) => scene.as('organiser', scene.cast.here, (tx) => cardsOfMember(tx, memberId, now));
const standing = async (memberId: string) => {
  const card = (await cardsOf(memberId)).find(({ state }) => state === 'valid');
  if (!card) throw new Error('no card holds');
  return card;
};
const withCard = async () => {
  const memberId = await scene.member(scene.cast.here);
  done(await issue(memberId));
  const [row] = await scene.cast.owner<
    { fullName: string }[]
  >`select full_name from team_member where id = ${memberId}`;
  return { memberId, card: await standing(memberId), fullName: row?.fullName ?? '' };
};

describe('a code', () => {
  test('of a card that holds is answered with team, organisation, unit and last day, and nothing of its holder', async () => {
    const { card, fullName, memberId } = await withCard();
    const found = await ask(card.code);
    expect(found).toEqual({
      verdict: 'valid',
      team: expect.any(String),
      organisation: 'front',
      unit: expect.stringContaining('Đồng Thuận'),
      until,
    });
    expect(JSON.stringify(found)).not.toContain(fullName);
    expect(JSON.stringify(found)).not.toContain(memberId);
  });

  test('holds on its last day and not on the next; a year at most, and no day that is past', async () => {
    const { card, memberId } = await withCard();
    const at = (day: string) => new Date(`${day}T23:59:00+07:00`);
    expect(await ask(card.code, { at: at(until) })).toMatchObject({ verdict: 'valid' });
    expect(await ask(card.code, { at: at(addDays(until, 1)) })).toEqual({ verdict: 'expired', until });
    for (const day of [addDays(today, -1), addDays(lastDayFrom(today), 1)])
      expect(await issue(memberId, day)).toEqual({ refused: 'cardUntil', field: 'until' });
    done(await issue(memberId, lastDayFrom(today)));
    expect(cardState({ validFrom: addDays(today, 1), validUntil: until, revoked: false }, today)).toBe('revoked');
  });

  test('of a revoked card warns and says neither why nor whose; an invented one is nobody’s', async () => {
    const { card } = await withCard();
    const revoke = (place = scene.cast.here) =>
      scene.as('organiser', place, (tx, caller) =>
        revokeHelperCard(tx, { cardId: card.id, because: 'other', note: 'Xin tiền bà con' }, caller, now),
      );
    expect(await revoke(scene.cast.there)).toEqual({ refused: 'notFound' });
    done(await revoke());
    expect(await revoke()).toEqual({ refused: 'helperCardRevoked' });
    expect(await ask(card.code)).toEqual({ verdict: 'revoked' });
    expect(await ask(newSerial())).toEqual({ verdict: 'unknown' });
  });

  test('is read however it was typed, and a wrong letter is noticed', () => {
    const code = newSerial();
    const typed = `${code.slice(0, 5).toLowerCase()} - ${code.slice(5)}`;
    expect(helperCheckInput.parse({ code: typed, initials: '' })).toEqual({ code });
    const wrong = code.slice(0, -1) + (code.endsWith('A') ? 'C' : 'A');
    expect(helperCheckInput.safeParse({ code: wrong }).error?.issues[0]?.message).toBe('helperCodeTypo');
  });

  test('after many wrong ones from a network, or everywhere, is answered only with the initials; unknown, wrong and missing are told alike', async () => {
    const { card, fullName } = await withCard();
    for (let tries = 0; tries < 29; tries += 1) await noteWrongSerial(home);
    expect(await ask(card.code)).toMatchObject({ verdict: 'valid' });
    await noteWrongSerial(home);
    const more = { verdict: 'more' };
    expect(await ask(card.code)).toEqual(more);
    expect(await ask(card.code, { initials: 'XYZ' })).toEqual(more);
    expect(await ask(newSerial(), { initials: initialsOf(fullName) })).toEqual(more);
    expect(await ask(card.code, { initials: initialsOf(fullName) })).toMatchObject({ verdict: 'valid' });
    expect(await ask(card.code, { address: '10.5.5.5' })).toMatchObject({ verdict: 'valid' });
    await scene.cast
      .owner`insert into slip_attempt (address) select ('10.9.0.' || n % 250)::inet from generate_series(1, 570) n`;
    expect(await ask(card.code, { address: '10.5.5.5' })).toEqual(more);
  });
});

describe('a card', () => {
  test('is one a member: another one ends it, twenty at once leave one, and the database refuses a second', async () => {
    const { memberId, card } = await withCard();
    await Promise.all(Array.from({ length: 20 }, () => issue(memberId)));
    expect(
      (await scene.cast.owner`select from helper_card where member_id = ${memberId} and revoked_at is null`).count,
    ).toBe(1);
    expect(await ask(card.code)).toEqual({ verdict: 'revoked' });
    await expect(
      scene.cast.owner`insert into helper_card (member_id, area_id, code, valid_from, valid_until)
        values (${memberId}, ${scene.cast.here.unitId}, ${newSerial()}, ${until}, ${addDays(until, 10)})`,
    ).rejects.toThrow('helper_card_one_at_a_time');
    await expect(
      scene.cast.owner`update helper_card set revoked_at = null, revoked_because = null where code = ${card.code}`,
    ).rejects.toThrow('only ever revoked');
    await expect(
      scene.cast.owner`insert into helper_card (member_id, area_id, code, valid_from, valid_until)
        values (${newId()}, ${scene.cast.here.unitId}, ${newSerial()}, ${today}, ${addDays(today, 366)})`,
    ).rejects.toThrow('helper_card_a_year');
  });

  test('ends when its holder leaves the team; whoever left gets none', async () => {
    const { memberId, card } = await withCard();
    done(await scene.as('organiser', scene.cast.here, (tx, caller) => letGo(tx, { id: memberId }, caller, now)));
    expect(await ask(card.code)).toEqual({ verdict: 'revoked' });
    expect((await cardsOf(memberId))[0]).toMatchObject({ state: 'revoked', revokedBecause: 'left' });
    expect(await issue(memberId)).toEqual({ refused: 'helperLeft' });
  });

  test('is given to all of a team who have none, once; printed by those who give it, read by no helper, given to no other unit', async () => {
    const { cast, as } = scene;
    const { memberId, card } = await withCard();
    const without = await scene.member(cast.here);
    const all = (place = cast.here) =>
      as('organiser', place, (tx, caller) => issueTeamCards(tx, { teamId: cast.here.teamId, until }, caller, now));
    expect(await all(cast.there)).toEqual({ refused: 'notFound' });
    const [one, other] = await Promise.all([all(), all()]);
    expect([one, other]).toContainEqual({ refused: 'cardNobody' });
    await standing(without);
    expect((await standing(memberId)).code).toBe(card.code);
    const print = (role: 'organiser' | 'helper', place = cast.here) =>
      as(role, place, (tx) => cardsToPrint(tx, 'vi', { teamId: cast.here.teamId }, now));
    expect((await print('organiser')).map(({ code }) => code)).toContain(card.code);
    expect(await print('helper')).toEqual([]);
    expect(await print('organiser', cast.there)).toEqual([]);
    expect(await as('helper', cast.here, (tx) => cardsOfMember(tx, memberId, now))).toEqual([]);
    expect(await issue(memberId, until, cast.there)).toEqual({ refused: 'notFound' });
    await expect(asResident((tx) => tx`select from helper_card`)).rejects.toThrow('permission denied');
  });
});

test('who works where today: classes and desks of the day, with place and hours and nobody’s name', async () => {
  const { cast } = scene;
  const { sessionIds } = await scene.classOn(cast.here, [3]);
  const [session] = await cast.owner<
    { startsAt: Date }[]
  >`select starts_at from class_session where id = ${sessionIds[0] ?? ''}`;
  const at = session?.startsAt ?? now;
  const rows = await asResident((tx) => workOfToday(tx, 'vi', at));
  expect(rows).toContainEqual(
    expect.objectContaining({
      kind: 'class',
      unitId: cast.here.unitId,
      venue: 'Nhà thử',
      unit: expect.stringContaining('Đồng Thuận'),
    }),
  );
  await cast.owner`update class_session set status = 'cancelled', status_reason = 'Mưa to' where id = ${sessionIds[0] ?? ''}`;
  expect((await asResident((tx) => workOfToday(tx, 'vi', at))).filter(({ venue }) => venue === 'Nhà thử')).toEqual([]);
  for (let weekday = 1; weekday <= 7; weekday += 1)
    await cast.owner`insert into desk_hours (desk_id, area_id, weekday, opens, closes)
      select id, area_id, ${weekday}, '19:00', '20:30' from desk where id = ${cast.here.deskId}`;
  const desks = (await asResident((tx) => workOfToday(tx, 'vi', at))).filter(({ kind }) => kind === 'desk');
  expect(desks).toContainEqual(
    expect.objectContaining({ startsAt: '19:00', endsAt: '20:30', unitId: cast.here.unitId }),
  );
  expect(JSON.stringify(desks)).not.toContain('Trần Văn Thử');
});

test('today’s rounds, mobile points and desks open by shift alone are told too, without who goes, who is on duty, or to whom', async () => {
  const { cast, member } = scene;
  const day = addDays(today, 3);
  const at = momentOf(day, '12:00');
  await cast.owner`delete from desk_hours`;
  const helper = await member(cast.here);
  const point = newId();
  await cast.owner`insert into desk (id, area_id, kind, name, address) values (${point}, ${cast.here.villageId}, 'mobile_point', 'Điểm thử', 'Sân đình')`;
  await cast.owner`insert into desk_shift (id, desk_id, area_id, member_id, who_id, starts_at, ends_at)
    values (${newId()}, ${cast.here.deskId}, ${cast.here.villageId}, ${await member(cast.here)}, ${newId()}, ${momentOf(day, '07:15')}, ${momentOf(day, '09:45')})`;
  const round = await roundAt(cast, cast.here, { day, from: '14:00', until: '16:00', members: [helper] });
  await cast.owner`update visit_round set desk_id = ${point} where id = ${round}`;
  await homeOn(cast, cast.here, round, { personId: cast.here.personId }, '4711');
  const told = async () => (await asResident((tx) => workOfToday(tx, 'vi', at))).filter(({ kind }) => kind !== 'class');
  const rows = await told();
  expect(rows.map(({ kind, startsAt, endsAt }) => `${kind} ${startsAt} ${endsAt}`).toSorted()).toEqual([
    'desk 07:15 09:45',
    'point 14:00 16:00',
    'round 14:00 16:00',
  ]);
  expect(new Set(rows.map(({ unitId }) => unitId))).toEqual(new Set([cast.here.unitId]));
  expect(JSON.stringify(rows)).not.toMatch(/Lê Văn|Trần Văn|4711/);
  await cast.owner`update visit_round set called_off_at = now() where id = ${round}`;
  expect((await told()).map(({ kind }) => kind)).toEqual(['desk']);
});
