import { useTranslations } from 'next-intl';
import { StatusPill } from '@/components/ui/pill';
import { formatDay, formatTimeRange } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import type { WantingRound } from '@/lib/visit/rules';
import type { RoundLine } from '@/lib/visit/schema';

/** Rounds, one line each: when, where, who goes, how far it is, and what it wants where that was asked. */
export function RoundLines({
  rounds,
  locale,
}: {
  rounds: readonly (RoundLine & Partial<Pick<WantingRound, 'why' | 'waits'>>)[];
  locale: Locale;
}) {
  const t = useTranslations('visits');
  return (
    <ul className="divide-y-[1.5px] divide-line rounded-card border-[1.5px] border-line bg-surface">
      {rounds.map((round) => (
        <li
          key={round.id}
          className="grid gap-x-6 gap-y-1 px-4 py-3 lg:grid-cols-[14rem_minmax(18rem,1fr)_minmax(0,auto)]"
        >
          <p className="tabular-nums">
            <b>{formatDay(locale, round.day)}</b>
            <span className="block">{formatTimeRange(locale, round.startsAt, round.endsAt)}</span>
          </p>
          <div className="min-w-0">
            <Link
              href={`/manage/visits/rounds/${round.id}`}
              prefetch={false}
              className="link inline-flex min-h-target items-center font-bold"
            >
              {t('roundIn', { village: round.village })}
            </Link>
            <p className="text-sm text-muted">{[round.team, ...round.helpers].join(' · ')}</p>
          </div>
          <div className="flex flex-wrap content-start items-start gap-2 lg:justify-end">
            {round.why ? (
              <StatusPill tone="warn">{t(`wants.${round.why}`, { count: round.waits ?? 0 })}</StatusPill>
            ) : null}
            {round.deskId ? <StatusPill>{t('point')}</StatusPill> : null}
            {round.calledOff ? (
              <StatusPill tone="bad">{t('calledOff')}</StatusPill>
            ) : (
              <StatusPill tone={round.homes > 0 && round.recorded === round.homes ? 'good' : 'plain'}>
                {t('recordedOf', { recorded: round.recorded, homes: round.homes })}
              </StatusPill>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
