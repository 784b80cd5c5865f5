'use client';

import { Hidden } from '@/components/class/act-form';
import { useSent, type FormAction, type HiddenFields } from '@/components/class/use-sent';
import type { ButtonVariant } from '@/components/ui/button-class';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

/** Copies something to a place of one's own; which one is asked only of those who have several. `send` says where to, if there is one alone. */
export function CopyForm({
  action,
  fields,
  owners,
  words,
  variant,
}: {
  action: FormAction;
  fields: HiddenFields;
  owners: Choice[];
  words: Readonly<Record<'to' | 'choose' | 'send' | 'working', string>>;
  variant?: ButtonVariant;
}) {
  const only = owners.length === 1 ? owners[0] : undefined;
  const { send, typed, error, summary } = useSent(action, only ? [] : ['areaId']);
  return (
    <form action={send} noValidate className="grid gap-3">
      <ErrorSummary errors={summary} />
      <Hidden fields={only ? { ...fields, areaId: only.value } : fields} />
      {only ? null : (
        <Select
          name="areaId"
          label={words.to}
          empty={words.choose}
          choices={owners}
          width="name"
          defaultValue={typed.areaId}
          error={error('areaId')}
        />
      )}
      <div>
        <SubmitButton variant={variant} icon="plus" pendingLabel={words.working}>
          {words.send}
        </SubmitButton>
      </div>
    </form>
  );
}
