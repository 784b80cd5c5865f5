'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Checkbox, RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { NeedsAndTimes } from './needs-and-times';

const fields = ['fullName', 'area', 'phone', 'phoneOf', 'born', 'needs', 'times', 'words', 'consent'];

/** A desk asks that somebody comes to the home of whoever sits there: who and where first, the rest may be left out. */
export function DeskAskForm({
  action,
  assistId,
  need,
  villages,
  consentVersion,
  consentText,
}: {
  action: FormAction;
  assistId: string;
  /** What they came to the desk with: chosen beforehand. */
  need: string;
  villages: readonly { readonly value: string; readonly label: string }[];
  consentVersion: number;
  consentText: ReactNode;
}) {
  const t = useTranslations('desk');
  const h = useTranslations('help');
  const { send, errors, field, values } = useForm(action, fields);
  const { id, error, defaultValue } = field('phoneOf', 'self');
  return (
    <form action={send} noValidate className="grid gap-6" key={JSON.stringify(values)}>
      <ErrorSummary errors={errors} />
      <input type="hidden" name="assistId" value={assistId} />
      <input type="hidden" name="consentVersion" value={consentVersion} />
      <TextInput
        {...field('fullName')}
        label={h('fullName')}
        hint={h('fullNameHint')}
        width="name"
        maxLength={100}
        autoComplete="off"
      />
      <Select
        {...field('area')}
        label={h('village')}
        choices={[{ value: '', label: t('choose') }, ...villages]}
        width="name"
      />
      <NeedsAndTimes
        needsError={field('needs').error}
        timesError={field('times').error}
        needs={values.fullName === undefined ? need : values.needs}
        times={values.times}
      />
      <TextInput
        {...field('phone')}
        label={h('phone')}
        hint={h('phoneHint')}
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
        legend={h('phoneOf')}
        choices={[
          { value: 'self', label: h('phoneOfSelf') },
          { value: 'relative', label: h('phoneOfRelative') },
        ]}
      />
      <TextInput
        {...field('born')}
        label={h('born')}
        hint={h('bornHint')}
        optional
        inputMode="numeric"
        width="short"
        maxLength={10}
        autoComplete="off"
      />
      <TextInput
        {...field('words')}
        label={h('words')}
        hint={h('wordsHint')}
        optional
        maxLength={200}
        autoComplete="off"
      />
      <div className="grid gap-6 border-t-[1.5px] border-line pt-6">
        {consentText}
        <Checkbox
          name="consent"
          label={h('consent')}
          error={field('consent').error}
          defaultChecked={values.consent === 'on'}
        />
      </div>
      <div>
        <SubmitButton icon="check" wide pendingLabel={t('logging')}>
          {t('visitSend')}
        </SubmitButton>
      </div>
    </form>
  );
}
