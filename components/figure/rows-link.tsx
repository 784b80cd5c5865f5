import type { ReactNode } from 'react';
import { addressWith } from '@/components/ui/address';
import type { Cell, Group, Measure } from '@/lib/figure/schema';
import { Link } from '@/lib/i18n/navigation';

/** Where a figure is taken apart. */
export function rowsHref(area: number, period: string, measure: Measure, group: Group = 'all'): string {
  return addressWith(
    { path: '/dashboard/rows', params: {} },
    { area: String(area), period, measure, group: group === 'all' ? undefined : group },
  );
}

/** What an indicator counts, and what it says of a place and period, taken apart. */
export function indicatorHref(code: string, area: number, period: string): string {
  return addressWith({ path: `/dashboard/indicators/${code}`, params: {} }, { area: String(area), period });
}

/** A figure that opens into what it is made of; what is hidden or not known opens into nothing and stands as it is. */
export function RowsLink({
  area,
  period,
  measure,
  group = 'all',
  cell,
  children,
}: {
  area: number;
  period: string;
  measure: Measure;
  group?: Group;
  cell: Cell;
  children: ReactNode;
}) {
  if (!cell) return children;
  return (
    <Link href={rowsHref(area, period, measure, group)} prefetch={false} className="link inline-block min-h-6 min-w-6">
      {children}
    </Link>
  );
}
