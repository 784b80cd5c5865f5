import { addDays, dayOf, weekdayOf } from '@/lib/kernel/clock';
import type { HelperRole, HelperState } from './schema';

/** How many sit beside the learners: one for so many of them, the last few included. Whoever teaches stands in front and is not counted. */
export function helpersNeeded(enrolled: number, learnersPerHelper: number): number {
  return Math.ceil(enrolled / learnersPerHelper);
}

export interface Place {
  readonly role: HelperRole;
  readonly state: HelperState;
}

/** How a session is staffed: who is sure, who has yet to answer, and who has yet to be asked. */
export interface Staffing {
  readonly needed: number;
  readonly helping: number;
  readonly waiting: number;
  /** Helpers nobody was asked for yet; never below 0. */
  readonly wanted: number;
  readonly teacher: 'sure' | 'waiting' | 'wanted';
}

/** What a session has and lacks. A place given up is free at once; one that waits for an answer is not asked for twice. */
export function staffing(enrolled: number, learnersPerHelper: number, places: readonly Place[]): Staffing {
  const count = (role: HelperRole, state: HelperState) =>
    places.filter((one) => one.role === role && one.state === state).length;
  const needed = helpersNeeded(enrolled, learnersPerHelper);
  const [helping, waiting] = [count('helps', 'yes'), count('helps', 'asked')];
  return {
    needed,
    helping,
    waiting,
    wanted: Math.max(0, needed - helping - waiting),
    teacher: count('teaches', 'yes') > 0 ? 'sure' : count('teaches', 'asked') > 0 ? 'waiting' : 'wanted',
  };
}

/** Whole and half hours of so many minutes: 1,5. */
export const hoursOf = (minutes: number): number => Math.round(minutes / 30) / 2;

/** The month (`yyyy-mm`) so many months before that of a moment. */
export function monthsBack(now: Date, months: number): string {
  const [year = '0', month = '1'] = dayOf(now).split('-');
  const at = Number(year) * 12 + Number(month) - 1 - months;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
}

/** The last day somebody away from a day on may name: a year, the first day included. */
export const awayMostDays = (firstDay: string): string => addDays(firstDay, 365);

/** The Monday of a day's week. */
export const mondayOf = (day: string): string => addDays(day, 1 - weekdayOf(day));
