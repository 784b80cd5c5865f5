'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Checkbox, RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextInput, type Choice, type ChoiceGroup } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { Hidden } from './act-form';
import { useSent, type FormAction } from './use-sent';

const asked = ['fullName', 'birthYear', 'areaId', 'phone', 'noPhone', 'phoneOf', 'channel', 'consent'];

/** Enrols a resident who came, called or left a paper form. The consent words are read out first; nothing is ticked for them. */
export function EnrolForThemForm({
  action,
  classId,
  formKey,
  consent,
  villages,
  back,
}: {
  action: FormAction;
  classId: string;
  formKey: string;
  consent: { version: number; body: string };
  villages: (Choice | ChoiceGroup)[];
  back: ReactNode;
}) {
  const t = useTranslations('manage');
  const { send, typed, error, summary } = useSent(action, asked);
  return (
    <form action={send} noValidate className="grid gap-6">
      <ErrorSummary errors={summary} />
      <Hidden fields={{ classId, formKey: typed.formKey ?? formKey, consentVersion: String(consent.version) }} />
      <TextInput
        name="fullName"
        label={t('enrol.name')}
        autoComplete="off"
        maxLength={100}
        width="name"
        defaultValue={typed.fullName}
        error={error('fullName')}
      />
      <TextInput
        name="birthYear"
        label={t('enrol.birthYear')}
        optional
        inputMode="numeric"
        autoComplete="off"
        width="short"
        defaultValue={typed.birthYear}
        error={error('birthYear')}
      />
      <Select
        key={typed.areaId}
        name="areaId"
        label={t('enrol.village')}
        empty={t('enrol.choose')}
        choices={villages}
        width="name"
        defaultValue={typed.areaId}
        error={error('areaId')}
      />
      <TextInput
        name="phone"
        type="tel"
        label={t('enrol.phone')}
        autoComplete="off"
        width="phone"
        maxLength={40}
        defaultValue={typed.phone}
        error={error('phone')}
      />
      <div className="grid gap-2.5">
        <Checkbox name="noPhone" label={t('enrol.noPhone')} defaultChecked={typed.noPhone === 'on'} />
        <Checkbox
          name="phoneOf"
          id="phoneOf"
          value="relative"
          label={t('enrol.phoneOfRelative')}
          defaultChecked={typed.phoneOf === 'relative'}
          error={error('phoneOf')}
        />
      </div>
      <HowTheyAgreed consent={consent} typed={typed} error={error} />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton pendingLabel={t('working')} icon="check" wide>
          {t('enrol.send')}
        </SubmitButton>
        {back}
      </div>
    </form>
  );
}

/** How it reached us, then the words of consent to read out; nothing is ticked for them. */
export function HowTheyAgreed({
  consent,
  typed,
  error,
}: {
  consent: { body: string };
  typed: Readonly<Record<string, string>>;
  error: (field: string) => string | undefined;
}) {
  const t = useTranslations('manage');
  return (
    <>
      <RadioGroup
        key={`channel-${typed.channel}`}
        name="channel"
        legend={t('enrol.channel')}
        defaultValue={typed.channel ?? 'staff'}
        error={error('channel')}
        choices={[
          { value: 'staff', label: t('enrol.inPerson'), hint: t('enrol.oral') },
          { value: 'phone', label: t('enrol.byPhone'), hint: t('enrol.oral') },
          { value: 'paper', label: t('enrol.onPaper'), hint: t('enrol.signed') },
        ]}
      />
      <div className="grid max-w-prose gap-3">
        <p className="font-bold">{t('enrol.readOut')}</p>
        <blockquote className="rounded-card border-l-4 border-field bg-field-tint p-4 whitespace-pre-line">
          {consent.body}
        </blockquote>
        <Checkbox name="consent" label={t('enrol.agreed')} error={error('consent')} />
      </div>
    </>
  );
}
