import { setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { RowsPage } from '@/components/figure/rows-page';
import { read } from '@/lib/access/doors';
import { rowsOf } from '@/lib/figure/drill';
import { rowsAddress } from '@/lib/figure/asked';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { dayOf } from '@/lib/kernel/clock';
import { periodAround, periodOf } from '@/lib/period/rules';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('dashboard', 'rows.title');

/** What one figure is made of, place by place and down to the sessions; an area outside the caller's is not found. */
export default async function Page({ params, searchParams }: Props) {
  const [{ locale }, given] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const asked = rowsAddress.safeParse(given);
  const period = periodOf(asked.data?.period ?? '') ?? periodAround(dayOf(new Date()), 'administrative', 'year');
  const found = await read('figures.read', async (tx) => {
    if (!asked.success) return null;
    const { area, measure, group, page = 1 } = asked.data;
    return rowsOf(tx, { area, period, measure, group, page });
  });
  if (!found || !asked.success) notFound();
  const { measure, group, page = 1 } = asked.data;
  return <RowsPage rows={found} period={period} measure={measure} group={group} page={page} />;
}
