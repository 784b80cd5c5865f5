import fc from 'fast-check';
import { expect, test } from 'vitest';
import { modelAudiences, modelStates as storedStates, modelVenues } from '@/db/schema/model';
import {
  attainedForTenHours,
  attainedOfTen,
  hoursForTen,
  monthsThrough,
  monthsTold,
  openMonths,
  plannedMinutes,
  told,
  toldRounds,
  tooLittle,
  type Crowd,
} from '@/lib/model/rules';
import { audiences, modelForm, modelStates, venueKinds } from '@/lib/model/schema';

const seed = Date.now() % 1_000_000;
process.stdout.write(`model rules: seed ${seed}\n`);

/** A number of people made of so many classes, as evenly as it goes. */
const spread = (count: number, classes: number): Crowd => ({
  count,
  largest: Math.ceil(count / classes),
  parts: Array.from({ length: Math.min(count, classes) }, (_, at) => `lớp ${at}`),
});

test('whoever may not look people up is told nothing of fewer than ten, and of more what four other numbers would be told as well', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5000 }), (count) => {
      // Each at a class of their own, so that none tells many of them.
      const said = told(spread(count, count), false, true);
      if (count < 15) return said === null;
      const alike = Array.from({ length: 11 }, (_, at) => count - 5 + at).filter(
        (other) => other >= 10 && told(spread(other, other), false, true)?.count === said?.count,
      );
      const rounds = toldRounds(count, false, true);
      return (
        said !== null &&
        said.about &&
        Math.abs(said.count - count) <= 2 &&
        alike.length >= 3 &&
        rounds?.count === said.count &&
        rounds.about
      );
    }),
    { seed, numRuns: 2000 },
  );
  expect(told(spread(3, 1), true, true)).toEqual({ count: 3, about: false });
  expect(told(spread(0, 0), false, false)).toEqual({ count: 0, about: false });
  expect([toldRounds(9, false, true), toldRounds(9, true, true), toldRounds(12, false, true)]).toEqual([
    null,
    { count: 9, about: false },
    { count: 10, about: true },
  ]);
});

test('no number tells how many came to one class: not of one or two, nor of one so large that it is nearly all', () => {
  const of = (...sizes: number[]): Crowd => ({
    count: sizes.reduce((sum, size) => sum + size, 0),
    largest: Math.max(...sizes),
    parts: sizes.map((_, at) => `lớp ${at}`),
  });
  expect([told(of(40), false, true), told(of(40, 40), false, true)]).toEqual([null, null]);
  expect(told(of(40, 1, 1), false, true), 'nearly all at one').toBeNull();
  expect(told(of(40, 5, 4), false, true)).toBeNull();
  expect(told(of(40, 5, 5), false, true)).toEqual({ count: 50, about: true });
  // Whoever may look people up is told as before.
  expect(told(of(40), true, true)).toEqual({ count: 40, about: false });
});

test('months beside the whole leave the number of no class or two: what is not told is of three, or of none', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 5 }), {
        maxLength: 8,
      }),
      (held) => {
        const months = held.map((parts) => ({ count: parts.length * 8, largest: 8, parts }));
        const open = monthsTold(months);
        const left = new Set(held.flatMap((parts, at) => (open[at] ? [] : parts)));
        return (
          months.every(({ parts }, at) => !open[at] || parts.length >= 3) &&
          (!open.includes(true) || left.size === 0 || left.size >= 3)
        );
      },
    ),
    { seed, numRuns: 2000 },
  );
  const month = (...parts: string[]) => ({ count: parts.length * 8, largest: 8, parts });
  expect(monthsTold([month('a', 'b', 'c'), month('a', 'b', 'c')])).toEqual([true, true]);
  // Of the second there is one class: the whole without the first would tell it.
  expect(monthsTold([month('a', 'b', 'c'), month('d')])).toEqual([false, false]);
  expect(monthsTold([month('a', 'b', 'c', 'd'), month('a', 'b', 'c'), month('e')])).toEqual([true, false, false]);
});

test('who did something alone is told of months by the same rule, and of no month of which nothing is told of who came', () => {
  const month = (...parts: string[]) => ({ count: parts.length * 8, largest: 8, parts });
  const all = month('a', 'b', 'c', 'd');
  // In the second month somebody did something alone at one class only: told of the first beside the whole, it would be theirs.
  expect(
    openMonths([
      { reached: all, attained: all },
      { reached: all, attained: month('d') },
    ]),
  ).toEqual([
    { reached: true, attained: false },
    { reached: true, attained: false },
  ]);
  expect(openMonths([{ reached: month('a', 'b'), attained: month('a', 'b') }])).toEqual([
    { reached: false, attained: false },
  ]);
  const [one, other] = [month('a', 'b', 'c'), month('d', 'e', 'f')];
  expect(monthsTold([one, other], [true, false])).toEqual([true, false]);
  expect(monthsTold([month('a', 'b', 'c', 'd'), one, month('d', 'e')], [true, false, true])).toEqual([
    true,
    false,
    false,
  ]);
});

test('what the database takes and what the form offers are the same words', () => {
  expect([audiences, modelStates, venueKinds]).toEqual([modelAudiences, storedStates, modelVenues]);
});

test('what is fair follows from what is told, and says nothing where a number is kept back', () => {
  const came = {
    sessions: 4,
    rounds: { count: 0, about: false },
    noted: 4,
    helperMinutes: 1200,
    reached: { count: 20, about: true },
    attained: { count: 15, about: true },
  };
  expect([attainedOfTen(came), hoursForTen(came), attainedForTenHours(came)]).toEqual([7.5, 10, 7.5]);
  expect([attainedOfTen({ ...came, attained: null }), hoursForTen({ ...came, reached: null })]).toEqual([null, null]);
  expect(hoursForTen({ ...came, reached: { count: 0, about: false } })).toBeNull();
  expect(attainedForTenHours({ ...came, helperMinutes: 0 })).toBeNull();
  expect(tooLittle(came)).toBeNull();
  expect(tooLittle({ ...came, sessions: 2 })).toBe('held');
  expect(tooLittle({ ...came, sessions: 2, rounds: { count: 1, about: false }, noted: 3 })).toBeNull();
  expect(tooLittle({ ...came, sessions: 2, rounds: null, noted: 2 }), 'not told').toBe('held');
  expect(tooLittle({ ...came, reached: null })).toBe('people');
  expect(tooLittle({ ...came, reached: { count: 9, about: false } })).toBe('people');
  expect(tooLittle({ ...came, helperMinutes: 0 })).toBe('hours');
  // Of fewer than four in five it is noted who helped: people would seem to have cost nothing.
  expect([
    tooLittle({ ...came, noted: 3 }),
    hoursForTen({ ...came, noted: 3 }),
    attainedForTenHours({ ...came, noted: 3 }),
  ]).toEqual(['hours', null, null]);
});

test('months have no gaps, go over the new year, and only the newest are shown', () => {
  expect(monthsThrough('2026-11', '2027-02', 24)).toEqual(['2026-11', '2026-12', '2027-01', '2027-02']);
  expect(monthsThrough('2024-01', '2027-02', 2)).toEqual(['2027-01', '2027-02']);
  expect(monthsThrough('2027-03', '2027-02', 24)).toEqual([]);
});

test('a plan costs its helpers’ hours', () => {
  expect(plannedMinutes({ sessions: 6, minutes: 90, capacity: 17 }, 4)).toBe(6 * 90 * 5);
});

test('the form says at which field what is wrong, and lets no two of a thing in', () => {
  const good = {
    areaId: '18859',
    name: ' Gia đình  số ',
    what: 'Cả nhà cùng học.\r\nRồi tự làm.',
    audience: ['older', 'older', 'families'],
    materials: 'Điện thoại\n\n  Căn cước ',
    courseId: 'b7e6f4de-36b9-4d52-9b0c-0d8b3f5d3f3e',
    weekdays: ['5', '2', '5'],
    startTime: '19:30',
    minutes: '90',
    sessions: '6',
    capacity: '16',
    minimumToRun: '5',
    venueKind: 'market',
  };
  expect(modelForm.parse(good)).toMatchObject({
    name: 'Gia đình số',
    what: 'Cả nhà cùng học.\nRồi tự làm.',
    audience: ['older', 'families'],
    materials: ['Điện thoại', 'Căn cước'],
    weekdays: [2, 5],
    adapted: '',
  });
  const wrong = (more: object) =>
    modelForm.safeParse({ ...good, ...more }).error?.issues.map(({ path, message }) => [path[0], message]);
  expect(wrong({ what: '  ' })).toEqual([['what', 'required']]);
  expect(wrong({ audience: [] })).toEqual([['audience', 'chooseAudience']]);
  expect(wrong({ weekdays: ['8'] })).toEqual([['weekdays', 'chooseWeekday']]);
  expect(wrong({ sessions: '61' })).toEqual([['sessions', 'countRange']]);
  expect(wrong({ minimumToRun: '17' })).toEqual([['minimumToRun', 'minimumAboveCapacity']]);
  expect(wrong({ venueKind: 'pub' })).toEqual([['venueKind', 'chooseVenueKind']]);
  expect(wrong({ materials: Array.from({ length: 31 }, (_, at) => `Thứ ${at}`).join('\n') })).toEqual([
    ['materials', 'tooMany'],
  ]);
});
