'use client';

import { ErrorSummary } from '@/components/ui/error-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { Hidden } from './act-form';
import { useSent, type FormAction, type HiddenFields } from './use-sent';

/** The one press that puts off what the preview shows. */
export function StormPress({
  action,
  fields,
  areas,
  label,
  pendingLabel,
}: {
  action: FormAction;
  fields: HiddenFields;
  areas: readonly string[];
  label: string;
  pendingLabel: string;
}) {
  const { send, summary } = useSent(action, []);
  return (
    <form action={send} className="grid gap-3">
      <ErrorSummary errors={summary} />
      <Hidden fields={fields} />
      {areas.map((area) => (
        <input key={area} type="hidden" name="areas" value={area} />
      ))}
      <div>
        <SubmitButton variant="danger" pendingLabel={pendingLabel} wide>
          {label}
        </SubmitButton>
      </div>
    </form>
  );
}
