import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { Definition } from '@/components/indicator/definition';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { indicatorVersions } from '@/lib/indicator/queries';
import { indicatorCode } from '@/lib/indicator/schema';

export const generateMetadata = titled('indicator', 'title');

export default async function IndicatorPage({ params }: { params: Promise<{ locale: Locale; code: string }> }) {
  const { locale, code } = await params;
  setRequestLocale(locale);
  const wanted = indicatorCode.safeParse(code).data;
  const [now, ...before] = await read('figures.read', async (tx) => (wanted ? indicatorVersions(tx, wanted) : []));
  if (!now) notFound();
  const t = await getTranslations('indicator');
  return (
    <div className="grid grid-cols-1 gap-6">
      <Breadcrumbs items={[{ label: t('title'), href: '/dashboard/indicators' }, { label: now.code }]} />
      <PageHeading above={now.code}>{locale === 'en' ? now.nameEn : now.nameVi}</PageHeading>
      <Definition versions={[now, ...before]} />
    </div>
  );
}
