'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Checkbox, RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

interface ChoiceView {
  readonly zalo: boolean;
  readonly sms: boolean;
  readonly email: string | null;
  readonly noCalls: boolean;
  /** What is known of their phone, in words. */
  readonly phone: string;
}

const fields = ['zalo', 'sms', 'email', 'noCalls', 'agreed', 'how'] as const;

/** How somebody wants to be told: by which means, with the words they agree to. What was typed stays when something is wrong. */
export function ChoiceForm({
  action,
  personId,
  now,
  consent,
  back,
}: {
  action: FormAction;
  personId: string;
  now: ChoiceView;
  consent: string;
  back: ReactNode;
}) {
  const t = useTranslations('messages');
  const { send, errors, field, values } = useForm(action, fields);
  const sent = values.personId !== undefined;
  const ticked = (name: 'zalo' | 'sms' | 'noCalls') => (sent ? values[name] === 'on' : now[name]);
  const { defaultValue: _unused, ...agreed } = field('agreed');
  const error = (name: (typeof fields)[number]) => field(name).error;
  return (
    <form action={send} noValidate className="grid max-w-prose gap-6" key={JSON.stringify(values)}>
      <ErrorSummary errors={errors} />
      <input type="hidden" name="personId" value={personId} />
      <fieldset className="grid gap-3">
        <legend className="mb-2 font-bold">{t('choice.by')}</legend>
        <Checkbox
          name="zalo"
          label={t('choice.zalo')}
          hint={now.phone}
          defaultChecked={ticked('zalo')}
          error={error('zalo')}
        />
        <Checkbox
          name="sms"
          label={t('choice.sms')}
          hint={now.phone}
          defaultChecked={ticked('sms')}
          error={error('sms')}
        />
        <TextInput
          {...field('email', now.email ?? '')}
          label={t('choice.email')}
          hint={t('choice.emailHint')}
          optional
          inputMode="email"
          autoComplete="off"
          width="name"
          maxLength={200}
        />
      </fieldset>
      <div className="grid gap-3">
        <p className="font-bold">{t('choice.readOut')}</p>
        <blockquote className="rounded-card border-l-4 border-field bg-field-tint p-4 whitespace-pre-line">
          {consent}
        </blockquote>
        <Checkbox {...agreed} label={t('choice.agreed')} />
        <RadioGroup
          name="how"
          legend={t('choice.how')}
          inline
          defaultValue={values.how ?? 'oral'}
          error={error('how')}
          choices={[
            { value: 'oral', label: t('choice.oral') },
            { value: 'paper', label: t('choice.paper') },
          ]}
        />
      </div>
      <Checkbox
        name="noCalls"
        label={t('choice.noCalls')}
        hint={t('choice.noCallsHint')}
        defaultChecked={ticked('noCalls')}
        error={error('noCalls')}
      />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton icon="check" pendingLabel={t('working')} wide>
          {t('choice.save')}
        </SubmitButton>
        {back}
      </div>
    </form>
  );
}
