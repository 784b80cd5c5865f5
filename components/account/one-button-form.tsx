'use client';

import type { ReactNode } from 'react';
import type { ButtonVariant } from '@/components/ui/button-class';
import { ErrorSummary } from '@/components/ui/error-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { useForm, type FormAction } from './use-form';

/** One button that does one thing to one row: its fields are hidden, a refusal shows above it. */
export function OneButtonForm({
  action,
  fields,
  children,
  pendingLabel,
  variant = 'quiet',
}: {
  action: FormAction;
  fields: Record<string, string>;
  children: ReactNode;
  pendingLabel: string;
  variant?: ButtonVariant;
}) {
  const { send, errors } = useForm(action, []);
  return (
    <form action={send} className="grid justify-items-start gap-3">
      <ErrorSummary errors={errors} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton variant={variant} pendingLabel={pendingLabel}>
        {children}
      </SubmitButton>
    </form>
  );
}
