import { useLocale, useTranslations } from 'next-intl';
import type { SkipReason } from '@/lib/class/schema';
import { formatDay } from '@/lib/i18n/format';
import { SkippedForm } from './skipped-form';
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
    <SkippedForm
      action={putBack}
      classId={classId}
      summary={t('skipped.title', { count: days.length })}
      lead={t('skipped.lead')}
      days={days.map(({ day, reason, because }) => ({
        day,
        name: formatDay(locale, day),
        why: t(`skipped.reasons.${reason}`, { because }),
        ahead: day >= today,
      }))}
      label={t('skipped.putBack')}
      pendingLabel={t('working')}
    />
  );
}
