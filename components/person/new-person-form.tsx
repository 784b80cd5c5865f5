'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Hidden } from '@/components/class/act-form';
import { HowTheyAgreed } from '@/components/class/enrol-for-them-form';
import { fieldsOfLine, PersonLine } from '@/components/class/person-line';
import { useSent, type FormAction } from '@/components/class/use-sent';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

const asked = [...fieldsOfLine(''), 'classId', 'channel', 'consent'];

/** Writes down somebody the search did not find, with what was typed there, and puts them into a class: the consent is for that. */
export function NewPersonForm({
  action,
  formKey,
  searched,
  villages,
  classes,
  consent,
  back,
}: {
  action: FormAction;
  formKey: string;
  searched: Readonly<Record<'fullName' | 'birthYear' | 'areaId' | 'phone', string>>;
  villages: Choice[];
  classes: Choice[];
  consent: { version: number; body: string };
  back: ReactNode;
}) {
  const t = useTranslations('manage');
  const { send, typed, error, summary } = useSent(action, asked);
  return (
    <form action={send} noValidate className="grid grid-cols-1 gap-6">
      <ErrorSummary errors={summary} />
      <Hidden fields={{ formKey: typed.formKey ?? formKey, consentVersion: String(consent.version) }} />
      <PersonLine
        row=""
        legend={t('enrol.who')}
        noPlace={t('enrol.choose')}
        villages={villages}
        typed={{ ...searched, ...typed }}
        error={error}
      />
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
