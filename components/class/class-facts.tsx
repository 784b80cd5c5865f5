import { useTranslations } from 'next-intl';
import { KeyFacts, type KeyFact } from '@/components/ui/facts';
import { StatusPill } from '@/components/ui/pill';
import { Written } from '@/components/ui/written';
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
  brief,
  more,
}: {
  locale: Locale;
  facts: Facts;
  next: { startsAt: Date; endsAt: Date } | null;
  sessionsToCome: number;
  wayThere?: string;
  /** In a list: smaller signs, and no question where the answer speaks for itself. */
  brief?: boolean;
  more?: KeyFact[];
}) {
  const t = useTranslations('class');
  const rest = placeAfter(facts.venue, [...facts.address.split(', '), facts.placeName, facts.unitName ?? '']);
  return (
    <KeyFacts
      brief={brief}
      items={[
        {
          icon: 'clock',
          plain: true,
          term: t('when'),
          value: next ? (
            <>
              <span className="block font-bold">
                {formatDay(locale, next.startsAt)}, {formatTimeRange(locale, next.startsAt, next.endsAt)}
              </span>
              {sessionsToCome > 1 ? (
                <span className="block text-muted">{t('moreSessions', { count: sessionsToCome })}</span>
              ) : null}
            </>
          ) : null,
        },
        {
          icon: 'place',
          plain: true,
          term: t('where'),
          value: (
            <>
              <span className="block font-bold">
                <Written>{facts.venue}</Written>
              </span>
              {rest ? <span className="block">{rest}</span> : null}
              {wayThere ? (
                <span className="mt-1 block">
                  {t('wayThere')}: <Written>{wayThere}</Written>
                </span>
              ) : null}
              {facts.stepFree || !brief ? (
                <span className="block text-muted">
                  {t(brief ? 'stepFreeShort' : facts.stepFree ? 'stepFree' : 'stepsUnknown')}
                </span>
              ) : null}
            </>
          ),
        },
        {
          icon: 'seat',
          plain: true,
          term: t('room'),
          value: next ? <Room seatsLeft={facts.seatsLeft} waiting={facts.waiting} /> : null,
        },
        { icon: 'people', term: t('who'), value: <Written>{facts.teamName}</Written> },
        { icon: 'bag', term: t('bring'), value: brief ? firstSentence(facts.bring) : facts.bring },
        {
          icon: 'language',
          term: t('taughtIn'),
          value: brief && facts.language === 'vi' ? null : t(`languages.${facts.language}`),
        },
        { icon: 'gift', plain: true, term: t('cost'), value: <b>{t('free')}</b> },
        ...(more ?? []),
      ]}
    />
  );
}

/** What to bring, without the advice that follows; the class's own page has all of it. */
const firstSentence = (words: string) => words.replace(/(?<=\.)\s.*$/su, '');

/** The parts of an address that the words before do not say already. */
export function placeAfter(venue: string, parts: readonly string[]): string {
  const said = [venue];
  const rest = parts.filter((part) => {
    if (!part || said.some((words) => holdsName(words, part))) return false;
    said.push(part);
    return true;
  });
  return rest.join(', ');
}

/** "Thôn 1" is in "Nhà văn hóa Thôn 1 (mới)" but not in "Nhà văn hóa Thôn 12". */
const holdsName = (words: string, name: string) =>
  words.split(name).some((after, index) => index > 0 && !/^[\p{L}\p{N}]/u.test(after));

function Room({ seatsLeft, waiting }: { seatsLeft: number; waiting: number }) {
  const t = useTranslations('class');
  if (seatsLeft > 0) return <StatusPill tone="good">{t('seatsLeft', { count: seatsLeft })}</StatusPill>;
  return (
    <>
      <StatusPill tone="warn">{t('full')}</StatusPill>
      <span className="mt-1 block">{waiting > 0 ? t('fullWaiting', { count: waiting }) : t('fullNobody')}</span>
    </>
  );
}
