import { useLocale, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/inputs';
import { getPathname } from '@/lib/i18n/navigation';

/** Chooses year and unit by address. The unit is asked for only where there are several. */
export function FairnessPicker({
  area,
  year,
  years,
  units,
}: {
  area: number | null;
  year: number;
  years: readonly number[];
  units: readonly { id: number; name: string }[];
}) {
  const t = useTranslations('manage.fairness');
  const locale = useLocale();
  const choices = [...new Set([...years, year])].sort((one, other) => other - one);
  return (
    <form
      method="get"
      aria-label={t('choose')}
      action={getPathname({ href: '/manage/fairness', locale })}
      className="flex flex-wrap items-end gap-3"
    >
      <div className="min-w-0 grow sm:max-w-48">
        <Select
          name="year"
          label={t('year')}
          defaultValue={String(year)}
          choices={choices.map((one) => ({ value: String(one), label: t('inYear', { year: String(one) }) }))}
        />
      </div>
      {units.length > 1 ? (
        <div className="min-w-0 grow sm:max-w-80">
          <Select
            name="area"
            label={t('unit')}
            defaultValue={area === null ? '' : String(area)}
            choices={[
              { value: '', label: t('everywhere') },
              ...units.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
          />
        </div>
      ) : null}
      <Button type="submit" variant="secondary">
        {t('show')}
      </Button>
    </form>
  );
}
