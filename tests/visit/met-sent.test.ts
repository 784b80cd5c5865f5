import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dayOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { callOffRound } from '../../lib/visit/commands';
import { householdsOf } from '../../lib/task/home';
import { roundsToCarry, visitPack } from '../../lib/visit/packing';
import { homesOf } from '../../lib/visit/queries';
import type { SentVisitOperation } from '../../lib/visit/schema';
import { as } from '../desk/scene';
import { atDoors, type Doors } from './doors';
import { neighbour, roundAt } from './scene';

let doors: Doors;
beforeAll(async () => {
  doors = await atDoors();
});
afterAll(() => doors.close());

const days = (count: number) => count * 86_400;
const dayAfter = (count: number) => dayOf(new Date(Date.now() + days(count) * 1000));
let minute = 600;
/** A round of both, of its own minute. */
const going = (day = dayOf(new Date()), members = doors.members) => {
  minute += 2;
  const clock = (at: number) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
  return roundAt(doors.cast, doors.cast.here, { members, day, from: clock(minute), until: clock(minute + 1) });
};
const met = (roundId: string, more: Partial<Extract<SentVisitOperation, { kind: 'met' }>> = {}) =>
  ({
    id: newId(),
    visitId: newId(),
    kind: 'met',
    at: doors.at(),
    roundId,
    area: doors.cast.here.villageId,
    fullName: 'Hồ Thị Bên Suối',
    born: '1951',
    phone: '0912 345 678',
    phoneOf: 'relative',
    needs: ['phone', 'vneid'],
    words: 'Nhà sàn cuối bản',
    consent: 'on',
    consentVersion: 2,
    ...more,
  }) as const;
const rowsOf = async (roundId: string) => [
  ...(await doors.cast.owner<{ id: string; fullName: string; outcome: string | null }[]>`
    select v.id, q.full_name, (select o.outcome from visit_outcome o where o.visit_id = v.id order by at desc limit 1) as outcome
    from visit v join visit_request q on q.id = v.request_id where v.round_id = ${roundId} order by v.id`),
];

describe('somebody met where there was no signal, told by the phone', () => {
  test('is a home of the round as by the page, with what came of it; once, however often and by however many it is sent', async () => {
    const { cast, one, send, outcome, told } = doors;
    const roundId = await going();
    const who = met(roundId);
    const all = [who, outcome(who.visitId, 'done', { words: 'Đã cài VNeID' })];
    const answers = await Promise.all(Array.from({ length: 12 }, () => send(one, all)));
    expect(answers.filter((each) => each.every(({ outcome: what }) => what === 'applied'))).toHaveLength(1);
    expect(told(await send(one, all))).toEqual(['duplicate applied', 'duplicate applied']);
    expect(await rowsOf(roundId)).toEqual([{ id: who.visitId, fullName: 'Hồ Thị Bên Suối', outcome: 'done' }]);
    const [row] = await cast.owner`
      select q.id, q.birth_year, q.phone, q.phone_of, q.needs, q.times, q.words, q.consent_version, q.closed_because, q.created_by,
        v.told_at is not null as told, v.pin ~ '^[0-9]{4}$' as numbered, (select count(*)::int from message m where m.visit_id = v.id) as messages
      from visit v join visit_request q on q.id = v.request_id where v.id = ${who.visitId}`;
    expect(row).toEqual({
      id: who.id,
      birthYear: 1951,
      phone: '+84912345678',
      phoneOf: 'relative',
      needs: ['phone', 'vneid'],
      times: [],
      words: 'Nhà sàn cuối bản',
      consentVersion: 2,
      closedBecause: 'done',
      createdBy: one,
      told: true,
      numbered: true,
      messages: 0,
    });
    const kept = await cast.owner`select content::text as content from visit_operation where visit_id = ${who.visitId}`;
    expect(JSON.stringify(kept), 'no name in what is kept of an act').not.toMatch(/Suối|1951|912/);
    const seen = await as(cast, 'organiser', cast.here, (tx) => homesOf(tx, roundId));
    expect(seen, 'by whoever plans').toMatchObject([{ fullName: 'Hồ Thị Bên Suối', outcome: 'done' }]);
    expect(told(await send(one, [{ ...who, fullName: 'Ai Khác' }]))).toEqual(['quarantined idReused']);
  });

  test('wherever it stands in the batch; alone, what came of it is not taken and says nothing; sent again after, it is', async () => {
    const { one, send, outcome, told } = doors;
    const roundId = await going();
    const who = met(roundId);
    const said = outcome(who.visitId);
    expect(told(await send(one, [said])), 'of whom nothing was said').toEqual(['out_of_scope']);
    expect(told(await send(one, [said, who]))).toEqual(['applied', 'applied']);
    expect(await rowsOf(roundId)).toMatchObject([{ outcome: 'done' }]);
    const twice = met(roundId);
    const [back, forth] = [
      outcome(twice.visitId, 'not_home', { at: doors.at(-9) }),
      outcome(twice.visitId, 'done', { at: doors.at(-3) }),
    ];
    expect(told(await send(one, [back, twice, twice, forth]))).toEqual([
      'merged',
      'applied',
      'duplicate applied',
      'applied',
    ]);
  });

  test('refused as by the page, with the reason; what came of it waits; nothing half written, the rest goes through', async () => {
    const { cast, one, send, home, outcome } = doors;
    const roundId = await going();
    const full = await going();
    for (let at = 0; at < 40; at += 1)
      await cast.owner`insert into visit (id, round_id, area_id, day, person_id, pin)
        select ${newId()}, id, area_id, day, ${await neighbour(cast, cast.here)}, ${String(3000 + at)} from visit_round where id = ${full}`;
    const off = await going();
    await as(cast, 'organiser', cast.here, (tx, caller) => callOffRound(tx, { roundId: off }, caller, new Date()));
    const other = await home();
    const refused = [
      met(roundId, { consentVersion: 1 }),
      met(roundId, { consentVersion: 9 }),
      met(roundId, { area: cast.there.villageId }),
      met(roundId, { consent: '' }),
      met(roundId, { fullName: '' }),
      met(roundId, { visitId: other.visitId }),
      met(full),
      met(off),
      met(await going(dayAfter(2)), { at: doors.at(days(2) - 60) }),
      met(await going(dayAfter(-9)), { at: doors.at(-days(1)) }),
      met(await going(dayAfter(-95)), { at: doors.at(-days(95)) }),
    ];
    const waits = outcome(refused[0]?.visitId ?? '');
    const waitsToo = outcome(refused[4]?.visitId ?? '');
    const fine = met(roundId);
    const results = await send(one, [waits, waitsToo, ...refused, fine, outcome(fine.visitId)]);
    expect(results.map(({ outcome: what, reason, field }) => [what, reason, field].filter(Boolean).join(' '))).toEqual([
      'quarantined visitMetFirst',
      'quarantined visitMetFirst',
      'quarantined consentChanged consent',
      'quarantined consentChanged consent',
      'quarantined chooseVillage area',
      'quarantined visitConsent consent',
      'quarantined nameMissing fullName',
      'quarantined idReused',
      'quarantined roundFull',
      'quarantined roundCalledOff',
      'quarantined visitEarly',
      'quarantined visitLate',
      'quarantined visitArrivedLate',
      'applied',
      'applied',
    ]);
    expect(await rowsOf(roundId)).toHaveLength(1);
    const [left] = await cast.owner`select count(*)::int as count from visit_request
      where id = any(${refused.map(({ id }) => id)}::uuid[])`;
    expect(left?.count, 'nothing half written').toBe(0);
    const [late] =
      await cast.owner`select count(*)::int as count from audit_event where subject_id = ${off} and action = 'visit.late'`;
    expect(late?.count, 'the organiser is told that something came').toBe(1);
  });

  test('put right it is a new act of the same home, and what waited for it is taken', async () => {
    const { one, send, outcome, told } = doors;
    const roundId = await going();
    const who = met(roundId, { consentVersion: 1 });
    const said = outcome(who.visitId);
    expect(told(await send(one, [who, said]))).toEqual(['quarantined consentChanged', 'quarantined visitMetFirst']);
    expect(told(await send(one, [{ ...who, id: newId(), consentVersion: 2 }]))).toEqual(['applied']);
    expect(told(await send(one, [said]))).toEqual(['applied']);
    expect(await rowsOf(roundId)).toMatchObject([{ id: who.visitId, outcome: 'done' }]);
  });

  test('the words in use when it was said hold, also where they changed before it arrived; older ones do not', async () => {
    const { cast, one, send, told } = doors;
    const roundId = await going(dayAfter(-2));
    const [version] = await cast.owner<{ version: number }[]>`
      insert into consent_text (purpose, version, body_vi, body_en, used_from)
      select 'visit', max(version) + 1, 'Lời mới', 'New words', now() - interval '1 day' from consent_text where purpose = 'visit' returning version`;
    const fresh = version?.version ?? 0;
    const [before, after] = [doors.at(-days(2)), doors.at(-60)];
    const all = [
      met(roundId, { at: before, consentVersion: fresh - 1 }),
      met(roundId, { at: after, consentVersion: fresh - 1 }),
      met(roundId, { at: after, consentVersion: fresh }),
      // Read out again, of a meeting of before.
      met(roundId, { at: before, consentVersion: fresh }),
    ];
    const answers = told(await send(one, all));
    expect(answers).toEqual(['applied', 'quarantined consentChanged', 'applied', 'applied']);
    await cast.owner`update consent_text set used_from = now() + interval '9 years' where purpose = 'visit' and version = ${fresh}`;
  });

  test('only on a round one was sent on or plans for; another’s round, another unit, another’s ids: nothing is said and nothing written', async () => {
    const { cast, one, two, idle, send, outcome, told } = doors;
    const roundId = await going();
    const who = met(roundId);
    expect(told(await send(idle, [who, outcome(who.visitId)]))).toEqual(['out_of_scope', 'quarantined visitMetFirst']);
    expect(told(await send(one, [met(newId())]))).toEqual(['out_of_scope']);
    const elsewhere = await cast.accountOf('organiser', cast.there);
    expect(told(await send(elsewhere, [who]))).toEqual(['out_of_scope']);
    expect(await rowsOf(roundId)).toEqual([]);
    expect(told(await send(await cast.accountOf('organiser', cast.here), [met(roundId)]))).toEqual(['applied']);
    expect(told(await send(one, [who]))).toEqual(['applied']);
    expect(told(await send(two, [{ ...who, visitId: newId() }])), 'an id is used once').toEqual([
      'quarantined idReused',
    ]);
    expect(told(await send(two, [met(roundId, { visitId: who.visitId })]))).toEqual(['quarantined idReused']);
    expect(await rowsOf(roundId)).toHaveLength(2);
    // Sent on it no more.
    await cast.owner`update visit_round_helper set called_off_at = now() where round_id = ${roundId} and member_id = ${doors.members[0] ?? ''}`;
    expect(told(await send(one, [met(roundId)]))).toEqual(['out_of_scope']);
  });

  test('said on the round’s day it is taken weeks later, when the round is out of sight', async () => {
    const { one, send, outcome, told } = doors;
    const roundId = await going(dayAfter(-20));
    const who = met(roundId, { at: doors.at(-days(20) + 60) });
    expect(told(await send(one, [who, outcome(who.visitId, 'done', { at: doors.at(-days(20) + 120) })]))).toEqual([
      'applied',
      'applied',
    ]);
  });

  test('two phones of one round at once, each with a home and somebody met: both are taken', async () => {
    const { one, two, send, home, outcome, told } = doors;
    const first = await home();
    for (let again = 0; again < 6; again += 1) {
      const [a, b] = [met(first.roundId), met(first.roundId)];
      const answers = await Promise.all([
        send(one, [outcome(first.visitId), a, outcome(a.visitId)]),
        send(two, [outcome(first.visitId), b, outcome(b.visitId)]),
      ]);
      for (const each of answers) expect(told(each).slice(1)).toEqual(['applied', 'applied']);
    }
    expect(await rowsOf(first.roundId)).toHaveLength(13);
  });
});

test('a phone takes along the words to read out and where somebody may live', async () => {
  const roundId = await going();
  const pack = await doors.by(doors.one, async (tx, caller) => {
    const rounds = await roundsToCarry(tx, 'vi', new Date());
    return visitPack(tx, caller, 'vi', rounds, await householdsOf(tx, 'vi', caller, [], new Date()));
  });
  expect(pack.consent).toMatchObject({ version: 2 });
  expect(pack.consent?.body.length).toBeGreaterThan(40);
  const { villageId } = doors.cast.here;
  const round = pack.rounds.find(({ id }) => id === roundId);
  expect(round?.places?.map(({ id }) => id)).toEqual([villageId]);
  expect(round?.home).toBe(villageId);
});
