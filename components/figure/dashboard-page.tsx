import { useTranslations } from 'next-intl';
import type { Address } from '@/components/ui/address';
import { addressWith } from '@/components/ui/address';
import type { Sort } from '@/components/ui/data-table';
import { Breadcrumbs, PageHeading } from '@/components/ui/headings';
import { Notice } from '@/components/ui/notice';
import { monthOf, type Dashboard } from '@/lib/figure/schema';
import { formatDateTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import { Act } from './act';
import { Classes } from './classes';
import { Groups } from './groups';
import { Headlines } from './headlines';
import { PeriodPicker } from './period-picker';
import { Places } from './places';
import { Sentence } from './sentence';
import { Trend } from './trend';
import { useFigureWords } from './words';

type Asked = { area?: number | undefined; period?: string | undefined; sort?: string | undefined };

type Props = { dashboard: Dashboard; asked: Asked; sort: Omit<Sort, 'address'>; now: Date };

/** Figures older than this say so; the worker confirms them every twenty seconds. */
const staleAfterMs = 180_000;

/** The sentence, the few figures, where to act, who came, the months, the places below, the classes: in this order. */
export function DashboardPage({ dashboard, asked, sort, now }: Props) {
  const t = useTranslations('dashboard');
  const { period, name, locale } = useFigureWords();
  const { area } = dashboard;
  const address: Address = {
    path: '/dashboard',
    params: { area: asked.area ? String(asked.area) : undefined, period: asked.period, sort: asked.sort },
  };
  const to = (id: number) => addressWith(address, { area: String(id), sort: undefined });
  const others = area.tops.filter((top) => top.id !== area.id && !area.above.some((up) => up.id === top.id));
  return (
    <div className="grid gap-8">
      <div className="grid gap-4">
        {area.above.length > 0 ? (
          <Breadcrumbs
            items={[...area.above.map((up) => ({ label: name(up), href: to(up.id) })), { label: name(area) }]}
          />
        ) : null}
        <PageHeading
          actions={
            <PeriodPicker period={dashboard.period} years={dashboard.years} month={monthOf(now)} areaId={asked.area} />
          }
        >
          {t('heading', { place: locale === 'en' ? area.fullNameEn : area.fullNameVi, when: period(dashboard.period) })}
        </PageHeading>
        {dashboard.freshAt ? <Sentence dashboard={dashboard} /> : null}
        <Freshness at={dashboard.freshAt} now={now} />
      </div>
      <Headlines dashboard={dashboard} />
      <Act dashboard={dashboard} address={address} />
      <Groups figures={dashboard.figures} />
      <Trend months={dashboard.months} />
      {dashboard.places.length > 0 ? (
        <Places places={dashboard.places} kind={dashboard.placeKind} sort={{ ...sort, address }} />
      ) : null}
      <Classes dashboard={dashboard} />
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
