import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Caller, ScopedTx } from '../../lib/access/scoped';
import { dayOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { householdsOf } from '../../lib/task/home';
import { callOffRound, closeRequest, recordOutcome, recordVisits, takeOffRound } from '../../lib/visit/commands';
import { peopleCarried, roundsToCarry, visitPack } from '../../lib/visit/packing';
import { visitBatch } from '../../lib/visit/schema';
import { as } from '../desk/scene';
import { atDoors, type Doors } from './doors';
import { neighbour, said } from './scene';

let doors: Doors;
beforeAll(async () => {
  doors = await atDoors();
});
afterAll(() => doors.close());

describe('what was done at doors, sent later', () => {
  test('outcome, skills, steps and the next visit arrive once, however often they are sent', async () => {
    const { cast, one, send, home, outcome, skill, steps, told, stateOf } = doors;
    const { visitId, personId } = await home();
    const next = dayOf(new Date(Date.now() + 9 * 86_400_000));
    const all = [
      outcome(visitId, 'done', { nextOn: next, words: 'Hẹn xem lại' }),
      skill(visitId, 3),
      steps(visitId, 'no'),
    ];
    expect(told(await send(one, all))).toEqual(['applied', 'applied', 'applied']);
    // The connection broke before the answer came.
    for (let again = 0; again < 3; again += 1)
      expect(told(await send(one, [...all, all[0]]))).toEqual(Array(4).fill('duplicate applied'));
    const { outcomes, seen, answers, rest } = await stateOf(visitId);
    expect([outcomes.length, seen.length, answers.length, rest?.closedBecause]).toEqual([1, 1, 1, 'done']);
    const [row] =
      await cast.owner`select next_on::text, words, recorded_by from visit_outcome where visit_id = ${visitId}`;
    expect(row).toEqual({ nextOn: next, words: 'Hẹn xem lại', recordedBy: one });
    const [step] = await cast.owner`select recorded_by, source from step_record where person_id = ${personId}`;
    expect(step).toEqual({ recordedBy: one, source: 'self' });
    const kept = await cast.owner`select content::text as content from visit_operation where visit_id = ${visitId}`;
    expect(JSON.stringify(kept)).not.toMatch(/Hẹn|"no"/);
    expect(told(await send(one, [{ ...all[0], outcome: 'refused' }]))).toEqual(['quarantined idReused']);
  });

  test('twenty times at once it is one', async () => {
    const { one, send, home, outcome, skill, steps, stateOf } = doors;
    const { visitId } = await home();
    const all = [outcome(visitId), skill(visitId, 2), steps(visitId, 'yes')];
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(one, all)));
    expect(answers.filter((each) => each.every(({ outcome: what }) => what === 'applied'))).toHaveLength(1);
    const { outcomes, seen, answers: said } = await stateOf(visitId);
    expect([outcomes.length, seen.length, said.length]).toEqual([1, 1, 1]);
  });

  test('two who recorded one visit keep both; where they say otherwise it is told until somebody who knows says it again', async () => {
    const { one, two, send, home, at, outcome, told, stateOf } = doors;
    const { visitId } = await home();
    const [first, second] = [outcome(visitId, 'done', { at: at(1) }), outcome(visitId, 'not_home', { at: at(2) })];
    expect(told(await send(one, [first]))).toEqual(['applied']);
    expect(told(await send(two, [second]))).toEqual(['conflict']);
    expect((await stateOf(visitId, [first.id, second.id])).became).toEqual(['conflict ', 'conflict ']);
    expect((await stateOf(visitId)).rest?.closedBecause, 'the newest stands').toBeNull();
    const both = outcome(visitId, 'done', { at: at(3), after: [first.id, second.id] });
    expect(told(await send(one, [both]))).toEqual(['applied']);
    const { became, outcomes, rest } = await stateOf(visitId, [first.id, second.id]);
    expect([became, outcomes.length, rest?.closedBecause]).toEqual([['merged ', 'merged '], 3, 'done']);
  });

  test('the page’s form and a phone: what the form did not show is told, what it showed is replaced', async () => {
    const { one, two, by, send, home, at, outcome, told, stateOf } = doors;
    const { visitId } = await home();
    await by(one, (tx, caller) => recordOutcome(tx, said(visitId), caller, new Date()));
    const later = outcome(visitId, 'refused', { at: at(5) });
    expect(told(await send(two, [later]))).toEqual(['conflict']);
    await by(one, (tx, caller) => recordOutcome(tx, said(visitId), caller, new Date(Date.now() + 9_000)));
    expect((await stateOf(visitId, [later.id])).became).toEqual(['merged ']);
  });

  test('skills wait until somebody says that the visit took place; one who denies it then is told', async () => {
    const { one, two, send, home, at, outcome, skill, told, stateOf } = doors;
    const { visitId } = await home();
    const seen = skill(visitId, 3);
    expect(told(await send(one, [seen]))).toEqual(['held visitNotDone']);
    expect((await stateOf(visitId)).seen).toHaveLength(0);
    expect(told(await send(one, [outcome(visitId, 'done', { at: at(1) })]))).toEqual(['applied']);
    expect((await stateOf(visitId, [seen.id])).became).toEqual(['applied ']);
    expect((await stateOf(visitId)).seen).toHaveLength(1);
    expect(told(await send(two, [outcome(visitId, 'not_home', { at: at(2) })]))).toEqual(['conflict']);
  });

  test('withdrawn, settled, taken off or called off meanwhile, before its day, of nobody known: refused, and the rest goes through', async () => {
    const { cast, one, send, home, at, outcome, skill, steps, told } = doors;
    const [withdrawn, off, closed, taken, fine] = [
      await home(),
      await home(),
      await home(),
      await home(),
      await home(),
    ];
    await cast.owner`update visit_request set closed_at = now(), closed_because = 'withdrawn' where id = ${withdrawn.requestId}`;
    const plan = <R>(work: (tx: ScopedTx, caller: Caller) => Promise<R>) => as(cast, 'organiser', cast.here, work);
    await plan((tx, caller) => callOffRound(tx, { roundId: off.roundId }, caller, new Date()));
    await plan((tx, caller) => closeRequest(tx, { requestId: closed.requestId ?? '', reason: 'Đã giúp' }, caller));
    await plan((tx, caller) => takeOffRound(tx, { visitId: taken.visitId }, caller, new Date()));
    const ahead = await home({ day: dayOf(new Date(Date.now() + 2 * 86_400_000)) });
    const nobody = await home({ known: false });
    const results = await send(one, [
      ...[withdrawn, off, closed, taken, ahead].map(({ visitId }) => outcome(visitId)),
      outcome(ahead.visitId, 'done', { at: at(2 * 86_400 - 60) }),
      skill(nobody.visitId, 1),
      { kind: 'outcome', id: newId(), visitId: fine.visitId, at: 'hôm qua', outcome: 'done' },
      outcome(fine.visitId, 'done', { minutes: null }),
      outcome(fine.visitId, 'done', { nextOn: '2026-01-01' }),
      outcome(fine.visitId, 'done', { at: at(5 * 86_400) }),
      steps(fine.visitId, 'yes', { answers: [{ step: 'horse', answer: 'yes' }] }),
      { ...skill(fine.visitId, 1), skillCode: 'NO1' },
      outcome(fine.visitId),
    ]);
    expect(told(results)).toEqual([
      'quarantined visitWithdrawn',
      'quarantined roundCalledOff',
      'quarantined visitTakenOff',
      'quarantined visitTakenOff',
      'quarantined visitEarly',
      'quarantined visitEarly',
      'quarantined visitUnknownPerson',
      'quarantined clockWrong',
      'quarantined minutesShape',
      'quarantined nextPast',
      'quarantined clockWrong',
      'quarantined stepUnknown',
      'quarantined skillUnknown',
      'applied',
    ]);
    const [rows] = await cast.owner`select count(*)::int as count from visit_operation
      where visit_id = any(${[withdrawn, off, closed, taken, ahead, nobody].map(({ visitId }) => visitId)}::uuid[])`;
    expect(rows?.count, 'nothing written').toBe(0);
  });

  test('somebody who was not sent there, another unit, another account’s work: nothing is said and nothing written', async () => {
    const { cast, one, two, idle, by, send, home, outcome, told, stateOf } = doors;
    const { visitId } = await home();
    const mine = outcome(visitId);
    expect(told(await send(idle, [mine, outcome(newId())]))).toEqual(['out_of_scope', 'out_of_scope']);
    const elsewhere = await cast.accountOf('organiser', cast.there);
    expect(told(await send(elsewhere, [mine]))).toEqual(['out_of_scope']);
    const batch = visitBatch.parse({ protocol: 1, account: two, operations: [mine] });
    expect(await by(one, (tx, caller) => recordVisits(tx, batch, caller))).toEqual({ refused: 'otherAccount' });
    expect((await stateOf(visitId)).outcomes).toHaveLength(0);
    expect(told(await send(await cast.accountOf('organiser', cast.here), [mine])), 'who plans there').toEqual([
      'applied',
    ]);
  });

  test('back from the hills after the round is out of sight, work is taken; from whoever left the team it is not', async () => {
    const { cast, one, two, members, send, home, at, outcome, told } = doors;
    const { visitId } = await home({ day: dayOf(new Date(Date.now() - 12 * 86_400_000)) });
    expect(told(await send(one, [outcome(visitId, 'done', { at: at(-11 * 86_400) })]))).toEqual(['applied']);
    await cast.owner`update team_member set left_on = current_date where id = ${members[1] ?? ''}`;
    expect(told(await send(two, [outcome(visitId)]))).toEqual(['out_of_scope']);
    await cast.owner`update team_member set left_on = null where id = ${members[1] ?? ''}`;
    // Who was taken off the round alone is not sent there any more.
    await cast.owner`update visit_round_helper set called_off_at = now() where member_id = ${members[1] ?? ''}`;
    expect(told(await send(two, [outcome(visitId)]))).toEqual(['out_of_scope']);
    await cast.owner`update visit_round_helper set called_off_at = null where member_id = ${members[1] ?? ''}`;
  });

  test('steps need the consent that stands; without it they are not kept', async () => {
    const { cast, one, send, home, steps, told, stateOf } = doors;
    const { visitId, personId } = await home();
    await cast.owner`update consent set withdrawn_at = now() where person_id = ${personId}`;
    expect(told(await send(one, [steps(visitId, 'yes')]))).toEqual(['quarantined visitWithdrawn']);
    expect((await stateOf(visitId)).answers).toHaveLength(0);
  });
});

describe('what a phone takes along', () => {
  const pack = (accountId: string) =>
    doors.by(accountId, async (tx, caller) => {
      const rounds = await roundsToCarry(tx, 'vi', new Date());
      const households = await householdsOf(tx, 'vi', caller, peopleCarried(rounds), new Date());
      return visitPack(tx, caller, 'vi', rounds, households);
    });

  test('the homes of the rounds one goes on, with who lives there and what was said; nobody else’s, and never a phone number', async () => {
    const { cast, one, two, idle, send, home, outcome, skill, steps } = doors;
    const { visitId, roundId, personId } = await home();
    const beside = await neighbour(cast, cast.here);
    const householdId = newId();
    await cast.owner`insert into household (id, area_id) values (${householdId}, ${cast.here.villageId})`;
    for (const member of [personId, beside])
      await cast.owner`insert into household_member (household_id, person_id, area_id, joined_at) values (${householdId}, ${member}, ${cast.here.villageId}, now())`;
    await cast.owner`update visit_request set phone = '+84912345678', phone_of = 'self' where id = (select request_id from visit where id = ${visitId})`;
    await send(two, [outcome(visitId, 'done', { words: 'Đã cài máy' }), skill(visitId, 2), steps(visitId, 'yes')]);
    const mine = await pack(one);
    const found = mine.rounds.find(({ id }) => id === roundId)?.visits.find(({ id }) => id === visitId);
    expect(found?.said.map(({ outcome: what, words, own }) => [what, words, own])).toEqual([
      ['done', 'Đã cài máy', false],
    ]);
    expect(found?.skills.find(({ code }) => code === cast.skillCode)).toMatchObject({ level: 2, here: 2 });
    expect(found?.steps.map(({ code, answer }) => [code, answer])).toEqual([['phone', 'yes']]);
    expect(found?.household.map(({ id }) => id)).toEqual([personId, beside]);
    expect(found?.known).toHaveLength(3);
    expect(JSON.stringify(mine)).not.toContain('+84912345678');
    expect((await pack(idle)).rounds).toEqual([]);
    expect((await pack(await cast.accountOf('organiser', cast.here))).rounds, 'who plans carries nobody').toEqual([]);
    await cast.owner`update visit_round set called_off_at = now() where id = ${roundId}`;
    expect((await pack(one)).rounds.some(({ id }) => id === roundId)).toBe(false);
  });
});
