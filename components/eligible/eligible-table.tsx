import { useTranslations } from 'next-intl';
import { LeftOut, SmallNumber } from '@/components/figure/small-number';
import { DataTable } from '@/components/ui/data-table';
import { eligibleGroups, type Eligible, type EligibleRow } from '@/lib/eligible/schema';
import { formatDate, formatNumber } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';

/** Places by groups: how many live there, whose word that is, from which source and day. */
export function EligibleTable({
  caption,
  rows,
  around,
  locale,
}: {
  caption: string;
  rows: readonly EligibleRow[];
  /** The place the page is about: its line is the whole. */
  around: number;
  locale: Locale;
}) {
  const t = useTranslations('eligible');
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={({ id }) => String(id)}
      columns={[
        {
          key: 'where',
          header: t('where'),
          cell: (row) => (
            <span className="block min-w-32">
              {row.id === around ? t('whole', { place: row.name }) : row.name}
              <Link
                href={`/manage/eligible?area=${around}&edit=${row.id}#eligible-heading`}
                prefetch={false}
                className="link flex min-h-target items-center text-sm font-normal"
              >
                {t('fill')}
                <span className="sr-only">: {row.name}</span>
              </Link>
            </span>
          ),
        },
        ...eligibleGroups.map((group) => ({
          key: group,
          header: <span className="block min-w-16">{t(`groups.${group}`)}</span>,
          align: 'end' as const,
          cell: (row: EligibleRow) => <People found={row.groups[group]} locale={locale} />,
        })),
        { key: 'source', header: t('sourceAndDay'), cell: (row) => <Source row={row} locale={locale} /> },
      ]}
    />
  );
}

function People({ found, locale }: { found: Eligible | undefined; locale: Locale }) {
  const t = useTranslations('eligible');
  if (found?.hidden) return <SmallNumber value={null} hidden />;
  if (!found || found.people === null) return '—';
  const { declared, places } = found;
  return (
    <>
      <LeftOut said={formatNumber(locale, found.people)} places={found.leftOut} />
      {found.from === 'below' ? (
        <span className="block min-w-24 text-sm text-muted">
          {found.complete ? t('sum', { places }) : t('partial', { declared, places })}
        </span>
      ) : null}
    </>
  );
}

/** The newest own word of the place, whatever group it is about. */
function Source({ row, locale }: { row: EligibleRow; locale: Locale }) {
  const t = useTranslations('eligible');
  const [newest] = Object.values(row.groups)
    .filter(({ from }) => from === 'own')
    .sort((one, other) => (other.asOf ?? '').localeCompare(one.asOf ?? ''));
  if (!newest?.asOf) return t('notYet');
  return (
    <span className="block min-w-44">
      {newest.source}
      <span className="block text-sm text-muted">{formatDate(locale, newest.asOf)}</span>
    </span>
  );
}
