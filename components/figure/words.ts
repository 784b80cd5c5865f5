import { useLocale, useTranslations } from 'next-intl';
import type { Cell, FigureOf, Group, Measure } from '@/lib/figure/schema';
import { formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

/** The reader's language, as the formats want it. */
export function useReader(): Locale {
  return useLocale() === 'en' ? 'en' : 'vi';
}

/** How figures are written for this reader: numbers, shares, periods. Undefined or null stays missing. */
export function useFigureWords() {
  const locale = useReader();
  const t = useTranslations('dashboard');
  const number = (value: number | null | undefined) =>
    value === null || value === undefined ? null : formatNumber(locale, value);
  return {
    locale,
    number,
    /** "—" where nothing can be said. */
    cell: (cell: Cell | undefined) => number(cell?.value) ?? '—',
    share: (percent: number | null) =>
      percent === null ? null : `${formatNumber(locale, percent, 1)}${locale === 'vi' ? '\u00a0' : ''}%`,
    /** "năm 2026", "tháng 11/2026". */
    period: (period: string) =>
      period.length === 4
        ? t('year', { year: period })
        : t('month', { month: Number(period.slice(5)), year: period.slice(0, 4) }),
    /** "11/2026". */
    month: (month: string) => `${Number(month.slice(5))}/${month.slice(0, 4)}`,
    name: (place: { nameVi: string; nameEn: string }) => (locale === 'en' ? place.nameEn : place.nameVi),
  };
}

export function cellOf(figures: FigureOf, measure: Measure, group: Group = 'all'): Cell {
  return figures[measure]?.[group] ?? null;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
