import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { Icon } from '@/components/ui/icons';
import { formatDateTime } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

export interface HistoryView {
  id: string;
  at: Date;
  fullName: string;
  to: string;
  code: string | null;
  reason: string | null;
  by: string | null;
  itself: boolean;
}

/** Who got a place, or left it, and why: the latest first. */
export function PlaceHistory({ lines, locale }: { lines: readonly HistoryView[]; locale: Locale }) {
  const t = useTranslations('manage.places');
  return (
    <details className="group rounded-card border-[1.5px] border-line bg-surface">
      <summary className="flex min-h-target items-center justify-between gap-4 rounded-card px-5 py-3 font-bold">
        {t('history')}
        <Icon name="chevron" className="size-6 text-lotus group-open:rotate-180" />
      </summary>
      <DataTable
        caption={t('history')}
        captionHidden
        rows={lines}
        rowKey={(line) => line.id}
        columns={[
          { key: 'who', header: t('who'), cell: (line) => line.fullName },
          { key: 'what', header: t('what'), cell: (line) => t(`state.${line.to}`) },
          {
            key: 'why',
            header: t('why'),
            cell: (line) =>
              [line.code ? t(`reason.${line.code}`) : '', line.reason ?? ''].filter(Boolean).join(': ') || '—',
          },
          { key: 'by', header: t('by'), cell: (line) => line.by ?? t(line.itself ? 'itself' : 'resident') },
          {
            key: 'when',
            header: t('when'),
            cell: (line) => <span className="whitespace-nowrap">{formatDateTime(locale, line.at)}</span>,
          },
        ]}
      />
    </details>
  );
}
