import { useLocale, useTranslations } from 'next-intl';
import { formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

/** How an indicator's numbers are written: a count, or per cent with one digit. "—" where nothing can be said. */
export function useIndicatorNumbers() {
  const locale: Locale = useLocale() === 'en' ? 'en' : 'vi';
  const count = (value: number | null) => formatNumber(locale, value);
  return {
    locale,
    count,
    shown: (value: number | null, shownAs: 'count' | 'share') =>
      value === null ? '—' : shownAs === 'count' ? count(Math.round(value)) : percent(locale, value),
    name: (one: { nameVi: string; nameEn: string }) => (locale === 'en' ? one.nameEn : one.nameVi),
  };
}

const percent = (locale: Locale, value: number) =>
  `${formatNumber(locale, value, 1)}${locale === 'vi' ? '\u00a0' : ''}%`;

/** A value with its whole: "82,4 %" and, smaller, "812 trên 985"; a count alone. */
export function Counted({
  value,
  of,
  shownAs,
}: {
  value: number | null;
  of: number | null;
  shownAs: 'count' | 'share';
}) {
  const t = useTranslations('indicator');
  const { count, shown } = useIndicatorNumbers();
  const share = value !== null && of ? (100 * value) / of : null;
  return (
    <span className="block min-w-24">
      {shown(shownAs === 'share' ? share : value, shownAs)}
      {value !== null && (of !== null || shownAs === 'share') ? (
        <span className="block text-sm font-normal whitespace-nowrap text-muted">
          {t('numbersOf', { value: count(value), of: count(of) })}
        </span>
      ) : null}
    </span>
  );
}
