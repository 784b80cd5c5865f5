'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Card } from '@/components/ui/card';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextInput, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

type Asked = 'indicator' | 'value' | 'source';
const fields: readonly Asked[] = ['indicator', 'value', 'source'];

/** One target of a place and period. */
export function TargetForm({
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
  const t = useTranslations('target');
  const { send, errors, field, values } = useForm(action, fields, 'target');
  return (
    <Card as="section" labelledBy="target-heading">
      <h2 id="target-heading" className="mb-5 text-xl">
        {t('set', { place })}
      </h2>
      <form action={send} noValidate className="grid gap-5" key={JSON.stringify(values)}>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="areaId" value={areaId} />
        <input type="hidden" name="period" value={period} />
        <Select {...field('indicator', indicator)} label={t('indicator')} empty={t('choose')} choices={indicators} />
        <TextInput
          {...field('value')}
          label={t('value')}
          hint={t('valueHint')}
          optional
          inputMode="numeric"
          width="date"
          autoComplete="off"
        />
        <TextInput {...field('source')} label={t('source')} optional width="name" maxLength={200} autoComplete="off" />
        <div>
          <SubmitButton icon="check" pendingLabel={t('working')}>
            {t('submit')}
          </SubmitButton>
        </div>
      </form>
    </Card>
  );
}
