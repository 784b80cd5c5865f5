import { getTranslations, setRequestLocale } from 'next-intl/server';
import { JobTable } from '@/components/job/job-table';
import { PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { jobsOf } from '@/lib/job/queries';

export const generateMetadata = titled('job', 'title');

export default async function JobsPage({ params }: { params: Promise<{ locale: Locale }> }) {
  const { locale } = await params;
  setRequestLocale(locale);
  const jobs = await read('signedIn', (tx) => jobsOf(tx));
  const t = await getTranslations('job');
  return (
    <div className="grid grid-cols-1 gap-7">
      <PageHeading lead={t('lead')}>{t('title')}</PageHeading>
      <JobTable jobs={jobs} locale={locale} caption={t('title')} />
    </div>
  );
}
