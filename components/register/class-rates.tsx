import { useLocale, useTranslations } from 'next-intl';
import { formatNumber } from '@/lib/i18n/format';
import { ratesOf, type RollCounts } from '@/lib/register/rules';
import { StatFigure } from '../ui/figures';

type Counts = RollCounts & { readonly sessions: number; readonly walkIns: number; readonly guests: number };

/** The three rates of a class beside each other, each with what it is made of; never added or mixed (mechanisms.md 6). */
export function ClassRates({ counts }: { counts: Counts }) {
  const t = useTranslations('register.rates');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const rates = ratesOf(counts);
  const parts = {
    attendance: { count: counts.came, of: counts.marked },
    commitment: { count: counts.came + counts.excused, of: counts.marked },
    capture: { count: counts.marked, of: counts.expected },
  };
  return (
    <section className="grid grid-cols-1 gap-3">
      <h2 className="text-xl">{t('title')}</h2>
      <p className="max-w-prose text-muted">{t('lead', { sessions: counts.sessions })}</p>
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-3">
        {(['attendance', 'commitment', 'capture'] as const).map((each) => {
          const rate = rates[each];
          return (
            <StatFigure
              key={each}
              label={t(each)}
              value={rate === null ? null : formatNumber(locale, rate * 100)}
              unit="%"
              target={rate === null ? null : t(`${each}Of`, parts[each])}
              definition={t(`${each}How`)}
            />
          );
        })}
      </div>
      {counts.walkIns + counts.guests > 0 ? (
        <p>{t('beside', { walkIns: counts.walkIns, guests: counts.guests })}</p>
      ) : null}
    </section>
  );
}
