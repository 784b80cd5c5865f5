'use client';

import { useActionState, type ReactNode } from 'react';
import { Checkbox, RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { untouched, type FormState } from '@/lib/kernel/result';
import { problemsIn, type ErrorWords } from './words';

type FormAction = (before: FormState, form: FormData) => Promise<FormState>;
interface Question {
  name: string;
  legend: string;
}

/** The equality questions: each may be left alone. What was answered before is not shown: nobody reads it. */
export function EqualityForm({
  action,
  questions,
  words,
  errorWords,
  consentVersion,
  consentText,
}: {
  action: FormAction;
  questions: readonly Question[];
  words: Readonly<Record<'yes' | 'no' | 'rather' | 'consent' | 'consentHint' | 'send' | 'sending', string>>;
  errorWords: ErrorWords;
  consentVersion: number;
  consentText: ReactNode;
}) {
  const [{ errors, values }, send] = useActionState(action, untouched);
  const { at, summary } = problemsIn(errors, errorWords, [...questions.map(({ name }) => name), 'consent']);
  return (
    <form action={send} noValidate className="grid gap-6" key={JSON.stringify(values)}>
      <ErrorSummary errors={summary} />
      <input type="hidden" name="consentVersion" value={consentVersion} />
      {questions.map(({ name, legend }) => (
        <RadioGroup
          key={name}
          name={name}
          legend={legend}
          error={at[name]}
          defaultValue={values[name] ?? ''}
          choices={[
            { value: '', label: words.rather },
            { value: 'yes', label: words.yes },
            { value: 'no', label: words.no },
          ]}
        />
      ))}
      {consentText}
      <Checkbox
        name="consent"
        label={words.consent}
        hint={words.consentHint}
        error={at.consent}
        defaultChecked={values.consent === 'on' && !errors.consent}
      />
      <div>
        <SubmitButton icon="check" wide pendingLabel={words.sending}>
          {words.send}
        </SubmitButton>
      </div>
    </form>
  );
}

/** Takes the answers away. */
export function WithdrawForm({
  action,
  sending,
  children,
}: {
  action: FormAction;
  sending: string;
  children: ReactNode;
}) {
  const [, send] = useActionState(action, untouched);
  return (
    <form action={send}>
      <SubmitButton variant="secondary" wide pendingLabel={sending}>
        {children}
      </SubmitButton>
    </form>
  );
}
