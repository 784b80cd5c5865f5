import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { StatusPill } from '@/components/ui/pill';
import { formatDate } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import type { QueueLine } from '@/lib/visit/schema';
import { useAsked } from './asked-words';

/** Who waits for a visit, the most urgent first, and why in words. */
export function VisitQueue({ lines, locale }: { lines: readonly QueueLine[]; locale: Locale }) {
  const t = useTranslations('visits');
  const asked = useAsked();
  return (
    <DataTable
      caption={t('queue')}
      captionHidden
      rows={lines}
      rowKey={({ id }) => id}
      empty={<EmptyState icon="check" title={t('queueNone')} />}
      columns={[
        {
          key: 'who',
          header: t('who'),
          cell: (line) => (
            <>
              <Link href={`/manage/visits/requests/${line.id}`} prefetch={false} className="link font-bold">
                {line.fullName}
              </Link>
              <span className="block text-sm font-normal text-muted">{line.village}</span>
            </>
          ),
        },
        {
          key: 'why',
          header: t('why'),
          cell: (line) =>
            line.priority.reasons.length > 0
              ? line.priority.reasons.map((reason) => t(`reasons.${reason}`)).join(', ')
              : t('reasons.none'),
        },
        { key: 'needs', header: t('whatFor'), cell: (line) => asked.needs(line.needs) },
        {
          key: 'times',
          header: t('atHome'),
          cell: (line) => asked.times(line.times),
        },
        { key: 'since', header: t('since'), cell: (line) => formatDate(locale, line.createdAt) },
        {
          key: 'state',
          header: t('state'),
          cell: (line) =>
            line.plannedRound && line.plannedOn ? (
              <Link href={`/manage/visits/rounds/${line.plannedRound}`} prefetch={false} className="link">
                {t('plannedOn', { day: formatDate(locale, line.plannedOn) })}
              </Link>
            ) : line.personId ? (
              <StatusPill>{t('waits')}</StatusPill>
            ) : (
              <StatusPill tone="warn">{t('notMatched')}</StatusPill>
            ),
        },
      ]}
    />
  );
}
