import { addDays } from '@/lib/kernel/clock';
import { periodShape, type CalendarKind, type Grain, type Period } from './schema';

const monthsIn: Record<Grain, number> = { month: 1, quarter: 3, year: 12 };

const two = (value: number) => String(value).padStart(2, '0');

/** The day months so far after January of the year begin on: the 1st, or the 15th of the month before. */
function beginsOn(calendar: CalendarKind, year: number, months: number): string {
  const index = year * 12 + months - (calendar === 'administrative' ? 1 : 0);
  return `${Math.floor(index / 12)}-${two((index % 12) + 1)}-${calendar === 'administrative' ? '15' : '01'}`;
}

/** The `nth` (from 1) period of a grain in a year; beyond the year's own, those of the years before and after. */
function nthOf(calendar: CalendarKind, grain: Grain, year: number, nth: number): Period {
  const perYear = 12 / monthsIn[grain];
  const index = year * perYear + nth - 1;
  const [inYear, own] = [Math.floor(index / perYear), (index % perYear) + 1];
  const part = grain === 'year' ? '' : grain === 'quarter' ? `-q${own}` : `-${two(own)}`;
  const months = (own - 1) * monthsIn[grain];
  return {
    key: `${calendar === 'administrative' ? 'k' : ''}${inYear}${part}`,
    calendar,
    grain,
    year: inYear,
    nth: own,
    from: beginsOn(calendar, inYear, months),
    to: beginsOn(calendar, inYear, months + monthsIn[grain]),
  };
}

/** The period a key stands for, or null when it is none. */
export function periodOf(key: string): Period | null {
  const found = periodShape.exec(key);
  if (!found) return null;
  const [, administrative, year, quarter, month] = found;
  const calendar: CalendarKind = administrative ? 'administrative' : 'calendar';
  if (quarter) return nthOf(calendar, 'quarter', Number(year), Number(quarter));
  return month ? nthOf(calendar, 'month', Number(year), Number(month)) : nthOf(calendar, 'year', Number(year), 1);
}

/** The period of a grain that a day (`yyyy-mm-dd`) lies in. From the 15th on the administration already counts the next month. */
export function periodAround(day: string, calendar: CalendarKind, grain: Grain): Period {
  const turned = calendar === 'administrative' && Number(day.slice(8, 10)) >= 15 ? 1 : 0;
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + turned;
  return nthOf(calendar, grain, Math.floor(months / 12), Math.floor((months % 12) / monthsIn[grain]) + 1);
}

/** All six periods a day counts in. */
export function periodsAround(day: string): Period[] {
  return (['calendar', 'administrative'] as const).flatMap((calendar) =>
    (['month', 'quarter', 'year'] as const).map((grain) => periodAround(day, calendar, grain)),
  );
}

/** The period so many of its kind later, or earlier. */
export function periodAfter(period: Period, count = 1): Period {
  return nthOf(period.calendar, period.grain, period.year, period.nth + count);
}

/** The same period a year before. */
export function yearBefore(period: Period): Period {
  return nthOf(period.calendar, period.grain, period.year - 1, period.nth);
}

/** The periods of a finer grain that make it up, in order. */
export function partsOf(period: Period, grain: Grain): Period[] {
  const count = monthsIn[period.grain] / monthsIn[grain];
  if (count < 1) return [];
  const first = (period.nth - 1) * count + 1;
  return Array.from({ length: count }, (_, index) => nthOf(period.calendar, grain, period.year, first + index));
}

/** Its last day (`yyyy-mm-dd`). */
export function lastDayOf(period: Period): string {
  return addDays(period.to, -1);
}

/** The period a page of figures is about: the one asked for, else the administration's year that runs. */
export function periodAsked(key: string | undefined, today: string): Period {
  return periodOf(key ?? '') ?? periodAround(today, 'administrative', 'year');
}

/**
 * The half-month a day lies in, named by its first day, the 1st or the 15th. Both calendars are made of whole halves: what is counted by
 * halves is counted for every period.
 */
export function halfMonthOf(day: string): string {
  return `${day.slice(0, 7)}-${Number(day.slice(8, 10)) >= 15 ? '15' : '01'}`;
}

/** The half-month after one. */
export function nextHalf(half: string): string {
  return half.endsWith('01') ? `${half.slice(0, 8)}15` : `${addDays(half, 17).slice(0, 7)}-01`;
}

/** The half-months from one to another, both included; none when they are the wrong way round. */
export function halvesBetween(from: string, to: string): string[] {
  const halves: string[] = [];
  for (let half = from; half <= to && halves.length < 2400; half = nextHalf(half)) halves.push(half);
  return halves;
}

/** Every period named by a year, in both calendars; of a kind the earliest first. */
export function periodsOfYear(year: number): string[] {
  return (['calendar', 'administrative'] as const).flatMap((calendar) =>
    (['year', 'quarter', 'month'] as const).flatMap((grain) =>
      Array.from({ length: 12 / monthsIn[grain] }, (_, at) => nthOf(calendar, grain, year, at + 1).key),
    ),
  );
}

/** Periods to choose from around a day, of both calendars: years with the next one, then quarters and months that have begun, the latest first. */
export function periodsToChoose(today: string): Period[] {
  const back = { year: [1, 0, -1, -2], quarter: [0, -1, -2, -3, -4], month: [0, -1, -2, -3, -4, -5, -6] } as const;
  return (['administrative', 'calendar'] as const).flatMap((calendar) =>
    (['year', 'quarter', 'month'] as const).flatMap((grain) =>
      back[grain].map((count) => periodAfter(periodAround(today, calendar, grain), count)),
    ),
  );
}
