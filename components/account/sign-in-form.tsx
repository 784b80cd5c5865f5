'use client';

import { useTranslations } from 'next-intl';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { useForm, type FormAction } from './use-form';

/** Name or phone, and password. The password is never sent back to the page. */
export function SignInForm({ action, next }: { action: FormAction; next: string }) {
  const t = useTranslations('account');
  const { send, errors, field } = useForm(action, ['name', 'password']);
  return (
    <form action={send} className="grid gap-6" noValidate>
      <ErrorSummary errors={errors} />
      <input type="hidden" name="next" value={next} />
      <TextInput
        {...field('name')}
        label={t('nameOrPhone')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        width="name"
      />
      <TextInput
        {...field('password')}
        type="password"
        label={t('password')}
        autoComplete="current-password"
        width="name"
      />
      <SubmitButton pendingLabel={t('signingIn')}>{t('signIn')}</SubmitButton>
    </form>
  );
}
