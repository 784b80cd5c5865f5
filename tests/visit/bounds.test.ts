import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, dayOf, momentOf } from '../../lib/kernel/clock';
import { newId } from '../../lib/kernel/id';
import { callOffRound, recordOutcome, recordStepsAtHome, takeOffRound } from '../../lib/visit/commands';
import { lateActs } from '../../lib/visit/queries';
import { mostSaid, settleSaid, type SaidOnce } from '../../lib/visit/rules';
import { as } from '../desk/scene';
import { atDoors, type Doors } from './doors';
import { said } from './scene';

let doors: Doors;
beforeAll(async () => {
  doors = await atDoors();
});
afterAll(() => doors.close());

const today = dayOf(new Date());
const noon = (day: string) => momentOf(day, '12:00');
const fill = (visitId: string, more = {}) => said(visitId, { outcome: 'not_home', minutes: '', ...more });

describe('the last day for recording at a door', () => {
  test('what was done more than a week after the round, or arrives more than ninety days after it, is put aside', async () => {
    const { one, send, home, outcome, skill, steps, told, stateOf } = doors;
    const day = addDays(today, -100);
    const { visitId } = await home({ day });
    const done = (after: number) => ({ at: noon(addDays(day, after)).toISOString() });
    const late = [outcome(visitId, 'done', done(8)), skill(visitId, 1, done(8)), steps(visitId, 'no', done(8))];
    const inTime = outcome(visitId, 'not_home', done(7));
    expect(told(await send(one, [...late, inTime], noon(addDays(day, 91))))).toEqual([
      ...Array<string>(3).fill('quarantined visitLate'),
      'quarantined visitArrivedLate',
    ]);
    expect((await stateOf(visitId)).outcomes).toHaveLength(0);
    expect(told(await send(one, [...late, inTime], noon(addDays(day, 90))))).toEqual([
      ...Array<string>(3).fill('quarantined visitLate'),
      'applied',
    ]);
    expect(told(await send(one, [inTime], noon(addDays(day, 99)))), 'sent again').toEqual(['duplicate applied']);
  });

  test('the page’s forms take nothing after that week, of whoever goes or plans', async () => {
    const { cast, one, by, home, stateOf } = doors;
    const day = addDays(today, -6);
    const { visitId, personId } = await home({ day });
    const answers = [{ step: 'phone', answer: 'yes' }] as const;
    const asked = { visitId, personId: personId ?? '', answers, source: 'self', key: newId() } as const;
    const late = noon(addDays(day, 8));
    for (const who of [one, await cast.accountOf('organiser', cast.here)]) {
      expect(await by(who, (tx, caller) => recordOutcome(tx, fill(visitId), caller, late))).toEqual({
        refused: 'visitLate',
      });
      expect(
        await by(who, (tx, caller) => recordStepsAtHome(tx, { ...asked, at: late } as never, caller, late)),
      ).toEqual({ refused: 'visitLate' });
    }
    expect((await stateOf(visitId)).outcomes).toHaveLength(0);
    expect(await by(one, (tx, caller) => recordOutcome(tx, fill(visitId), caller, noon(addDays(day, 7))))).toEqual(
      expect.objectContaining({ visitId }),
    );
  });
});

test('a clock that is a day ahead does not outrank what is said later: it counts as done when it arrives', async () => {
  const { cast, one, two, send, home, at, outcome, skill, told, stateOf } = doors;
  const { visitId } = await home();
  const now = new Date();
  const ahead = [outcome(visitId, 'not_home', { at: at(86_400) }), skill(visitId, 1, { at: at(86_400) })];
  expect(told(await send(one, ahead, now))[0]).toBe('applied');
  const right = outcome(visitId, 'done', { at: new Date(now.getTime() + 60_000).toISOString(), after: [ahead[0]?.id] });
  expect(told(await send(two, [right], new Date(now.getTime() + 120_000)))).toEqual(['applied']);
  const { outcomes, seen, rest } = await stateOf(visitId);
  expect(outcomes.map((row) => row.outcome)).toEqual(['not_home', 'done']);
  expect(outcomes[0]?.at).toEqual(now);
  expect(seen[0]?.observedAt).toEqual(now);
  expect(rest?.closedBecause).toBe('done');
  expect(told(await send(one, ahead.slice(0, 1))), 'sent again').toEqual(['duplicate merged']);
  const times =
    await cast.owner`select device_time from visit_operation where visit_id = ${visitId} and device_time > now() + interval '3 minutes'`;
  expect(times).toHaveLength(0);
});

describe('how often one says what came of a visit', () => {
  test('fifty times; the next is put aside, by phone and by form, and another may still say it', async () => {
    const { one, two, by, send, home, outcome, told, stateOf } = doors;
    const { visitId } = await home();
    const at = (second: number) => new Date(Date.now() - 100_000 + second * 1000).toISOString();
    const many = Array.from({ length: mostSaid + 3 }, (_, index) =>
      outcome(visitId, index % 2 ? 'done' : 'not_home', { at: at(index) }),
    );
    const answers = told(await send(one, many));
    expect(answers.filter((answer) => answer === 'quarantined visitTooOften')).toHaveLength(3);
    expect(answers.slice(-3)).toEqual(Array(3).fill('quarantined visitTooOften'));
    expect((await stateOf(visitId)).outcomes).toHaveLength(mostSaid);
    expect(await by(one, (tx, caller) => recordOutcome(tx, fill(visitId), caller, new Date()))).toEqual({
      refused: 'visitTooOften',
    });
    expect(told(await send(one, many.slice(0, 2)))).toEqual(['duplicate merged', 'duplicate merged']);
    expect(told(await send(two, [outcome(visitId, 'done')]))[0]).toMatch(/applied|conflict/);
  });

  test('the most two can say of one visit, each knowing of all that went before, is settled within a second', () => {
    const all: SaidOnce[] = [];
    for (let index = 0; index < 2 * mostSaid; index += 1)
      all.push({
        id: String(index).padStart(4, '0'),
        outcome: index % 2 ? 'done' : 'not_home',
        at: index,
        by: index % 2 ? 'a' : 'b',
        receivedAt: index,
        after: all.filter((_, before) => before % 3 === index % 3).map(({ id }) => id),
      });
    const began = performance.now();
    expect(settleSaid(all, false).became.size).toBe(all.length);
    expect(performance.now() - began).toBeLessThan(1000);
  });
});

describe('a request that was forgotten', () => {
  test('stays so: nothing is recorded of whoever asked, and it does not open again', async () => {
    const { cast, one, by, send, home, outcome, told } = doors;
    const { visitId, requestId } = await home({ known: false });
    await cast.owner`update visit_request set full_name = '', closed_at = now(), closed_because = 'done' where id = ${requestId}`;
    expect(told(await send(one, [outcome(visitId, 'not_home', { words: 'Bà Lê Thị Ai' })]))).toEqual([
      'quarantined visitForgotten',
    ]);
    expect(await by(one, (tx, caller) => recordOutcome(tx, fill(visitId), caller, new Date()))).toEqual({
      refused: 'visitForgotten',
    });
    const rows = await cast.owner`
      select q.closed_because, (select count(*)::int from visit_outcome where visit_id = ${visitId}) as count from visit_request q where q.id = ${requestId}`;
    expect([...rows]).toEqual([{ closedBecause: 'done', count: 0 }]);
  });

  test('of somebody known it is theirs: what is said of them counts on', async () => {
    const { cast, one, send, home, outcome, told } = doors;
    const { visitId, requestId } = await home();
    await cast.owner`update visit_request set full_name = '' where id = ${requestId}`;
    expect(told(await send(one, [outcome(visitId)]))).toEqual(['applied']);
  });
});

test('who withdrew, or was forgotten, is answered as such, also where the home is off its round or the round called off', async () => {
  const { cast, one, send, home, outcome, told } = doors;
  for (const off of ['home', 'round'] as const) {
    const [left, past] = [await home({ asked: false }), await home({ known: false })];
    await cast.owner`update consent set withdrawn_at = now() where person_id = ${left.personId}`;
    await cast.owner`update visit_request set full_name = '' where id = ${past.requestId}`;
    for (const { visitId, roundId } of [left, past])
      if (off === 'home') await cast.owner`update visit set taken_off_at = now() where id = ${visitId}`;
      else await cast.owner`update visit_round set called_off_at = now() where id = ${roundId}`;
    expect(told(await send(one, [outcome(left.visitId), outcome(past.visitId)])), off).toEqual([
      'quarantined visitWithdrawn',
      'quarantined visitForgotten',
    ]);
  }
});

test('what comes of homes taken off and rounds called off is counted for the organiser, once each; never of whoever withdrew', async () => {
  const { cast, one, send, home, outcome, skill, told } = doors;
  const [taken, off, withdrawn] = [await home(), await home(), await home()];
  const plan = <R>(work: Parameters<typeof as<R>>[3]) => as(cast, 'organiser', cast.here, work);
  await plan((tx, caller) => takeOffRound(tx, { visitId: taken.visitId }, caller, new Date()));
  await plan((tx, caller) => callOffRound(tx, { roundId: off.roundId }, caller, new Date()));
  await cast.owner`update visit_request set closed_at = now(), closed_because = 'withdrawn' where id = ${withdrawn.requestId}`;
  const acts = [
    outcome(taken.visitId, 'done', { words: 'Bà Xóm dặn' }),
    skill(taken.visitId, 2),
    outcome(off.visitId),
    outcome(withdrawn.visitId),
  ];
  for (let again = 0; again < 2; again += 1)
    expect(told(await send(one, acts))).toEqual([
      'quarantined visitTakenOff',
      'quarantined visitTakenOff',
      'quarantined roundCalledOff',
      'quarantined visitWithdrawn',
    ]);
  const counts = await plan(async (tx) => {
    const all: number[] = [];
    for (const { roundId } of [taken, off, withdrawn]) all.push(await lateActs(tx, roundId));
    return all;
  });
  expect(counts).toEqual([2, 1, 0]);
  const log = await cast.owner`select details from audit_event where action = 'visit.late'`;
  expect(JSON.stringify(log)).not.toMatch(/Xóm|done|level/);
});
