import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closePool } from '../../lib/access/scoped';
import type { Role } from '../../db/capabilities';
import { planShifts } from '../../lib/desk/commands';
import { addDays, dayOf, momentOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { callOffRound, planRound, putOnRound, recordOutcome, takeOffRound } from '../../lib/visit/commands';
import { homesOf, outcomesOf, roundForStaff, skillsAtHomes, visitStanding } from '../../lib/visit/queries';
import { roundForm, type NewRound, type OutcomeSaid } from '../../lib/visit/schema';
import { recordReading } from '../../lib/access/scoped';
import { as } from '../desk/scene';
import { setTheScene, type Cast, type Place } from '../support/cast';
import { testDatabase } from '../support/database';
import { homeOn, neighbour, pair, roundAt, said } from './scene';

let cast: Cast;
let own: string;
let mate: string;
beforeAll(async () => {
  cast = await setTheScene((await testDatabase()).url);
  ({ own, mate } = await pair(cast, cast.here));
});
afterAll(async () => {
  await closePool();
  await cast.owner.end();
});

const now = new Date();
let ahead = 30;
let position = 500;
const nextDay = () => addDays(dayOf(now), (ahead += 1));
const form = (more: Partial<Record<keyof NewRound, string>> = {}): NewRound =>
  roundForm.parse({
    areaId: String(cast.here.villageId),
    day: nextDay(),
    from: '08:00',
    until: '10:00',
    first: own,
    second: mate,
    formKey: newId(),
    ...more,
  });
const plan = (round: NewRound, role: Role = 'organiser', place: Place = cast.here) =>
  as(cast, role, place, (tx, caller) => planRound(tx, round, caller, now));
const record = (what: OutcomeSaid, role: Role = 'helper', place: Place = cast.here, at = now) =>
  as(cast, role, place, (tx, caller) => recordOutcome(tx, what, caller, at));

describe('planning a round', () => {
  test('sent twice it is one; elsewhere, in the past, of two teams it is refused', async () => {
    const round = form();
    expect(await plan(round)).toEqual({ id: round.formKey });
    expect(await plan(round)).toEqual({ id: round.formKey });
    expect(await plan(form({ areaId: String(cast.there.villageId) }))).toEqual({
      refused: 'notFound',
      field: 'areaId',
    });
    expect(await plan({ ...form(), day: addDays(dayOf(now), -1) })).toEqual({ refused: 'shiftPast', field: 'day' });
    expect(await plan(form({ second: cast.there.memberId }))).toEqual({ refused: 'chooseHelper', field: 'second' });
    expect(await plan(form(), 'organiser', cast.there)).toEqual({ refused: 'notFound', field: 'areaId' });
  });

  test('twenty who plan the same two at once: one round stands', async () => {
    const day = nextDay();
    const all = await Promise.all(Array.from({ length: 20 }, () => plan(form({ day }))));
    expect(all.filter((one) => 'id' in one)).toHaveLength(1);
    expect(all.filter((one) => 'refused' in one).every((one) => 'refused' in one && one.refused === 'roundClash')).toBe(
      true,
    );
    const [rows] = await cast.owner`select count(*)::int as count from visit_round where day = ${day}`;
    expect(rows?.count, 'nothing half written').toBe(1);
  });

  test('nobody is on a round and at a desk at once, whichever was first, under either of their names', async () => {
    const day = nextDay();
    const shift = (at: string) =>
      as(cast, 'organiser', cast.here, async (tx, caller) =>
        planShifts(
          tx,
          {
            deskId: cast.here.deskId,
            who: { kind: 'account', id: await cast.accountOf('helper', cast.here) },
            day: at,
            from: '09:00',
            until: '11:00',
            weeks: 1,
          },
          caller,
          now,
        ),
      );
    expect(await shift(day)).toMatchObject({ planned: 1 });
    expect(await plan(form({ day }))).toEqual({ refused: 'roundClash', field: 'first' });
    const other = nextDay();
    expect(await plan(form({ day: other }))).toHaveProperty('id');
    expect(await shift(other)).toMatchObject({ refused: 'shiftClash' });
  });

  test('nor on a round and at a class: the database refuses either way, and a session that moves onto a round lets its helper off', async () => {
    const session = async (day: string, at: string) => {
      const id = newId();
      await cast.owner`insert into class_session (id, class_id, area_id, venue_id, position, starts_at, ends_at, status)
        select ${id}, c.id, c.area_id, c.venue_id, ${(position += 1)}::int, ${momentOf(day, at)}, ${momentOf(day, at)}::timestamptz + interval '1 hour', 'published'
        from class c where c.id = ${cast.here.classId}`;
      return id;
    };
    const askFor = (id: string) =>
      cast.owner`insert into session_helper (id, session_id, member_id, area_id, member_area_id, role, starts_at, ends_at)
        values (${newId()}, ${id}, ${mate}, 1, 1, 'helps', now(), now())`;
    const day = nextDay();
    const taken = await session(day, '08:30');
    await askFor(taken);
    expect(await plan(form({ day }))).toEqual({ refused: 'roundClash', field: 'second' });
    const other = nextDay();
    expect(await plan(form({ day: other }))).toHaveProperty('id');
    await expect(askFor(await session(other, '09:30'))).rejects.toMatchObject({ code: '23P01' });
    const moving = await session(other, '14:00');
    await askFor(moving);
    await cast.owner`update class_session set starts_at = starts_at - interval '5 hours 50 minutes', ends_at = ends_at - interval '5 hours 50 minutes' where id = ${moving}`;
    const [left] = await cast.owner`select state, no_because from session_helper where session_id = ${moving}`;
    expect(left).toEqual({ state: 'no', noBecause: 'clash' });
  });

  test('each home gets a number of its own; a home twice is once; who is out of reach or stopped is refused whole', async () => {
    const round = form();
    await plan(round);
    const people = await Promise.all(Array.from({ length: 12 }, () => neighbour(cast, cast.here)));
    const put = (homes: string[], place = cast.here) =>
      as(cast, 'organiser', place, (tx, caller) => putOnRound(tx, { roundId: round.formKey, homes }, caller, now));
    const all = people.map((id) => `p:${id}`);
    expect(await put(all)).toEqual({ id: round.formKey });
    expect(await put(all)).toEqual({ id: round.formKey });
    const homes = await cast.owner<
      { id: string; pin: string }[]
    >`select id, pin from visit where round_id = ${round.formKey}`;
    expect(homes).toHaveLength(12);
    expect(new Set(homes.map(({ pin }) => pin)).size).toBe(12);
    expect(await put([`p:${cast.there.personId}`])).toEqual({ refused: 'notFound', field: 'homes' });
    expect(await put([`p:${await neighbour(cast, cast.here)}`], cast.there)).toEqual({ refused: 'roundOver' });
    const off = await as(cast, 'organiser', cast.here, (tx, caller) =>
      takeOffRound(tx, { visitId: homes[0]?.id ?? '' }, caller, now),
    );
    expect(off).toEqual({ id: round.formKey });
    expect(
      await as(cast, 'organiser', cast.here, (tx, caller) => callOffRound(tx, { roundId: round.formKey }, caller, now)),
    ).toEqual({ id: round.formKey });
    expect(await put([`p:${await neighbour(cast, cast.here)}`])).toEqual({ refused: 'roundOver' });
    // Called off, both are free again.
    expect(await plan({ ...round, formKey: newId() })).toHaveProperty('id');
  });
});

describe('what a helper sees', () => {
  test('the homes of the rounds they go on, around its day, and nobody else’s; leaders see none', async () => {
    const today = dayOf(now);
    const mine = await roundAt(cast, cast.here, { members: [own], from: '03:00', until: '03:30' });
    const others = await roundAt(cast, cast.here, { members: [mate], from: '04:00', until: '04:30' });
    const far = await roundAt(cast, cast.here, { members: [own], day: addDays(today, 9) });
    for (const round of [mine, others, far])
      await homeOn(cast, cast.here, round, { personId: await neighbour(cast, cast.here) });
    const sees = (role: Role, place: Place, round: string) =>
      as(cast, role, place, async (tx) => ({
        round: (await roundForStaff(tx, 'vi', round)) !== null,
        homes: (await homesOf(tx, round)).length,
      }));
    expect(await sees('helper', cast.here, mine)).toEqual({ round: true, homes: 1 });
    expect(await sees('helper', cast.here, others)).toEqual({ round: false, homes: 0 });
    expect(await sees('helper', cast.here, far), 'not before its week').toEqual({ round: false, homes: 0 });
    expect(await sees('organiser', cast.here, others)).toEqual({ round: true, homes: 1 });
    for (const [role, place] of [
      ['helper', cast.there],
      ['organiser', cast.there],
      ['unit_leader', cast.here],
      ['province_leader', cast.here],
      ['province_admin', cast.here],
      ['desk_officer', cast.here],
    ] as const)
      expect(await sees(role, place, mine), role).toEqual({ round: false, homes: 0 });
    await cast.owner`update visit_round set called_off_at = now() where id = ${mine}`;
    expect(await sees('helper', cast.here, mine), 'called off').toEqual({ round: false, homes: 0 });
  });
});

describe('at the door', () => {
  let hour = 5;
  const visiting = async (personId?: string, day = dayOf(now)) => {
    hour += 1;
    const at = `${String(hour).padStart(2, '0')}:00`;
    const round = await roundAt(cast, cast.here, { members: [own], day, from: at, until: at.replace(':00', ':30') });
    const person = personId ?? (await neighbour(cast, cast.here));
    return { person, visitId: await homeOn(cast, cast.here, round, { personId: person }), round };
  };

  test('twenty times the same is one fact with its skills; the key for something else is refused', async () => {
    const { person, visitId } = await visiting();
    const what = said(visitId, { [`level.${cast.skillCode}`]: '3' });
    const all = await Promise.all(Array.from({ length: 20 }, () => record(what)));
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(await record({ ...what, outcome: 'refused', skills: [] })).toEqual({ refused: 'visitKnown' });
    const seen = await cast.owner`select level, source, visit_id from skill_observation where person_id = ${person}`;
    expect(seen).toEqual([{ level: 3, source: 'visit', visitId }]);
    const skills = await as(cast, 'helper', cast.here, async (tx) => {
      const [home] = await homesOf(
        tx,
        (await tx<{ roundId: string }[]>`select round_id from visit where id = ${visitId}`)[0]?.roundId ?? '',
      );
      return home ? skillsAtHomes(tx, 'vi', [home]) : [];
    });
    expect(skills.find(({ code }) => code === cast.skillCode)).toMatchObject({ level: 3, here: 3 });
  });

  test('a correction is another row and the newest counts; nobody changes or deletes one', async () => {
    const { visitId } = await visiting();
    await record(said(visitId, { outcome: 'not_home', minutes: '' }));
    await record(said(visitId), 'organiser', cast.here, new Date(now.getTime() + 1000));
    const rows = await as(cast, 'helper', cast.here, (tx) => outcomesOf(tx, [visitId]));
    expect(rows.map(({ outcome }) => outcome)).toEqual(['done', 'not_home']);
    const changed = await as(cast, 'organiser', cast.here, async (tx) => [
      (await tx`update visit_outcome set outcome = 'refused' where visit_id = ${visitId}`).count,
      (await tx`delete from visit_outcome where visit_id = ${visitId}`).count,
    ]);
    expect(changed).toEqual([0, 0]);
    await expect(cast.owner`update visit_outcome set outcome = 'refused' where visit_id = ${visitId}`).rejects.toThrow(
      /corrected by another row/,
    );
  });

  test('another’s round, another unit, before its day, skills of nobody known: refused and nothing written', async () => {
    const { visitId } = await visiting();
    expect(await record(said(visitId), 'helper', cast.there)).toEqual({ refused: 'notFound' });
    expect(await record(said(visitId), 'organiser', cast.there)).toEqual({ refused: 'notFound' });
    const early = await visiting(undefined, addDays(dayOf(now), 2));
    expect(await record(said(early.visitId))).toEqual({ refused: 'visitEarly' });
    const requestId = newId();
    await cast.owner`insert into visit_request (id, code, area_id, asked_by, full_name, needs, consent_version, idempotency_key)
      values (${requestId}, 'ACDEFGHJ', ${cast.here.villageId}, 'self', 'Ai Đó', '{phone}', 1, ${newId()})`;
    const round = await roundAt(cast, cast.here, { members: [own], from: '20:00', until: '20:30' });
    const unknown = await homeOn(cast, cast.here, round, { requestId });
    expect(await record(said(unknown, { [`level.${cast.skillCode}`]: '2' }))).toEqual({
      refused: 'visitUnknownPerson',
    });
    const [rows] =
      await cast.owner`select count(*)::int as count from visit_outcome where visit_id in (${visitId}, ${early.visitId}, ${unknown})`;
    expect(rows?.count).toBe(0);
    await record(said(unknown, { outcome: 'not_home', minutes: '' }));
    const state = async () =>
      (await cast.owner`select closed_because from visit_request where id = ${requestId}`)[0]?.closedBecause;
    expect(await state(), 'waits again').toBeNull();
    await record(said(unknown), 'helper', cast.here, new Date(now.getTime() + 1000));
    expect(await state()).toBe('done');
  });

  test('who refused is not asked again until they ask; who died never is, and nobody rings them', async () => {
    const standing = (person: string) =>
      as(
        cast,
        'organiser',
        cast.here,
        async (tx, caller) => (await visitStanding(await recordReading(tx, caller, person, 'visit'), person))?.stopped,
      );
    const { person, visitId } = await visiting();
    await record(said(visitId, { outcome: 'refused', minutes: '' }));
    expect(await standing(person)).toBe('refused');
    const round = form();
    await plan(round);
    const put = () =>
      as(cast, 'organiser', cast.here, (tx, caller) =>
        putOnRound(tx, { roundId: round.formKey, homes: [`p:${person}`] }, caller, now),
      );
    expect(await put()).toEqual({ refused: 'homeStopped', field: 'homes' });
    await cast.owner`insert into visit_request (id, code, area_id, asked_by, full_name, needs, consent_version, idempotency_key, person_id, created_at)
      values (${newId()}, 'ACDEFGHK', ${cast.here.villageId}, 'self', 'Ai Đó', '{phone}', 1, ${newId()}, ${person}, ${new Date(now.getTime() + 500)})`;
    expect(await standing(person), 'asked themselves').toBeNull();
    expect(await put()).toHaveProperty('id');
    const dead = await visiting();
    await cast.owner`insert into message_choice (person_id) values (${dead.person})`;
    await record(said(dead.visitId, { outcome: 'died', minutes: '' }));
    expect(await standing(dead.person)).toBe('died');
    const calls = async () =>
      (await cast.owner`select no_calls_at is not null as none from message_choice where person_id = ${dead.person}`)[0]
        ?.none;
    expect(await calls()).toBe(true);
    await record(
      said(dead.visitId, { outcome: 'not_home', minutes: '' }),
      'helper',
      cast.here,
      new Date(now.getTime() + 2000),
    );
    expect([await standing(dead.person), await calls()], 'it was a mistake').toEqual([null, false]);
  });

  test('a visit at which skills were seen stays one that took place', async () => {
    const { visitId } = await visiting();
    await record(said(visitId, { [`level.${cast.skillCode}`]: '1' }));
    expect(await record(said(visitId, { outcome: 'not_home', minutes: '' }))).toEqual({
      refused: 'visitHasSkills',
      field: 'outcome',
    });
  });
});
