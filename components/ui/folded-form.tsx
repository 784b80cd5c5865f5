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

/** The words a form is folded away behind, and whether it is open from the beginning. */
export interface Fold {
  readonly summary: ReactNode;
  readonly open?: boolean;
}

/** The same around a form that knows only some pages fold it away: with no `fold` it stands there as it is. */
export function Folded({ fold, refused, children }: { fold: Fold | undefined; refused: boolean; children: ReactNode }) {
  if (!fold) return children;
  return (
    <Disclosure summary={fold.summary} open={refused || fold.open || undefined}>
      {children}
    </Disclosure>
  );
}
