'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useForm, type FormAction } from '@/components/account/use-form';
import { ErrorSummary } from '@/components/ui/error-summary';
import type { Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { askedFields, AskedFields } from './asked-fields';

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
  villages: readonly Choice[];
  consentVersion: number;
  consentText: ReactNode;
}) {
  const t = useTranslations('desk');
  const form = useForm(action, askedFields);
  return (
    <form action={form.send} noValidate className="grid gap-6" key={JSON.stringify(form.values)}>
      <ErrorSummary errors={form.errors} />
      <input type="hidden" name="assistId" value={assistId} />
      <input type="hidden" name="consentVersion" value={consentVersion} />
      <AskedFields form={form} homes={villages} need={need} consentText={consentText} />
      <div>
        <SubmitButton icon="check" wide pendingLabel={t('logging')}>
          {t('visitSend')}
        </SubmitButton>
      </div>
    </form>
  );
}
