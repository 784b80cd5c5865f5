import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Address } from '@/components/ui/address';
import { addressWith } from '@/components/ui/address';
import type { Sort } from '@/components/ui/data-table';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import type { Dashboard } from '@/lib/figure/schema';
import { formatDateTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import { dayOf } from '@/lib/kernel/clock';
import type { MapFigure } from '@/lib/map/schema';
import { Act } from './act';
import { Adults } from './adults';
import { Beside } from './beside';
import { Classes } from './classes';
import { Fold } from './fold';
import { Groups } from './groups';
import { Headlines } from './headlines';
import { MapSection } from './map-section';
import { PeriodPicker } from './period-picker';
import { Places } from './places';
import { Quality } from './quality';
import { Sentence } from './sentence';
import { Skills } from './skills';
import { Teams } from './teams';
import { Trend } from './trend';
import { Verdict } from './verdict';
import { capital, useFigureWords } from './words';

type Asked = {
  area?: number | undefined;
  period?: string | undefined;
  with?: string | undefined;
  sort?: string | undefined;
  map?: MapFigure | undefined;
};

/** `overdue`: what of the organisers' tasks is overdue, where the scope is one unit or less. `turn`: reports that wait for the reader. */
type Props = {
  dashboard: Dashboard;
  asked: Asked;
  sort: Omit<Sort, 'address'>;
  now: Date;
  overdue: ReactNode;
  turn: ReactNode;
};

interface Section {
  readonly id: 'places' | 'map' | 'act' | 'groups' | 'skills' | 'quality' | 'overdue' | 'teams' | 'trend' | 'classes';
  readonly open?: boolean;
  readonly shows: ReactNode;
}
/** Where a section's heading has another name. */
const headingOf: Partial<Record<Section['id'], string>> = { overdue: 'overdue-tasks' };

/** Figures older than this say so; the worker confirms them every twenty seconds. */
const staleAfterMs = 180_000;

/** Words first: how it stands, whether it is on target and where to go next; then the figures, the places, the groups and what to mend. */
export function DashboardPage({ dashboard, asked, sort, now, overdue, turn }: Props) {
  const t = useTranslations('dashboard');
  const { period, days, name, locale } = useFigureWords();
  const { area } = dashboard;
  const address: Address = {
    path: '/dashboard',
    params: {
      area: asked.area ? String(asked.area) : undefined,
      period: asked.period,
      with: asked.with,
      sort: asked.sort,
      map: asked.map,
    },
  };
  const to = (id: number) => addressWith(address, { area: String(id), sort: undefined });
  const others = area.tops.filter((top) => top.id !== area.id && !area.above.some((up) => up.id === top.id));
  const { freshAt, places, placeKind } = dashboard;
  const list = (
    <Places
      places={places}
      kind={placeKind}
      sort={{ ...sort, address }}
      period={dashboard.period.key}
      areaId={area.id}
    />
  );
  const map = <MapSection dashboard={dashboard} address={address} asked={asked.map} />;
  const all: readonly (Section | null)[] = [
    freshAt && places.length > 0 ? { id: 'places', open: asked.sort !== undefined, shows: list } : null,
    freshAt && dashboard.tiles ? { id: 'map', open: asked.map !== undefined, shows: map } : null,
    freshAt ? { id: 'act', shows: <Act dashboard={dashboard} address={address} /> } : null,
    { id: 'groups', shows: <Groups dashboard={dashboard} /> },
    { id: 'skills', shows: <Skills dashboard={dashboard} /> },
    { id: 'quality', shows: <Quality dashboard={dashboard} /> },
    overdue ? { id: 'overdue', shows: overdue } : null,
    { id: 'teams', shows: <Teams dashboard={dashboard} /> },
    { id: 'trend', shows: <Trend months={dashboard.months} areaId={area.id} today={dayOf(now)} /> },
    dashboard.classes.length > 0 || places.length === 0
      ? { id: 'classes', shows: <Classes dashboard={dashboard} /> }
      : null,
  ];
  const sections = all.flatMap((section) => section ?? []);
  const titleOf = (id: Section['id']) => t(`contents.${id}`, { kind: placeKind });
  return (
    <div className="grid gap-5 lg:gap-8">
      <div className="grid gap-4">
        {area.above.length > 0 ? (
          <Breadcrumbs
            items={[...area.above.map((up) => ({ label: name(up), href: to(up.id) })), { label: name(area) }]}
          />
        ) : null}
        <PageHeading lead={capital(days(dashboard.period))}>
          {t('heading', { place: locale === 'en' ? area.fullNameEn : area.fullNameVi, when: period(dashboard.period) })}
        </PageHeading>
        {dashboard.freshAt ? (
          <>
            <Sentence dashboard={dashboard} />
            <Verdict dashboard={dashboard} address={address} />
          </>
        ) : null}
        {turn}
        <Freshness at={dashboard.freshAt} now={now} />
      </div>
      <div className="print:hidden">
        <Fold title={t('contents.title')}>
          <nav aria-label={t('contents.title')}>
            <ul className="flex flex-wrap gap-x-5">
              {sections.map(({ id }) => (
                <li key={id}>
                  <a href={`#${headingOf[id] ?? id}`} className="link inline-flex min-h-target items-center">
                    {titleOf(id)}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
        </Fold>
      </div>
      <Fold title={t('contents.period')} open={asked.period !== undefined || asked.with !== undefined}>
        <PeriodPicker
          period={dashboard.period}
          beside={asked.with ? dashboard.beside : null}
          today={dayOf(now)}
          areaId={asked.area}
          sort={asked.sort}
          map={asked.map}
        />
      </Fold>
      {asked.with ? <Beside dashboard={dashboard} /> : null}
      <Headlines dashboard={dashboard} />
      <Adults {...dashboard} />
      <p>
        <Link
          href={addressWith(
            { path: '/dashboard/indicators', params: {} },
            { area: String(area.id), period: dashboard.period.key },
          )}
          prefetch={false}
          className="link inline-flex min-h-target items-center font-bold print:hidden"
        >
          {t('allIndicators')}
        </Link>
      </p>
      {sections.map(({ id, open, shows }) => (
        <Fold key={id} title={titleOf(id)} open={open === true}>
          {shows}
        </Fold>
      ))}
      {others.length > 0 ? (
        <nav aria-label={t('yours')} className="print:hidden">
          <p className="font-bold">{t('yours')}</p>
          <ul className="flex flex-wrap gap-x-5">
            {others.map((other) => (
              <li key={other.id}>
                <Link href={to(other.id)} prefetch={false} className="link inline-flex min-h-target items-center">
                  {name(other)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
    </div>
  );
}

function Freshness({ at, now }: { at: Date | null; now: Date }) {
  const t = useTranslations('dashboard');
  const { locale } = useFigureWords();
  if (!at) return <p className="text-sm text-muted">{t('notYet')}</p>;
  // The day too: the page is printed and lies in a folder.
  const time = formatDateTime(locale, at);
  if (now.getTime() - at.getTime() > staleAfterMs)
    return (
      <Notice tone="warn" title={t('stale.title')}>
        {t('stale.body', { time })}
      </Notice>
    );
  return <p className="text-sm text-muted">{t('fresh', { time })}</p>;
}
