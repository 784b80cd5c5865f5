'use client';

import { useTranslations } from 'next-intl';
import { useState, type ChangeEvent } from 'react';
import { Hidden } from '@/components/class/act-form';
import { useSent, type FormAction } from '@/components/class/use-sent';
import { RadioGroup } from '@/components/ui/choices';
import { ErrorSummary } from '@/components/ui/error-summary';
import { TextInput } from '@/components/ui/inputs';
import { SubmitButton } from '@/components/ui/submit-button';
import type { ImportKind } from '@/lib/import/schema';
import { sheetLimits } from '@/lib/sheet/schema';

/** Sends a list to be looked at. A file that is too large is told at once, at its field: the server would not even read the form. */
export function UploadForm({
  action,
  kinds,
  language,
}: {
  action: FormAction;
  kinds: readonly ImportKind[];
  language: string;
}) {
  const t = useTranslations('import');
  const say = useTranslations('errors');
  const { send, typed, error, summary } = useSent(action, ['kind', 'sheet']);
  const [tooLarge, setTooLarge] = useState(false);
  const choose = (event: ChangeEvent<HTMLInputElement>) =>
    setTooLarge((event.target.files?.[0]?.size ?? 0) > sheetLimits.bytes);
  return (
    <form
      action={send}
      onSubmit={(event) => {
        if (tooLarge) event.preventDefault();
      }}
      noValidate
      className="grid gap-5"
    >
      <ErrorSummary errors={summary} />
      <Hidden fields={{ language }} />
      <RadioGroup
        key={`kind-${typed.kind}`}
        name="kind"
        legend={t('kind')}
        error={error('kind')}
        defaultValue={typed.kind}
        choices={kinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}.title`), hint: t(`kinds.${kind}.lead`) }))}
      />
      <TextInput
        name="sheet"
        label={t('sheet')}
        hint={t('sheetHint')}
        type="file"
        accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        onChange={choose}
        error={tooLarge ? say('fileTooLarge') : error('sheet')}
      />
      <div>
        <SubmitButton icon="search" pendingLabel={t('checking')} wide>
          {t('check')}
        </SubmitButton>
      </div>
    </form>
  );
}
