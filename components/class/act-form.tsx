'use client';

import type { ReactNode } from 'react';
import type { ButtonVariant } from '@/components/ui/button-class';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Folded, type Fold } from '@/components/ui/folded-form';
import { TextArea } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import type { IconName } from '@/components/ui/icons';
import { useSent, type FormAction, type HiddenFields } from './use-sent';

interface Look {
  action: FormAction;
  fields: HiddenFields;
  label: string;
  pendingLabel: string;
  variant?: ButtonVariant;
  icon?: IconName;
}

/** One button that does one thing: a form without questions; folded away with what is said before it (`children`), where a page folds it. */
export function ActForm({
  action,
  fields,
  label,
  pendingLabel,
  variant,
  icon,
  fold,
  children,
}: Look & { fold?: Fold; children?: ReactNode }) {
  const { send, summary, refused } = useSent(action, []);
  return (
    <Folded fold={fold} refused={refused}>
      {children}
      <form action={send} className="grid gap-3">
        <ErrorSummary errors={summary} />
        <Hidden fields={fields} />
        <div>
          <SubmitButton variant={variant} icon={icon} pendingLabel={pendingLabel}>
            {label}
          </SubmitButton>
        </div>
      </form>
    </Folded>
  );
}

/**
 * Asks for the reason, then does what is hard to undo. `children` say what will happen; `back` is the safe way out. With `folded`, the words
 * it is found by, it is folded away, unless it came back refused.
 */
export function ReasonForm({
  reasonLabel,
  reasonHint,
  reasonId = 'reason',
  children,
  back,
  folded,
  ...look
}: Look & {
  reasonLabel: string;
  reasonHint?: string;
  /** Its own where a page asks for several reasons. */
  reasonId?: string;
  children?: ReactNode;
  back: ReactNode;
  folded?: string;
}) {
  const { send, typed, error, summary, refused } = useSent(look.action, ['reason'], () => reasonId);
  const form = (
    <form action={send} noValidate className="grid gap-5 rounded-card border-2 border-warn bg-warn-tint p-5 sm:p-6">
      <ErrorSummary errors={summary} />
      {children}
      <Hidden fields={look.fields} />
      <TextArea
        name="reason"
        id={reasonId}
        label={reasonLabel}
        hint={reasonHint}
        rows={2}
        maxLength={300}
        defaultValue={typed.reason}
        error={error('reason')}
      />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton variant={look.variant ?? 'danger'} pendingLabel={look.pendingLabel} wide>
          {look.label}
        </SubmitButton>
        {back}
      </div>
    </form>
  );
  return (
    <Folded fold={folded === undefined ? undefined : { summary: folded }} refused={refused}>
      {form}
    </Folded>
  );
}

export function Hidden({ fields }: { fields: HiddenFields }) {
  return Object.entries(fields).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}
