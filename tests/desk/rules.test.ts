import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readHours, tableOf, withSums, writeHours } from '../../lib/desk/rules';

describe('opening hours as people write them', () => {
  test.each([
    ['7:30-11:30, 13:30-17:00', '07:30–11:30, 13:30–17:00'],
    ['13h30–17h; 7h30 - 11h30', '07:30–11:30, 13:30–17:00'],
    ['8-11', '08:00–11:00'],
    ['7.30—11.30', '07:30–11:30'],
    ['', ''],
    [' , ', ''],
  ])('%j is %j', (typed, written) => {
    expect(writeHours(readHours(typed) ?? [])).toBe(written);
  });

  test.each(['sáng', '11:30-7:30', '7:30', '25:00-26:00', '7:60-8:00', '7-11, 10-12', '7-8-9', '7-8,9-10,11-12,13-14'])(
    '%j is none',
    (typed) => {
      expect(readHours(typed)).toBeNull();
    },
  );

  test('property: what was written is read back the same', () => {
    const clock = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(fc.uniqueArray(clock, { minLength: 2, maxLength: 6 }), (minutes) => {
        const even = minutes.toSorted((a, b) => a - b).slice(0, minutes.length - (minutes.length % 2));
        const time = (at: number) =>
          `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
        const hours = even.flatMap((from, at) =>
          at % 2 === 0 ? [{ opens: time(from), closes: time(even[at + 1] ?? 0) }] : [],
        );
        expect(readHours(writeHours(hours))).toEqual(hours);
      }),
    );
  });
});

describe('the table of needs and hours', () => {
  test('has the sums of its rows and columns, and theirs', () => {
    expect(
      withSums([
        [20, 12],
        [9, 11],
      ]),
    ).toMatchObject({ rows: [32, 20], columns: [29, 23], total: 52 });
    expect(withSums([])).toMatchObject({ rows: [], columns: [], total: 0 });
  });

  test('a table runs from the first hour with anything in it to the last', () => {
    const counts = [
      { code: 'b', hour: 10, count: 2 },
      { code: 'a', hour: 8, count: 1 },
    ];
    expect(tableOf(counts, ['a', 'b'])).toEqual({
      hours: [8, 9, 10],
      cells: [
        [1, 0, 0],
        [0, 0, 2],
      ],
    });
    expect(tableOf([], ['a']).cells).toEqual([[]]);
  });
});
