import { useTranslations } from 'next-intl';
import { addressWith, type Address } from '@/components/ui/address';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { roundedTo } from '@/lib/disclosure/rules';
import {
  percent,
  rosterMeasures,
  type Cell,
  type Group,
  type Measure,
  type Rows,
  type SessionRow,
} from '@/lib/figure/schema';
import { formatDate, formatTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Period } from '@/lib/period/schema';
import { useGroupName } from './group-name';
import { MadeOf } from './made-of';
import { SmallNumberNote } from './small-number';
import { capital, useFigureWords } from './words';

type Props = { rows: Rows; period: Period; measure: Measure; group: Group; page: number };

/** One figure taken apart: the same figure of each place below, then the sessions, each leading on to the page that has it. */
export function RowsPage({ rows, period, measure, group, page }: Props) {
  const t = useTranslations('dashboard.rows');
  const m = useTranslations('dashboard.measure');
  const f = useTranslations('figures');
  const groupName = useGroupName();
  const { hidden, locale, period: when, days, number, share, cell: said, name } = useFigureWords();
  const { area, cell, places, own } = rows;
  const skill = measure.startsWith('skill_') ? measure.slice('skill_'.length) : null;
  const w = useTranslations('dashboard.ofWhat');
  const s = useTranslations('dashboard.skills');
  const key = skill ? 'skill' : rows.need ? 'assist' : (measure as Exclude<Measure, `${'skill' | 'assist'}_${string}`>);
  const what = skill
    ? m('skill', { skill })
    : rows.need
      ? m('assist', { need: locale === 'en' ? rows.need.nameEn : rows.need.nameVi })
      : m(key as 'teams');
  const address: Address = {
    path: '/dashboard/rows',
    params: { area: String(area.id), period: period.key, measure, group: group === 'all' ? undefined : group },
  };
  const board = addressWith({ path: '/dashboard', params: {} }, { area: String(area.id), period: period.key });
  const whole = (one: Cell) => (one ? (number(one.of) ?? '—') : one === null ? hidden : '—');
  // A number of nothing else: there is no share to tell.
  const ofItself =
    measure === 'home_visits' ||
    measure === 'households_five' ||
    rows.need !== null ||
    rosterMeasures.some((one) => one === measure);
  const hides = cell === null || places.some((place) => place.cell === null);
  return (
    <div className="grid grid-cols-1 gap-7">
      <Breadcrumbs
        items={[
          ...area.above.map((up) => ({ label: name(up), href: addressWith(address, { area: String(up.id) }) })),
          { label: locale === 'en' ? area.fullNameEn : area.fullNameVi, href: board },
          { label: t('title') },
        ]}
      />
      <PageHeading
        above={`${locale === 'en' ? area.fullNameEn : area.fullNameVi}, ${when(period)}`}
        lead={capital(days(period))}
      >
        {group === 'all' ? what : t('inGroup', { what, group: groupName(group) })}
      </PageHeading>
      <p className="text-xl font-bold">
        {cell && ofItself
          ? t('is', { value: said(cell), what: w(key) })
          : cell
            ? t('isOf', {
                value: said(cell),
                of: whole(cell),
                what: w(key),
                share: share(percent(cell.value, cell.of)) ?? '—',
              })
            : said(cell)}
        {cell && rows.living !== null && measure === 'people_reached' ? (
          <span className="block text-base font-normal text-muted">
            {t('living', { count: number(rows.living) ?? '' })}
          </span>
        ) : null}
      </p>
      {places.length > 0 ? (
        <section aria-labelledby="parts" className="grid gap-3">
          <h2 id="parts" className="text-2xl">
            {t('parts')}
          </h2>
          <DataTable
            caption={t('parts')}
            captionHidden
            rows={places}
            rowKey={({ id }) => String(id)}
            columns={[
              {
                key: 'place',
                header: t('place'),
                cell: (place) => (
                  <Link
                    href={addressWith(address, { area: String(place.id) })}
                    prefetch={false}
                    className="link inline-flex min-h-target items-center lg:min-w-44"
                  >
                    {name(place)}
                  </Link>
                ),
              },
              { key: 'value', header: t('value'), align: 'end', cell: (place) => said(place.cell) },
              ...(ofItself
                ? []
                : [
                    {
                      key: 'of',
                      header: t('of'),
                      align: 'end' as const,
                      cell: (place: (typeof places)[number]) => whole(place.cell),
                    },
                  ]),
            ]}
          />
          {own && (own.value > 0 || own.of > 0) ? (
            <p>{t(ofItself ? 'ownOnly' : 'own', { value: number(own.value) ?? '', of: number(own.of) ?? '' })}</p>
          ) : null}
        </section>
      ) : null}
      {roundedTo(measure) > 1 && !area.mayLookUp ? (
        <p className="text-sm text-muted">{skill ? s('rounded') : f('roundedTo', { step: roundedTo(measure) })}</p>
      ) : null}
      {hides ? <SmallNumberNote /> : null}
      {area.mayLookUp && measure === 'people_reached' ? (
        <p className="print:hidden">
          <Link
            href={addressWith(
              { path: '/manage/unreached', params: {} },
              { area: String(area.id), group: group === 'age60' ? 'age60' : undefined },
            )}
            prefetch={false}
            className="link inline-flex min-h-target items-center"
          >
            {t('people')}
          </Link>
        </p>
      ) : null}
      {rows.made ? (
        <MadeOf made={rows.made} address={address} page={page} />
      ) : (
        <Sessions rows={rows} address={address} page={page} period={when(period)} />
      )}
    </div>
  );
}

function Sessions({ rows, address, page, period }: { rows: Rows; address: Address; page: number; period: string }) {
  const t = useTranslations('dashboard.rows');
  const { locale, number } = useFigureWords();
  const opens = (row: SessionRow) =>
    row.mayOpen
      ? `/manage/sessions/${row.id}`
      : row.mayReadClass
        ? `/manage/classes/${row.classId}`
        : `/classes/${row.classId}`;
  const counts = rows.sessions.some(({ marked }) => marked !== null);
  return (
    <section aria-labelledby="sessions" className="grid gap-3">
      <h2 id="sessions" className="text-2xl">
        {t('sessions')}
      </h2>
      <p className="max-w-prose text-muted">{t(counts ? 'sessionsHint' : 'sessionsOnly')}</p>
      <DataTable
        caption={t('sessions')}
        captionHidden
        rows={rows.sessions}
        rowKey={({ id }) => id}
        empty={
          <EmptyState icon="calendar" title={t('none', { when: period })}>
            {t('noneBody')}
          </EmptyState>
        }
        columns={[
          {
            key: 'session',
            header: t('session'),
            cell: (row) => (
              <Link href={opens(row)} prefetch={false} className="link inline-flex min-h-target items-center">
                {locale === 'en' ? row.titleEn : row.titleVi}
              </Link>
            ),
          },
          {
            key: 'when',
            header: t('when'),
            cell: (row) => (
              <span className="whitespace-nowrap">
                {formatDate(locale, row.startsAt)}, {formatTime(locale, row.startsAt)}
              </span>
            ),
          },
          { key: 'where', header: t('where'), cell: (row) => (locale === 'en' ? row.areaNameEn : row.areaNameVi) },
          { key: 'state', header: t('state'), cell: (row) => t(`states.${row.status as 'held'}`) },
          ...(counts
            ? [
                {
                  key: 'came',
                  header: t('came'),
                  align: 'end' as const,
                  cell: (row: SessionRow) =>
                    row.marked === null
                      ? '—'
                      : t('cameOf', { came: number(row.came) ?? '', marked: number(row.marked) ?? '' }),
                },
              ]
            : []),
        ]}
      />
      {page > 1 || rows.more ? (
        <p className="flex flex-wrap gap-x-6 print:hidden">
          {page > 1 ? (
            <Link
              href={addressWith(address, { page: page > 2 ? String(page - 1) : undefined })}
              prefetch={false}
              className="link inline-flex min-h-target items-center"
            >
              {t('later')}
            </Link>
          ) : null}
          {rows.more ? (
            <Link
              href={addressWith(address, { page: String(page + 1) })}
              prefetch={false}
              className="link inline-flex min-h-target items-center"
            >
              {t('earlier')}
            </Link>
          ) : null}
        </p>
      ) : null}
    </section>
  );
}
