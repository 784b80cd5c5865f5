'use client';

import { useActionState } from 'react';
import { problemsIn, type ErrorWords } from '@/components/enrolment/words';
import { Checkbox } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { untouched, type FormState } from '@/lib/kernel/result';

/** The ways a learner is told, ticked as they are. Works without any script. */
export function FewerMessagesForm({
  action,
  ways,
  noCalls,
  words,
  errorWords,
}: {
  action: (before: FormState, form: FormData) => Promise<FormState>;
  ways: readonly { readonly name: string; readonly label: string }[];
  /** Asked for already: not asked again. */
  noCalls: boolean;
  words: Record<'by' | 'noCalls' | 'noCallsHint' | 'save' | 'sending', string>;
  errorWords: ErrorWords;
}) {
  const [{ errors, values }, send] = useActionState(action, untouched);
  const sent = Object.keys(values).length > 0;
  const { at, summary } = problemsIn(errors, errorWords, ['zalo', 'sms', 'email', 'noCalls']);
  const ticked = (name: string, now: boolean) => (sent ? values[name] === 'on' : now);
  return (
    <form action={send} noValidate className="grid gap-6" key={JSON.stringify(values)}>
      <ErrorSummary errors={summary} />
      {ways.length > 0 ? (
        <fieldset className="grid gap-3">
          <legend className="mb-2 font-bold">{words.by}</legend>
          {ways.map(({ name, label }) => (
            <Checkbox key={name} name={name} label={label} defaultChecked={ticked(name, true)} error={at[name]} />
          ))}
        </fieldset>
      ) : null}
      {noCalls ? null : (
        <Checkbox
          name="noCalls"
          label={words.noCalls}
          hint={words.noCallsHint}
          defaultChecked={ticked('noCalls', false)}
          error={at.noCalls}
        />
      )}
      <div>
        <SubmitButton wide pendingLabel={words.sending}>
          {words.save}
        </SubmitButton>
      </div>
    </form>
  );
}
