import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readHours, tableOf, tell, tellsParts, writeHours } from '../../lib/desk/rules';

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

describe('what may be told to those who may not see names', () => {
  const small = (count: number | null) => count !== null && count > 0 && count < 10;

  test('property: no number of 1 to 9 is told, and no hidden one can be worked out from those told', () => {
    const table = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 6 })).chain(([rows, columns]) =>
      fc.array(
        fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 10, max: 60 })), {
          minLength: columns,
          maxLength: columns,
        }),
        { minLength: rows, maxLength: rows },
      ),
    );
    fc.assert(
      fc.property(table, (cells) => {
        const { cells: told, rows, columns, total } = tell(cells, false);
        expect([...(told?.flat() ?? []), ...(rows ?? []), ...(columns ?? []), total].some(small)).toBe(false);
        if (told) return;
        // Whatever is known of a small cell leaves more than one number possible for it.
        for (const [at, row] of cells.entries())
          for (const [hour, count] of row.entries()) {
            if (!small(count)) continue;
            const all = total ?? Infinity;
            const [r, c] = [rows?.[at] ?? null, columns?.[hour] ?? null];
            const lowest = r !== null && c !== null ? Math.max(0, r + c - all) : 0;
            const highest = Math.min(r ?? all, c ?? all);
            const alone = (rows && row.length === 1) || (columns && cells.length === 1);
            expect(highest > lowest && !alone, JSON.stringify(cells)).toBe(true);
          }
      }),
      { numRuns: 2000 },
    );
  });

  test('everything to those who may, and nothing of fewer than ten', () => {
    expect(tell([[1, 2]], true)).toEqual({ cells: [[1, 2]], rows: [3], columns: [1, 2], total: 3 });
    expect(tell([[4], [5]], false)).toEqual({ cells: null, rows: null, columns: null, total: null });
    expect(tell([[0, 0]], false).total).toBe(0);
    expect(
      tell(
        [
          [20, 12],
          [9, 11],
        ],
        false,
      ),
    ).toEqual({ cells: null, rows: [32, 20], columns: [29, 23], total: 52 });
    expect([tellsParts([10, 0], false), tellsParts([10, 9], false), tellsParts([10, 9], true)]).toEqual([
      true,
      false,
      true,
    ]);
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
