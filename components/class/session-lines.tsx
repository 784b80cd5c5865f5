import { useLocale, useTranslations } from 'next-intl';
import { ButtonLink } from '@/components/ui/button';
import { Icon } from '@/components/ui/icons';
import { StatusPill } from '@/components/ui/pill';
import { formatDay, formatTimeRange } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import { dayOf } from '@/lib/kernel/clock';
import { registerDue } from '@/lib/class/rules';
import type { SessionStatus } from '@/lib/class/schema';

export interface SessionLineView {
  id: string;
  classId: string;
  title: string;
  lesson: string | null;
  venue: string;
  area: string;
  inUnit: string | null;
  startsAt: Date;
  endsAt: Date;
  status: SessionStatus;
  confirmed: number;
  capacity: number;
  minimum: number;
  waiting: number;
  started: boolean;
  finished: boolean;
  mayMark: boolean;
}

/** How a session's register stands, in a word and a shape. */
export function RegisterState({ session, now }: { session: SessionLineView; now: Date }) {
  const t = useTranslations('manage');
  if (session.status === 'cancelled' || session.status === 'did_not_happen')
    return <StatusPill tone="bad">{t(`session.${session.status}`)}</StatusPill>;
  if (session.finished) return <StatusPill tone="good">{t('register.taken')}</StatusPill>;
  const due = registerDue(session.endsAt, now);
  if (due === 'overdue') return <StatusPill tone="bad">{t('register.overdue')}</StatusPill>;
  if (due === 'open') return <StatusPill tone="warn">{t('register.open')}</StatusPill>;
  if (session.started) return <StatusPill tone="info">{t('register.begun')}</StatusPill>;
  if (session.startsAt <= now) return <StatusPill tone="info">{t('register.running')}</StatusPill>;
  return null;
}

/** Venue, village and (for whoever looks after several) unit; each once where the venue carries the name already. */
export const placeOf = ({ venue, area, inUnit }: { venue: string; area: string; inUnit: string | null }) =>
  [venue, area, inUnit].filter((name, index) => name && (index === 0 || !venue.includes(name))).join(', ');

/** Sessions as lines of work: when, what, where, how many come, and the way to the register. */
export function SessionLines({
  sessions,
  now,
  withDay,
  toRegister,
}: {
  sessions: readonly SessionLineView[];
  now: Date;
  withDay?: boolean;
  /** The title leads to the register, not to the class: without a network that is what there is. */
  toRegister?: boolean;
}) {
  const t = useTranslations('manage');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  return (
    <ul className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
      {sessions.map((session) => (
        <li key={session.id} className="flex flex-wrap items-center gap-x-5 gap-y-2 px-4 py-3">
          <p className="w-full shrink-0 text-sm tabular-nums sm:w-36">
            {withDay ? <span className="mr-2 sm:mr-0 sm:block">{formatDay(locale, session.startsAt)}</span> : null}
            <b className="text-base whitespace-nowrap">{formatTimeRange(locale, session.startsAt, session.endsAt)}</b>
          </p>
          <div className="min-w-0 grow basis-64">
            <p>
              <Link
                href={toRegister ? `/manage/sessions/${session.id}` : `/manage/classes/${session.classId}`}
                prefetch={false}
                className="link font-bold"
              >
                {session.title}
              </Link>
              {session.lesson ? <span className="text-muted"> · {session.lesson}</span> : null}
            </p>
            <p className="text-sm text-muted">
              {placeOf(session)} · {t('seats', { taken: session.confirmed, capacity: session.capacity })}
              {session.waiting > 0 ? ` · ${t('waitingCount', { count: session.waiting })}` : null}
            </p>
          </div>
          <div className="flex flex-wrap items-center gap-3">
            <RegisterState session={session} now={now} />
            {session.mayMark &&
            dayOf(session.startsAt) <= dayOf(now) &&
            !session.finished &&
            session.status === 'published' ? (
              <ButtonLink href={`/manage/sessions/${session.id}`} variant="secondary" icon="check">
                {session.started ? t('continueRegister') : t('takeRegister')}
              </ButtonLink>
            ) : null}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** The days to come, the next one open, the others one press away: what is to be done today stands above and must not drown. */
export function DaysAhead({ sessions, now }: { sessions: readonly SessionLineView[]; now: Date }) {
  const t = useTranslations('manage');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const days = [...new Set(sessions.map(({ startsAt }) => dayOf(startsAt)))];
  return (
    <div className="grid grid-cols-1 gap-2">
      {days.map((day, at) => {
        const ofDay = sessions.filter(({ startsAt }) => dayOf(startsAt) === day);
        return (
          <details key={day} open={at === 0} className="group">
            <summary className="flex min-h-target cursor-pointer items-center gap-3 rounded-control">
              <Icon name="chevron" className="size-5 -rotate-90 text-lotus group-open:rotate-0" />
              <h3 className="text-base">{formatDay(locale, day)}</h3>
              <span className="text-muted">{t('sessionCount', { count: ofDay.length })}</span>
            </summary>
            <SessionLines sessions={ofDay} now={now} />
          </details>
        );
      })}
    </div>
  );
}
