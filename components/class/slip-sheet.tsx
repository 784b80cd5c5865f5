import { useLocale, useTranslations } from 'next-intl';
import { formatDay, formatTimeRange } from '@/lib/i18n/format';
import { phoneForReading } from '@/lib/kernel/phone';

export interface SlipView {
  code: string;
  status: string;
  fullName: string;
  classTitle: string;
  venue: string;
  address: string;
  wayThere: string;
  bring: string;
  hotline: string;
  teamName: string;
  placeInQueue: number | null;
  sessions: readonly { startsAt: Date; endsAt: Date; cancelled: boolean }[];
}

/** The slip a resident takes home: code, when, where, what to bring. Fits a quarter of A4 and up; printed in black. */
export function SlipSheet({ slip }: { slip: SlipView }) {
  const t = useTranslations('manage');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const sessions = slip.sessions.filter((session) => !session.cancelled).slice(0, 12);
  return (
    <article className="grid max-w-2xl gap-5 rounded-card border-2 border-ink bg-surface p-6 print:max-w-none print:border">
      <header className="flex flex-wrap items-start justify-between gap-4">
        <div>
          <p className="text-sm text-muted">{t('slip.for')}</p>
          <p className="text-2xl font-bold">{slip.fullName}</p>
          <p className="mt-1 font-bold">
            {slip.status === 'waitlisted'
              ? t('slip.waiting', { place: slip.placeInQueue ?? 1 })
              : t(`slip.${slip.status}`)}
          </p>
        </div>
        <div className="rounded-card border-2 border-dashed border-edge px-5 py-3 text-center">
          <p className="text-sm">{t('slip.code')}</p>
          <p className="font-mono text-3xl font-bold tracking-widest">
            {slip.code.slice(0, 4)} {slip.code.slice(4)}
          </p>
        </div>
      </header>
      <dl className="grid gap-3">
        <Line term={t('slip.class')} value={slip.classTitle} />
        <Line term={t('slip.where')} value={[slip.venue, slip.address, slip.wayThere].filter(Boolean).join('. ')} />
        <Line term={t('slip.bring')} value={slip.bring} />
        <Line term={t('slip.team')} value={slip.teamName} />
        {slip.hotline ? <Line term={t('slip.hotline')} value={phoneForReading(slip.hotline)} /> : null}
      </dl>
      {sessions.length > 0 ? (
        <div>
          <p className="text-sm text-muted">{t('slip.when')}</p>
          <ul className="mt-1 grid gap-x-6 gap-y-1 sm:grid-cols-2 print:grid-cols-2">
            {sessions.map((session) => (
              <li key={session.startsAt.toISOString()} className="tabular-nums">
                <b>{formatDay(locale, session.startsAt)}</b>,{' '}
                {formatTimeRange(locale, session.startsAt, session.endsAt)}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <p className="text-sm">{t('slip.free')}</p>
    </article>
  );
}

function Line({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt className="text-sm text-muted">{term}</dt>
      <dd className="font-bold">{value}</dd>
    </div>
  );
}
