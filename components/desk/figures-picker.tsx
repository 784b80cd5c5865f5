import { useTranslations } from 'next-intl';
import { capital, useFigureWords } from '@/components/figure/words';
import { usePeriodWords } from '@/components/period/period-words';
import { FilterBar } from '@/components/ui/filter-bar';
import { PageHeading } from '@/components/ui/headings';
import { Select } from '@/components/ui/inputs';
import { periodsToChoose } from '@/lib/period/rules';
import type { Period } from '@/lib/period/schema';

/** Of which place and period the counts of desks are. */
export function PeriodHeading({ above, period }: { above: string; period: Period }) {
  const t = useTranslations('desk.figures');
  const { period: when, days } = useFigureWords();
  return (
    <>
      <PageHeading above={above} lead={t('lead')}>
        {t('heading', { when: when(period) })}
      </PageHeading>
      <p className="text-muted">{capital(days(period))}</p>
    </>
  );
}

/** Chooses another, by address. */
export function FiguresPicker({
  places,
  areaId,
  period,
  today,
}: {
  places: readonly { readonly id: number; readonly name: string }[];
  areaId: number;
  period: Period;
  today: string;
}) {
  const t = useTranslations('desk.figures');
  const { choices } = usePeriodWords();
  const known = periodsToChoose(today);
  const all = known.some(({ key }) => key === period.key) ? known : [period, ...known];
  return (
    <FilterBar path="/dashboard/desks" label={t('filter')} submitLabel={t('see')}>
      <Select
        name="area"
        label={t('place')}
        defaultValue={String(areaId)}
        choices={places.map(({ id, name }) => ({ value: String(id), label: name }))}
      />
      <Select name="period" label={t('period')} defaultValue={period.key} choices={choices(all)} />
    </FilterBar>
  );
}
