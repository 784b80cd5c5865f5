'use client';

import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { untouched, type FormState } from '@/lib/kernel/result';

/** One button: ends the sign-in of that device. */
export function EndDeviceForm({
  action,
  device,
  name,
}: {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  device: string;
  name: string;
}) {
  const t = useTranslations('account');
  const say = useTranslations('errors');
  const [state, send] = useActionState(action, untouched);
  return (
    <form action={send}>
      <ErrorSummary errors={Object.values(state.errors).map((key) => ({ message: say(key) }))} />
      <input type="hidden" name="device" value={device} />
      <SubmitButton variant="quiet" pendingLabel={t('ending')}>
        {t('end')}
        <span className="sr-only"> {name}</span>
      </SubmitButton>
    </form>
  );
}
