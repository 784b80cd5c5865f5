'use client';

import { useTranslations } from 'next-intl';
import type { FormAction } from '@/components/account/use-form';
import { Badge } from '@/components/ui/pill';
import { formatDateTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import type { ReadingHere } from '@/lib/lookup/schema';
import { AnswerForm } from './answer-form';

/** Each reading of one's own people from elsewhere: who, whom, what for, until when, what was said to it. */
export function ReadingsHere({
  readings,
  locale,
  answer,
}: {
  readings: readonly ReadingHere[];
  locale: Locale;
  answer: FormAction;
}) {
  const t = useTranslations('lookup');
  return (
    <ul className="grid gap-4">
      {readings.map((one) => (
        <li key={one.id} className="grid gap-3 rounded-card border-[1.5px] border-line bg-surface p-4 sm:p-5">
          <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
            <h2 className="text-lg">
              {one.personId ? (
                <Link href={`/manage/people/${one.personId}`} prefetch={false} className="link">
                  {one.person}
                </Link>
              ) : (
                t('here.movedAway')
              )}
            </h2>
            <Badge icon={one.live ? 'lock' : undefined}>{t(one.live ? 'here.live' : 'here.over')}</Badge>
          </div>
          <dl className="grid gap-x-4 gap-y-1 sm:grid-cols-[8rem_1fr]">
            <dt className="text-muted">{t('here.reader')}</dt>
            <dd>
              {one.reader} · {one.readerUnit}
            </dd>
            <dt className="text-muted">{t('here.why')}</dt>
            <dd>
              {t(`whys.${one.why}`)}
              {one.words ? `: ${one.words}` : null}
            </dd>
            <dt className="text-muted">{t('here.when')}</dt>
            <dd>
              {t('here.span', {
                from: formatDateTime(locale, one.openedAt),
                until: formatDateTime(locale, one.endedAt ?? one.until),
              })}
              {' · '}
              {t('here.looks', { count: one.looks })}
            </dd>
            {one.endedBy ? (
              <>
                <dt className="text-muted">{t('here.endedBy')}</dt>
                <dd>{one.endedBy}</dd>
              </>
            ) : null}
            {one.objection ? (
              <>
                <dt className="text-muted">{t('here.objection')}</dt>
                <dd>{one.objection}</dd>
              </>
            ) : null}
          </dl>
          {one.live ? (
            <AnswerForm action={answer} readingId={one.id} live />
          ) : one.objection === null ? (
            <AnswerForm fold={{ summary: t('object') }} action={answer} readingId={one.id} live={false} />
          ) : null}
        </li>
      ))}
    </ul>
  );
}
