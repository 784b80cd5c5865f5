'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Hidden } from '@/components/class/act-form';
import { Checkbox, RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextArea, TextInput, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { referralAsks, referralWhys } from '@/lib/referral/schema';

const fields = ['toAreaId', 'why', 'asks', 'courseId', 'note', 'sharePhone', 'agreed', 'how', 'witness'] as const;

/** Hands somebody to another unit: where to, why, what is asked, and the consent read out to them with how it was given. */
export function ReferForm({
  action,
  personId,
  units,
  courses,
  consent,
  back,
}: {
  action: FormAction;
  personId: string;
  units: Choice[];
  courses: Choice[];
  consent: string;
  back: ReactNode;
}) {
  const t = useTranslations('referral');
  const { send, errors, field, values } = useForm(action, fields);
  const error = (name: (typeof fields)[number]) => field(name).error;
  return (
    <form action={send} noValidate className="grid max-w-prose gap-6" key={JSON.stringify(values)}>
      <ErrorSummary errors={errors} />
      <Hidden fields={{ personId }} />
      <Select {...field('toAreaId')} label={t('toAreaId')} empty={t('choosePlace')} choices={units} width="name" />
      <Select
        {...field('why')}
        label={t('why')}
        empty={t('chooseWhy')}
        choices={referralWhys.map((value) => ({ value, label: t(`whys.${value}`) }))}
        width="name"
      />
      <RadioGroup
        name="asks"
        legend={t('asks')}
        defaultValue={values.asks}
        error={error('asks')}
        choices={referralAsks.map((value) => ({ value, label: t(`askWords.${value}`) }))}
      />
      <Select
        {...field('courseId')}
        label={t('course')}
        hint={t('courseHint')}
        optional
        empty={t('anyCourse')}
        choices={courses}
      />
      <TextArea {...field('note')} label={t('note')} hint={t('noteHint')} optional rows={2} maxLength={500} />
      <div className="grid gap-3">
        <p className="font-bold">{t('readOut')}</p>
        <blockquote className="rounded-card border-l-4 border-field bg-field-tint p-4 whitespace-pre-line">
          {consent}
        </blockquote>
        <Checkbox name="agreed" label={t('agreed')} error={error('agreed')} />
        <Checkbox
          name="sharePhone"
          label={t('sharePhone')}
          defaultChecked={values.sharePhone === 'on'}
          error={error('sharePhone')}
        />
        <RadioGroup
          name="how"
          legend={t('how')}
          inline
          defaultValue={values.how ?? 'oral'}
          error={error('how')}
          choices={[
            { value: 'oral', label: t('oral') },
            { value: 'paper', label: t('paper') },
          ]}
        />
        <TextInput
          {...field('witness')}
          label={t('witness')}
          hint={t('witnessHint')}
          autoComplete="off"
          maxLength={100}
          width="name"
        />
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton icon="arrow" pendingLabel={t('sending')} wide>
          {t('send')}
        </SubmitButton>
        {back}
      </div>
    </form>
  );
}
