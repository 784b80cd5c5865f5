'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { terrainFields, terrains, type Terrain } from '@/lib/area/schema';

interface Commune {
  id: number;
  name: string;
  /** The district it lay in, which people know it by. */
  formerly: string | null;
  terrain: Terrain | null;
}

/** One choice for each commune; those left as they are stay so. */
export function TerrainForm({ action, communes }: { action: FormAction; communes: readonly Commune[] }) {
  const t = useTranslations('admin.terrain');
  const { send, errors, field } = useForm(
    action,
    communes.map(({ id }) => terrainFields(id)[0]),
  );
  return (
    <form action={send} aria-label={t('form')} className="grid gap-6" noValidate>
      <ErrorSummary errors={errors} />
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
        {communes.map(({ id, name, formerly, terrain }) => {
          const [said, was] = terrainFields(id);
          const own = field(said, terrain ?? '');
          return (
            <div key={id}>
              <input type="hidden" name={was} value={terrain ?? ''} />
              <Select
                {...own}
                label={name}
                hint={formerly ? t('former', { name: formerly }) : undefined}
                empty={t('none')}
                choices={terrains.map((value) => ({ value, label: t(`kinds.${value}`) }))}
                width="phone"
              />
            </div>
          );
        })}
      </div>
      <div>
        <SubmitButton pendingLabel={t('saving')}>{t('save')}</SubmitButton>
      </div>
    </form>
  );
}
