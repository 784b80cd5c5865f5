import type { ReactNode } from 'react';
import { ButtonLink } from './button';
import { ErrorSummary, type FormErrors } from './error-summary';
import { Icon } from './icons';
import { SubmitButton } from './submit-button';

/**
 * Asks once more before something that is hard to undo, on the page itself, never in a pop-up. `children` say what will happen and
 * may hold hidden inputs; the safe way out is a link. The page opens on it: reading begins with the question, or with what was
 * wrong with the answer.
 */
export function ConfirmPanel({
  title,
  errors,
  children,
  action,
  confirmLabel,
  pendingLabel,
  cancelLabel,
  cancelHref,
  danger,
}: {
  title: ReactNode;
  errors: FormErrors;
  children?: ReactNode;
  action: (form: FormData) => void | Promise<void>;
  confirmLabel: string;
  pendingLabel: string;
  cancelLabel: string;
  cancelHref: string;
  danger?: boolean;
}) {
  return (
    <form action={action} className="rounded-card border-2 border-warn bg-warn-tint p-5 sm:p-6">
      {errors.length > 0 ? (
        <div className="mb-4">
          <ErrorSummary errors={errors} />
        </div>
      ) : null}
      <h2 tabIndex={-1} autoFocus={errors.length === 0} className="flex items-start gap-2.5 text-xl">
        <Icon name="warning" className="mt-[0.05em] size-[1.3em] text-warn" />
        {title}
      </h2>
      {children ? <div className="mt-2 max-w-prose">{children}</div> : null}
      <div className="mt-5 flex flex-wrap items-center gap-3">
        <SubmitButton variant={danger ? 'danger' : 'primary'} pendingLabel={pendingLabel} wide>
          {confirmLabel}
        </SubmitButton>
        <ButtonLink href={cancelHref} variant="quiet" wide>
          {cancelLabel}
        </ButtonLink>
      </div>
    </form>
  );
}
