import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { DashboardPage } from '@/components/figure/dashboard-page';
import { parseSort } from '@/components/ui/data-table';
import { read } from '@/lib/access/doors';
import { dashboard } from '@/lib/figure/queries';
import { dashboardAddress, monthOf, placeSorts } from '@/lib/figure/schema';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('dashboard');
  return { title: t('title') };
}

/** One dashboard for every level: the scope is data. `?area=` narrows; an area outside the caller's is not found. */
export default async function Page({ searchParams }: Props) {
  const asked = dashboardAddress.safeParse(await searchParams);
  const now = new Date();
  const sort = parseSort(asked.data?.sort, placeSorts, 'reached');
  const by = placeSorts.find((key) => key === sort.by) ?? 'reached';
  const found = await read('figures.read', async (tx) => {
    if (!asked.success) return null;
    const { area, period = monthOf(now).slice(0, 4) } = asked.data;
    return dashboard(tx, { area, period, rank: { ...sort, by } }, now);
  });
  if (!found || !asked.success) notFound();
  return <DashboardPage dashboard={found} asked={asked.data} sort={sort} now={now} />;
}
