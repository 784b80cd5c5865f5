import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { formatDateTimeRange, formatDay } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import type { MeetsThere, VenueLine } from '@/lib/venue/schema';

const amenities = ['power', 'wifi', 'stepFree'] as const;

/** What there is at a venue, in words; "—" where nothing is known of. */
export function useVenueHas() {
  const t = useTranslations('venues');
  const has = (venue: Readonly<Record<(typeof amenities)[number], boolean>>) =>
    amenities
      .filter((one) => venue[one])
      .map((one) => t(`short.${one}`))
      .join(', ') || '—';
  return { t, has };
}

/** Venues as a list: where, how many fit in, what there is, what meets there next. */
export function VenueTable({ rows, locale, path }: { rows: readonly VenueLine[]; locale: Locale; path: string }) {
  const { t, has } = useVenueHas();
  return (
    <DataTable
      caption={t('title')}
      captionHidden
      rows={rows}
      rowKey={({ id }) => id}
      empty={
        <EmptyState icon="place" title={t('none')}>
          {t('noneBody')}
        </EmptyState>
      }
      columns={[
        {
          key: 'name',
          header: t('name'),
          cell: (row) => (
            <Link href={`${path}/${row.id}`} prefetch={false} className="link block w-fit min-w-40 lg:min-w-64">
              {row.name}
            </Link>
          ),
        },
        { key: 'area', header: t('area'), cell: (row) => row.area },
        { key: 'seats', header: t('seats'), align: 'end', cell: (row) => row.seats ?? '—' },
        { key: 'has', header: t('has'), cell: has },
        { key: 'sessions', header: t('sessions'), align: 'end', cell: (row) => row.sessionsToCome },
        {
          key: 'next',
          header: t('next'),
          cell: (row) => (row.nextStartsAt ? formatDay(locale, row.nextStartsAt) : '—'),
        },
      ]}
    />
  );
}

/** The classes that still meet at a venue. */
export function MeetingsThere({ rows, locale }: { rows: readonly MeetsThere[]; locale: Locale }) {
  const t = useTranslations('venues');
  return (
    <DataTable
      caption={t('meets')}
      rows={rows}
      rowKey={({ classId }) => classId}
      empty={<p className="text-muted">{t('meetsNone')}</p>}
      columns={[
        {
          key: 'class',
          header: t('class'),
          cell: (row) => (
            <Link href={`/manage/classes/${row.classId}`} prefetch={false} className="link block w-fit min-w-40">
              {row.title}
            </Link>
          ),
        },
        {
          key: 'next',
          header: t('next'),
          cell: (row) => formatDateTimeRange(locale, row.nextStartsAt, row.nextEndsAt),
        },
        { key: 'sessions', header: t('sessions'), align: 'end', cell: (row) => row.sessionsToCome },
        { key: 'capacity', header: t('capacity'), align: 'end', cell: (row) => row.capacity },
      ]}
    />
  );
}
