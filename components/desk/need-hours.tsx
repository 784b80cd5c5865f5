import { useLocale, useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import type { Counts } from '@/lib/desk/rules';
import { formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

interface Line {
  readonly code: string;
  readonly name: string;
  readonly cells: readonly number[];
  readonly total: number;
}

/** How often each thing was needed in each hour of the day, with the sums. */
export function NeedHours({
  caption,
  needs,
  hours,
  table,
}: {
  caption: string;
  needs: readonly { readonly code: string; readonly name: string }[];
  hours: readonly number[];
  table: Counts;
}) {
  const t = useTranslations('desk');
  const locale = useLocale() as Locale;
  const lines: Line[] = [
    ...needs.map(({ code, name }, at) => ({ code, name, cells: table.cells[at] ?? [], total: table.rows[at] ?? 0 })),
    { code: 'all', name: t('together'), cells: table.columns, total: table.total },
  ];
  const shown = (count = 0) =>
    count === 0 ? <span className="text-muted">0</span> : <>{formatNumber(locale, count)}</>;
  return (
    <DataTable
      caption={caption}
      rows={lines}
      rowKey={({ code }) => code}
      columns={[
        { key: 'need', header: t('need'), cell: ({ name }) => name },
        { key: 'total', header: t('together'), align: 'end', cell: ({ total }) => <b>{shown(total)}</b> },
        ...hours.map((hour, at) => ({
          key: String(hour),
          header: t('hour', { hour }),
          align: 'end' as const,
          cell: ({ cells }: Line) => shown(cells[at]),
        })),
      ]}
    />
  );
}
