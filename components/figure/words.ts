import { useLocale, useTranslations } from 'next-intl';
import type { Cell, FigureOf, Group, Measure } from '@/lib/figure/schema';
import { formatDate, formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { lastDayOf } from '@/lib/period/rules';
import type { Period } from '@/lib/period/schema';

/** The reader's language, as the formats want it. */
export function useReader(): Locale {
  return useLocale() === 'en' ? 'en' : 'vi';
}

/** How figures are written for this reader: numbers, shares, periods. Undefined or null stays missing. */
export function useFigureWords() {
  const locale = useReader();
  const t = useTranslations('dashboard');
  const hidden = useTranslations('smallNumbers')('hidden');
  const number = (value: number | null | undefined) =>
    value === null || value === undefined ? null : formatNumber(locale, value);
  const share = (percent: number | null) =>
    percent === null ? null : `${formatNumber(locale, percent, 1)}${locale === 'vi' ? '\u00a0' : ''}%`;
  return {
    locale,
    number,
    /** Stands where a figure is kept back; every part that shows one says why (`SmallNumberNote`). */
    hidden,
    /** "—" where nothing can be said, the sign of small numbers where it is hidden. */
    cell: (cell: Cell) => (cell === null ? hidden : (number(cell?.value) ?? '—')),
    share,
    /** "kỳ năm 2026", "tháng 11/2026". */
    period: ({ calendar, grain, nth, year }: Period) => t(`when.${calendar}.${grain}`, { nth, year: String(year) }),
    /** "từ 15/12/2025 đến 14/12/2026". */
    days: (period: Period) =>
      t('days', { from: formatDate(locale, period.from), until: formatDate(locale, lastDayOf(period)) }),
    /** "11/2026". */
    month: ({ nth, year }: Period) => `${nth}/${year}`,
    name: (place: { nameVi: string; nameEn: string }) => (locale === 'en' ? place.nameEn : place.nameVi),
  };
}

export function cellOf(figures: FigureOf, measure: Measure, group: Group = 'all'): Cell {
  return figures[measure]?.[group];
}

/** Under which name a headline figure stands (`figures` of the messages), on its card and wherever else it is spoken of. */
export const headlineKey = ({ measure, group }: { measure: Measure; group: Group }) =>
  measure === 'people_reached' && group === 'age60' ? 'older_reached' : measure;

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
