'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Folded, type Fold } from '@/components/ui/folded-form';
import { Select } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import type { PlaceChoice } from '@/lib/area/schema';

/** In which village of the commune a request is. */
export function VillageForm({
  action,
  requestId,
  area,
  villages,
  fold,
}: {
  action: FormAction;
  requestId: string;
  area: number | null;
  villages: readonly PlaceChoice[];
  fold?: Fold;
}) {
  const t = useTranslations('visits');
  // Its own ids: the search below asks where somebody lives too.
  const { send, errors, field, values } = useForm(action, ['area'], 'of');
  return (
    <Folded fold={fold} refused={errors.length > 0}>
      <form action={send} noValidate className="grid gap-5" key={JSON.stringify(values)}>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="requestId" value={requestId} />
        <Select
          {...field('area', area === null ? '' : String(area))}
          label={t('village')}
          empty={t('choose')}
          choices={villages.map(({ id, name }) => ({ value: String(id), label: name }))}
          width="name"
        />
        <div>
          <SubmitButton variant="secondary" icon="check" pendingLabel={t('saving')}>
            {t('villageSave')}
          </SubmitButton>
        </div>
      </form>
    </Folded>
  );
}
