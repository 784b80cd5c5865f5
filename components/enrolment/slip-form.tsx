'use client';

import { useActionState } from 'react';
import { FactorInputs, GivenNameInput } from '@/components/card/factor-inputs';
import type { FactorWords } from '@/components/card/words';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/inputs';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import { untouched, type FormState } from '@/lib/kernel/result';
import { problemsIn, type ErrorWords } from './words';

type Words = Record<
  'code' | 'codeHint' | 'name' | 'nameHint' | 'show' | 'showing' | 'second' | 'secondBody' | 'open' | 'opening',
  string
> & { factors: FactorWords };

/**
 * Opens a slip by its code, or a card by its code and, in a second step on the same page, what its holder knows besides. For a slip
 * the learner's name is asked for only after many wrong codes came from the same place.
 */
export function SlipForm({
  action,
  words,
  errorWords,
}: {
  action: (before: FormState, form: FormData) => Promise<FormState>;
  words: Words;
  errorWords: ErrorWords;
}) {
  const [{ errors, values }, send] = useActionState(action, untouched);
  const { step, ...problems } = errors;
  const second = step !== undefined || values.second === 'yes';
  const { at, summary } = problemsIn(problems, errorWords, ['code', 'birthYear', 'digits', 'name']);
  return (
    <form action={send} noValidate className="grid gap-6" key={JSON.stringify(values)}>
      <ErrorSummary errors={summary} />
      <TextInput
        name="code"
        label={words.code}
        hint={words.codeHint}
        error={at.code}
        defaultValue={values.code}
        width="phone"
        maxLength={30}
        autoComplete="off"
        autoCapitalize="characters"
        autoCorrect="off"
        spellCheck={false}
      />
      {second ? (
        <>
          <input type="hidden" name="second" value="yes" />
          <Notice title={words.second} live opensPage>
            <p>{words.secondBody}</p>
          </Notice>
          <FactorInputs words={words.factors} at={at} values={values} />
        </>
      ) : null}
      {at.name && !second ? <GivenNameInput words={words} error={at.name} value={values.name} /> : null}
      <div>
        <SubmitButton icon={second ? 'lock' : 'search'} wide pendingLabel={second ? words.opening : words.showing}>
          {second ? words.open : words.show}
        </SubmitButton>
      </div>
    </form>
  );
}
