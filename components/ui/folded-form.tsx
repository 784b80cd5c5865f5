'use client';

import type { ReactNode } from 'react';
import { Disclosure } from './disclosure';
import { ErrorSummary, type FormErrors } from './error-summary';

/** A form that is folded away until somebody wants it, and stands open when it comes back refused, also without JavaScript. */
export function FoldedForm({
  summary,
  open,
  errors,
  send,
  children,
}: {
  summary: ReactNode;
  /** Open from the beginning. */
  open?: boolean | undefined;
  errors: FormErrors;
  send: (form: FormData) => void;
  children: ReactNode;
}) {
  return (
    <Disclosure summary={summary} open={errors.length > 0 || open || undefined}>
      <form action={send} noValidate className="grid gap-5">
        <ErrorSummary errors={errors} />
        {children}
      </form>
    </Disclosure>
  );
}
