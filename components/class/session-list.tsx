import { useTranslations } from 'next-intl';
import { StatusPill } from '@/components/ui/pill';
import { Written } from '@/components/ui/written';
import type { ClassSessionLine } from '@/lib/class/schema';
import { formatDay, formatTimeRange } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

/** Every meeting of a class, in order, with what became of it. */
export function SessionList({
  sessions,
  locale,
  reasonSaid,
}: {
  sessions: readonly ClassSessionLine[];
  locale: Locale;
  /** The page gave this reason for the whole class already. */
  reasonSaid?: string | null;
}) {
  const t = useTranslations('class');
  const nextId = sessions.find(({ state }) => state === 'toCome')?.id;
  return (
    <ol className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
      {sessions.map((session, index) => (
        <li key={session.id} className="grid gap-x-6 gap-y-1 p-4 sm:grid-cols-[8rem_1fr]">
          <p className="text-muted">{t('session', { number: index + 1 })}</p>
          <div>
            <p className={session.state === 'cancelled' ? 'font-bold line-through' : 'font-bold'}>
              {formatDay(locale, session.startsAt)}, {formatTimeRange(locale, session.startsAt, session.endsAt)}
            </p>
            {session.lesson ? <p>{session.lesson}</p> : null}
            {session.venue ? (
              <p>
                <Written>{session.venue}</Written>
              </p>
            ) : null}
            {session.id === nextId ? <StatusPill tone="good">{t('sessionNext')}</StatusPill> : null}
            {session.state === 'past' ? <StatusPill>{t('sessionPast')}</StatusPill> : null}
            {session.state === 'cancelled' ? (
              <p className="mt-1 flex flex-wrap items-center gap-2">
                <StatusPill tone="bad">{t('sessionCancelled')}</StatusPill>
                {session.reason && session.reason !== reasonSaid
                  ? t.rich('sessionReason', { reason: () => <Written>{session.reason}</Written> })
                  : null}
              </p>
            ) : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
