'use client';

import { useTranslations } from 'next-intl';
import { useForm, type FormAction } from '@/components/account/use-form';
import { Hidden } from '@/components/class/act-form';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextArea } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import { readingWhys, type Masked } from '@/lib/lookup/schema';

/** Somebody found elsewhere, masked; opened only with what for. */
export function OpenForm({ action, found, at }: { action: FormAction; found: Masked; at: number }) {
  const t = useTranslations('lookup');
  const { send, errors, field, values } = useForm(action, ['why', 'words'], `open${at}`);
  return (
    <form action={send} noValidate className="grid max-w-prose gap-4" key={JSON.stringify(values)}>
      <ErrorSummary errors={errors} />
      <Hidden fields={{ hitId: found.id }} />
      <Select
        {...field('why')}
        label={t('why')}
        empty={t('choose')}
        choices={readingWhys.map((value) => ({ value, label: t(`whys.${value}`) }))}
        width="name"
      />
      <TextArea {...field('words')} label={t('words')} hint={t('wordsHint')} rows={2} maxLength={300} />
      <div>
        <SubmitButton icon="lock" pendingLabel={t('opening')} wide>
          {t('open')}
        </SubmitButton>
      </div>
    </form>
  );
}
