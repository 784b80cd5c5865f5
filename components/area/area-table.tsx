import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { DataTable } from '@/components/ui/data-table';
import type { AreaKind } from '@/lib/area/schema';
import { formatDate, formatNumber } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';

interface Row {
  id: number;
  officialCode: string | null;
  kind: AreaKind;
  fullNameVi: string;
  fullNameEn: string;
  validFrom: string;
  children: number;
  alias: string | null;
}

/** Places, each leading to its own page, with how many lie below it. */
export function AreaTable({ caption, rows, empty }: { caption: string; rows: readonly Row[]; empty: ReactNode }) {
  const t = useTranslations('admin');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={(row) => String(row.id)}
      empty={empty}
      columns={[
        {
          key: 'name',
          header: t('areaName'),
          cell: (row) => (
            <>
              <Link href={`/admin/areas/${row.id}`} prefetch={false} className="link font-bold">
                {locale === 'en' ? row.fullNameEn : row.fullNameVi}
              </Link>
              {row.alias ? (
                <span className="block text-sm font-normal text-muted">{t('formerly', { name: row.alias })}</span>
              ) : null}
            </>
          ),
        },
        { key: 'kind', header: t('areaKind'), cell: (row) => t(`kinds.${row.kind}`) },
        { key: 'code', header: t('code'), cell: (row) => row.officialCode ?? '—' },
        { key: 'below', header: t('below'), align: 'end', cell: (row) => formatNumber(locale, row.children) },
        { key: 'from', header: t('validFrom'), cell: (row) => formatDate(locale, row.validFrom) },
      ]}
    />
  );
}
