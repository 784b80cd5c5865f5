'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

/** The number of a slip, typed; sent, not put into the address. Works without JavaScript. */
export function SlipNumberForm({ action }: { action: FormAction }) {
  const t = useTranslations('help');
  const { send, errors, field, values } = useForm(action, ['code']);
  return (
    <form action={send} noValidate className="grid gap-6" key={JSON.stringify(values)}>
      <ErrorSummary errors={errors} />
      <TextInput
        {...field('code')}
        label={t('slipNumber')}
        hint={t('slipHint')}
        width="phone"
        maxLength={40}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
      />
      <div>
        <SubmitButton icon="search" pendingLabel={t('sending')} wide>
          {t('look')}
        </SubmitButton>
      </div>
    </form>
  );
}
