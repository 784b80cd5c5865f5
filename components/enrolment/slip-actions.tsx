'use client';

import { useActionState, type ReactNode } from 'react';
import { ConfirmPanel } from '@/components/ui/confirm-panel';
import { ErrorSummary } from '@/components/ui/error-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { untouched, type FormState } from '@/lib/kernel/result';
import { problemsIn, type ErrorWords } from './words';

type FormAction = (before: FormState, form: FormData) => Promise<FormState>;

/** Asks once more before a place is given up. */
export function CancelForm({
  action,
  words,
  errorWords,
}: {
  action: FormAction;
  words: Record<'title' | 'body' | 'yes' | 'sending' | 'no', string>;
  errorWords: ErrorWords;
}) {
  const [{ errors }, send] = useActionState(action, untouched);
  return (
    <ConfirmPanel
      title={words.title}
      errors={problemsIn(errors, errorWords, []).summary}
      action={send}
      confirmLabel={words.yes}
      pendingLabel={words.sending}
      cancelLabel={words.no}
      cancelHref="/my"
      danger
    >
      <p>{words.body}</p>
    </ConfirmPanel>
  );
}

/** Takes an offered place, or gives it up: two large buttons. `fields` go along hidden. */
export function AnswerForm({
  action,
  fields,
  words,
  errorWords,
}: {
  action: FormAction;
  fields?: Readonly<Record<string, string>>;
  words: Record<'accept' | 'decline' | 'sending', string>;
  errorWords: ErrorWords;
}) {
  const [{ errors }, send] = useActionState(action, untouched);
  return (
    <form action={send} className="grid gap-4 print:hidden">
      <ErrorSummary errors={problemsIn(errors, errorWords, []).summary} />
      {Object.entries(fields ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <div className="flex flex-wrap gap-4">
        <SubmitButton name="answer" value="accept" icon="check" wide pendingLabel={words.sending}>
          {words.accept}
        </SubmitButton>
        <SubmitButton name="answer" value="decline" variant="secondary" wide pendingLabel={words.sending}>
          {words.decline}
        </SubmitButton>
      </div>
    </form>
  );
}

/** Puts the slip away, for borrowed phones. */
export function CloseForm({ action, sending, children }: { action: FormAction; sending: string; children: ReactNode }) {
  const [, send] = useActionState(action, untouched);
  return (
    <form action={send}>
      <SubmitButton variant="secondary" icon="exit" wide pendingLabel={sending}>
        {children}
      </SubmitButton>
    </form>
  );
}
