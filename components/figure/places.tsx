import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { addressWith } from '@/components/ui/address';
import { DataTable, type Column, type Sort } from '@/components/ui/data-table';
import { StatusPill } from '@/components/ui/pill';
import { hidesWhoCame, middleOf } from '@/lib/figure/rules';
import {
  likePlaces,
  rateOf,
  tellsSkills,
  type Cell,
  type Group,
  type Measure,
  type PlaceKind,
  type PlaceRow,
} from '@/lib/figure/schema';
import { Link } from '@/lib/i18n/navigation';
import { RowsLink } from './rows-link';
import { SmallNumberNote } from './small-number';
import { useFigureWords } from './words';

/**
 * The next level: at first by who is left to reach. Units stand beside their like only, wards beside wards, and each beside the middle of them:
 * there is no one league table.
 */
export function Places({
  places,
  kind,
  sort,
  period,
  areaId,
}: {
  places: readonly PlaceRow[];
  kind: PlaceKind;
  sort: Sort;
  period: string;
  areaId: number;
}) {
  const t = useTranslations('dashboard.places');
  const { number } = useFigureWords();
  const groups = likePlaces
    .map((like) => ({ like, rows: places.filter((place) => place.like === like) }))
    .filter(({ rows }) => rows.length > 0);
  const skills = tellsSkills(places);
  const hides = places.some((place) =>
    [place.reached, place.reachedAge60, place.core, ...(skills ? [place.skills] : []), place.attendance].some(
      (cell) => cell === null,
    ),
  );
  return (
    <section aria-labelledby="places" className="grid gap-4 print:block">
      <div className="break-after-avoid">
        <h2 id="places" tabIndex={-1} className="text-2xl">
          {t('title', { kind })}
        </h2>
        <p className="mt-1 max-w-prose text-muted print:hidden">
          {t('hint')} {hidesWhoCame(places) ? t('hintHidden') : null}
        </p>
        <p className="print:hidden">
          <Link
            href={addressWith({ path: '/dashboard/export', params: {} }, { area: String(areaId), period })}
            prefetch={false}
            className="link inline-flex min-h-target items-center"
          >
            {t('take')}
          </Link>
        </p>
      </div>
      {groups.map(({ like, rows }) => {
        const middle = middleOf(rows.map(({ perThousand }) => perThousand));
        return (
          <div key={like} className="grid gap-2 print:block">
            {like === 'below' ? null : (
              <h3 className="text-lg font-bold">{t(`like.${like}`, { count: rows.length })}</h3>
            )}
            {middle === null || rows.length < 3 ? null : (
              <p className="break-after-avoid text-sm text-muted">
                {t('middle', { count: number(Math.round(middle)) ?? '' })}
              </p>
            )}
            <Table
              rows={rows}
              sort={sort}
              period={period}
              skills={skills}
              middle={rows.length < 3 ? null : middle}
              caption={t(`caption.${like}`)}
            />
          </div>
        );
      })}
      {kind === 'unit' ? (
        <p className="max-w-prose text-sm text-muted">
          {t(groups.some(({ like }) => like === 'commune') ? 'likeNote' : 'likeAll')}
        </p>
      ) : (
        <p className="max-w-prose text-sm text-muted">{t('note')}</p>
      )}
      <p className="max-w-prose text-sm text-muted">{t('perThousandNote')}</p>
      {places.some(({ older }) => older === null) ? (
        <p className="max-w-prose text-sm text-muted">{t('livingNote')}</p>
      ) : null}
      {hides ? <SmallNumberNote /> : null}
    </section>
  );
}

function Table({
  rows,
  sort,
  period,
  skills,
  middle,
  caption,
}: {
  rows: readonly PlaceRow[];
  sort: Sort;
  period: string;
  /** Whether skills newly learnt are told here at all. */
  skills: boolean;
  middle: number | null;
  caption: string;
}) {
  const t = useTranslations('dashboard.places');
  const { hidden, cell, share, number, name } = useFigureWords();
  const end = { align: 'end', sortable: true } as const;
  const opens = (place: PlaceRow, measure: Measure, of: Cell, words: ReactNode = cell(of), group: Group = 'all') => (
    <RowsLink area={place.id} period={period} measure={measure} group={group} cell={of}>
      {words}
    </RowsLink>
  );
  const rounded = (value: number | null, of: Cell) =>
    value === null ? (of === null ? hidden : '—') : number(Math.round(value));
  const left = (place: PlaceRow) =>
    place.unreached === null ? (place.reachedAge60 === null ? hidden : t('unknown')) : number(place.unreached);
  const columns: Column<PlaceRow>[] = [
    {
      key: 'name',
      header: t('name'),
      sortable: true,
      cell: (place) => (
        <Link
          href={addressWith(sort.address, { area: String(place.id), sort: undefined })}
          prefetch={false}
          className="link block w-fit lg:min-w-44"
        >
          {name(place)}
        </Link>
      ),
    },
    {
      key: 'perThousand',
      header: t('perThousand'),
      ...end,
      cell: (place) =>
        place.perThousand === null ? (
          place.reachedAge60 === null ? (
            hidden
          ) : (
            '—'
          )
        ) : (
          <>
            {number(Math.round(place.perThousand))}
            {middle === null ? null : (
              <span className="block text-sm whitespace-nowrap text-muted">
                {t(Math.round(place.perThousand) >= Math.round(middle) ? 'overMiddle' : 'underMiddle')}
              </span>
            )}
          </>
        ),
    },
    { key: 'unreached', header: t('unreached'), ...end, cell: left },
    {
      key: 'age60',
      header: t('age60'),
      ...end,
      cell: (place) => (
        <>
          {opens(place, 'people_reached', place.reachedAge60, undefined, 'age60')}
          {place.older === null ? null : (
            <span className="block text-sm whitespace-nowrap text-muted">
              {t('ofLiving', { count: number(place.older) ?? '' })}
            </span>
          )}
        </>
      ),
    },
    { key: 'aims', header: t('aims'), align: 'start', sortable: true, cell: (place) => <AimsPill aims={place.aims} /> },
    {
      key: 'heldPerThousand',
      header: t('heldPerThousand'),
      ...end,
      cell: (place) => rounded(place.sessionsPerThousand, place.held),
    },
    {
      key: 'corePerThousand',
      header: t('corePerThousand'),
      ...end,
      cell: (place) => rounded(place.corePerThousand, place.core),
    },
    { key: 'held', header: t('held'), ...end, cell: (place) => opens(place, 'sessions_held', place.held) },
    { key: 'reached', header: t('reached'), ...end, cell: (place) => opens(place, 'people_reached', place.reached) },
    { key: 'core', header: t('core'), ...end, cell: (place) => opens(place, 'core_attained', place.core) },
    ...(skills
      ? [
          {
            key: 'skills',
            header: t('skills'),
            ...end,
            cell: (place: PlaceRow) => opens(place, 'skills_attained', place.skills),
          },
        ]
      : []),
    {
      key: 'rate',
      header: t('rate'),
      ...end,
      cell: (place) =>
        opens(
          place,
          'attendance',
          place.attendance,
          place.attendance === null ? hidden : (share(rateOf(place.attendance)) ?? '—'),
        ),
    },
    { key: 'missing', header: t('missing'), ...end, cell: (place) => number(place.missing) },
  ];
  return (
    <DataTable
      caption={caption}
      captionHidden
      rows={rows}
      rowKey={(place) => String(place.id)}
      sort={sort}
      columns={columns}
    />
  );
}

/** Whether a place is on the way to its own targets: a word, and how many of how many. */
function AimsPill({ aims }: { aims: PlaceRow['aims'] }) {
  const t = useTranslations('dashboard.places');
  if (!aims) return '—';
  const all = aims.met + aims.behind;
  if (all === 0) return <span className="text-muted">{t('aimsUntold')}</span>;
  return (
    <StatusPill tone={aims.behind > 0 ? 'warn' : 'good'}>
      {aims.behind > 0 ? t('aimsBehind', { count: aims.behind, all }) : t('aimsMet', { all })}
    </StatusPill>
  );
}
