import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { givenUntil, mostAWeek, priorityOf, reasonsOf, standingOf, weekPlan, type Terms } from '../../lib/task/rules';
import { giveInput, keyOf } from '../../lib/task/schema';

const day = 86_400_000;
const since = new Date(Date.UTC(2026, 9, 1));
const on = (days: number) => new Date(since.getTime() + days * day);
const byWork: Terms = { settledBy: 'work', window: { due: 7, expires: 60, again: 3 } };
const byFact: Terms = { ...byWork, settledBy: 'fact' };
const nothing = { work: [], paused: false, held: false };
const worked = (outcome: 'done' | 'not_home' | 'refused', days: number) => ({
  ...nothing,
  work: [{ outcome, at: on(days) }],
});

describe('how a task stands', () => {
  test('is due after so many days, overdue from then on, and of no use after its last day', () => {
    expect(standingOf({ since }, byWork, nothing, on(6))).toMatchObject({ state: 'open', overdue: false, due: on(7) });
    expect(standingOf({ since }, byWork, nothing, on(7))).toMatchObject({ state: 'open', overdue: true });
    expect(standingOf({ since }, byWork, nothing, on(60))).toMatchObject({ state: 'expired', overdue: false });
    expect(standingOf({ since, expires: on(3) }, byWork, nothing, on(3)).state).toBe('expired');
  });

  test('"done" settles it where work does, and nothing where only the fact does', () => {
    expect(standingOf({ since }, byWork, worked('done', 1), on(2)).state).toBe('settled');
    expect(standingOf({ since }, byFact, worked('done', 1), on(2)).state).toBe('open');
  });

  test('comes back by itself after nobody was at home; a pause and a report hide it only while they last', () => {
    expect(standingOf({ since }, byWork, worked('not_home', 1), on(3)).state).toBe('later');
    expect(standingOf({ since }, byWork, worked('not_home', 1), on(4)).state).toBe('open');
    expect(standingOf({ since }, byWork, { ...nothing, paused: true }, on(4)).state).toBe('paused');
    expect(standingOf({ since }, byWork, { ...nothing, held: true, paused: true }, on(4)).state).toBe('held');
    expect(
      standingOf({ since }, { ...byWork, corrects: true }, { ...nothing, held: true, paused: true }, on(4)).state,
    ).toBe('open');
  });
});

test('priority is base times need, and says why', () => {
  const need = { age: 72, alone: true, remote: true };
  expect(reasonsOf(need)).toEqual(['old', 'alone', 'remote']);
  expect(priorityOf(10, need)).toBe(23);
  expect(priorityOf(10, { age: 69, alone: false, remote: false })).toBe(10);
  expect(priorityOf(10, null)).toBe(10);
});

test('property: a week proposes everybody once, no helper more than seven, and leaves nobody out while somebody has room', () => {
  const hands = fc.uniqueArray(
    fc.record({ memberId: fc.uuid(), areaId: fc.integer({ min: 1, max: 5 }), has: fc.integer({ min: 0, max: 9 }) }),
    { selector: ({ memberId }) => memberId, maxLength: 8 },
  );
  const visits = fc.uniqueArray(
    fc.record({ id: fc.uuid(), villageId: fc.integer({ min: 1, max: 5 }), score: fc.integer({ min: 1, max: 40 }) }),
    { selector: ({ id }) => id, maxLength: 60 },
  );
  fc.assert(
    fc.property(visits, hands, (people, helpers) => {
      const plan = weekPlan(people, helpers);
      const given = [...plan.values()].flat();
      expect(new Set(given).size).toBe(given.length);
      for (const { memberId, has } of helpers)
        expect((plan.get(memberId)?.length ?? 0) + Math.min(has, mostAWeek)).toBeLessThanOrEqual(mostAWeek);
      const room = helpers.reduce((sum, { has }) => sum + Math.max(0, mostAWeek - has), 0);
      expect(given.length).toBe(Math.min(room, people.length));
      if (room > 0 && people.length > 0)
        expect(given).toContain(
          people.toSorted((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1))[0],
        );
    }),
  );
});

test('whom nobody has met comes before everybody else, however much there is to do with others', () => {
  const one = (id: string, score: number, never: boolean) => ({ id, score, never, villageId: Number(id) });
  const people = [one('1', 20, false), one('2', 3, true), one('3', 6.9, true), one('4', 13.8, false)];
  const plan = weekPlan(people, [{ memberId: 'a', areaId: 9, has: mostAWeek - 2 }]);
  expect(plan.get('a')?.map(({ id }) => id)).toEqual(['3', '2']);
});

test('what is given is given for a week at least and two months at most', () => {
  expect(givenUntil(on(3), on(0))).toEqual(on(7));
  expect(givenUntil(on(30), on(0))).toEqual(on(30));
  expect(givenUntil(on(300), on(0))).toEqual(on(60));
});

test('a form names tasks one by one or several of a person at once, and nothing that is no task', () => {
  const person = '01890000-0000-7000-8000-000000000001';
  const keys = [`never~${person}~never`, `recheck~${person}~alone.30.1790000000`, 'asked~~0f'];
  const typed = giveInput.parse({ task: [keys.slice(0, 2).join(' '), keys[2]], to: 'me', back: 'week' });
  expect(typed.task.map(keyOf)).toEqual(keys);
  const nobody = giveInput.safeParse({ task: keys[0], to: '', back: 'week' });
  expect(nobody.error?.issues.map(({ message }) => message)).toEqual(['chooseWhom']);
  for (const bad of [
    undefined,
    '',
    'never',
    `never~${person}~`,
    "never~~' or true",
    `${'x'.repeat(40)}~~a`,
    ['x~~a', 3],
  ])
    expect(giveInput.safeParse({ task: bad, to: 'me', back: 'week' }).success, String(bad)).toBe(false);
});
