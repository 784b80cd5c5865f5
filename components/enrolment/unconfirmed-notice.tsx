import { useTranslations } from 'next-intl';
import { Notice } from '@/components/ui/notice';
import type { Slip } from '@/lib/enrolment/schema';
import { formatDay, formatTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

/** Says kindly that somebody has to vouch for this place, whom to call, and until when. */
export function UnconfirmedNotice({
  slip,
  locale,
}: {
  slip: Pick<Slip, 'unconfirmedUntil' | 'hotline'>;
  locale: Locale;
}) {
  const t = useTranslations('my');
  const until = slip.unconfirmedUntil;
  if (!until) return null;
  return (
    <Notice tone="warn" title={t('unconfirmed')}>
      <p>
        {t('unconfirmedBody', {
          hotline: slip.hotline || t('unconfirmedWho'),
          time: formatTime(locale, until),
          day: formatDay(locale, until),
        })}
      </p>
    </Notice>
  );
}
