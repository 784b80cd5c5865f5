import { getTranslations, setRequestLocale } from 'next-intl/server';
import { ExportForm } from '@/components/export/export-form';
import { JobTable } from '@/components/job/job-table';
import { ClientWords } from '@/components/layout/client-words';
import { Card } from '@/components/ui/card';
import { PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import { mayExport } from '@/lib/export/commands';
import { classesToExport } from '@/lib/export/queries';
import { exportJobs, exportKinds } from '@/lib/export/schema';
import { formatDate } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { jobsOf } from '@/lib/job/queries';
import { take } from './actions';

export const generateMetadata = titled('exports', 'title');

export default async function ExportsPage({ params }: { params: Promise<{ locale: Locale }> }) {
  const { locale } = await params;
  setRequestLocale(locale);
  const { mine, classes, jobs } = await read('roster.read', async (tx, caller) => ({
    mine: exportKinds.filter((kind) => caller.capabilities.includes(mayExport[kind])),
    classes: await classesToExport(tx, locale),
    jobs: await jobsOf(tx, exportJobs, 20),
  }));
  const t = await getTranslations('exports');
  return (
    <div className="grid grid-cols-1 gap-7">
      <PageHeading lead={t('lead')}>{t('title')}</PageHeading>
      <Card>
        <ClientWords of={['exports', 'errors']}>
          <ExportForm
            action={take}
            kinds={mine}
            language={locale}
            classes={classes.map(({ id, title, place, startsAt }) => ({
              value: id,
              label: [title, place, startsAt && formatDate(locale, startsAt)].filter(Boolean).join(' · '),
            }))}
          />
        </ClientWords>
      </Card>
      <JobTable jobs={jobs} locale={locale} caption={t('recent')} />
    </div>
  );
}
