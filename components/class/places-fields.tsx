import { useTranslations } from 'next-intl';
import { FieldSet } from '@/components/ui/field';
import { Select, TextInput } from '@/components/ui/inputs';
import type { ReservedGroup } from '@/lib/enrolment/schema';

/** Named here too: the browser need not fetch what checks the form. */
const groups: readonly ReservedGroup[] = ['over_60', 'own_village', 'disability', 'poor_household'];

interface Field {
  name: string;
  defaultValue?: string | undefined;
  error?: string | undefined;
}

/** For whom places are kept, and how long an offered one waits for its answer. */
export function PlacesFields({ places, group, hours }: { places: Field; group: Field; hours: Field }) {
  const t = useTranslations('planning');
  return (
    <FieldSet id="fair" legend={t('fair')}>
      <div className="grid gap-5">
        <div className="flex flex-wrap gap-5">
          <TextInput {...places} label={t('reservedPlaces')} optional inputMode="numeric" width="short" />
          <Select
            {...group}
            label={t('reservedFor')}
            empty={t('nobody')}
            choices={groups.map((value) => ({ value, label: t(`group.${value}`) }))}
            width="name"
          />
        </div>
        <p className="-mt-2 max-w-prose text-muted">{t('reservedPlacesHint')}</p>
        <TextInput {...hours} label={t('offerHours')} hint={t('offerHoursHint')} inputMode="numeric" width="short" />
      </div>
    </FieldSet>
  );
}
