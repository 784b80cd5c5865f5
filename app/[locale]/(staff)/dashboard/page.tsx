import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { DashboardPage } from '@/components/figure/dashboard-page';
import { read } from '@/lib/access/doors';
import { dashboard } from '@/lib/figure/queries';
import { monthOf } from '@/lib/figure/rules';
import { dashboardAddress } from '@/lib/figure/schema';

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('dashboard');
  return { title: t('title') };
}

/** One dashboard for every level: the scope is data. `?area=` narrows; an area outside the caller's is not found. */
export default async function Page({ searchParams }: Props) {
  const asked = dashboardAddress.safeParse(await searchParams);
  const now = new Date();
  const found = await read('figures.read', async (tx) => {
    if (!asked.success) return null;
    const { area, period = monthOf(now).slice(0, 4) } = asked.data;
    return dashboard(tx, { area, period }, now);
  });
  if (!found || !asked.success) notFound();
  return <DashboardPage dashboard={found} asked={asked.data} now={now} />;
}
