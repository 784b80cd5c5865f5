'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { FigureForm } from '@/components/indicator/figure-form';
import { TextInput, type Choice } from '@/components/ui/inputs';

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
  const form = useForm(action, fields, 'declared');
  const { field } = form;
  return (
    <FigureForm
      of="declared"
      form={form}
      areaId={areaId}
      period={period}
      indicators={indicators}
      indicator={indicator}
      words={{
        heading: t('add', { place }),
        indicator: t('indicator'),
        choose: t('choose'),
        submit: t('submit'),
        working: t('working'),
      }}
    >
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
    </FigureForm>
  );
}
