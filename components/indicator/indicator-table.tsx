import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { StatusPill } from '@/components/ui/pill';
import { Link } from '@/lib/i18n/navigation';
import type { IndicatorVersion } from '@/lib/indicator/schema';
import { useIndicatorNumbers } from './numbers';

/** The registry: what there is, whether it is computed or declared, and the way to each definition. */
export function IndicatorTable({ rows }: { rows: readonly IndicatorVersion[] }) {
  const t = useTranslations('indicator');
  const { name } = useIndicatorNumbers();
  return (
    <DataTable
      caption={t('count', { count: rows.length })}
      rows={rows}
      rowKey={({ code }) => code}
      columns={[
        {
          key: 'name',
          header: t('name'),
          cell: (row) => (
            <Link
              href={`/dashboard/indicators/${row.code}`}
              prefetch={false}
              className="link inline-flex min-h-target min-w-40 items-center"
            >
              {name(row)}
            </Link>
          ),
        },
        { key: 'code', header: t('code'), cell: (row) => row.code },
        { key: 'kind', header: t('kind'), cell: (row) => <KindPill kind={row.kind} /> },
        {
          key: 'shown',
          header: t('shown'),
          cell: (row) => (row.kind === 'remark' ? '—' : t(`shownAs.${row.shownAs}`, { unit: t(`unit.${row.unit}`) })),
        },
        { key: 'place', header: t('attribution'), cell: (row) => t(`attributions.${row.attribution}`) },
        { key: 'version', header: t('version'), align: 'end', cell: (row) => row.version },
      ]}
    />
  );
}

export function KindPill({ kind }: { kind: IndicatorVersion['kind'] }) {
  const t = useTranslations('indicator.kinds');
  const look = { computed: { tone: 'good', icon: 'chart' }, declared: { tone: 'info', icon: 'pencil' } } as const;
  return <StatusPill {...(kind === 'remark' ? { icon: 'list' } : look[kind])}>{t(kind)}</StatusPill>;
}
