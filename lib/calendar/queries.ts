import type { ScopedTx } from '@/lib/access/scoped';
import { placeNamed } from '@/lib/area/queries';
import type { mine } from '@/lib/class/queries';
import type { Locale } from '@/lib/i18n/routing';
import type { Calendar, CalendarSession } from './schema';

type Which = ReturnType<typeof mine>;

/** More than any one place plans in a season. */
const mostSessions = 3000;

/** Meetings of published classes, and of those cancelled or closed since, soonest first. */
function sessionsOf(tx: ScopedTx, locale: Locale, which: Which) {
  return tx<CalendarSession[]>`
    select s.id, s.class_id, s.starts_at, s.ends_at, s.status in ('cancelled', 'did_not_happen') as cancelled, s.status_reason as reason, s.note,
      s.revision + c.revision as revision, greatest(s.revised_at, c.revised_at) as revised_at,
      ${tx(`co.title_${locale}`)} as title, ${tx(`l.title_${locale}`)} as lesson, ${tx(`co.bring_${locale}`)} as bring, c.hotline,
      v.name as venue, v.address, ${tx(`a.full_name_${locale}`)} as place_name, te.name as team_name
    from class_session s join class c on c.id = s.class_id join course co on co.id = c.course_id
      join venue v on v.id = s.venue_id join area a on a.id = c.area_id join team te on te.id = c.team_id
      left join lesson l on l.id = s.lesson_id
    where c.status <> 'draft' and s.status <> 'planned' and ${which}
    order by s.starts_at, s.id limit ${mostSessions}`;
}

/** One class with all its meetings; null for drafts and unknown ids. */
export async function classCalendar(tx: ScopedTx, locale: Locale, id: string): Promise<Calendar | null> {
  const [found] = await tx<{ name: string }[]>`
    select ${tx(`co.title_${locale}`)} as name from class c join course co on co.id = c.course_id
    where c.id = ${id} and c.status <> 'draft'`;
  return found ? { ...found, sessions: await sessionsOf(tx, locale, tx`s.class_id = ${id}`) } : null;
}

/**
 * Everything that meets in a place and below it, from two weeks ago on: long enough for every calendar to hear that a
 * meeting was called off. Null when there is no such place.
 */
export async function areaCalendar(tx: ScopedTx, locale: Locale, area: number): Promise<Calendar | null> {
  const place = await placeNamed(tx, locale, area);
  const here = tx`s.area_id in (select area_id from area_tree where ancestor_id = ${area}) and s.starts_at > now() - interval '14 days'`;
  return place && { name: place.name, sessions: await sessionsOf(tx, locale, here) };
}
