'use client';

import { useActionState } from 'react';
import { problemsIn, type ErrorWords } from '@/components/enrolment/words';
import { ErrorSummary } from '@/components/ui/error-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { untouched, type FormState } from '@/lib/kernel/result';
import { FactorInputs } from './factor-inputs';
import type { FactorWords } from './words';

/** Opens the card of whoever holds a slip already: its code need not be typed again. */
export function FactorsForm({
  action,
  words,
  errorWords,
}: {
  action: (before: FormState, form: FormData) => Promise<FormState>;
  words: FactorWords & Record<'open' | 'opening', string>;
  errorWords: ErrorWords;
}) {
  const [{ errors, values }, send] = useActionState(action, untouched);
  const { at, summary } = problemsIn(errors, errorWords, ['birthYear', 'digits', 'name']);
  return (
    <form action={send} noValidate className="grid gap-6" key={JSON.stringify(values)}>
      <ErrorSummary errors={summary} />
      <FactorInputs words={words} at={at} values={values} />
      <div>
        <SubmitButton icon="lock" wide pendingLabel={words.opening}>
          {words.open}
        </SubmitButton>
      </div>
    </form>
  );
}
