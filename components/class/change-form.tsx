'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextArea, TextInput, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { Hidden } from './act-form';
import { PlacesFields } from './places-fields';
import { useSent, type FormAction } from './use-sent';

type ChangeField =
  | 'teamId'
  | 'language'
  | 'capacity'
  | 'minimumToRun'
  | 'note'
  | 'hotline'
  | 'held'
  | 'reservedPlaces'
  | 'reservedFor'
  | 'offerHours';

/** Details and capacity of a class. What was typed stays when something is wrong. */
export function ChangeForm({
  action,
  classId,
  now,
  teams,
  languages,
  back,
}: {
  action: FormAction;
  classId: string;
  now: Readonly<Record<ChangeField, string>>;
  teams: Choice[];
  languages: Choice[];
  back: ReactNode;
}) {
  const t = useTranslations('planning');
  const { send, typed, error, summary } = useSent(action, [
    'capacity',
    'minimumToRun',
    'held',
    'reservedPlaces',
    'reservedFor',
    'offerHours',
    'teamId',
    'language',
    'hotline',
    'note',
  ]);
  const field = (name: keyof typeof now) => ({ name, defaultValue: typed[name] ?? now[name], error: error(name) });
  return (
    <form action={send} noValidate className="grid gap-6">
      <ErrorSummary errors={summary} />
      <Hidden fields={{ classId }} />
      <div className="flex flex-wrap gap-5">
        <TextInput
          {...field('capacity')}
          label={t('capacity')}
          hint={t('capacityHint')}
          inputMode="numeric"
          width="short"
        />
        <TextInput {...field('minimumToRun')} label={t('minimum')} inputMode="numeric" width="short" />
        <TextInput {...field('held')} label={t('held')} hint={t('heldHint')} inputMode="numeric" width="short" />
      </div>
      <PlacesFields
        places={field('reservedPlaces')}
        group={field('reservedFor')}
        hours={field('offerHours')}
        key={`group-${typed.reservedFor}`}
      />
      <Select {...field('teamId')} label={t('team')} choices={teams} />
      <Select {...field('language')} label={t('language')} choices={languages} width="name" />
      <TextInput
        {...field('hotline')}
        label={t('hotline')}
        hint={t('hotlineHint')}
        optional
        type="tel"
        width="phone"
        maxLength={40}
      />
      <TextArea {...field('note')} label={t('note')} hint={t('noteHint')} optional rows={3} maxLength={500} />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton pendingLabel={t('saving')} icon="check" wide>
          {t('saveChanges')}
        </SubmitButton>
        {back}
      </div>
    </form>
  );
}
