'use client';

import { useTranslations } from 'next-intl';
import { Hidden } from '@/components/class/act-form';
import { useSent, type FormAction } from '@/components/class/use-sent';
import { RadioGroup } from '@/components/ui/choices';
import { DataTable } from '@/components/ui/data-table';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Notice } from '@/components/ui/notice';
import { Badge } from '@/components/ui/pill';
import { SubmitButton } from '@/components/ui/submit-button';
import { details, type Detail } from '@/lib/pair/schema';

interface Choice {
  readonly detail: Detail;
  readonly kept: string;
  readonly merged: string;
  readonly suggested: 'kept' | 'merged';
}

/** Two records beside each other: where they differ it is chosen which to keep; then what would move, and the merge. */
export function MergeForm({
  action,
  keptId,
  mergedId,
  heads,
  choices,
  lines,
  both,
}: {
  action: FormAction;
  keptId: string;
  mergedId: string;
  heads: readonly string[];
  choices: readonly Choice[];
  lines: readonly { key: string; label: string; kept: string; merged: string }[];
  both: { classes: number; sessions: number };
}) {
  const t = useTranslations('people');
  const { send, typed, error, summary } = useSent(action, details);
  const differ = choices.filter((one) => one.kept !== one.merged);
  return (
    <form action={send} noValidate className="grid grid-cols-1 gap-6">
      <ErrorSummary errors={summary} />
      <Hidden fields={{ keptId, mergedId }} />
      <DataTable
        caption={t('pairs.compared')}
        captionHidden
        rows={[
          ...choices.map(({ detail, kept, merged }) => ({
            key: detail,
            label: t(`pairs.lines.${detail}`),
            kept,
            merged,
          })),
          ...lines,
        ]}
        rowKey={(row) => row.key}
        columns={[
          {
            key: 'what',
            header: t('pairs.what'),
            cell: (row) => (
              <span className="flex flex-wrap items-center gap-2">
                {row.label}
                {differ.some((one) => one.detail === row.key) ? (
                  <Badge icon="warning">{t('pairs.different')}</Badge>
                ) : null}
              </span>
            ),
          },
          { key: 'kept', header: heads[0] ?? '', cell: (row) => row.kept },
          { key: 'merged', header: heads[1] ?? '', cell: (row) => row.merged },
        ]}
      />
      {differ.map(({ detail, kept, merged, suggested }) => (
        <RadioGroup
          key={`${detail}-${typed[detail]}`}
          name={detail}
          legend={t(`pairs.keepWhich.${detail}`)}
          defaultValue={typed[detail] ?? suggested}
          error={error(detail)}
          choices={[
            { value: 'kept', label: kept },
            { value: 'merged', label: merged },
          ]}
        />
      ))}
      <Notice tone="warn" title={t('pairs.mergeTitle')}>
        <p>{t('pairs.mergeBody')}</p>
        {both.classes > 0 ? <p>{t('pairs.bothClasses', { count: both.classes })}</p> : null}
        {both.sessions > 0 ? <p>{t('pairs.bothSessions', { count: both.sessions })}</p> : null}
      </Notice>
      <div>
        <SubmitButton icon="check" pendingLabel={t('saving')} wide>
          {t('pairs.merge')}
        </SubmitButton>
      </div>
    </form>
  );
}
