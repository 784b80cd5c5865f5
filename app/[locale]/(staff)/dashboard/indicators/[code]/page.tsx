import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { IndicatorParts } from '@/components/figure/indicator-parts';
import { Definition } from '@/components/indicator/definition';
import { addressWith } from '@/components/ui/address';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import { indicatorsAddress } from '@/lib/figure/asked';
import { indicatorParts } from '@/lib/figure/indicators';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { indicatorVersions } from '@/lib/indicator/queries';
import { indicatorCode } from '@/lib/indicator/schema';
import { dayOf } from '@/lib/kernel/clock';
import { periodAround, periodOf } from '@/lib/period/rules';

interface Props {
  params: Promise<{ locale: Locale; code: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('indicator', 'title');

/** What an indicator counts, and what it says of an area and period, taken apart; an area outside the caller's is not found. */
export default async function IndicatorPage({ params, searchParams }: Props) {
  const [{ locale, code }, given] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const wanted = indicatorCode.safeParse(code).data;
  const asked = indicatorsAddress.safeParse(given).data;
  const today = dayOf(new Date());
  const period = periodOf(asked?.period ?? '') ?? periodAround(today, 'administrative', 'year');
  const found = await read('figures.read', async (tx) => {
    const [now, ...before] = wanted && asked ? await indicatorVersions(tx, wanted) : [];
    if (!now || !asked) return null;
    const parts = await indicatorParts(tx, { area: asked.area, period, version: now });
    return parts && { now, before, parts };
  });
  if (!found) notFound();
  const { now, before, parts } = found;
  const t = await getTranslations('indicator');
  const sheet = addressWith(
    { path: '/dashboard/indicators', params: {} },
    { area: asked?.area?.toString(), period: asked?.period },
  );
  return (
    <div className="grid grid-cols-1 gap-6">
      <Breadcrumbs items={[{ label: t('title'), href: sheet }, { label: now.code }]} />
      <PageHeading above={now.code}>{locale === 'en' ? now.nameEn : now.nameVi}</PageHeading>
      <Definition versions={[now, ...before]} />
      {now.measure === null ? null : <IndicatorParts parts={parts} today={today} asked={asked?.area} />}
    </div>
  );
}
