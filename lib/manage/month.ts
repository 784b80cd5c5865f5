import type { ScopedTx } from '@/lib/access/scoped';
import type { ClassListInput, SessionStatus } from '@/lib/class/schema';
import type { Locale } from '@/lib/i18n/routing';
import { addDays, momentOf } from '@/lib/kernel/clock';
import { listCondition } from './queries';

/** A session as it stands in a calendar. */
export interface CalendarLine {
  readonly id: string;
  readonly classId: string;
  readonly title: string;
  readonly lesson: string | null;
  readonly venue: string;
  readonly area: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly status: SessionStatus;
  readonly confirmed: number;
  readonly capacity: number;
}

/** More than a screen can show; who has more narrows them. */
export const mostInCalendar = 600;

/** The sessions of the classes the list's filters ask for, of these days, in order of time; cancelled ones too. */
export async function sessionsOfDays(
  tx: ScopedTx,
  locale: Locale,
  asked: ClassListInput,
  { days, now }: { days: { first: string; last: string }; now: Date },
): Promise<readonly CalendarLine[]> {
  return tx<CalendarLine[]>`
    select s.id, s.class_id, s.starts_at, s.ends_at, s.status, ${tx(`co.title_${locale}`)} as title, ${tx(`l.title_${locale}`)} as lesson,
           v.name as venue, ${tx(`a.name_${locale}`)} as area, c.seats_confirmed as confirmed, c.capacity
    from class_session s join class c on c.id = s.class_id join course co on co.id = c.course_id
      join venue v on v.id = s.venue_id join area a on a.id = s.area_id left join lesson l on l.id = s.lesson_id
    where ${listCondition(tx, asked, now)} and s.starts_at >= ${momentOf(days.first, '00:00')}
      and s.starts_at < ${momentOf(addDays(days.last, 1), '00:00')}
    order by s.starts_at, s.id limit ${mostInCalendar}`;
}
