'use client';

import { useTranslations } from 'next-intl';
import { Disclosure } from '@/components/ui/disclosure';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { useForm, type FormAction } from './use-form';

/** One's own new password; the old one is asked for once more. Neither is ever sent back to the page. */
export function ChangePasswordForm({ action, username }: { action: FormAction; username: string }) {
  const t = useTranslations('account');
  const { send, errors, field } = useForm(action, ['currentPassword', 'newPassword']);
  return (
    <form action={send} className="grid gap-5" noValidate>
      <ErrorSummary errors={errors} />
      <input type="text" name="username" value={username} autoComplete="username" readOnly hidden />
      <TextInput
        {...field('currentPassword')}
        type="password"
        label={t('currentPassword')}
        autoComplete="current-password"
        width="name"
      />
      <TextInput
        {...field('newPassword')}
        type="password"
        label={t('newPassword')}
        hint={t('newPasswordHint')}
        autoComplete="new-password"
        width="name"
      />
      <div>
        <SubmitButton pendingLabel={t('saving')}>{t('changePassword')}</SubmitButton>
      </div>
    </form>
  );
}

/** A new password for somebody else, to be read out or handed over: shown as text, suggested by the server. */
export function ResetPasswordForm({
  action,
  account,
  suggestion,
}: {
  action: FormAction;
  account: string;
  suggestion: string;
}) {
  const t = useTranslations('admin');
  const { send, errors, field } = useForm(action, ['newPassword'], 'reset');
  return (
    <Disclosure summary={t('resetTitle')} open={errors.length > 0 || undefined}>
      <p className="mb-4">{t('resetLead')}</p>
      <form action={send} className="grid gap-5" noValidate>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="account" value={account} />
        <TextInput
          {...field('newPassword', suggestion)}
          label={t('newPassword')}
          hint={t('passwordShownOnce')}
          autoComplete="off"
          spellCheck={false}
          width="name"
        />
        <div>
          <SubmitButton variant="secondary" pendingLabel={t('saving')}>
            {t('resetPassword')}
          </SubmitButton>
        </div>
      </form>
    </Disclosure>
  );
}
