'use client';

import { useTranslations } from 'next-intl';
import { Hidden } from '@/components/class/act-form';
import { useSent, type FormAction } from '@/components/class/use-sent';
import { RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { SubmitButton } from '@/components/ui/submit-button';

/** Asks for the places of a dashboard as a file. */
export function FiguresExportForm({
  action,
  area,
  period,
  language,
}: {
  action: FormAction;
  area: number;
  period: string;
  language: string;
}) {
  const t = useTranslations('exports');
  const { send, typed, error, summary } = useSent(action, ['format']);
  return (
    <form action={send} noValidate className="grid gap-5">
      <ErrorSummary errors={summary} />
      <Hidden fields={{ area: String(area), period, language }} />
      <RadioGroup
        key={`format-${typed.format}`}
        name="format"
        legend={t('format')}
        inline
        error={error('format')}
        defaultValue={typed.format ?? 'xlsx'}
        choices={[
          { value: 'xlsx', label: 'Excel (.xlsx)' },
          { value: 'csv', label: 'CSV' },
        ]}
      />
      <div>
        <SubmitButton icon="download" pendingLabel={t('sending')} wide>
          {t('figures.send')}
        </SubmitButton>
      </div>
    </form>
  );
}
