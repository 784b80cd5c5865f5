import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ClientWords } from '@/components/layout/client-words';
import { ReportBoard } from '@/components/report/report-board';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { read } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { reportBoard } from '@/lib/report/queries';
import { listAddress } from '@/lib/report/schema';
import { begin, setDue } from './actions';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('reports', 'title');

/** The reports of a period in the areas one leads: the overdue first, then what waits for an answer. */
export default async function ReportsPage({ params, searchParams }: Props) {
  const [{ locale }, given] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const asked = listAddress.parse(given);
  const board = await read('figures.read', (tx) => reportBoard(tx, locale, asked, new Date()));
  if (board === 'notFound') notFound();
  const t = await getTranslations('reports');
  return (
    <div className="grid grid-cols-1 gap-6">
      {given.done === 'due' ? <Notice tone="good" live title={t('done.due')} /> : null}
      <PageHeading lead={t('lead')}>{t('title')}</PageHeading>
      {board ? (
        <ClientWords of={['reports', 'errors']}>
          <ReportBoard path="/dashboard/reports" board={board} begin={begin} setDue={setDue} />
        </ClientWords>
      ) : (
        <EmptyState icon="list" title={t('noAreas.title')}>
          {t('noAreas.body')}
        </EmptyState>
      )}
    </div>
  );
}
