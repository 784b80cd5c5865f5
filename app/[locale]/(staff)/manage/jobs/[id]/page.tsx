import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { CellTable } from '@/components/import/cell-table';
import { CheckSummary, WriteSummary } from '@/components/import/check-summary';
import { WriteForm } from '@/components/import/write-form';
import { JobProgress } from '@/components/job/job-progress';
import { JobStatePill } from '@/components/job/job-state';
import { ClientWords } from '@/components/layout/client-words';
import { DownloadLink } from '@/components/ui/download-link';
import { BackLink, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { Pagination } from '@/components/ui/pagination';
import { read } from '@/lib/access/doors';
import { exportResult } from '@/lib/export/schema';
import { figuresChecked, type FiguresChecked } from '@/lib/figure/jobs';
import { formatDay, formatNumber, formatTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { cellProblem, cellsPerPage, checkResult, writeResult } from '@/lib/import/schema';
import { jobResultPart, jobShown } from '@/lib/job/queries';
import { isOver, jobAddress, jobPage, type JobShown } from '@/lib/job/schema';
import { write } from '../../import/actions';
import { stop } from '../actions';

interface Props {
  params: Promise<{ locale: Locale; id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('job', 'one');

export default async function JobPage({ params, searchParams }: Props) {
  const { locale, id: given } = await params;
  setRequestLocale(locale);
  const { id } = jobAddress.parse({ id: given });
  const { page } = jobPage.parse(await searchParams);
  const { job, parts } = await read('signedIn', async (tx) => ({
    job: await jobShown(tx, id, ['cells']),
    parts: await jobResultPart(tx, id, { list: 'cells', from: (page - 1) * cellsPerPage, most: cellsPerPage }),
  }));
  if (!job) notFound();
  const t = await getTranslations('job');
  return (
    <div className="grid grid-cols-1 gap-7">
      <BackLink href="/manage/jobs">{t('title')}</BackLink>
      <PageHeading
        above={job.fileName ?? undefined}
        lead={t('sentAt', { day: formatDay(locale, job.createdAt), time: formatTime(locale, job.createdAt) })}
        actions={<JobStatePill state={job.state} />}
      >
        {t(`kinds.${job.kind}`)}
      </PageHeading>
      {isOver(job.state) ? null : <JobProgress job={job} locale={locale} stop={stop} />}
      {job.state === 'cancelled' ? <Notice live title={t('cancelled')} /> : null}
      {job.state === 'failed' ? <Failed reason={job.reason ?? 'jobFailed'} /> : null}
      {job.state === 'done' ? <Result job={job} locale={locale} parts={parts} page={page} /> : null}
    </div>
  );
}

async function Failed({ reason }: { reason: string }) {
  const [t, say] = await Promise.all([getTranslations('job'), getTranslations('errors')]);
  return (
    <Notice tone="bad" live title={t('failed')}>
      {say(reason)}
    </Notice>
  );
}

interface Done {
  job: JobShown;
  locale: Locale;
  parts: readonly unknown[];
  page: number;
}

/** What came of the work, as its kind tells it. */
async function Result({ job, locale, parts, page }: Done) {
  const found = job.kind === 'import_check' ? checkResult.safeParse(job.result) : null;
  if (found?.success) return <Checked job={job} locale={locale} parts={parts} page={page} />;
  const wrote = job.kind === 'import_write' ? writeResult.safeParse(job.result) : null;
  if (wrote?.success) return <WriteSummary wrote={wrote.data} locale={locale} />;
  const counted = job.kind === 'figures_check' ? figuresChecked.safeParse(job.result) : null;
  if (counted?.success) return <Counted found={counted.data} locale={locale} />;
  const made = exportResult.safeParse(job.result);
  const t = await getTranslations('job');
  return (
    <div className="grid gap-4 justify-items-start">
      {made.success ? (
        <Notice
          tone="good"
          live
          title={t('madeRows', { count: made.data.rows, shown: formatNumber(locale, made.data.rows) })}
        >
          {made.data.cut ? t('cut') : null}
        </Notice>
      ) : null}
      {job.hasOutput && job.keptUntil ? (
        <>
          <DownloadLink href={`/manage/jobs/${job.id}/file`} variant="primary">
            {t('download')}
          </DownloadLink>
          <p className="text-muted">
            {t('keptUntil', { day: formatDay(locale, job.keptUntil), time: formatTime(locale, job.keptUntil) })}
          </p>
        </>
      ) : (
        <p>{t('erased')}</p>
      )}
    </div>
  );
}

async function Counted({ found, locale }: { found: FiguresChecked; locale: Locale }) {
  const t = await getTranslations('job.figures');
  const { rows, cells, totals, busy } = found;
  const differed = rows + cells + totals > 0;
  return (
    <Notice tone={differed ? 'warn' : 'good'} live title={t(differed ? 'mended' : 'right')}>
      {differed
        ? t('found', {
            rows: formatNumber(locale, rows),
            cells: formatNumber(locale, cells),
            totals: formatNumber(locale, totals),
          })
        : null}
      {differed && busy ? ` ${t('busy')}` : null}
    </Notice>
  );
}

async function Checked({ job, locale, parts, page }: Done) {
  const found = checkResult.parse(job.result);
  const t = await getTranslations('import.result');
  const cells = parts.map((part) => cellProblem.parse(part));
  return (
    <>
      <CheckSummary found={found} locale={locale} kept={job.hasFile} />
      {job.hasFile && found.good > 0 ? (
        <ClientWords of={['import', 'errors']}>
          <WriteForm action={write} checkId={job.id} found={found} language={locale} />
        </ClientWords>
      ) : null}
      {cells.length > 0 ? (
        <section aria-labelledby="cells" className="grid grid-cols-1 gap-4">
          <div className="flex flex-wrap items-center justify-between gap-4">
            <h2 id="cells" className="text-xl">
              {t('cells')}
            </h2>
            {job.hasOutput ? <DownloadLink href={`/manage/jobs/${job.id}/file`}>{t('download')}</DownloadLink> : null}
          </div>
          <CellTable cells={cells} kind={found.kind} caption={t('cellsCaption', { count: found.problems })} />
          <Pagination
            address={{ path: `/manage/jobs/${job.id}`, params: {} }}
            page={page}
            pageCount={Math.ceil(found.problems / cellsPerPage)}
            landing="cells"
          />
        </section>
      ) : null}
    </>
  );
}
