'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';

const fields = ['name', 'birthYear', 'digits'];

/** The whole name, and one thing more that only whoever knows the person can say. */
export function LookupForm({ action }: { action: FormAction }) {
  const t = useTranslations('lookup');
  const { send, errors, field, values } = useForm(action, fields);
  return (
    <form action={send} noValidate className="grid max-w-prose gap-5" key={JSON.stringify(values)}>
      <ErrorSummary errors={errors} />
      <TextInput
        {...field('name')}
        label={t('name')}
        hint={t('nameHint')}
        autoComplete="off"
        maxLength={100}
        width="name"
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextInput
          {...field('birthYear')}
          label={t('birthYear')}
          hint={t('oneOfTwo')}
          inputMode="numeric"
          autoComplete="off"
          width="short"
        />
        <TextInput
          {...field('digits')}
          label={t('digits')}
          hint={t('oneOfTwo')}
          inputMode="numeric"
          autoComplete="off"
          width="short"
          maxLength={60}
        />
      </div>
      <div>
        <SubmitButton icon="search" pendingLabel={t('finding')} wide>
          {t('find')}
        </SubmitButton>
      </div>
    </form>
  );
}
