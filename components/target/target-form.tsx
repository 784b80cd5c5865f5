'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { FigureForm } from '@/components/indicator/figure-form';
import { TextInput, type Choice } from '@/components/ui/inputs';

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
  const form = useForm(action, fields, 'target');
  const { field } = form;
  return (
    <FigureForm
      of="target"
      form={form}
      areaId={areaId}
      period={period}
      indicators={indicators}
      indicator={indicator}
      words={{
        heading: t('set', { place }),
        indicator: t('indicator'),
        choose: t('choose'),
        submit: t('submit'),
        working: t('working'),
      }}
    >
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
    </FigureForm>
  );
}
