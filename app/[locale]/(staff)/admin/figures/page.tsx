import { getTranslations, setRequestLocale } from 'next-intl/server';
import { ActForm } from '@/components/class/act-form';
import { JobTable } from '@/components/job/job-table';
import { ClientWords } from '@/components/layout/client-words';
import { Card } from '@/components/ui/card';
import { PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import { figureJobs } from '@/lib/figure/jobs';
import { figuresStand } from '@/lib/figure/queries';

import { formatDay, formatTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { jobsOf } from '@/lib/job/queries';
import { check } from './actions';

export const generateMetadata = titled('job', 'figures.title');

/** How fresh the figures are, and counting everything anew beside them. */
export default async function FiguresPage({ params }: { params: Promise<{ locale: Locale }> }) {
  const { locale } = await params;
  setRequestLocale(locale);
  const { stand, jobs } = await read('area.manage', async (tx) => ({
    stand: await figuresStand(tx),
    jobs: await jobsOf(tx, figureJobs, 20),
  }));
  const t = await getTranslations('job');
  const moment = (at: Date | null) =>
    at ? t('figures.moment', { day: formatDay(locale, at), time: formatTime(locale, at) }) : t('figures.never');
  return (
    <div className="grid grid-cols-1 gap-7">
      <PageHeading lead={t('figures.lead')}>{t('figures.title')}</PageHeading>
      <Card>
        <dl className="mb-5 grid gap-x-6 gap-y-2 sm:grid-cols-[auto_1fr]">
          <dt className="text-muted">{t('figures.fresh')}</dt>
          <dd>{moment(stand.freshAt)}</dd>
          <dt className="text-muted">{t('figures.checked')}</dt>
          <dd>{moment(stand.checkedAt)}</dd>
        </dl>
        <p className="mb-5 max-w-prose">{t('figures.what')}</p>
        <ClientWords of={['errors']}>
          <ActForm
            action={check}
            fields={{ language: locale }}
            label={t('figures.check')}
            pendingLabel={t('figures.asking')}
          />
        </ClientWords>
      </Card>
      {jobs.length > 0 ? <JobTable jobs={jobs} locale={locale} caption={t('figures.recent')} /> : null}
    </div>
  );
}
