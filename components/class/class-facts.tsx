import { useTranslations } from 'next-intl';
import { KeyFacts } from '@/components/ui/facts';
import { StatusPill } from '@/components/ui/pill';
import { formatDay, formatTimeRange } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

export interface Facts {
  readonly venue: string;
  readonly address: string;
  readonly placeName: string;
  readonly unitName: string | null;
  readonly stepFree: boolean;
  readonly seatsLeft: number;
  readonly waiting: number;
  readonly teamName: string;
  readonly bring: string;
  readonly language: 'vi' | 'bru' | 'pako';
}

/** What a class answers, always in this order: when, where, is there room, who teaches, what to bring, what it costs. */
export function ClassFacts({
  locale,
  facts,
  next,
  sessionsToCome,
  wayThere,
}: {
  locale: Locale;
  facts: Facts;
  next: { startsAt: Date; endsAt: Date } | null;
  sessionsToCome: number;
  wayThere?: string;
}) {
  const t = useTranslations('class');
  const place = [facts.address, facts.placeName, facts.unitName].filter(
    (part, index, all): part is string =>
      Boolean(part) && !all.slice(0, index).some((before) => before?.includes(part ?? '')),
  );
  return (
    <KeyFacts
      items={[
        {
          icon: 'clock',
          term: t('when'),
          value: next ? (
            <>
              <span className="block">{formatDay(locale, next.startsAt)}</span>
              <span className="block">{formatTimeRange(locale, next.startsAt, next.endsAt)}</span>
              {sessionsToCome > 1 ? (
                <span className="block font-normal text-muted">{t('moreSessions', { count: sessionsToCome })}</span>
              ) : null}
            </>
          ) : null,
        },
        {
          icon: 'place',
          term: t('where'),
          value: (
            <>
              <span className="block">{facts.venue}</span>
              <span className="block font-normal">{place.join(', ')}</span>
              {wayThere ? (
                <span className="mt-1 block font-normal">
                  {t('wayThere')}: {wayThere}
                </span>
              ) : null}
              {facts.stepFree ? <span className="block font-normal text-muted">{t('stepFree')}</span> : null}
            </>
          ),
        },
        { icon: 'seat', term: t('room'), value: <Room seatsLeft={facts.seatsLeft} waiting={facts.waiting} /> },
        { icon: 'people', term: t('who'), value: facts.teamName },
        { icon: 'bag', term: t('bring'), value: facts.bring },
        {
          icon: 'language',
          term: t('taughtIn'),
          value: facts.language === 'vi' ? null : t(`languages.${facts.language}`),
        },
        { icon: 'gift', term: t('cost'), value: t('free') },
      ]}
    />
  );
}

function Room({ seatsLeft, waiting }: { seatsLeft: number; waiting: number }) {
  const t = useTranslations('class');
  if (seatsLeft > 0) return <StatusPill tone="good">{t('seatsLeft', { count: seatsLeft })}</StatusPill>;
  return (
    <>
      <StatusPill tone="warn">{t('full')}</StatusPill>
      <span className="mt-1 block font-normal">
        {waiting > 0 ? t('fullWaiting', { count: waiting }) : t('fullNobody')}
      </span>
    </>
  );
}
