import { setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { IndicatorSheet } from '@/components/figure/indicator-sheet';
import { read } from '@/lib/access/doors';
import { indicatorsAddress } from '@/lib/figure/asked';
import { indicatorSheet } from '@/lib/figure/indicators';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { dayOf } from '@/lib/kernel/clock';
import { periodAround, periodOf } from '@/lib/period/rules';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('indicator', 'sheetTitle');

/** All 30 indicators of an area and period; an area outside the caller's is not found. */
export default async function IndicatorsPage({ params, searchParams }: Props) {
  const [{ locale }, given] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const asked = indicatorsAddress.safeParse(given);
  const today = dayOf(new Date());
  const period = periodOf(asked.data?.period ?? '') ?? periodAround(today, 'administrative', 'year');
  const sheet = await read('figures.read', async (tx) =>
    asked.success ? indicatorSheet(tx, { area: asked.data.area, period }, today) : null,
  );
  if (!sheet) notFound();
  return <IndicatorSheet sheet={sheet} today={today} asked={asked.data?.area} />;
}
