import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/inputs';
import { addMonths } from '@/lib/figure/schema';
import { getPathname } from '@/lib/i18n/navigation';
import { capital, useFigureWords } from './words';

/** Chooses the period by address, so that it can be passed on and works without JavaScript. */
export function PeriodPicker({
  period,
  years,
  month,
  areaId,
}: {
  period: string;
  years: readonly string[];
  /** The running month. */
  month: string;
  areaId: number | undefined;
}) {
  const t = useTranslations('dashboard.period');
  const words = useFigureWords();
  const choice = (value: string) => ({ value, label: capital(words.period(value)) });
  const whole = [...new Set([month.slice(0, 4), ...years, period.slice(0, 4)])].sort().reverse();
  const single = Array.from({ length: 12 }, (_, index) => addMonths(month, -index));
  if (period.length === 7 && !single.includes(period)) single.push(period);
  return (
    <form
      method="get"
      aria-label={t('label')}
      action={getPathname({ href: '/dashboard', locale: words.locale })}
      className="flex w-full flex-wrap items-end gap-3 sm:w-auto"
    >
      {areaId ? <input type="hidden" name="area" value={areaId} /> : null}
      <div className="min-w-0 grow sm:w-56">
        <Select
          name="period"
          label={t('choose')}
          defaultValue={period}
          choices={[
            { label: t('years'), choices: whole.map(choice) },
            { label: t('months'), choices: single.map(choice) },
          ]}
        />
      </div>
      <Button type="submit" variant="secondary">
        {t('show')}
      </Button>
    </form>
  );
}
