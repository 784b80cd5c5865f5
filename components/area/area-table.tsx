import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Address } from '@/components/ui/address';
import { DataTable, parseSort, sortRows } from '@/components/ui/data-table';
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

const columns = {
  name: (row: Row) => row.fullNameVi,
  kind: (row: Row) => row.kind,
  code: (row: Row) => row.officialCode,
  below: (row: Row) => row.children,
  from: (row: Row) => row.validFrom,
};

/** Places, each leading to its own page, with how many lie below it, in the order the address asks for (`?sort=`). */
export function AreaTable({
  caption,
  rows,
  empty,
  address,
}: {
  caption: string;
  rows: readonly Row[];
  empty: ReactNode;
  address: Address;
}) {
  const t = useTranslations('admin');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const order = parseSort(address.params.sort, Object.keys(columns), '');
  return (
    <DataTable
      caption={caption}
      rows={sortRows(rows, order, columns)}
      sort={{ ...order, address }}
      rowKey={(row) => String(row.id)}
      empty={empty}
      columns={[
        {
          key: 'name',
          header: t('areaName'),
          sortable: true,
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
        { key: 'kind', header: t('areaKind'), sortable: true, cell: (row) => t(`kinds.${row.kind}`) },
        { key: 'code', header: t('code'), sortable: true, cell: (row) => row.officialCode ?? '—' },
        {
          key: 'below',
          header: t('below'),
          sortable: true,
          align: 'end',
          cell: (row) => formatNumber(locale, row.children),
        },
        { key: 'from', header: t('validFrom'), sortable: true, cell: (row) => formatDate(locale, row.validFrom) },
      ]}
    />
  );
}
