'use client';

import { useTranslations } from 'next-intl';
import { Hidden } from '@/components/class/act-form';
import { useSent, type FormAction, type HiddenFields } from '@/components/class/use-sent';
import { RadioGroup } from '@/components/ui/choices';
import { Disclosure } from '@/components/ui/disclosure';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextArea, TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { endedBecause } from '@/lib/helpercard/schema';

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
  const { send, typed, error, summary, refused } = useSent(action, ['until']);
  return (
    <Disclosure summary={label} open={refused || open || undefined}>
      <form action={send} noValidate className="grid gap-5">
        <ErrorSummary errors={summary} />
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
      </form>
    </Disclosure>
  );
}

/** Revokes a card, for good: why, in a kind and in words. Folded, unless something was wrong. */
export function RevokeCardForm({ action, cardId }: { action: FormAction; cardId: string }) {
  const t = useTranslations('helperCard.box');
  const { send, typed, error, summary, refused } = useSent(action, ['because', 'note']);
  return (
    <Disclosure summary={t('revoke')} open={refused || undefined}>
      <form action={send} noValidate className="grid gap-5">
        <ErrorSummary errors={summary} />
        <p>{t('revokeBody')}</p>
        <Hidden fields={{ cardId }} />
        <RadioGroup
          name="because"
          legend={t('why')}
          defaultValue={typed.because}
          error={error('because')}
          choices={endedBecause.map((value) => ({ value, label: t(`whyChoice.${value}`) }))}
        />
        <TextArea
          name="note"
          label={t('note')}
          hint={t('noteHint')}
          rows={2}
          maxLength={300}
          defaultValue={typed.note}
          error={error('note')}
        />
        <div>
          <SubmitButton variant="danger" pendingLabel={t('working')}>
            {t('revoke')}
          </SubmitButton>
        </div>
      </form>
    </Disclosure>
  );
}
