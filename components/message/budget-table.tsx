import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

interface BudgetView {
  readonly areaId: number;
  readonly name: string;
  readonly allowed: number;
  readonly usual: boolean;
  readonly used: number;
}

/** What each place may send of paid messages, has sent, and has left. */
export function BudgetTable({ rows, locale }: { rows: readonly BudgetView[]; locale: Locale }) {
  const t = useTranslations('messages.admin');
  return (
    <DataTable
      caption={t('table')}
      rows={rows}
      rowKey={(row) => String(row.areaId)}
      columns={[
        { key: 'unit', header: t('unit'), cell: (row) => <span className="block min-w-36">{row.name}</span> },
        {
          key: 'allowed',
          header: t('allowed'),
          align: 'end',
          cell: (row) => (
            <>
              {formatNumber(locale, row.allowed)}
              {row.usual ? <span className="block text-sm text-muted">{t('usual')}</span> : null}
            </>
          ),
        },
        { key: 'used', header: t('used'), align: 'end', cell: (row) => formatNumber(locale, row.used) },
        {
          key: 'left',
          header: t('left'),
          align: 'end',
          cell: (row) => formatNumber(locale, Math.max(0, row.allowed - row.used)),
        },
      ]}
    />
  );
}
