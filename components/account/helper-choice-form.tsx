'use client';

import { useTranslations } from 'next-intl';
import { Checkbox } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { useForm, type FormAction } from './use-form';

interface HelperChoiceView {
  readonly zalo: boolean;
  readonly sms: boolean;
  readonly email: string | null;
  readonly noCalls: boolean;
  /** The end of the number their team has; null where it has none. */
  readonly phoneHint: string | null;
}

const fields = ['zalo', 'sms', 'email', 'noCalls'] as const;

/** How a helper wants to be told of what they are asked for. What was typed stays when something is wrong. */
export function HelperChoiceForm({ action, now }: { action: FormAction; now: HelperChoiceView }) {
  const t = useTranslations('messages');
  const { send, errors, field, values } = useForm(action, fields);
  const sent = values.email !== undefined;
  const ticked = (name: 'zalo' | 'sms' | 'noCalls') => (sent ? values[name] === 'on' : now[name]);
  const phone = now.phoneHint ? t('helper.phone', { hint: now.phoneHint }) : t('helper.noPhone');
  return (
    <form action={send} noValidate className="grid max-w-prose gap-5" key={JSON.stringify(values)}>
      <ErrorSummary errors={errors} />
      <fieldset className="grid gap-3">
        <legend className="mb-2 font-bold">{t('helper.by')}</legend>
        <Checkbox
          name="zalo"
          label={t('choice.zalo')}
          hint={phone}
          defaultChecked={ticked('zalo')}
          error={field('zalo').error}
        />
        <Checkbox
          name="sms"
          label={t('choice.sms')}
          hint={phone}
          defaultChecked={ticked('sms')}
          error={field('sms').error}
        />
        <TextInput
          {...field('email', now.email ?? '')}
          label={t('choice.email')}
          hint={t('choice.emailHint')}
          optional
          inputMode="email"
          autoComplete="email"
          width="name"
          maxLength={200}
        />
      </fieldset>
      <p className="text-muted">{t('helper.through')}</p>
      <Checkbox
        name="noCalls"
        label={t('helper.noCalls')}
        defaultChecked={ticked('noCalls')}
        error={field('noCalls').error}
      />
      <div>
        <SubmitButton icon="check" pendingLabel={t('working')}>
          {t('helper.save')}
        </SubmitButton>
      </div>
    </form>
  );
}
