'use client';

import { useActionState } from 'react';
import { problemsIn, type ErrorWords } from '@/components/enrolment/words';
import { RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { ButtonLink } from '@/components/ui/button';
import { phoneForReading, phoneNumber } from '@/lib/kernel/phone';
import { untouched, type FormState } from '@/lib/kernel/result';

type Words = Record<
  | 'phone'
  | 'phoneHint'
  | 'whose'
  | 'mine'
  | 'relatives'
  | 'next'
  | 'sending'
  | 'confirmTitle'
  | 'confirmBody'
  | 'confirmYes'
  | 'confirmNo',
  string
>;

/** A new number: typed first, then shown back in groups of digits and asked for once more, on the same page and without any script. */
export function PhoneChangeForm({
  action,
  words,
  errorWords,
}: {
  action: (before: FormState, form: FormData) => Promise<FormState>;
  words: Words;
  errorWords: ErrorWords;
}) {
  const [{ errors, values }, send] = useActionState(action, untouched);
  const number = phoneNumber(values.phone ?? '');
  if (errors.step && number)
    return (
      <form action={send} className="grid gap-5 rounded-card border-2 border-warn bg-warn-tint p-5 sm:p-6" key="sure">
        <h2 tabIndex={-1} autoFocus className="text-xl">
          {words.confirmTitle}
        </h2>
        <p className="text-2xl font-bold tabular-nums">{phoneForReading(number)}</p>
        <p>{words.confirmBody}</p>
        <input type="hidden" name="phone" value={number} />
        <input type="hidden" name="phoneOf" value={values.phoneOf} />
        <input type="hidden" name="sure" value="yes" />
        <div className="flex flex-wrap gap-3">
          <SubmitButton wide pendingLabel={words.sending}>
            {words.confirmYes}
          </SubmitButton>
          <ButtonLink href="/my/card/phone" variant="quiet" wide>
            {words.confirmNo}
          </ButtonLink>
        </div>
      </form>
    );
  const { at, summary } = problemsIn(errors, errorWords, ['phone', 'phoneOf']);
  return (
    <form action={send} noValidate className="grid gap-6" key={JSON.stringify(values)}>
      <ErrorSummary errors={summary} />
      <TextInput
        name="phone"
        type="tel"
        label={words.phone}
        hint={words.phoneHint}
        error={at.phone}
        defaultValue={values.phone}
        width="phone"
        maxLength={20}
        autoComplete="off"
      />
      <RadioGroup
        name="phoneOf"
        legend={words.whose}
        error={at.phoneOf}
        defaultValue={values.phoneOf ?? 'self'}
        choices={[
          { value: 'self', label: words.mine },
          { value: 'relative', label: words.relatives },
        ]}
      />
      <div>
        <SubmitButton wide pendingLabel={words.sending}>
          {words.next}
        </SubmitButton>
      </div>
    </form>
  );
}
