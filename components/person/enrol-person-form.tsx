'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Hidden } from '@/components/class/act-form';
import { HowTheyAgreed } from '@/components/class/enrol-for-them-form';
import { useSent, type FormAction } from '@/components/class/use-sent';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

/** Puts somebody already found into a class: only the class is asked, and the consent, which each class needs anew. */
export function EnrolPersonForm({
  action,
  personId,
  formKey,
  consent,
  classes,
  back,
}: {
  action: FormAction;
  personId: string;
  formKey: string;
  consent: { version: number; body: string };
  classes: Choice[];
  back: ReactNode;
}) {
  const t = useTranslations('manage');
  const { send, typed, error, summary } = useSent(action, ['classId', 'channel', 'consent']);
  return (
    <form action={send} noValidate className="grid gap-6">
      <ErrorSummary errors={summary} />
      <Hidden fields={{ personId, formKey: typed.formKey ?? formKey, consentVersion: String(consent.version) }} />
      <Select
        name="classId"
        label={t('enrol.which')}
        empty={t('enrol.chooseClass')}
        choices={classes}
        defaultValue={typed.classId}
        error={error('classId')}
      />
      <HowTheyAgreed consent={consent} typed={typed} error={error} />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton pendingLabel={t('working')} icon="check" wide>
          {t('enrol.send')}
        </SubmitButton>
        {back}
      </div>
    </form>
  );
}
