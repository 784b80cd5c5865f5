import { expect, test } from 'vitest';
import { closesAs, priorityOf, stops, type Waiting } from '../../lib/visit/rules';
import { visitOutcomes } from '../../lib/visit/schema';

const plain: Waiting = {
  askedBy: 'self',
  needs: ['phone'],
  days: 0,
  birthYear: 1980,
  alone: null,
  remote: false,
  never: null,
  tried: 0,
  promised: false,
};

test('each need raises the priority and says so; what is not known raises nothing', () => {
  const base = priorityOf(plain, 2026).score;
  const more: [Partial<Waiting>, string][] = [
    [{ birthYear: 1956 }, 'age70'],
    [{ alone: true }, 'alone'],
    [{ remote: true }, 'remote'],
    [{ never: true }, 'never'],
    [{ needs: ['safety'] }, 'safety'],
    [{ tried: 2 }, 'tried'],
    [{ promised: true }, 'next_visit'],
    [{ days: 7 }, 'waits'],
  ];
  for (const [change, reason] of more) {
    const found = priorityOf({ ...plain, ...change }, 2026);
    expect(found.score, reason).toBeGreaterThan(base);
    expect(found.reasons).toEqual([reason]);
  }
  expect(priorityOf({ ...plain, birthYear: 1957 }, 2026)).toEqual({ score: base, reasons: [] });
  expect(priorityOf({ ...plain, birthYear: null, alone: false, never: false }, 2026).score).toBe(base);
});

test('nobody waits for ever: after two months with nothing else one outruns everything new', () => {
  const everything: Waiting = {
    ...plain,
    birthYear: 1930,
    alone: true,
    remote: true,
    never: true,
    needs: ['safety'],
    tried: 3,
    promised: true,
  };
  expect(priorityOf({ ...plain, askedBy: 'staff', days: 62 }, 2026).score).toBeGreaterThan(
    priorityOf(everything, 2026).score,
  );
});

test('only nobody at home and a visit cut short leave a request open; refusal, a move and a death stop', () => {
  expect(visitOutcomes.filter((outcome) => closesAs(outcome) === null)).toEqual(['not_home', 'unsafe']);
  expect(visitOutcomes.filter(stops)).toEqual(['refused', 'moved', 'died']);
});
