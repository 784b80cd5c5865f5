import { useTranslations } from 'next-intl';
import { Counted, useIndicatorNumbers } from '@/components/indicator/numbers';
import { DataTable } from '@/components/ui/data-table';
import type { DeclaredLine } from '@/lib/declared/schema';
import { formatDate, formatTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';

/** What was declared, each with its source, its day, and who recorded it when. */
export function DeclaredTable({ caption, rows }: { caption: string; rows: readonly DeclaredLine[] }) {
  const t = useTranslations('declared');
  const { locale, name } = useIndicatorNumbers();
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={({ id }) => String(id)}
      columns={[
        {
          key: 'indicator',
          header: t('indicator'),
          cell: (row) => (
            <Link
              href={`/dashboard/indicators/${row.code}`}
              prefetch={false}
              className="link inline-flex min-h-target min-w-36 items-center"
            >
              {name(row)}
            </Link>
          ),
        },
        {
          key: 'value',
          header: t('value'),
          align: 'end',
          cell: (row) => <Counted value={row.value} of={row.denominator} shownAs={row.shownAs} />,
        },
        {
          key: 'source',
          header: t('sourceAndDay'),
          cell: (row) => (
            <span className="block min-w-44">
              {row.source}
              <span className="block text-sm text-muted">{formatDate(locale, row.asOf)}</span>
              {row.note ? <span className="block text-sm text-muted">{row.note}</span> : null}
            </span>
          ),
        },
        {
          key: 'who',
          header: t('who'),
          cell: (row) => (
            <span className="block min-w-36">
              {row.by ?? t('unknown')}
              <span className="block text-sm text-muted">
                {formatDate(locale, row.at)}, {formatTime(locale, row.at)}
              </span>
            </span>
          ),
        },
      ]}
    />
  );
}
