import { useTranslations } from 'next-intl';
import { StatusPill } from '@/components/ui/pill';
import { Written } from '@/components/ui/written';
import type { ClassSessionLine } from '@/lib/class/schema';
import { formatDay, formatTimeRange } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { ToldBesides } from './told-besides';

/** Every meeting of a class, in order, with what became of it. Those behind are folded away while there are some to come. */
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
  const next = sessions.findIndex(({ state }) => state === 'toCome');
  const folded = next > 1 ? next : 0;
  const lines = (from: number, to: number) => (
    <ol className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
      {sessions.slice(from, to).map((session, at) => (
        <SessionLine
          key={session.id}
          session={session}
          number={from + at + 1}
          isNext={from + at === next}
          reasonSaid={reasonSaid}
          locale={locale}
        />
      ))}
    </ol>
  );
  return (
    <div className="grid gap-3">
      {folded > 0 ? (
        <details>
          <summary className="link inline-flex min-h-target items-center font-bold">
            {t('sessionsBehind', { count: folded })}
          </summary>
          <div className="pt-2">{lines(0, folded)}</div>
        </details>
      ) : null}
      {lines(folded, sessions.length)}
    </div>
  );
}

function SessionLine({
  session,
  number,
  isNext,
  reasonSaid,
  locale,
}: {
  session: ClassSessionLine;
  number: number;
  isNext: boolean;
  reasonSaid: string | null | undefined;
  locale: Locale;
}) {
  const t = useTranslations('class');
  return (
    <li className="grid gap-x-6 gap-y-1 p-4 sm:grid-cols-[8rem_1fr]">
      <p className="text-muted">{t('session', { number })}</p>
      <div>
        <p className={session.state === 'cancelled' ? 'font-bold line-through' : 'font-bold'}>
          {formatDay(locale, session.startsAt)}, {formatTimeRange(locale, session.startsAt, session.endsAt)}
        </p>
        {session.lesson ? <p>{session.lesson}</p> : null}
        <ToldBesides session={session.state === 'toCome' ? session : { ...session, movedFrom: null }} locale={locale} />
        {isNext ? <StatusPill tone="good">{t('sessionNext')}</StatusPill> : null}
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
  );
}
