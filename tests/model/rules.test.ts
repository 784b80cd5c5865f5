import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  attainedForTenHours,
  attainedOfTen,
  hoursForTen,
  monthsThrough,
  plannedMinutes,
  told,
  tooLittle,
} from '@/lib/model/rules';
import { modelForm } from '@/lib/model/schema';

const seed = Date.now() % 1_000_000;
process.stdout.write(`model rules: seed ${seed}\n`);

test('whoever may not look people up is told nothing of fewer than ten, and of more what four other numbers would be told as well', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5000 }), (count) => {
      const said = told(count, false, true);
      if (count < 10) return said === null;
      const alike = Array.from({ length: 11 }, (_, at) => count - 5 + at).filter(
        (other) => other >= 10 && told(other, false, true)?.count === said?.count,
      );
      return said !== null && said.about && Math.abs(said.count - count) <= 2 && alike.length >= 3;
    }),
    { seed, numRuns: 2000 },
  );
  expect(told(3, true, true)).toEqual({ count: 3, about: false });
  expect(told(0, false, false)).toEqual({ count: 0, about: false });
});

test('what is fair follows from what is told, and says nothing where a number is kept back', () => {
  const came = {
    sessions: 4,
    rounds: 0,
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
  expect(tooLittle({ ...came, sessions: 2, rounds: 1, noted: 3 })).toBeNull();
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
