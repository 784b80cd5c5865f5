'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useForm, type FormAction } from '@/components/account/use-form';
import { ErrorSummary } from '@/components/ui/error-summary';
import type { Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/kernel/result';
import { askedFields, AskedFields } from './asked-fields';

/** Who is met on a round that nobody named before: who and where first, the rest may be left out. */
export function MetForm({
  action,
  roundId,
  formKey,
  homes,
  home,
  consentVersion,
  consentText,
  first,
}: {
  action: FormAction;
  roundId: string;
  formKey: string;
  homes: readonly Choice[];
  home: string;
  consentVersion: number;
  consentText: ReactNode;
  /** What was typed before and is not right. */
  first?: FormState;
}) {
  const t = useTranslations('visits');
  const form = useForm(action, askedFields, '', first);
  return (
    <form action={form.send} noValidate className="grid gap-6" key={JSON.stringify(form.values)}>
      <ErrorSummary errors={form.errors} />
      <input type="hidden" name="roundId" value={roundId} />
      <input type="hidden" name="formKey" value={form.values.formKey ?? formKey} />
      <input type="hidden" name="consentVersion" value={consentVersion} />
      <AskedFields form={form} homes={homes} home={home} met consentText={consentText} />
      <div>
        <SubmitButton icon="check" wide pendingLabel={t('saving')}>
          {t('metSend')}
        </SubmitButton>
      </div>
    </form>
  );
}
