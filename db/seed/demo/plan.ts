import { addDays, weekdayOf } from '../../../lib/kernel/clock';
import { provinceCourses, type CourseOutline } from '../course-list';
import { unitCourses } from './courses';
import { Dice } from './dice';
import type { Place, Village } from './places';

/** What a class is to be, before its days are set and people come. Days count from today. */
export interface Wish {
  startsIn: number;
  course: CourseOutline;
  village: Village | null;
  startTime: string;
  capacity: number;
  /** How much of the room is asked for; above 1 there is a waiting list. */
  demand: number;
  fate: 'runs' | 'draft' | 'cancelled';
  /** Its latest session's register was left undone. */
  forgotten?: boolean;
  weekdays?: readonly number[];
  /** Places kept for a group. */
  keeps?: { places: number; group: 'over_60' | 'own_village' };
  /** Somebody left, and whoever waits first is asked. */
  asking?: boolean;
}

export const minutes = 90;

/** Tết of the years the portal may be shown in, first to last day off; the other holidays are the same every year. */
const tet = [
  ['2026-02-14', '2026-02-22'],
  ['2027-02-04', '2027-02-11'],
  ['2028-01-24', '2028-01-31'],
] as const;
const holidays = new Set(['01-01', '04-30', '05-01', '09-01', '09-02']);

function isDayOff(day: string): boolean {
  return holidays.has(day.slice(5)) || tet.some(([from, to]) => from <= day && day <= to);
}

/** The days of a class: its weekdays from the first on, as many as it has lessons, never when its venue is taken. */
export function daysOf(
  first: string,
  weekdays: readonly number[],
  count: number,
  startTime: string,
  taken: Set<string>,
) {
  const days: string[] = [];
  for (let ahead = 0; days.length < count && ahead < 200; ahead += 1) {
    const day = addDays(first, ahead);
    const slot = `${day} ${startTime}`;
    if (!weekdays.includes(weekdayOf(day)) || isDayOff(day) || taken.has(slot)) continue;
    taken.add(slot);
    days.push(day);
  }
  return days;
}

const courseOf = (key: string): CourseOutline => {
  const found = provinceCourses.find((course) => course.key === key);
  if (!found) throw new Error(`No course ${key}`);
  return found;
};

const courseWeights = [
  ['core', 20],
  ['first-steps', 17],
  ['vneid', 16],
  ['public-services', 13],
  ['zalo', 11],
  ['scams', 10],
  ['payment', 9],
  ['health-weather', 6],
  ['selling', 4],
] as const;

/** Evening first: by day most are in the field or at sea. */
const startTimes = [
  ['19:30', 55],
  ['08:00', 28],
  ['14:30', 17],
] as const;

export function anyWish(place: Place, startsIn: number, demand: number, dice: Dice): Wish {
  return {
    startsIn,
    course: courseOf(dice.weighted(courseWeights)),
    village: dice.chance(0.1) ? null : (place.villages[dice.int(0, place.villages.length - 1)] ?? null),
    startTime: dice.weighted(startTimes),
    capacity: dice.pick([10, 12, 15, 15, 18, 20, 20, 24, 30]),
    demand,
    fate: 'runs',
  };
}

/** Everything that is to happen in a unit over eleven months back and a month ahead. */
export function wishesOf(place: Place, dice: Dice): Wish[] {
  const past = place.rich ? 24 : Math.round(place.activity * 6) + dice.int(0, 2);
  const ahead = place.rich ? 4 : dice.chance(place.activity * 0.4) ? 2 : 1;
  const wishes: Wish[] = [];
  for (let at = 0; at < past; at += 1) {
    // The movement grows: more of it lies in the last months.
    const daysAgo = 4 + Math.round(325 * dice.next() ** 1.25);
    wishes.push(anyWish(place, -daysAgo, dice.between(0.55, 1.02), dice));
  }
  for (let at = 0; at < ahead; at += 1) {
    const demand = dice.chance(0.14) ? dice.between(1.1, 1.4) : dice.between(0.05, 0.85);
    wishes.push(anyWish(place, dice.int(2, 28), demand, dice));
  }
  if (dice.chance(0.2)) wishes.push({ ...anyWish(place, dice.int(14, 35), 0, dice), fate: 'draft' });
  if (dice.chance(0.2)) wishes.push({ ...anyWish(place, dice.int(-90, 15), 0.5, dice), fate: 'cancelled' });
  return place.rich ? [...shownOf(place, dice), ...wishes, ...ownOf(place)] : wishes;
}

/** Classes of the unit's own courses: with the version of then, with the one of now, and with the copy; and one that few want. */
function ownOf(place: Place): Wish[] {
  const dice = new Dice(`own courses/${place.unit.id}`);
  const { first, second, copy } = unitCourses(place);
  return [
    { ...anyWish(place, -75, 0.8, dice), course: first },
    { ...anyWish(place, -30, 0.7, dice), course: second },
    { ...anyWish(place, 9, 0.4, dice), course: copy },
    tooFew(place),
  ];
}

/** Begins tomorrow with fewer people than it needs: somebody has to decide. At an hour at which no venue is taken. */
function tooFew(place: Place): Wish {
  const wish = anyWish(place, 1, 0.15, new Dice(`too few/${place.unit.id}`));
  return {
    ...wish,
    village: place.villages[3] ?? null,
    startTime: '17:00',
    capacity: 20,
    weekdays: [1, 2, 3, 4, 5, 6, 7],
  };
}

/** What a visitor of the two units shown in full must find: classes yesterday, today and tomorrow, full, waiting, open. */
function shownOf(place: Place, dice: Dice): Wish[] {
  const wish = (
    at: number,
    startsIn: number,
    key: string,
    startTime: string,
    capacity: number,
    demand: number,
  ): Wish => ({
    ...anyWish(place, startsIn, demand, dice),
    course: courseOf(key),
    village: place.villages[at] ?? null,
    startTime,
    capacity,
  });
  const often = { weekdays: [1, 2, 3, 4, 5, 6, 7] };
  return [
    { ...wish(0, -3, 'vneid', '19:30', 20, 0.8), ...often, forgotten: true }, // …, yesterday undone, today the last
    { ...wish(1, -2, 'core', '08:00', 16, 0.95), ...often },
    { ...wish(2, 0, 'first-steps', '14:30', 15, 0.85), ...often },
    { ...wish(3, -2, 'scams', '19:30', 24, 0.7), ...often, forgotten: true }, // over yesterday, register not taken
    { ...wish(4, 1, 'vneid', '19:30', 12, 1.4), asking: true }, // full, with people waiting, one of them asked
    { ...wish(5, 2, 'zalo', '08:00', 20, 0.3) },
    { ...wish(6, 5, 'public-services', '19:30', 15, 1) }, // just full
    { ...wish(7, 8, 'payment', '14:30', 20, 0.5) },
    { ...wish(8, 12, 'core', '19:30', 25, 0.35), keeps: { places: 12, group: 'over_60' } },
    { ...wish(9, 18, 'scams', '19:30', 30, 0.1), keeps: { places: 10, group: 'own_village' } },
    { ...wish(10, 21, 'selling', '14:30', 15, 0), fate: 'draft' },
    { ...wish(11, 6, 'health-weather', '08:00', 15, 0.4), fate: 'cancelled' },
  ];
}
