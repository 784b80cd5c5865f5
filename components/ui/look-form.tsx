import type { ReactNode } from 'react';
import { ErrorSummary, type FormErrors } from './error-summary';
import type { IconName } from './icons';
import { SubmitButton } from './submit-button';

/** A form that looks something up by the address, so that what it shows can be passed on: its fields, and one button. */
export function LookForm({
  address,
  wrong,
  words,
  icon = 'search',
  children,
}: {
  address: string;
  /** By field; those that are well say nothing. */
  wrong: Readonly<Record<string, string | undefined>>;
  words: { readonly look: string; readonly looking: string };
  icon?: IconName;
  children: ReactNode;
}) {
  const errors: FormErrors = Object.entries(wrong).flatMap(([field, message]) => (message ? [{ field, message }] : []));
  return (
    <form action={address} method="get" noValidate className="grid max-w-prose gap-6">
      <ErrorSummary errors={errors} />
      {children}
      <div>
        <SubmitButton icon={icon} pendingLabel={words.looking} wide>
          {words.look}
        </SubmitButton>
      </div>
    </form>
  );
}
