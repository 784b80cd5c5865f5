import { useTranslations } from 'next-intl';
import { usePeriodWords } from '@/components/period/period-words';
import { FilterBar } from '@/components/ui/filter-bar';
import { Select } from '@/components/ui/inputs';
import { periodsToChoose } from '@/lib/period/rules';
import type { Period } from '@/lib/period/schema';

/** Chooses the period, and one to set beside it, by address, so that it can be passed on and works without JavaScript. */
export function PeriodPicker({
  period,
  beside,
  today,
  areaId,
  path = '/dashboard',
  sort,
  map,
}: {
  period: Period;
  /** The one asked for; null where none was. */
  beside: Period | null;
  today: string;
  areaId: number | undefined;
  /** Another page of one period, which sets none beside it. */
  path?: string;
  /** The order of the places, kept. */
  sort?: string | undefined;
  /** What the map shows, kept. */
  map?: string | undefined;
}) {
  const t = useTranslations('dashboard.period');
  const { choices } = usePeriodWords();
  const known = periodsToChoose(today);
  const asked = [period, ...(beside ? [beside] : [])].filter(({ key }) => !known.some((one) => one.key === key));
  const all = choices([...asked, ...known]);
  return (
    <FilterBar path={path} label={t('label')} submitLabel={t('show')}>
      {areaId ? <input type="hidden" name="area" value={areaId} /> : null}
      {sort ? <input type="hidden" name="sort" value={sort} /> : null}
      {map ? <input type="hidden" name="map" value={map} /> : null}
      <Select name="period" label={t('choose')} defaultValue={period.key} choices={all} />
      {path === '/dashboard' ? (
        <Select
          name="with"
          label={t('beside')}
          defaultValue={beside?.key ?? ''}
          choices={[{ label: t('besideNone'), choices: [{ value: '', label: t('before') }] }, ...all]}
        />
      ) : null}
    </FilterBar>
  );
}
