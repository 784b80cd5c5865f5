import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canPlan,
  judge,
  keptAtFirst,
  mostSessions,
  registerDue,
  sessionSpan,
  weeklyDates,
} from '../../lib/class/rules';
import type { DayOff } from '../../lib/dayoff/schema';
import { addDays, weekdayOf } from '../../lib/kernel/clock';

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const print = { seed, verbose: 1 } as const;

const day = fc.integer({ min: 0, max: 3000 }).map((ahead) => addDays('2026-01-01', ahead));
const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 });
const time = { startTime: '19:30', minutes: 90 };

describe(`the days of a weekly rule (seed ${seed})`, () => {
  test('by count: exactly so many, in order, once each, on ticked weekdays, none before the first day, none left out between', () => {
    fc.assert(
      fc.property(day, weekdays, fc.integer({ min: 1, max: 55 }), (firstDay, ticked, count) => {
        const days = weeklyDates({ firstDay, weekdays: ticked, ...time, count });
        expect(days).toHaveLength(Math.min(count, mostSessions));
        expect([...new Set(days)].sort()).toEqual(days);
        expect(days.every((one) => one >= firstDay && ticked.includes(weekdayOf(one)))).toBe(true);
        const last = days.at(-1) ?? firstDay;
        let between = 0;
        for (let one = firstDay; one <= last; one = addDays(one, 1)) if (ticked.includes(weekdayOf(one))) between += 1;
        expect(between).toBe(days.length);
      }),
      print,
    );
  });

  test('by last day: none after it, and the next ticked weekday would be after it', () => {
    fc.assert(
      fc.property(day, weekdays, fc.integer({ min: 0, max: 60 }), (firstDay, ticked, ahead) => {
        const until = addDays(firstDay, ahead);
        const days = weeklyDates({ firstDay, weekdays: ticked, ...time, until });
        expect(days.every((one) => one <= until)).toBe(true);
        if (days.length < mostSessions) {
          const unbounded = weeklyDates({ firstDay, weekdays: ticked, ...time, count: days.length + 1 });
          expect((unbounded.at(-1) ?? '') > until).toBe(true);
        }
      }),
      print,
    );
  });

  test('twelve Tuesdays and Thursdays from Saturday 21/11/2026 end on Thursday 31/12/2026', () => {
    const days = weeklyDates({ firstDay: '2026-11-21', weekdays: [4, 2], ...time, count: 12 });
    expect(days[0]).toBe('2026-11-24');
    expect(days.at(-1)).toBe('2026-12-31');
  });
});

describe('what a date is told', () => {
  const now = new Date('2026-11-22T10:00:00Z');
  const span = sessionSpan('2026-11-24', '19:30', 90);
  const around = { now, taken: [], daysOff: [], capacity: 20, venueSeats: 30 };
  const tuesday: DayOff = { kind: 'weekly', weekday: 2, firstDay: null, lastDay: null, distance: 1 };
  test('past before taken before day off before few seats — and the first two can never be planned', () => {
    const clash = sessionSpan('2026-11-24', '20:59', 60);
    expect(judge(sessionSpan('2026-11-20', '19:30', 90), { ...around, taken: [clash] }).verdict).toBe('past');
    expect(judge(span, { ...around, taken: [clash], daysOff: [tuesday] })).toEqual({
      verdict: 'venueTaken',
      clash,
      dayOff: tuesday,
    });
    expect(judge(span, { ...around, taken: [sessionSpan('2026-11-24', '21:00', 60)] }).verdict).toBe('fine');
    expect(judge(span, { ...around, daysOff: [tuesday], venueSeats: 12 }).verdict).toBe('dayOff');
    expect(judge(span, { ...around, venueSeats: 12 }).verdict).toBe('fewSeats');
    const all = ['past', 'venueTaken', 'dayOff', 'fewSeats', 'fine'] as const;
    expect(all.map(canPlan)).toEqual([false, false, true, true, true]);
    expect(all.map(keptAtFirst)).toEqual([false, false, false, true, true]);
  });
  test('a register is due when the session ends and overdue a day later', () => {
    const hours = (count: number) => new Date(span.endsAt.getTime() + count * 3_600_000);
    expect(registerDue(span.endsAt, hours(-1))).toBe('notYet');
    expect(registerDue(span.endsAt, hours(23))).toBe('open');
    expect(registerDue(span.endsAt, hours(25))).toBe('overdue');
  });
});
