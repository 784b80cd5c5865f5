import { useTranslations } from 'next-intl';
import type { Slip } from '@/lib/enrolment/schema';
import { formatDay, formatTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

/** To whoever waits: the places kept for a group, until when, and whether they are of it. */
export function KeptWords({ kept, locale }: { kept: Slip['kept']; locale: Locale }) {
  const t = useTranslations('my');
  const e = useTranslations('enrolment');
  if (!kept) return null;
  const group = e(`group.${kept.group}`);
  if (kept.mine) return <p className="max-w-prose">{t('keptMine', { group })}</p>;
  const until = `${formatTime(locale, kept.until)} ${formatDay(locale, kept.until)}`;
  return <p className="max-w-prose">{t('kept', { places: kept.places, group, until })}</p>;
}
