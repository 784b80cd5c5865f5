import { useLocale, useTranslations } from 'next-intl';
import { cx } from '@/components/ui/cx';
import { formatDate, formatDay, formatTime, formatWeekday } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import { dayOf } from '@/lib/kernel/clock';
import type { SessionStatus } from '@/lib/class/schema';

interface CalendarSession {
  id: string;
  classId: string;
  title: string;
  venue: string;
  startsAt: Date;
  endsAt: Date;
  status: SessionStatus;
  confirmed: number;
  capacity: number;
}

/**
 * Weeks as a table: a row a week, a column a day of the week, the sessions of a day as a list in its cell. Read in order by a screen
 * reader, walked by Tab; on a narrow screen its frame scrolls, never the page.
 */
export function SessionCalendar({
  caption,
  weeks,
  sessions,
  inMonth,
  today,
}: {
  caption: string;
  weeks: readonly (readonly string[])[];
  sessions: readonly CalendarSession[];
  /** `yyyy-mm` where days of other months are paler; null for a week. */
  inMonth: string | null;
  today: string;
}) {
  const t = useTranslations('edits.grid');
  const ui = useTranslations('ui');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const ofDay = (day: string) => sessions.filter(({ startsAt }) => dayOf(startsAt) === day);
  return (
    <div
      role="region"
      tabIndex={0}
      aria-label={ui('tableFrame', { caption })}
      className="scroll-frame relative rounded-card border-[1.5px] border-line bg-surface"
    >
      <table className="w-full min-w-[46rem] table-fixed border-separate border-spacing-0">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
              <th key={weekday} scope="col" className="border-b-2 border-edge px-2 py-2 text-left text-sm">
                {formatWeekday(locale, weekday)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td
                  key={day}
                  aria-current={day === today ? 'date' : undefined}
                  className={cx(
                    'border-r-[1.5px] border-b-[1.5px] border-line p-2 align-top last:border-r-0',
                    day === today && 'bg-field-tint',
                  )}
                >
                  <p className={cx('text-sm', inMonth && !day.startsWith(inMonth) ? 'text-muted' : 'font-bold')}>
                    <span className="sr-only">{formatDay(locale, day)}</span>
                    <span aria-hidden>{inMonth ? Number(day.slice(8)) : formatDate(locale, day)}</span>
                  </p>
                  <Sessions sessions={ofDay(day)} off={t('off')} short={inMonth !== null} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Sessions({
  sessions,
  off,
  short,
}: {
  sessions: readonly CalendarSession[];
  off: string;
  /** Time and class alone: a month has little room. */
  short: boolean;
}) {
  const m = useTranslations('manage');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  if (sessions.length === 0) return null;
  return (
    <ul className="mt-1 grid gap-1.5">
      {sessions.map((one) => {
        const cancelled = one.status === 'cancelled' || one.status === 'did_not_happen';
        return (
          <li key={one.id} className="text-sm">
            <Link
              href={`/manage/classes/${one.classId}`}
              prefetch={false}
              className={cx(
                'block min-h-target rounded-control border-[1.5px] border-line px-2 py-1 hover:border-edge',
                cancelled ? 'bg-sunk' : one.status === 'planned' ? 'border-dashed' : 'bg-surface',
              )}
            >
              <span className="font-bold whitespace-nowrap tabular-nums">{formatTime(locale, one.startsAt)}</span>{' '}
              {cancelled ? <span className="font-bold text-bad">{off} </span> : null}
              {one.status === 'planned' ? <span>({m('state.draft')}) </span> : null}
              <span className={cx('underline decoration-1 underline-offset-2', cancelled && 'line-through')}>
                {one.title}
              </span>
              {short ? null : (
                <span className="block text-muted">
                  {one.venue} · {m('seats', { taken: one.confirmed, capacity: one.capacity })}
                </span>
              )}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
