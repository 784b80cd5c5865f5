import { useTranslations } from 'next-intl';
import { FilterBar } from '@/components/ui/filter-bar';
import { Select, TextInput } from '@/components/ui/inputs';
import { Notice } from '@/components/ui/notice';
import type { PlaceChoice } from '@/lib/area/schema';

/** Where somebody lives or wants something: typed, or chosen from the list; goes into the address of `path`. The words are those of `of`. */
export function WhereForm({
  of,
  path,
  units,
  typed,
  nothing,
}: {
  of: 'ask' | 'help';
  path: string;
  units: readonly PlaceChoice[];
  typed: string | undefined;
  nothing: boolean;
}) {
  const t = useTranslations(of);
  return (
    <section aria-labelledby="where" className="grid gap-4">
      <h2 id="where" className="text-2xl">
        {t('where')}
      </h2>
      {nothing ? <Notice tone="warn" title={t('noPlace', { typed: typed ?? '' })} /> : null}
      <FilterBar path={path} landing="found" label={t('where')} submitLabel={t('next')}>
        <TextInput name="q" label={t('typePlace')} defaultValue={typed} maxLength={100} autoComplete="off" />
        <Select
          name="area"
          label={t('orChoose')}
          empty={t('chooseUnit')}
          choices={units.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
      </FilterBar>
    </section>
  );
}
