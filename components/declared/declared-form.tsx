'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Card } from '@/components/ui/card';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextInput, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

type Asked = 'indicator' | 'value' | 'of' | 'source' | 'asOf' | 'note';
const fields: readonly Asked[] = ['indicator', 'value', 'of', 'source', 'asOf', 'note'];

/** One declared figure of a place and period. */
export function DeclaredForm({
  action,
  areaId,
  period,
  place,
  indicators,
  indicator,
}: {
  action: FormAction;
  areaId: number;
  period: string;
  place: string;
  indicators: Choice[];
  /** The one it begins with. */
  indicator: string;
}) {
  const t = useTranslations('declared');
  const { send, errors, field, values } = useForm(action, fields, 'declared');
  return (
    <Card as="section" labelledBy="declared-heading">
      <h2 id="declared-heading" className="mb-5 text-xl">
        {t('add', { place })}
      </h2>
      <form action={send} noValidate className="grid gap-5" key={JSON.stringify(values)}>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="areaId" value={areaId} />
        <input type="hidden" name="period" value={period} />
        <Select {...field('indicator', indicator)} label={t('indicator')} empty={t('choose')} choices={indicators} />
        <div className="flex flex-wrap gap-5">
          <TextInput
            {...field('value')}
            label={t('value')}
            hint={t('valueHint')}
            inputMode="numeric"
            width="date"
            autoComplete="off"
          />
          <TextInput
            {...field('of')}
            label={t('of')}
            hint={t('ofHint')}
            optional
            inputMode="numeric"
            width="date"
            autoComplete="off"
          />
        </div>
        <TextInput
          {...field('source')}
          label={t('source')}
          hint={t('sourceHint')}
          width="name"
          maxLength={200}
          autoComplete="off"
        />
        <TextInput {...field('asOf')} type="date" label={t('asOf')} hint={t('asOfHint')} width="date" />
        <TextInput {...field('note')} label={t('note')} optional width="name" maxLength={500} autoComplete="off" />
        <div>
          <SubmitButton icon="check" pendingLabel={t('working')}>
            {t('submit')}
          </SubmitButton>
        </div>
      </form>
    </Card>
  );
}
