import { getTranslations, setRequestLocale } from 'next-intl/server';
import { IndicatorTable } from '@/components/indicator/indicator-table';
import { PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { indicators } from '@/lib/indicator/queries';

export const generateMetadata = titled('indicator', 'title');

export default async function IndicatorsPage({ params }: { params: Promise<{ locale: Locale }> }) {
  const { locale } = await params;
  setRequestLocale(locale);
  const rows = await read('figures.read', (tx) => indicators(tx));
  const t = await getTranslations('indicator');
  return (
    <div className="grid grid-cols-1 gap-7">
      <PageHeading lead={t('lead')}>{t('title')}</PageHeading>
      <IndicatorTable rows={rows} />
    </div>
  );
}
