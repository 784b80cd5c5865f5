import { useLocale, useTranslations } from 'next-intl';
import { addressWith, type Address } from '@/components/ui/address';
import { DataTable, type Column, type Sort } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { formatDate, formatNumber } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import { knownBands, type BandPlace, type KnownBand } from '@/lib/unreached/schema';
import { BandBar } from './band-bar';

/** Places as bars with their numbers; each number of people who have names opens who they are. */
export function BandTable({
  places,
  sort,
  lists,
  mayPlan,
}: {
  places: readonly BandPlace[];
  sort: Sort;
  /** Where the lists are, with the group that is looked at. */
  lists: Address;
  /** The reader plans visits: each village leads to a round. */
  mayPlan: boolean;
}) {
  const t = useTranslations('unreached');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const number = (value: number | null) => formatNumber(locale, value);
  const open = (place: BandPlace, band: KnownBand) =>
    place.counts[band] === 0 ? (
      number(0)
    ) : (
      <Link
        href={addressWith(lists, { area: String(place.id), own: place.villageUnknown ? '1' : undefined, band })}
        prefetch={false}
        aria-label={t('openBand', { place: place.name, band: t(`bands.${band}`), count: number(place.counts[band]) })}
        className="link inline-flex min-h-6 min-w-6 items-center justify-end"
      >
        {number(place.counts[band])}
      </Link>
    );
  const narrow = (words: string) => <span className="inline-block min-w-16 whitespace-normal">{words}</span>;
  const toRound: Column<BandPlace> = {
    key: 'round',
    header: t('goThere'),
    cell: ({ id, name, villageUnknown }) =>
      villageUnknown ? null : (
        <Link
          href={`/manage/visits/rounds/new?area=${id}`}
          prefetch={false}
          className="link inline-flex min-h-target items-center whitespace-nowrap print:hidden"
        >
          {t('planRound')}
          <span className="sr-only">: {name}</span>
        </Link>
      ),
  };
  const columns: Column<BandPlace>[] = [
    {
      key: 'name',
      header: t('place'),
      sortable: true,
      cell: (place) => (
        <span className="block w-fit min-w-32">
          {place.name}
          <Mark place={place} />
          <BandBar place={place} />
        </span>
      ),
    },
    {
      key: 'unreached',
      header: narrow(t('unreached')),
      align: 'end',
      sortable: true,
      cell: ({ unreached }) => <b>{number(unreached)}</b>,
    },
    {
      key: 'total',
      header: narrow(t('total')),
      align: 'end',
      sortable: true,
      cell: ({ total, asOf }) => (
        <>
          {number(total)}
          {asOf ? <span className="block text-xs text-muted">{formatDate(locale, new Date(asOf))}</span> : null}
        </>
      ),
    },
    {
      key: 'unknown',
      header: narrow(t('bands.unknown')),
      align: 'end',
      sortable: true,
      cell: ({ unknown }) => number(unknown),
    },
    ...knownBands.map((band) => ({
      key: band,
      header: narrow(t(`bands.${band}`)),
      align: 'end' as const,
      sortable: true,
      cell: (place: BandPlace) => open(place, band),
    })),
    ...(mayPlan ? [toRound] : []),
  ];
  return (
    <DataTable
      caption={t('caption')}
      captionHidden
      rows={places}
      rowKey={({ id }) => String(id)}
      sort={sort}
      columns={columns}
      empty={<EmptyState title={t('none')}>{t('noneBody')}</EmptyState>}
    />
  );
}

/** Why a place's numbers are not whole. */
function Mark({ place: { villageUnknown, declared, declaredTooLow, known } }: { place: BandPlace }) {
  const t = useTranslations('unreached');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const words = villageUnknown
    ? t('villageUnknown')
    : declared === null
      ? t('noDeclared')
      : declaredTooLow
        ? `${t('tooLow')}: ${t('tooLowBody', { declared: formatNumber(locale, declared), known: formatNumber(locale, known) })}`
        : null;
  return words ? <span className="block text-sm font-normal text-muted">{words}</span> : null;
}
