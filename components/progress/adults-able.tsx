import { useTranslations } from 'next-intl';
import { formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import type { AdultsAble as Told } from '@/lib/progress/schema';

/** What the whole country aims at, in words: how many adults can do the core set, of all, and what was to be reached by then. */
export function AdultsAble({ adults: { count, share, aim, pace, year }, locale }: { adults: Told; locale: Locale }) {
  const t = useTranslations('progress.adults');
  const percent = (value: number) => formatNumber(locale, value, 1);
  const known = count !== null && share !== null;
  return (
    <p>
      {known
        ? t('share', { count: formatNumber(locale, count), share: percent(share) })
        : count === null
          ? t('hidden')
          : t('count', { count: formatNumber(locale, count) })}
      {aim === null ? null : ` ${t('aim', { year: String(year), aim: percent(aim) })}`}
      {aim === null || pace === null || !known
        ? null
        : ` ${t(share < pace ? 'behind' : 'ahead', { pace: percent(pace) })}`}
    </p>
  );
}
