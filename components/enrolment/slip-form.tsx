'use client';

import { useActionState } from 'react';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { untouched, type FormState } from '@/lib/kernel/result';
import { problemsIn, type ErrorWords } from './words';

type Words = Record<'code' | 'codeHint' | 'name' | 'nameHint' | 'show' | 'showing', string>;

/** Opens a slip by its code. The learner's name is asked for only after many wrong codes came from the same place. */
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
  const { at, summary } = problemsIn(errors, errorWords, ['code', 'name']);
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
      {at.name ? (
        <TextInput
          name="name"
          label={words.name}
          hint={words.nameHint}
          error={at.name}
          defaultValue={values.name}
          width="name"
          maxLength={100}
          autoComplete="off"
        />
      ) : null}
      <div>
        <SubmitButton icon="search" wide pendingLabel={words.showing}>
          {words.show}
        </SubmitButton>
      </div>
    </form>
  );
}
