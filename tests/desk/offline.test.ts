import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withdraw } from '../../lib/card/commands';
import { recordAssists, undoAssist } from '../../lib/desk/commands';
import { deskPack } from '../../lib/desk/packing';
import { deskBatch } from '../../lib/desk/schema';
import { addDays, dayOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { mergePeople } from '../../lib/pair/commands';
import { pointPeople } from '../../lib/task/home';
import { ownPoints } from '../../lib/visit/point';
import { asHolder, learner } from '../card/scene';
import { homeOn, neighbour } from '../visit/scene';
import { atDesks, type Desks } from './acts';
import { as, deskWith } from './scene';

let desks: Desks;
beforeAll(async () => {
  desks = await atDesks();
});
afterAll(() => desks.close());

describe('what was done at desks, sent later', () => {
  test('an assist arrives once, however often it is sent and from however many sides at once', async () => {
    const { cast, one, send, assist, at, told, stored } = desks;
    const made = assist({ at: at(-90), referredTo: 'bank' });
    const all = await Promise.all(Array.from({ length: 8 }, () => send(one, [made, made])));
    expect(all.flatMap(told).toSorted()).toEqual(['applied', ...Array<string>(15).fill('duplicate applied')]);
    expect(await stored([made.id])).toEqual([{ minutes: 10, personId: null, invite: false, undone: false }]);
    const rows = await cast.owner`
      select need_code, level, referred_to, at, logged_by, (select count(*)::int from audit_event where action = 'desk.log' and account_id = ${one}) as told
      from desk_assist where id = ${made.id}`;
    expect(rows).toEqual([
      { needCode: 'vneid', level: 2, referredTo: 'bank', at: new Date(made.at), loggedBy: one, told: 1 },
    ]);
    expect(told(await send(one, [{ ...made, minutes: 30 }])), 'other content under the id').toEqual([
      'quarantined idReused',
    ]);
  });

  test('taken back before or after it arrives it does not count; by somebody else it does', async () => {
    const { one, two, send, assist, undo, told, stored } = desks;
    const [after, before, theirs] = [assist(), assist(), assist()];
    expect(told(await send(one, [after, undo(after.id), theirs]))).toEqual(['applied', 'applied', 'applied']);
    expect(told(await send(one, [undo(before.id)])), 'waited for').toEqual(['held']);
    expect(told(await send(two, [undo(theirs.id)]))).toEqual(['out_of_scope']);
    const unborn = assist();
    expect(told(await send(two, [undo(unborn.id)]))).toEqual(['held']);
    expect(told(await send(one, [before, unborn]))).toEqual(['applied', 'applied']);
    expect((await stored([after.id, before.id, theirs.id, unborn.id])).map((row) => row?.undone)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test('what had not been sent is taken back whenever its maker says so; what the portal had, for ten minutes', async () => {
    const { one, send, assist, undo, at, told, stored } = desks;
    const kept = assist({ at: at(-300) });
    expect(told(await send(one, [kept, undo(kept.id, { at: at(-200) })]))).toEqual(['applied', 'applied']);
    const had = assist({ at: at(-60) });
    await send(one, [had], new Date(at(-59)));
    expect(told(await send(one, [undo(had.id, { at: at(-40) })]))).toEqual(['quarantined assistTooOld']);
    expect(told(await send(one, [undo(had.id, { at: at(-52) })])), 'said in time, sent late').toEqual(['applied']);
    expect((await stored([kept.id, had.id])).map((row) => row?.undone)).toEqual([true, true]);
  });

  test('taken back on the phone, the visit that was asked for with it is taken back, too', async () => {
    const { cast, one, send, assist, undo, told } = desks;
    const promised = assist({ referredTo: 'home_visit' });
    await send(one, [promised]);
    await cast.owner`insert into visit_request (id, code, area_id, asked_by, full_name, needs, consent_version, idempotency_key)
      values (${newId()}, ${promised.id.slice(-8)}, ${cast.here.villageId}, 'desk', 'Hồ Thị Hẹn', '{phone}', 1, ${promised.id})`;
    expect(told(await send(one, [undo(promised.id)]))).toEqual(['applied']);
    const rows =
      await cast.owner`select full_name, closed_because from visit_request where idempotency_key = ${promised.id}`;
    expect(rows).toEqual([{ fullName: '', closedBecause: 'withdrawn' }]);
  });

  test('a closed desk takes what was done before it closed, and nothing after; what is too old or of no such wording is refused', async () => {
    const { cast, one, send, assist, at, told } = desks;
    const deskId = await deskWith(cast, cast.here, []);
    await cast.owner`update desk set retired_at = ${at(-60)} where id = ${deskId}`;
    const sent = [
      assist({ deskId, at: at(-61) }),
      assist({ deskId, at: at(-59) }),
      assist({ at: at(-91 * 1440) }),
      assist({ need: 'vneid.7' }),
      { ...assist(), minutes: 'mười' },
      assist({ at: at(5 * 1440) }),
    ];
    const results = await send(one, sent);
    expect(told(results)).toEqual([
      'applied',
      'quarantined deskClosed',
      'quarantined assistArrivedLate',
      'quarantined chooseNeed',
      'quarantined chooseMinutes',
      'quarantined clockWrong',
    ]);
    // Mended: the same at a desk that is open is another act.
    expect(told(await send(one, [assist({ at: at(-59) })]))).toEqual(['applied']);
  });

  test('elsewhere’s desk, no desk, another account’s work: nothing is said and nothing written', async () => {
    const { cast, one, two, by, send, assist, told, stored } = desks;
    const [there, none] = [assist({ deskId: cast.there.deskId }), assist({ deskId: newId() })];
    expect(told(await send(one, [there, none]))).toEqual(['out_of_scope', 'out_of_scope']);
    const batch = deskBatch.parse({ protocol: 1, account: two, operations: [assist()] });
    expect(await by(one, (tx, caller) => recordAssists(tx, batch, caller))).toEqual({ refused: 'otherAccount' });
    expect(await stored([there.id, none.id])).toEqual([null, null]);
  });
});

describe('who may be named at a mobile point', () => {
  const named = async (accountId: string, deskId: string, personId: string) => {
    const made = desks.assist({ deskId, personId, invite: true });
    const [result] = await desks.send(accountId, [made]);
    const [row] = await desks.stored([made.id]);
    return {
      result: desks.told([result ?? { outcome: '' }])[0],
      personId: row?.personId,
      invite: row?.invite,
      id: made.id,
    };
  };
  const nameless = { result: 'applied assistNameless', personId: null, invite: false };

  test('those the round goes to, who lives with them, and those on rolls; nobody else, and of them nothing is said', async () => {
    const { cast, one, idle, point } = desks;
    const { deskId, personId } = await point();
    const [beside, stranger] = [await neighbour(cast, cast.here), await neighbour(cast, cast.here)];
    const householdId = newId();
    await cast.owner`insert into household (id, area_id) values (${householdId}, ${cast.here.villageId})`;
    for (const member of [personId, beside])
      await cast.owner`insert into household_member (household_id, person_id, area_id, joined_at) values (${householdId}, ${member}, ${cast.here.villageId}, now())`;
    for (const who of [personId, beside, cast.here.personId])
      expect(await named(one, deskId, who)).toMatchObject({ result: 'applied', personId: who, invite: true });
    for (const who of [stranger, cast.there.personId, newId()])
      expect(await named(one, deskId, who)).toMatchObject(nameless);
    expect(await named(idle, deskId, personId), 'not sent there').toMatchObject(nameless);
    expect(await named(one, cast.here.deskId, personId), 'not at that desk').toMatchObject(nameless);
    const organiser = await cast.accountOf('organiser', cast.here);
    expect(await named(organiser, cast.here.deskId, stranger), 'whoever looks people up').toMatchObject({
      result: 'applied',
      personId: stranger,
    });
  });

  test('back from the hills when the round is out of sight the name is taken; taking back works on the page, too', async () => {
    const { cast, one, by, point, stored } = desks;
    const { deskId, personId } = await point({ day: addDays(dayOf(new Date()), -12) });
    const { id, ...done } = await named(one, deskId, personId);
    expect(done).toEqual({ result: 'applied', personId, invite: true });
    expect(await by(one, (tx, caller) => undoAssist(tx, { assistId: id }, caller, new Date()))).toMatchObject({ id });
    expect((await stored([id]))[0]?.undone).toBe(true);
    await cast.owner`update visit_round_helper set called_off_at = now() where round_id in (select id from visit_round where desk_id = ${deskId})`;
    expect(await named(one, deskId, personId), 'let go').toMatchObject(nameless);
  });

  test('whoever withdrew is left out; a record merged since is the one it went into', async () => {
    const { cast, one, point, stored } = desks;
    const { deskId, roundId } = await point();
    const [gone, twice, kept] = [
      await learner(cast, cast.here),
      await learner(cast, cast.here),
      await learner(cast, cast.here),
    ];
    for (const { personId } of [gone, twice]) await homeOn(cast, cast.here, roundId, { personId });
    const first = await named(one, deskId, gone.personId);
    expect(first).toMatchObject({ result: 'applied', personId: gone.personId });
    await asHolder(gone.code, (tx) => withdraw(tx, gone.personId));
    expect((await stored([first.id]))[0], 'a count without a name').toMatchObject({ personId: null, invite: false });
    expect(await named(one, deskId, gone.personId)).toMatchObject(nameless);
    await as(cast, 'organiser', cast.here, (tx, caller) =>
      mergePeople(tx, { keptId: kept.personId, mergedId: twice.personId, take: [] }, caller),
    );
    expect(await named(one, deskId, twice.personId)).toMatchObject({ result: 'applied', personId: kept.personId });
  });
});

describe('what a phone takes along', () => {
  const pack = (accountId: string, asked: readonly string[] = []) =>
    desks.by(accountId, async (tx, caller) => {
      const points = [];
      for (const { deskId, roundIds, endsAt } of await ownPoints(tx))
        points.push({ deskId, endsAt, people: await pointPeople(tx, 'vi', caller, roundIds, new Date()) });
      return deskPack(tx, caller, 'vi', points, asked);
    });

  test('the point of one’s round with its people, what is due and what happened last; never a phone number, never to others', async () => {
    const { cast, one, idle, point } = desks;
    const { deskId, personId, roundId } = await point();
    await cast.owner`insert into person_phone (person_id, phone, belongs_to) values (${personId}, '+84912345678', 'self') on conflict do nothing`;
    const stranger = await neighbour(cast, cast.here);
    const mine = await pack(one);
    const found = mine.desks.find(({ id }) => id === deskId);
    const ids = found?.people.map(({ id }) => id) ?? [];
    expect(ids).toContain(personId);
    expect(ids).toContain(cast.here.personId);
    expect(ids).not.toContain(stranger);
    expect(ids).not.toContain(cast.there.personId);
    const known = found?.people.find(({ id }) => id === cast.here.personId);
    expect(known?.events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['came', 'seen']));
    expect(known?.events.length).toBeLessThanOrEqual(3);
    expect(JSON.stringify(mine)).not.toContain('+84');
    expect((await pack(idle)).desks, 'who goes on no round').toEqual([]);
    const asked = await pack(idle, [deskId, cast.here.deskId, cast.there.deskId, newId()]);
    expect(asked.desks.map(({ id, people }) => [id, people.length]).toSorted()).toEqual(
      [
        [deskId, 0],
        [cast.here.deskId, 0],
      ].toSorted(),
    );
    await cast.owner`insert into person_pause (id, person_id, area_id, reason, at) values (${newId()}, ${personId}, ${cast.here.villageId}, 'died', now())`;
    expect((await pack(one)).desks.find(({ id }) => id === deskId)?.people.map(({ id }) => id)).not.toContain(personId);
    await cast.owner`update desk set retired_at = now() where id = ${deskId}`;
    expect((await pack(one)).desks.some(({ id }) => id === deskId)).toBe(false);
    await cast.owner`update visit_round set called_off_at = now() where id = ${roundId}`;
  });
});
