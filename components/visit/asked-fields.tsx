'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { useForm } from '@/components/account/use-form';
import { Checkbox, RadioGroup } from '@/components/ui/choices';
import { Select, TextInput, type Choice } from '@/components/ui/inputs';
import { NeedsAndTimes } from './needs-and-times';

/** What is asked of a visit, wherever it is asked for, in the order it stands on the page. */
export const askedFields = [
  'fullName',
  'area',
  'needs',
  'times',
  'phone',
  'phoneOf',
  'born',
  'words',
  'consent',
] as const;

/**
 * Whose home it is and what for; who and where first, then what may be left out, the consent last. For the form of residents and the desk's. `need` is
 * chosen beforehand, until the form was sent.
 */
export function AskedFields({
  form: { field, values },
  homes,
  home = '',
  need,
  met = false,
  consentText,
}: {
  form: ReturnType<typeof useForm>;
  homes: readonly Choice[];
  /** Where they live, where that is known. */
  home?: string;
  need?: string;
  /** They stand before whoever writes: nobody has to find them, ring first or ask when they are at home. */
  met?: boolean;
  consentText: ReactNode;
}) {
  const t = useTranslations('help');
  const { id, error, defaultValue } = field('phoneOf', 'self');
  const sent = values.fullName !== undefined;
  return (
    <>
      <TextInput
        {...field('fullName')}
        label={t('fullName')}
        hint={met ? undefined : t('fullNameHint')}
        width="name"
        maxLength={100}
        autoComplete="off"
      />
      <Select
        {...field('area', home)}
        label={t('village')}
        empty={t('chooseVillage')}
        choices={[...homes]}
        width="name"
      />
      <NeedsAndTimes
        needsError={field('needs').error}
        timesError={met ? null : field('times').error}
        askTimes={!met}
        needs={sent ? values.needs : need}
        times={values.times}
      />
      <TextInput
        {...field('phone')}
        label={t(met ? 'phoneMet' : 'phone')}
        hint={met ? undefined : t('phoneHint')}
        optional
        type="tel"
        inputMode="tel"
        width="phone"
        maxLength={30}
        autoComplete="off"
      />
      <RadioGroup
        name="phoneOf"
        id={id}
        error={error}
        defaultValue={defaultValue}
        legend={t('phoneOf')}
        choices={[
          { value: 'self', label: t('phoneOfSelf') },
          { value: 'relative', label: t('phoneOfRelative') },
        ]}
      />
      <TextInput
        {...field('born')}
        label={t('born')}
        hint={t('bornHint')}
        optional
        inputMode="numeric"
        width="short"
        maxLength={10}
        autoComplete="off"
      />
      <TextInput
        {...field('words')}
        label={t('words')}
        hint={t(met ? 'wordsMetHint' : 'wordsHint')}
        optional
        maxLength={200}
        autoComplete="off"
      />
      <div className="grid gap-6 border-t-[1.5px] border-line pt-6">
        {consentText}
        <Checkbox
          name="consent"
          label={t('consent')}
          error={field('consent').error}
          defaultChecked={values.consent === 'on'}
        />
      </div>
    </>
  );
}
