import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { FiguresExportForm } from '@/components/export/figures-export-form';
import { JobTable } from '@/components/job/job-table';
import { ClientWords } from '@/components/layout/client-words';
import { Card } from '@/components/ui/card';
import { BackLink, PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import { figuresPlace } from '@/lib/export/queries';
import { exportJobs, figuresExportAddress } from '@/lib/export/schema';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { jobsOf } from '@/lib/job/queries';
import { dayOf } from '@/lib/kernel/clock';
import { lastDayOf, periodAround, periodOf } from '@/lib/period/rules';
import { takePlaces } from './actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('exports', 'figures.title');

/** Asks in which format the places of a dashboard are taken along. */
export default async function FiguresExportPage({ params, searchParams }: Props) {
  const [{ locale }, given] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const asked = figuresExportAddress.safeParse(given);
  const area = asked.data?.area;
  const period = periodOf(asked.data?.period ?? '') ?? periodAround(dayOf(new Date()), 'administrative', 'year');
  const found = await read('figures.read', async (tx) => {
    const place = area === undefined ? null : await figuresPlace(tx, area);
    return place && { place, jobs: await jobsOf(tx, exportJobs, 20) };
  });
  if (!found) notFound();
  const { place, jobs } = found;
  const t = await getTranslations('exports');
  const back = new URLSearchParams({ area: String(place.id), period: period.key });
  return (
    <div className="grid grid-cols-1 gap-7">
      <BackLink href={`/dashboard?${back}`}>{t('figures.back')}</BackLink>
      <PageHeading
        lead={t('figures.lead', {
          place: locale === 'en' ? place.fullNameEn : place.fullNameVi,
          from: formatDate(locale, period.from),
          until: formatDate(locale, lastDayOf(period)),
        })}
      >
        {t('figures.title')}
      </PageHeading>
      <Card>
        <ClientWords of={['exports', 'errors']}>
          <FiguresExportForm action={takePlaces} area={place.id} period={period.key} language={locale} />
        </ClientWords>
      </Card>
      <JobTable jobs={jobs} locale={locale} caption={t('recent')} />
    </div>
  );
}
