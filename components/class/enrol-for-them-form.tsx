'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Checkbox, RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput, type Choice, type ChoiceGroup } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { mostOnBehalf } from '@/lib/enrolment/rules';
import { Hidden } from './act-form';
import { fieldsOfLine, PersonLine } from './person-line';
import { useSent, type FormAction } from './use-sent';

const lines = Array.from({ length: mostOnBehalf }, (_, at) => (at === 0 ? '' : String(at + 1)));
/** The others open at a press: most sheets hold one to three people. */
const atFirst = 3;
const asked = [...lines.flatMap(fieldsOfLine), 'together', 'channel', 'witness', 'consent'];

/**
 * A sheet of residents who came, called or left a paper form: one line each, empty lines are nobody. The consent words are read out
 * first; nothing is ticked for them. What is wrong is said at its field, and nothing of the other lines is lost.
 */
export function EnrolForThemForm({
  action,
  classId,
  formKey,
  consent,
  villages,
  back,
}: {
  action: FormAction;
  classId: string;
  formKey: string;
  consent: { version: number; body: string };
  villages: (Choice | ChoiceGroup)[];
  back: ReactNode;
}) {
  const t = useTranslations('manage');
  const { send, typed, error, summary } = useSent(action, asked);
  const line = (row: string, at: number) => (
    <PersonLine
      key={row}
      row={row}
      legend={t('enrol.line', { number: at + 1 })}
      noPlace={at === 0 ? t('enrol.choose') : t('enrol.asFirst')}
      villages={villages}
      typed={typed}
      error={error}
    />
  );
  return (
    <form action={send} noValidate className="grid gap-6">
      <ErrorSummary errors={summary} />
      <Hidden fields={{ classId, formKey: typed.formKey ?? formKey, consentVersion: String(consent.version) }} />
      <p className="max-w-prose text-muted">{t('enrol.linesHint')}</p>
      <div className="grid gap-4">
        {lines.slice(0, atFirst).map(line)}
        <details
          open={lines.slice(atFirst).some((row) => fieldsOfLine(row).some((name) => typed[name] || error(name)))}
        >
          <summary className="link inline-flex min-h-target items-center font-bold">
            {t('enrol.moreLines', { from: atFirst + 1, to: lines.length })}
          </summary>
          <div className="mt-3 grid gap-4">{lines.slice(atFirst).map((row, at) => line(row, at + atFirst))}</div>
        </details>
      </div>
      <Checkbox
        name="together"
        label={t('enrol.together')}
        hint={t('enrol.togetherHint')}
        defaultChecked={typed.together === 'on'}
      />
      <HowTheyAgreed consent={consent} typed={typed} error={error} several />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton pendingLabel={t('working')} icon="check" wide>
          {t('enrol.send')}
        </SubmitButton>
        {back}
      </div>
    </form>
  );
}

/** How it reached us, then the words of consent to read out; nothing is ticked for them. */
export function HowTheyAgreed({
  consent,
  typed,
  error,
  several,
}: {
  consent: { body: string };
  typed: Readonly<Record<string, string>>;
  error: (field: string) => string | undefined;
  several?: boolean;
}) {
  const t = useTranslations('manage');
  return (
    <>
      <RadioGroup
        key={`channel-${typed.channel}`}
        name="channel"
        legend={t('enrol.channel')}
        defaultValue={typed.channel ?? 'staff'}
        error={error('channel')}
        choices={[
          { value: 'staff', label: t('enrol.inPerson'), hint: t('enrol.oral') },
          { value: 'phone', label: t('enrol.byPhone'), hint: t('enrol.oral') },
          { value: 'paper', label: t('enrol.onPaper'), hint: t('enrol.signed') },
        ]}
      />
      {several ? (
        <TextInput
          name="witness"
          label={t('enrol.witness')}
          hint={t('enrol.witnessHint')}
          optional
          autoComplete="off"
          width="name"
          maxLength={100}
          defaultValue={typed.witness}
          error={error('witness')}
        />
      ) : null}
      <div className="grid max-w-prose gap-3">
        <p className="font-bold">{t('enrol.readOut')}</p>
        <blockquote className="rounded-card border-l-4 border-field bg-field-tint p-4 whitespace-pre-line">
          {consent.body}
        </blockquote>
        <Checkbox name="consent" label={several ? t('enrol.allAgreed') : t('enrol.agreed')} error={error('consent')} />
      </div>
    </>
  );
}
