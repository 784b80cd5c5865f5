import { useTranslations } from 'next-intl';
import { SmallNumber } from '@/components/figure/small-number';
import { DataTable } from '@/components/ui/data-table';
import type { Told } from '@/lib/desk/rules';

interface Line {
  readonly code: string;
  readonly name: string;
  readonly cells: readonly (number | null)[];
  readonly total: number | null;
}

/** How often each thing was needed in each hour of the day, with the sums; what is not told is said so. */
export function NeedHours({
  caption,
  needs,
  hours: every,
  table,
}: {
  caption: string;
  needs: readonly { readonly code: string; readonly name: string }[];
  hours: readonly number[];
  table: Told;
}) {
  const t = useTranslations('desk');
  // Columns of which nothing is told say nothing.
  const hours = table.cells === null && table.columns === null ? [] : every;
  const lines: Line[] = [
    ...needs.map(({ code, name }, at) => ({
      code,
      name,
      cells: hours.map((_, hour) => table.cells?.[at]?.[hour] ?? null),
      total: table.rows?.[at] ?? null,
    })),
    {
      code: 'all',
      name: t('together'),
      cells: hours.map((_, hour) => table.columns?.[hour] ?? null),
      total: table.total,
    },
  ];
  const shown = (count: number | null, bold = false) => {
    const number =
      count === 0 ? <span className="text-muted">0</span> : <SmallNumber value={count} hidden={count === null} />;
    return bold ? <b>{number}</b> : number;
  };
  return (
    <DataTable
      caption={caption}
      rows={lines}
      rowKey={({ code }) => code}
      columns={[
        { key: 'need', header: t('need'), cell: ({ name }) => name },
        { key: 'total', header: t('together'), align: 'end', cell: ({ total }) => shown(total, true) },
        ...hours.map((hour, at) => ({
          key: String(hour),
          header: t('hour', { hour }),
          align: 'end' as const,
          cell: ({ cells }: Line) => shown(cells[at] ?? null),
        })),
      ]}
    />
  );
}
