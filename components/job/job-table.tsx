import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { DownloadLink } from '@/components/ui/download-link';
import { EmptyState } from '@/components/ui/empty-state';
import { formatDate, formatTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import type { JobLine } from '@/lib/job/schema';
import { JobStatePill } from './job-state';

/** Somebody's own work, the newest first, with what it made where that is still kept. */
export function JobTable({ jobs, locale, caption }: { jobs: readonly JobLine[]; locale: Locale; caption: string }) {
  const t = useTranslations('job');
  return (
    <DataTable
      caption={caption}
      rows={jobs}
      rowKey={(job) => job.id}
      empty={<EmptyState title={t('none')}>{t('noneBody')}</EmptyState>}
      columns={[
        {
          key: 'kind',
          header: t('what'),
          cell: (job) => (
            <Link href={`/manage/jobs/${job.id}`} prefetch={false} className="link block w-fit min-w-40">
              {t(`kinds.${job.kind}`)}
              {job.fileName ? ` · ${job.fileName}` : ''}
            </Link>
          ),
        },
        { key: 'state', header: t('state'), cell: (job) => <JobStatePill state={job.state} /> },
        {
          key: 'when',
          header: t('when'),
          cell: (job) => (
            <span className="whitespace-nowrap">
              {formatDate(locale, job.createdAt)} {formatTime(locale, job.createdAt)}
            </span>
          ),
        },
        {
          key: 'made',
          header: t('made'),
          cell: (job) =>
            job.state === 'done' && job.hasOutput ? (
              <DownloadLink href={`/manage/jobs/${job.id}/file`}>{t('download')}</DownloadLink>
            ) : (
              '—'
            ),
        },
      ]}
    />
  );
}
