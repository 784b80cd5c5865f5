import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClientWords } from '@/components/layout/client-words';
import { ReportBoard } from '@/components/report/report-board';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { reportBoard } from '@/lib/report/queries';
import { listAddress } from '@/lib/report/schema';
import { begin } from '../../dashboard/reports/actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('reports', 'manageTitle');

/** The reports an organiser writes: the unit's and, where somebody writes for them, its villages'. */
export default async function WriteReportsPage({ params, searchParams }: Props) {
  const [{ locale }, given] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const board = await read('report.write', (tx) => reportBoard(tx, locale, listAddress.parse(given), new Date()));
  if (board === 'notFound') notFound();
  const t = await getTranslations('reports');
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeading lead={t('manageLead')}>{t('manageTitle')}</PageHeading>
      {board ? (
        <ClientWords of={['reports', 'errors']}>
          <ReportBoard path="/manage/reports" board={board} begin={begin} />
        </ClientWords>
      ) : (
        <EmptyState icon="list" title={t('noAreas.title')}>
          {t('noAreas.body')}
        </EmptyState>
      )}
    </div>
  );
}
