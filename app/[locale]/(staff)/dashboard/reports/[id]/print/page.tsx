import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ReportPaper } from '@/components/report/report-paper';
import { BackLink } from '@/components/ui/headings';
import { PrintButton } from '@/components/ui/print-button';
import { read } from '@/lib/access/doors';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { id as uuid } from '@/lib/kernel/input';
import { officialPaper } from '@/lib/report/paper';
import { reportInFull } from '@/lib/report/queries';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
}

export const generateMetadata = titled('reports', 'print.title');

/** A report on A4, the same paper as the Word file. */
export default async function PrintReportPage({ params }: Props) {
  const { locale, id } = await params;
  setRequestLocale(locale);
  const wanted = uuid.safeParse(id);
  if (!wanted.success) notFound();
  // Official papers are Vietnamese, whoever prints them.
  const report = await read('figures.read', (tx) => reportInFull(tx, 'vi', wanted.data));
  if (!report) notFound();
  const t = await getTranslations('reports.print');
  return (
    <div className="grid grid-cols-1 gap-5 print:block">
      <div className="grid grid-cols-1 gap-4 print:hidden">
        <BackLink href={`/dashboard/reports/${report.id}`}>{t('back')}</BackLink>
        <h1 className="text-2xl">{t('title')}</h1>
        <p className="max-w-prose text-muted">{t('hint')}</p>
        <div>
          <PrintButton>{t('do')}</PrintButton>
        </div>
      </div>
      <ReportPaper paper={officialPaper(report)} label={t('title')} />
    </div>
  );
}
