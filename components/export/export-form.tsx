'use client';

import { useTranslations } from 'next-intl';
import { Hidden } from '@/components/class/act-form';
import { useSent, type FormAction } from '@/components/class/use-sent';
import { RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Select, TextArea, type Choice } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import type { ExportKind } from '@/lib/export/schema';

/** Asks what is to be taken out, of which class, in which format, and what for. */
export function ExportForm({
  action,
  kinds,
  classes,
  language,
}: {
  action: FormAction;
  kinds: readonly ExportKind[];
  classes: Choice[];
  language: string;
}) {
  const t = useTranslations('exports');
  const { send, typed, error, summary } = useSent(action, ['what', 'classId', 'format', 'reason']);
  return (
    <form action={send} noValidate className="grid gap-5">
      <ErrorSummary errors={summary} />
      <Hidden fields={{ language }} />
      <RadioGroup
        key={`what-${typed.what}`}
        name="what"
        legend={t('what')}
        error={error('what')}
        defaultValue={typed.what}
        choices={kinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}.title`), hint: t(`kinds.${kind}.lead`) }))}
      />
      <Select
        name="classId"
        label={t('class')}
        hint={t('classHint')}
        empty={t('noClass')}
        choices={classes}
        defaultValue={typed.classId}
        error={error('classId')}
      />
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
      <TextArea
        name="reason"
        label={t('reason')}
        hint={t('reasonHint')}
        rows={2}
        maxLength={300}
        defaultValue={typed.reason}
        error={error('reason')}
      />
      <div>
        <SubmitButton icon="download" pendingLabel={t('sending')} wide>
          {t('send')}
        </SubmitButton>
      </div>
    </form>
  );
}
