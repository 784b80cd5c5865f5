import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outcomeOf, pathOf, pathStates, type SessionToCome } from '../../lib/completion/rules';

const course = { lessons: ['l1', 'l2', 'l3'], lessonsRequired: null, required: ['A1'] };
const session = (own: boolean, lineageId: string | null, ...skills: string[]): SessionToCome => ({
  own,
  lineageId,
  skills,
});
const of = (covered: string[], level: number, ...sessionsToCome: SessionToCome[]) =>
  pathOf({ ...course, covered: new Set(covered), levels: new Map([['A1', level]]), sessionsToCome });

test('done: every lesson taken and every required skill alone, wherever that was', () => {
  expect(of(['l1', 'l2', 'l3'], 3)).toEqual({ state: 'done', taken: 3, needed: 3, lessons: [], skills: [] });
  expect(of(['l1', 'l2', 'l3'], 2)).toMatchObject({ state: 'cannot', lessons: [], skills: ['A1'] });
});

test('on track as long as one’s own class still teaches all that is missing', () => {
  expect(of(['l1'], 3, session(true, 'l2'), session(true, 'l3'))).toMatchObject({
    state: 'on_track',
    lessons: ['l2', 'l3'],
  });
  expect(of(['l1', 'l2'], 1, session(true, 'l3', 'A1'))).toMatchObject({ state: 'on_track', skills: ['A1'] });
});

test('can still finish when a missed lesson, or a skill, is to be had elsewhere; cannot when it is nowhere', () => {
  expect(of(['l1', 'l3'], 3, session(false, 'l2')).state).toBe('can_still');
  expect(of(['l1', 'l3'], 3, session(true, 'l3')).state).toBe('cannot');
  expect(of(['l1', 'l2', 'l3'], 0, session(false, null, 'A1')).state).toBe('can_still');
});

test('a course that asks for some lessons is done with just so many, and says nothing is missing then', () => {
  const two = { ...course, lessonsRequired: 2, required: [], levels: new Map(), sessionsToCome: [] };
  expect(pathOf({ ...two, covered: new Set(['l1', 'l3']) })).toEqual({
    state: 'done',
    taken: 2,
    needed: 2,
    lessons: [],
    skills: [],
  });
  expect(pathOf({ ...two, covered: new Set(['l1', 'x']) })).toMatchObject({
    state: 'cannot',
    taken: 1,
    lessons: ['l2', 'l3'],
  });
});

test('the outcome of a closed class: done is completed, having come once is partial, never is no-show', () => {
  expect(outcomeOf({ state: 'done' }, false)).toBe('completed');
  expect(outcomeOf({ state: 'cannot' }, true)).toBe('partial');
  expect(outcomeOf({ state: 'can_still' }, false)).toBe('no_show');
});

test('agrees with a reference that plays every choice of sessions, and more never makes worse', () => {
  const codes = ['A1', 'B1', 'C1'];
  const lines = ['l1', 'l2', 'l3', 'l4'];
  const world = fc.record({
    lessons: fc.uniqueArray(fc.constantFrom(...lines), { minLength: 1 }),
    lessonsRequired: fc.option(fc.integer({ min: 1, max: 4 })),
    required: fc.uniqueArray(fc.constantFrom(...codes)),
    covered: fc.uniqueArray(fc.constantFrom(...lines, 'elsewhere')),
    levels: fc.uniqueArray(fc.tuple(fc.constantFrom(...codes), fc.integer({ min: 0, max: 4 })), {
      selector: ([code]) => code,
    }),
    sessionsToCome: fc.array(
      fc.record({
        own: fc.boolean(),
        lineageId: fc.option(fc.constantFrom(...lines)),
        skills: fc.uniqueArray(fc.constantFrom(...codes)),
      }),
      { maxLength: 5 },
    ),
  });
  type World = typeof world extends fc.Arbitrary<infer W> ? W : never;
  /** Completed now? Counted lesson by lesson, apart from the rule under test. */
  const complete = (given: World, came: string[], alone: string[]) => {
    let lessons = 0;
    for (const line of given.lessons) if (came.includes(line)) lessons += 1;
    const enough =
      given.lessonsRequired === null ? given.lessons.length : Math.min(given.lessonsRequired, given.lessons.length);
    return lessons >= enough && given.required.every((code) => alone.includes(code));
  };
  /** Whether any set of these sessions, gone to and mastered, completes the course. */
  const reachable = (given: World, sessions: SessionToCome[], came: string[], alone: string[]): boolean => {
    if (complete(given, came, alone)) return true;
    const [next, ...rest] = sessions;
    if (!next) return false;
    return (
      reachable(given, rest, came, alone) ||
      reachable(given, rest, [...came, next.lineageId ?? ''], [...alone, ...next.skills])
    );
  };
  fc.assert(
    fc.property(world, (given) => {
      const ask = { ...given, covered: new Set(given.covered), levels: new Map(given.levels) };
      const alone = given.levels.filter(([, level]) => level >= 3).map(([code]) => code);
      const can = (sessions: SessionToCome[]) => reachable(given, sessions, given.covered, alone);
      const own = given.sessionsToCome.filter((one) => one.own);
      const expected = can([]) ? 'done' : can(own) ? 'on_track' : can(given.sessionsToCome) ? 'can_still' : 'cannot';
      const path = pathOf(ask);
      expect(path.state).toBe(expected);
      const better = pathOf({ ...ask, covered: new Set([...given.covered, given.lessons[0] ?? '']) });
      expect(pathStates.indexOf(better.state)).toBeLessThanOrEqual(pathStates.indexOf(path.state));
    }),
    { numRuns: 2000 },
  );
});
