'use client';

import { useActionState, type ReactNode } from 'react';
import { problemsIn, type ErrorWords } from '@/components/enrolment/words';
import { Checkbox } from '@/components/ui/choices';
import { ConfirmPanel } from '@/components/ui/confirm-panel';
import { untouched, type FormState } from '@/lib/kernel/result';

/**
 * Asks once more, on the page, before something is done with the card. `fields` go along hidden; with `tick` the reader also ticks
 * that they understood.
 */
export function ActPanel({
  action,
  fields,
  words,
  errorWords,
  tick,
  back,
  danger,
  children,
}: {
  action: (before: FormState, form: FormData) => Promise<FormState>;
  fields?: Readonly<Record<string, string>>;
  words: Record<'title' | 'yes' | 'sending' | 'no', string>;
  errorWords: ErrorWords;
  tick?: { name: string; label: string };
  back: string;
  danger?: boolean;
  children: ReactNode;
}) {
  const [{ errors }, send] = useActionState(action, untouched);
  const { at, summary } = problemsIn(errors, errorWords, tick ? [tick.name] : []);
  return (
    <ConfirmPanel
      title={words.title}
      errors={summary}
      action={send}
      confirmLabel={words.yes}
      pendingLabel={words.sending}
      cancelLabel={words.no}
      cancelHref={back}
      danger={danger}
    >
      <div className="grid gap-4">
        {children}
        {tick ? <Checkbox name={tick.name} label={tick.label} error={at[tick.name]} /> : null}
      </div>
      {Object.entries(fields ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
    </ConfirmPanel>
  );
}
