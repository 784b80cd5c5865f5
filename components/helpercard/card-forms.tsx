'use client';

import { useTranslations } from 'next-intl';
import { Hidden } from '@/components/class/act-form';
import { useSent, type FormAction, type HiddenFields } from '@/components/class/use-sent';
import { FoldedForm } from '@/components/ui/folded-form';
import { TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

/** Gives out a card, or cards for a whole team, until a day. Folded, unless there is something to say of it. */
export function IssueCardForm({
  action,
  fields,
  label,
  about,
  until,
  open,
}: {
  action: FormAction;
  fields: HiddenFields;
  label: string;
  about?: string | undefined;
  /** What is put forward: the last day that may be chosen. */
  until: string;
  open?: boolean;
}) {
  const t = useTranslations('helperCard.box');
  const { send, typed, error, summary } = useSent(action, ['until']);
  return (
    <FoldedForm summary={label} open={open} errors={summary} send={send}>
      {about ? <p>{about}</p> : null}
      <Hidden fields={fields} />
      <TextInput
        name="until"
        type="date"
        label={t('until')}
        hint={t('untilHint')}
        width="date"
        defaultValue={typed.until ?? until}
        error={error('until')}
      />
      <div>
        <SubmitButton icon="idcard" pendingLabel={t('working')}>
          {label}
        </SubmitButton>
      </div>
    </FoldedForm>
  );
}
