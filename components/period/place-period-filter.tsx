import { useTranslations } from 'next-intl';
import { FilterBar } from '@/components/ui/filter-bar';
import { Select } from '@/components/ui/inputs';
import type { Period } from '@/lib/period/schema';
import { usePeriodWords } from './period-words';

interface Place {
  readonly id: number;
  readonly name: string;
}

/** Which place and which period a page is about, in the address. The one looked at is always among the choices. */
export function PlacePeriodFilter({
  path,
  label,
  submitLabel,
  place,
  places,
  period,
  periods,
}: {
  path: string;
  label: string;
  submitLabel: string;
  place: Place;
  places: readonly Place[];
  period: Period;
  periods: readonly Period[];
}) {
  const t = useTranslations('period');
  const { choices } = usePeriodWords();
  const all = places.some(({ id }) => id === place.id) ? places : [place, ...places];
  const times = periods.some(({ key }) => key === period.key) ? periods : [period, ...periods];
  return (
    <FilterBar path={path} label={label} submitLabel={submitLabel}>
      <Select
        name="area"
        label={label}
        defaultValue={String(place.id)}
        choices={all.map(({ id, name }) => ({ value: String(id), label: name }))}
      />
      <Select name="period" label={t('choose')} defaultValue={period.key} choices={choices(times)} />
    </FilterBar>
  );
}
