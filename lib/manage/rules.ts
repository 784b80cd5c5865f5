import { addDays, weekdayOf } from '@/lib/kernel/clock';

export type CalendarView = 'week' | 'month';

/** The whole weeks, Monday first, that show a day: its own week, or all weeks its month has a day in. */
export function weeksShown(view: CalendarView, day: string): string[][] {
  const monthStart = `${day.slice(0, 7)}-01`;
  const from = view === 'week' ? day : monthStart;
  const monday = addDays(from, 1 - weekdayOf(from));
  const weeks: string[][] = [];
  for (let start = monday; ; start = addDays(start, 7)) {
    if (weeks.length > 0 && (view === 'week' || start.slice(0, 7) > day.slice(0, 7))) return weeks;
    weeks.push([0, 1, 2, 3, 4, 5, 6].map((ahead) => addDays(start, ahead)));
  }
}

/** The day by which the week or month before, or after, is shown. */
export function stepFrom(view: CalendarView, day: string, step: -1 | 1): string {
  if (view === 'week') return addDays(day, 7 * step);
  const first = `${day.slice(0, 7)}-01`;
  return step < 0 ? `${addDays(first, -1).slice(0, 7)}-01` : `${addDays(first, 31).slice(0, 7)}-01`;
}
