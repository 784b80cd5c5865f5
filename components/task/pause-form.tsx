'use client';

import { useTranslations } from 'next-intl';
import { Hidden } from '@/components/class/act-form';
import { useSent, type FormAction, type HiddenFields } from '@/components/class/use-sent';
import { RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Folded, type Fold } from '@/components/ui/folded-form';
import { Select, TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { pausesToChoose } from '@/lib/task/schema';

/** Leaves a person, or the household, alone until a day. */
export function PauseForm({
  action,
  fields,
  formId,
  household,
  soonest,
  fold,
}: {
  action: FormAction;
  fields: HiddenFields;
  formId: string;
  household: boolean;
  /** Tomorrow, `yyyy-mm-dd`. */
  soonest: string;
  fold?: Fold;
}) {
  const t = useTranslations('tasks.pause');
  const seen = household ? ['whole', 'reason', 'until'] : ['reason', 'until'];
  const { send, typed, error, summary, refused } = useSent(action, seen, (name) => `${name}-${formId}`);
  return (
    <Folded fold={fold} refused={refused}>
      <form action={send} noValidate className="grid gap-5">
        <ErrorSummary errors={summary} />
        <Hidden fields={fields} />
        {household ? (
          <RadioGroup
            name="whole"
            id={`whole-${formId}`}
            legend={t('whole')}
            defaultValue={typed.whole ?? 'person'}
            error={error('whole')}
            inline
            choices={(['person', 'household'] as const).map((value) => ({ value, label: t(`wholes.${value}`) }))}
          />
        ) : (
          <input type="hidden" name="whole" value="person" />
        )}
        <Select
          name="reason"
          id={`reason-${formId}`}
          label={t('reason')}
          empty={t('chooseReason')}
          defaultValue={typed.reason}
          error={error('reason')}
          choices={pausesToChoose.map((value) => ({ value, label: t(`reasons.${value}`) }))}
        />
        <TextInput
          name="until"
          id={`until-${formId}`}
          type="date"
          min={soonest}
          label={t('until')}
          hint={t('untilHint')}
          width="date"
          defaultValue={typed.until}
          error={error('until')}
        />
        <div>
          <SubmitButton variant="secondary" icon="pause" pendingLabel={t('saving')} wide>
            {t('save')}
          </SubmitButton>
        </div>
      </form>
    </Folded>
  );
}
