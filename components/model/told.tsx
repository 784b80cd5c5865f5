import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { SmallNumber } from '@/components/figure/small-number';
import { formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { heldOf } from '@/lib/model/rules';
import type { Came, Told } from '@/lib/model/schema';

/** How many people, as the reader may know it: exact, "about", or the sign for what is kept back. */
export function People({ told }: { told: Told }) {
  const t = useTranslations('model.results');
  const locale = useLocale() as Locale;
  if (told === null) return <SmallNumber value={null} hidden />;
  const count = formatNumber(locale, told.count);
  return <>{told.about ? t('about', { count }) : count}</>;
}

/** The head of a column in many words: on a phone it takes room, rather than six lines. */
export function LongHead({ children }: { children: ReactNode }) {
  return <span className="block w-fit min-w-28 sm:min-w-0">{children}</span>;
}

/** Helper hours as one reads them: with a half where they are few; "—" where of nothing that was held it is noted who helped. */
export function useHours() {
  const locale = useLocale() as Locale;
  return (minutes: number, came?: Pick<Came, 'sessions' | 'rounds' | 'noted'>) =>
    came && came.noted === 0 && minutes === 0 && heldOf(came) > 0
      ? '—'
      : formatNumber(locale, minutes / 60, minutes % 60 === 0 || minutes >= 6000 ? 0 : 1);
}

/** A rate with one decimal, or "—" where nobody can say. */
export function useRate() {
  const locale = useLocale() as Locale;
  return (rate: number | null) => (rate === null ? '—' : formatNumber(locale, rate, 1));
}

/** `2026-11` as one writes it. */
export const monthWords = (month: string) => `${Number(month.slice(5, 7))}/${month.slice(0, 4)}`;
