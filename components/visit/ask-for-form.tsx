'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { NeedsAndTimes } from './needs-and-times';

/** An organiser asks for a visit to somebody known: what for, and when they are at home. */
export function AskForForm({ action, personId, formKey }: { action: FormAction; personId: string; formKey: string }) {
  const t = useTranslations('visits');
  const { send, errors, field, values } = useForm(action, ['needs', 'times', 'words']);
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
      <div>
        <SubmitButton icon="check" pendingLabel={t('saving')} wide>
          {t('askForSend')}
        </SubmitButton>
      </div>
    </form>
  );
}
