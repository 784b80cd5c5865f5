import { useLocale, useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import type { Tone } from '@/components/ui/notice';
import { StatusPill } from '@/components/ui/pill';
import { Written } from '@/components/ui/written';
import { formatDate, formatDateTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { ReportLine, ReportState } from '@/lib/report/schema';

const tones: Readonly<Record<ReportState | 'none', Tone | 'plain'>> = {
  none: 'plain',
  draft: 'plain',
  submitted: 'info',
  returned: 'warn',
  approved: 'good',
  locked: 'good',
};

/** How far a report is, and whether it is late. */
export function ReportPills({ state, overdue }: { state: ReportState | null; overdue: boolean }) {
  const t = useTranslations('reports');
  const known = state ?? 'none';
  return (
    <span className="flex flex-wrap gap-1.5">
      {overdue ? <StatusPill tone="bad">{t('overdue')}</StatusPill> : null}
      <StatusPill tone={tones[known]} icon={known === 'locked' ? 'lock' : undefined}>
        {t(`state.${known}`)}
      </StatusPill>
    </span>
  );
}

/** The reports of a period, one place a line. */
export function ReportList({ lines, caption }: { lines: readonly ReportLine[]; caption: string }) {
  const t = useTranslations('reports');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  return (
    <DataTable
      caption={caption}
      captionHidden
      rows={lines}
      rowKey={(line) => String(line.areaId)}
      empty={
        <EmptyState icon="list" title={t('empty.title')}>
          {t('empty.body')}
        </EmptyState>
      }
      columns={[
        {
          key: 'area',
          header: t('columns.area'),
          cell: ({ areaName, reportId, revision }) =>
            reportId ? (
              <Link
                href={`/dashboard/reports/${reportId}`}
                prefetch={false}
                className="link inline-flex min-h-target items-center"
              >
                {areaName}
                {revision && revision > 1 ? ` (${t('revision', { count: revision })})` : ''}
              </Link>
            ) : (
              <span className="inline-flex min-h-target items-center font-normal">{areaName}</span>
            ),
        },
        { key: 'state', header: t('columns.state'), cell: (line) => <ReportPills {...line} /> },
        { key: 'due', header: t('columns.due'), cell: ({ dueOn }) => formatDate(locale, dueOn) },
        {
          key: 'last',
          header: t('columns.last'),
          cell: ({ at, byName, reason, state }) =>
            at ? (
              <span className="block min-w-56">
                <Written>{t('by', { name: byName ?? '', time: formatDateTime(locale, at) })}</Written>
                {state === 'returned' && reason ? (
                  <span className="block text-sm text-muted">
                    <Written>{reason}</Written>
                  </span>
                ) : null}
              </span>
            ) : (
              '—'
            ),
        },
      ]}
    />
  );
}
