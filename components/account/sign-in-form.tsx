'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { untouched, type FormState } from '@/lib/kernel/result';

/** Name or phone, and password. The password is never sent back to the page. */
export function SignInForm({
  action,
  next,
}: {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  next: string;
}) {
  const t = useTranslations('account');
  const say = useTranslations('errors');
  const [state, send] = useActionState(action, untouched);
  const error = (field: string) => (state.errors[field] ? say(state.errors[field]) : undefined);
  const summary = Object.entries(state.errors).map(([field, key]) => ({
    ...(field === 'form' ? {} : { field }),
    message: say(key),
  }));
  return (
    <form action={send} className="grid gap-6" noValidate>
      <ErrorSummary errors={summary} />
      <input type="hidden" name="next" value={next} />
      <TextInput
        name="name"
        label={t('nameOrPhone')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={state.values.name}
        error={error('name')}
        width="name"
      />
      <TextInput
        name="password"
        type="password"
        label={t('password')}
        autoComplete="current-password"
        error={error('password')}
        width="name"
      />
      <SubmitButton pendingLabel={t('signingIn')}>{t('signIn')}</SubmitButton>
    </form>
  );
}
