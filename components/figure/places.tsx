import { useTranslations } from 'next-intl';
import { addressWith } from '@/components/ui/address';
import { DataTable, type Sort } from '@/components/ui/data-table';
import { rateOf, type PlaceKind, type PlaceRow } from '@/lib/figure/schema';
import { Link } from '@/lib/i18n/navigation';
import { useFigureWords } from './words';

/** The next level, ranked by what the reader chooses; at first by fewest people reached. There is no one league table. */
export function Places({ places, kind, sort }: { places: readonly PlaceRow[]; kind: PlaceKind; sort: Sort }) {
  const t = useTranslations('dashboard.places');
  const { cell, share, number, name } = useFigureWords();
  const end = { align: 'end', sortable: true } as const;
  return (
    <section aria-labelledby="places" className="grid gap-4">
      <div>
        <h2 id="places" tabIndex={-1} className="text-2xl">
          {t('title', { kind })}
        </h2>
        <p className="mt-1 text-muted print:hidden">{t('hint')}</p>
      </div>
      <DataTable
        caption={t('title', { kind })}
        captionHidden
        rows={places}
        rowKey={(place) => String(place.id)}
        sort={sort}
        columns={[
          {
            key: 'name',
            header: t('name'),
            sortable: true,
            cell: (place) => (
              <Link
                href={addressWith(sort.address, { area: String(place.id), sort: undefined })}
                prefetch={false}
                className="link inline-block lg:min-w-44"
              >
                {name(place)}
              </Link>
            ),
          },
          { key: 'reached', header: t('reached'), ...end, cell: (place) => cell(place.reached) },
          { key: 'age60', header: t('age60'), ...end, cell: (place) => cell(place.reachedAge60) },
          { key: 'core', header: t('core'), ...end, cell: (place) => cell(place.core) },
          { key: 'skills', header: t('skills'), ...end, cell: (place) => cell(place.skills) },
          { key: 'rate', header: t('rate'), ...end, cell: (place) => share(rateOf(place.attendance)) ?? '—' },
          { key: 'held', header: t('held'), ...end, cell: (place) => cell(place.held) },
          { key: 'missing', header: t('missing'), ...end, cell: (place) => number(place.missing) },
        ]}
      />
      {kind === 'unit' ? null : <p className="max-w-prose text-sm text-muted">{t('note')}</p>}
    </section>
  );
}
