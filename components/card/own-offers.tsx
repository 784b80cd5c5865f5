import { useTranslations } from 'next-intl';
import { AnswerForm } from '@/components/enrolment/slip-actions';
import { Card } from '@/components/ui/card';
import { KeyFacts } from '@/components/ui/facts';
import type { OwnEnrolment } from '@/lib/card/schema';
import { formatDateTime, formatDay, formatTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import type { FormState } from '@/lib/kernel/result';
import { useCardErrors } from './words';

type FormAction = (before: FormState, form: FormData) => Promise<FormState>;

/** Places held for the holder until they answer: before all else, each with until when, and to take it or to give it up. */
export function OwnOffers({
  enrolments,
  locale,
  answer,
}: {
  enrolments: readonly OwnEnrolment[];
  locale: Locale;
  answer: FormAction;
}) {
  const t = useTranslations('card');
  const m = useTranslations('my');
  const c = useTranslations('class');
  const errors = useCardErrors();
  const words = { accept: m('acceptPlace'), decline: m('declinePlace'), sending: m('answering') };
  return enrolments.map(({ id, title, answerBy, nextStartsAt, venue, placeName }) =>
    answerBy ? (
      <Card key={id} as="section" tone="field" labelledBy={`offer-${id}`}>
        <div className="grid gap-5">
          <div className="grid gap-2">
            <h2 id={`offer-${id}`} className="text-2xl">
              {t('offered')}
              <span className="mt-1 block text-xl">{title}</span>
            </h2>
            <p className="font-bold">
              {t('offeredUntil', { time: formatTime(locale, answerBy), day: formatDay(locale, answerBy) })}
            </p>
            <p>{m('explain.offered')}</p>
          </div>
          <KeyFacts
            items={[
              { icon: 'clock', term: t('next'), value: nextStartsAt ? formatDateTime(locale, nextStartsAt) : null },
              { icon: 'place', term: c('where'), value: `${venue}, ${placeName}` },
            ]}
          />
          <AnswerForm action={answer} fields={{ enrolmentId: id }} errorWords={errors} words={words} />
        </div>
      </Card>
    ) : null,
  );
}
