import { addDays, momentOf, weekdayOf } from '../../../lib/kernel/clock';
import { fold } from '../../../lib/kernel/text';
import type { Row } from '../connection';
import { courseId, lessonId } from '../courses';
import { idOf } from '../ids';
import { accountOf } from './accounts';
import { lettersOf, type Dice } from './dice';
import { daysOf, minutes, type Wish } from './plan';
import type { Place, Venue } from './places';

export interface Session {
  id: string;
  day: string;
  startsAt: Date;
  endsAt: Date;
  skills: readonly string[];
  /** Made while people come and registers are taken, and written at the end. */
  row: Row;
}

export interface PlannedClass {
  id: string;
  key: string;
  place: Place;
  wish: Wish;
  venue: Venue;
  areaId: number;
  sessions: Session[];
  firstDay: string;
  lastDay: string;
  publishedAt: Date | null;
  row: Row;
  /** The last day of its rule, which was left out. */
  skipped: Row;
}

const addressLetters = '23456789abcdefghjkmnpqrstuvwxyz';
const cancelReasons = [
  'Mưa lũ, đường vào thôn bị ngập. Lớp sẽ mở lại khi nước rút.',
  'Chưa đủ người đăng ký. Cô bác sang lớp thôn bên cạnh.',
  'Nhà văn hóa đang sửa mái.',
] as const;
const notes = [
  '',
  '',
  '',
  'Có nước chè và chỗ để xe.',
  'Ai bận bế cháu cứ đưa cháu theo.',
  'Có người đón nếu cô bác đi lại khó.',
] as const;

/** Moments of a day are thrown, but the same throw on every load. */
export function momentBetween(day: string, from: number, to: number, dice: Dice): Date {
  return new Date(momentOf(day, '00:00').getTime() + Math.floor(dice.between(from, to) * 3600) * 1000);
}

/** Sets the days of a wished class and its place; null when no day is left for it. */
export function planClass(place: Place, wish: Wish, number: number, today: string, dice: Dice): PlannedClass | null {
  const key = `demo/class/${place.unit.id}/${number}`;
  const venue = wish.village?.venue ?? place.hall;
  const first = addDays(today, wish.startsIn);
  const weekdays = wish.weekdays ?? weekdaysFrom(first, wish.course.lessons.length, dice);
  const days = daysOf(first, weekdays, wish.course.lessons.length, wish.startTime, venue.taken);
  const [firstDay, lastDay] = [days[0], days.at(-1)];
  if (firstDay === undefined || lastDay === undefined) return null;
  const id = lettersOf(key, addressLetters, 8);
  const areaId = wish.village?.id ?? place.unit.id;
  const published = addDays(firstDay, -dice.int(14, 28));
  const publishedOn = published < today ? published : addDays(today, -dice.int(1, 6));
  const publishedAt = wish.fate === 'draft' ? null : momentBetween(publishedOn, 8, 11, dice);
  const sessions = days.map((day, at) => sessionOf(key, id, areaId, venue, wish, day, at + 1));
  const planned = { id, key, place, wish, venue, areaId, sessions, firstDay, lastDay, publishedAt };
  const skipped = { class_id: id, day: addDays(lastDay, 7), area_id: areaId, reason: 'chosen', because: '' };
  return { ...planned, skipped, row: rowOf(planned, weekdays, publishedOn, dice) };
}

/** The first day's weekday, and for longer courses a second one three days later. Nobody begins on a Sunday. */
function weekdaysFrom(first: string, lessons: number, dice: Dice): number[] {
  const start = weekdayOf(first) === 7 ? 1 : weekdayOf(first);
  if (lessons < 5 && dice.chance(0.5)) return [start];
  return [start, start <= 3 ? start + 3 : start - 3].sort();
}

function sessionOf(
  key: string,
  classId: string,
  areaId: number,
  venue: Venue,
  wish: Wish,
  day: string,
  position: number,
): Session {
  const id = idOf(`${key}/session/${position}`);
  const startsAt = momentOf(day, wish.startTime);
  const endsAt = new Date(startsAt.getTime() + minutes * 60_000);
  const status = { draft: 'planned', cancelled: 'cancelled', runs: 'published' }[wish.fate];
  const row: Row = {
    id,
    class_id: classId,
    area_id: areaId,
    lesson_id: lessonId(wish.course.key, position),
    venue_id: venue.id,
    position,
    starts_at: startsAt,
    ends_at: endsAt,
    status,
    status_reason: null,
    note: '',
    moved_from: null,
    register_started_at: null,
    register_finished_at: null,
    register_started_by: null,
    guests: 0,
  };
  return { id, day, startsAt, endsAt, skills: wish.course.lessons[position - 1]?.skills ?? [], row };
}

type Unwritten = Omit<PlannedClass, 'row' | 'skipped'>;

function rowOf(planned: Unwritten, weekdays: readonly number[], publishedOn: string, dice: Dice): Row {
  const { place, wish, venue, sessions } = planned;
  const reason = wish.fate === 'cancelled' ? dice.pick(cancelReasons) : null;
  for (const { row } of sessions) row.status_reason = reason;
  const rule = {
    firstDay: planned.firstDay,
    weekdays,
    startTime: wish.startTime,
    minutes,
    until: addDays(planned.lastDay, 7),
  };
  const names = [wish.course.title[0], venue.name, wish.village?.name ?? '', place.unit.fullNameVi];
  return {
    id: planned.id,
    area_id: planned.areaId,
    course_id: courseId(wish.course.key),
    venue_id: venue.id,
    team_id: place.teams[dice.int(0, place.teams.length - 1)]?.id ?? null,
    status: { draft: 'draft', cancelled: 'cancelled', runs: 'published' }[wish.fate],
    status_reason: reason,
    language: place.mountain && dice.chance(0.2) ? dice.pick(['bru', 'bru', 'pako']) : 'vi',
    note: dice.pick(notes),
    hotline: `0900 099 ${String(dice.int(0, 899)).padStart(3, '0')}`,
    capacity: wish.capacity,
    seats_confirmed: 0,
    seats_offered: 0,
    seats_reserved: wish.keeps?.places ?? 0,
    reserved_places: wish.keeps?.places ?? 0,
    reserved_for: wish.keeps?.group ?? null,
    offer_hours: wish.asking ? 72 : 24,
    waiting: 0,
    minimum_to_run: 5,
    weekly_rule: JSON.stringify(rule),
    first_starts_at: sessions[0]?.startsAt ?? null,
    last_ends_at: sessions.at(-1)?.endsAt ?? null,
    search_folded: fold([...names, ...place.unit.aliases.map(({ name }) => name)].join(' ')),
    created_at: momentBetween(addDays(publishedOn, -dice.int(1, 5)), 8, 16, dice),
    created_by: accountOf('organiser', place.unit.id),
    published_at: planned.publishedAt,
  };
}
