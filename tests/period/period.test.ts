import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  halfMonthOf,
  lastDayOf,
  partsOf,
  periodAfter,
  periodAsked,
  periodOf,
  periodsAround,
  yearBefore,
} from '@/lib/period/rules';

const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2069-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('periods', () => {
  it.each([
    ['2026', '2026-01-01', '2026-12-31'],
    ['2026-q4', '2026-10-01', '2026-12-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['k2026', '2025-12-15', '2026-12-14'],
    ['k2026-q1', '2025-12-15', '2026-03-14'],
    ['k2026-11', '2026-10-15', '2026-11-14'],
    ['k2026-01', '2025-12-15', '2026-01-14'],
  ])('%s runs from %s to %s', (key, from, last) => {
    const period = periodOf(key);
    expect(period).toMatchObject({ key, from });
    expect(period && lastDayOf(period)).toBe(last);
  });

  it.each(['', '26', '2026-13', '2026-00', '2026-q5', 'K2026', 'k2026-1', '1999', '2026-11-01', '2026 '])(
    'does not take “%s” for one',
    (key) => expect(periodOf(key)).toBeNull(),
  );

  it('a page about figures opens on the administration’s year, which begins in December, unless a period is asked for', () => {
    expect(periodAsked(undefined, '2026-12-14').key).toBe('k2026');
    expect(periodAsked('', '2026-12-15').key).toBe('k2027');
    expect(periodAsked('nonsense', '2026-06-01').key).toBe('k2026');
    expect(periodAsked('2026-q2', '2026-12-15').key).toBe('2026-q2');
  });

  it('a day lies in exactly one period of each kind, and so does its whole half-month', () => {
    fc.assert(
      fc.property(day, (one) => {
        const all = periodsAround(one);
        expect(new Set(all.map((period) => period.key)).size).toBe(6);
        for (const period of all) {
          expect(period.from <= one && one < period.to).toBe(true);
          expect(period.from <= halfMonthOf(one)).toBe(true);
          expect(periodOf(period.key)).toEqual(period);
          expect(periodAfter(period).from).toBe(period.to);
          expect(periodAfter(period, -1).to).toBe(period.from);
          expect(yearBefore(period).year).toBe(period.year - 1);
        }
      }),
    );
  });

  it('months make up quarters and years without a gap', () => {
    fc.assert(
      fc.property(day, (one) => {
        for (const period of periodsAround(one)) {
          const months = partsOf(period, 'month');
          expect(months[0]?.from).toBe(period.from);
          expect(months.at(-1)?.to).toBe(period.to);
          months.slice(1).forEach((month, index) => expect(month.from).toBe(months[index]?.to));
        }
      }),
    );
  });
});
