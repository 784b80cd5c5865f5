'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Checkbox } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { NeedsAndTimes } from './needs-and-times';

/** An organiser asks for a visit to somebody known: what for, and when they are at home. */
export function AskForForm({
  action,
  personId,
  formKey,
  stopped,
}: {
  action: FormAction;
  personId: string;
  formKey: string;
  /** Why they are left alone until they say themselves that somebody may come. */
  stopped?: 'refused' | 'moved' | undefined;
}) {
  const t = useTranslations('visits');
  const { send, errors, field, values } = useForm(action, ['needs', 'times', 'words', 'wanted']);
  return (
    <form action={send} noValidate className="grid gap-6" key={JSON.stringify(values)}>
      <ErrorSummary errors={errors} />
      <input type="hidden" name="formKey" value={values.formKey ?? formKey} />
      <input type="hidden" name="personId" value={personId} />
      <NeedsAndTimes
        needsError={field('needs').error}
        timesError={field('times').error}
        needs={values.needs}
        times={values.times}
      />
      <TextInput
        {...field('words')}
        label={t('words')}
        hint={t('wordsHint')}
        optional
        maxLength={200}
        autoComplete="off"
      />
      {stopped ? (
        <Checkbox
          name="wanted"
          label={t(`wanted.${stopped}`)}
          error={field('wanted').error}
          defaultChecked={values.wanted === 'on'}
        />
      ) : null}
      <div>
        <SubmitButton icon="check" pendingLabel={t('saving')} wide>
          {t('askForSend')}
        </SubmitButton>
      </div>
    </form>
  );
}
