import { useLocale, useTranslations } from 'next-intl';
import type { ChoiceGroup } from '@/components/ui/inputs';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { lastDayOf } from '@/lib/period/rules';
import type { Period } from '@/lib/period/schema';

/** How periods are named for this reader: "Kỳ tháng 11/2026 (15/10/2026 đến 14/11/2026)", and offered to choose from, reporting ones first. */
export function usePeriodWords() {
  const locale: Locale = useLocale() === 'en' ? 'en' : 'vi';
  const t = useTranslations('period');
  const name = (period: Period) =>
    t(`name.${period.calendar}.${period.grain}`, {
      nth: period.nth,
      year: String(period.year),
      from: formatDate(locale, period.from),
      until: formatDate(locale, lastDayOf(period)),
    });
  const choices = (periods: readonly Period[]): ChoiceGroup[] =>
    (['administrative', 'calendar'] as const).map((calendar) => ({
      label: t(calendar),
      choices: periods
        .filter((period) => period.calendar === calendar)
        .map((period) => ({ value: period.key, label: name(period) })),
    }));
  return { name, choices };
}
