import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { StatusPill } from '@/components/ui/pill';
import type { CellProblem, ImportKind } from '@/lib/import/schema';

/** The cells to mend, each with its row, its column by letter and by name, what stands there and what to do. */
export function CellTable({
  cells,
  kind,
  caption,
}: {
  cells: readonly CellProblem[];
  kind: ImportKind;
  caption: string;
}) {
  const t = useTranslations('import.result');
  const columns = useTranslations('import.columns');
  const say = useTranslations('errors');
  return (
    <DataTable
      caption={caption}
      rows={cells}
      rowKey={(cell) => `${cell.row} ${cell.at} ${cell.column} ${cell.reason}`}
      empty={null}
      columns={[
        {
          key: 'cell',
          header: t('cell'),
          cell: (cell) => <b>{cell.at === '' ? `${t('row')} ${cell.row}` : `${cell.at}${cell.row}`}</b>,
        },
        {
          key: 'column',
          header: t('columnName'),
          cell: (cell) => (cell.column === '' ? '—' : columns(`${kind}.${cell.column}`)),
        },
        {
          key: 'value',
          header: t('value'),
          cell: (cell) => (cell.value === '' ? '—' : <span className="break-words">“{cell.value}”</span>),
        },
        {
          key: 'why',
          header: t('why'),
          cell: (cell) => (
            <span className="grid min-w-48 gap-1">
              <StatusPill tone={cell.warning ? 'warn' : 'bad'}>{t(cell.warning ? 'warning' : 'wrong')}</StatusPill>
              {say(cell.reason)}
            </span>
          ),
        },
      ]}
    />
  );
}
