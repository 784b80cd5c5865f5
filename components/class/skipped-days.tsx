import { useLocale, useTranslations } from 'next-intl';
import { Disclosure } from '@/components/ui/disclosure';
import type { SkipReason } from '@/lib/class/schema';
import { formatDay } from '@/lib/i18n/format';
import { ActForm } from './act-form';
import type { FormAction } from './use-sent';

/** The days of a class's rule on which it does not meet, and why; those to come can be put back. */
export function SkippedDays({
  classId,
  days,
  today,
  putBack,
}: {
  classId: string;
  days: readonly { day: string; reason: SkipReason; because: string }[];
  today: string;
  putBack: FormAction;
}) {
  const t = useTranslations('manage');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  if (days.length === 0) return null;
  return (
    <Disclosure summary={t('skipped.title', { count: days.length })}>
      <p className="text-muted">{t('skipped.lead')}</p>
      <ul className="mt-2 divide-y-[1.5px] divide-line">
        {days.map(({ day, reason, because }) => (
          <li key={day} className="flex flex-wrap items-center justify-between gap-x-5 gap-y-2 py-2">
            <p className="min-w-0">
              <b className="block tabular-nums">{formatDay(locale, day)}</b>
              <span className="text-sm text-muted">{t(`skipped.reasons.${reason}`, { because })}</span>
            </p>
            {day >= today ? (
              <ActForm
                action={putBack}
                fields={{ classId, day }}
                variant="quiet"
                label={t('skipped.putBack')}
                pendingLabel={t('working')}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
