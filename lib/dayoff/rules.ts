import { addDays, weekdayOf } from '@/lib/kernel/clock';
import type { DayOff } from './schema';

/** Whether an entry says anything of a day. */
function speaksOf(entry: DayOff, day: string): boolean {
  if (entry.kind === 'weekly' && entry.weekday !== weekdayOf(day)) return false;
  return (entry.firstDay === null || entry.firstDay <= day) && (entry.lastDay === null || day <= entry.lastDay);
}

const strength = { exception: 0, dates: 1, weekly: 2 } as const;

/**
 * Why there are no classes on a day, or null when there are. The nearest area that says anything of the day decides; within it an
 * exception goes before dates, dates before the weekly pattern; equal ones as they came.
 */
export function dayOffOn<Entry extends DayOff>(day: string, entries: readonly Entry[]): Entry | null {
  let found: Entry | null = null;
  for (const entry of entries) {
    if (!speaksOf(entry, day)) continue;
    const nearer = found === null || entry.distance < found.distance;
    if (nearer || (entry.distance === found?.distance && strength[entry.kind] < strength[found.kind])) found = entry;
  }
  return found?.kind === 'exception' ? null : found;
}

/** What was found of the days of a calendar, as long as that calendar is at hand: hundreds of its entries ask about the same days. */
const openDays = new WeakMap<readonly DayOff[], Map<string, boolean>>();

/** Of the days of an entry that has a first and a last one: how many there are, and on how many of them there are classes all the same. */
export function openInSpite(entry: DayOff, entries: readonly DayOff[]): { days: number; open: number } {
  const count = { days: 0, open: 0 };
  if (entry.kind !== 'dates' || entry.firstDay === null || entry.lastDay === null) return count;
  const known = openDays.get(entries) ?? new Map<string, boolean>();
  openDays.set(entries, known);
  for (let day = entry.firstDay; day <= entry.lastDay; day = addDays(day, 1)) {
    count.days += 1;
    const open = known.get(day) ?? dayOffOn(day, entries) === null;
    known.set(day, open);
    if (open) count.open += 1;
  }
  return count;
}
