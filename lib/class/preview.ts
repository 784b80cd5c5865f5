import type { ScopedTx } from '@/lib/access/scoped';
import { daysOffOf } from '@/lib/dayoff/queries';
import type { DayOffLine } from '@/lib/dayoff/schema';
import { addDays, dayOf, momentOf } from '@/lib/kernel/clock';
import { mine, venueInReach } from './queries';
import { planOf, weeklyDates, type Circumstances, type PlannedDay } from './rules';
import { newVenue, type Moves, type PlanDraft, type WeeklyRule } from './schema';

type Language = 'vi' | 'en';

/** A session that is on at a venue, and of which class. */
export interface Taken {
  readonly classId: string;
  readonly title: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** When any of these venues is taken between two days, by sessions that are on. */
export async function takenAtAny(
  tx: ScopedTx,
  language: Language,
  venueIds: readonly string[],
  first: string,
  last: string,
): Promise<(Taken & { venueId: string })[]> {
  const rows = await tx<(Taken & { venueId: string })[]>`
    select s.class_id, s.venue_id, ${tx(`co.title_${language}`)} as title, s.starts_at, s.ends_at
    from class_session s join class c on c.id = s.class_id join course co on co.id = c.course_id
    where s.venue_id = any (${[...venueIds]}::uuid[]) and s.status in ('planned', 'published', 'held')
      and s.starts_at < ${momentOf(addDays(last, 2), '00:00')} and s.ends_at > ${momentOf(addDays(first, -1), '00:00')}
    order by s.starts_at limit 20000`;
  return [...rows];
}

/** When a venue is taken between two days, by sessions that are on. */
export const takenAt = (tx: ScopedTx, language: Language, venueId: string, first: string, last: string) =>
  takenAtAny(tx, language, [venueId], first, last);

/** The area whose calendar holds wherever the caller plans: the topmost there is. */
async function topArea(tx: ScopedTx): Promise<number> {
  const [top] = await tx<{ id: number }[]>`
    select ancestor_id as id from area_tree where area_id = ${mine(tx, 'class.write')} order by depth desc, ancestor_id limit 1`;
  return top?.id ?? 0;
}

interface Asked extends WeeklyRule {
  readonly capacity: number;
  readonly moves: Moves;
}
interface Room {
  readonly id: string | null;
  readonly areaId: number | null;
  readonly seats: number | null;
}

/** All that the verdicts of a plan stand on, read at once. A venue that is not described yet is taken never, and only the widest calendar holds. */
export async function circumstancesOf(
  tx: ScopedTx,
  language: Language,
  plan: Asked,
  venue: Room,
  now: Date,
): Promise<Circumstances<Taken, DayOffLine>> {
  const moved = Object.values(plan.moves).flatMap((move) => move.day ?? []);
  const days = [...weeklyDates(plan), ...moved].sort();
  const [first = dayOf(now)] = days;
  const last = days.at(-1) ?? first;
  return {
    now,
    taken: venue.id ? await takenAt(tx, language, venue.id, first, last) : [],
    daysOff: await daysOffOf(tx, language, venue.areaId ?? (await topArea(tx)), first),
    capacity: plan.capacity,
    venueSeats: venue.seats,
  };
}

export type PreviewDay = PlannedDay<Taken | { startsAt: Date; endsAt: Date }, DayOffLine>;

/** What a plan would make, day by day, with the lessons in order; null when the venue is not the caller's to plan at. */
export async function planPreview(
  tx: ScopedTx,
  language: Language,
  plan: PlanDraft,
  now: Date,
): Promise<{ venueSeats: number | null; days: PreviewDay[]; lessons: string[] } | null> {
  const isNew = plan.venueId === newVenue;
  const venue = isNew ? null : await venueInReach(tx, plan.venueId);
  if (!isNew && !venue) return null;
  const room = venue ?? { id: null, areaId: plan.venueAreaId ?? null, seats: null };
  const around = await circumstancesOf(tx, language, plan, room, now);
  const lessons = await tx<{ title: string }[]>`
    select ${tx(`title_${language}`)} as title from lesson where course_id = ${plan.courseId} order by position limit 60`;
  return {
    venueSeats: room.seats,
    days: planOf(plan, plan.decided === '1', around),
    lessons: lessons.map((lesson) => lesson.title),
  };
}
