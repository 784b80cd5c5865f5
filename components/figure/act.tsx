import { useTranslations } from 'next-intl';
import type { Address } from '@/components/ui/address';
import { Card } from '@/components/ui/card';
import { DataTable } from '@/components/ui/data-table';
import { Notice } from '@/components/ui/notice';
import type { Dashboard, MissingRegister, PlaceRow } from '@/lib/figure/schema';
import { formatDate, formatTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import { Demand } from './demand';
import { PlaceLinks } from './place-links';
import { useFigureWords } from './words';

/** Where to act: places nobody has come from, classes asked for, registers nobody took. */
export function Act({ dashboard, address }: { dashboard: Dashboard; address: Address }) {
  const t = useTranslations('dashboard.act');
  return (
    <section aria-labelledby="act" className="grid gap-4">
      <h2 id="act" className="text-2xl">
        {t('title')}
      </h2>
      {dashboard.freshAt && dashboard.places.length > 0 ? <Unreached dashboard={dashboard} address={address} /> : null}
      <Demand demand={dashboard.demand} address={address} />
      <Missing missing={dashboard.missing} area={dashboard.area.id} />
    </section>
  );
}

function Missing({ missing, area }: { missing: Dashboard['missing']; area: number }) {
  const t = useTranslations('dashboard.act');
  const { number, locale } = useFigureWords();
  if (missing.total === 0)
    return (
      <Notice tone="good" title={t('noneMissing')}>
        {t('noneMissingBody')}
      </Notice>
    );
  const title = (row: MissingRegister) => (locale === 'en' ? row.titleEn : row.titleVi);
  const where = (row: MissingRegister) =>
    (locale === 'en' ? [row.areaNameEn, row.unitNameEn] : [row.areaNameVi, row.unitNameVi]).filter(Boolean).join(', ');
  const opens = (row: MissingRegister) =>
    row.mayOpen
      ? `/manage/sessions/${row.sessionId}`
      : row.mayReadClass
        ? `/manage/classes/${row.classId}`
        : `/classes/${row.classId}`;
  return (
    <div className="grid gap-2">
      <DataTable
        caption={t('missing', { count: number(missing.total) ?? '' })}
        rows={missing.first}
        rowKey={(row) => row.sessionId}
        columns={[
          {
            key: 'session',
            header: t('session'),
            cell: (row) => (
              <Link href={opens(row)} prefetch={false} className="link">
                {title(row)}
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
          { key: 'where', header: t('where'), cell: where },
          { key: 'team', header: t('team'), cell: (row) => row.teamName },
        ]}
      />
      {missing.total > missing.first.length ? (
        <p className="text-sm text-muted">
          {t('missingMore', { shown: number(missing.first.length) ?? '', count: number(missing.total) ?? '' })}{' '}
          <Link
            href={`/manage/classes?need=overdue&area=${area}`}
            prefetch={false}
            className="link inline-flex min-h-target items-center print:hidden"
          >
            {t('missingAll')}
          </Link>
        </p>
      ) : null}
    </div>
  );
}

function Unreached({ dashboard, address }: { dashboard: Dashboard; address: Address }) {
  const t = useTranslations('dashboard.act');
  const trend = useTranslations('dashboard.trend');
  const { number, period, cell } = useFigureWords();
  const { placeKind: kind, unreached: left } = dashboard;
  if (left.length === 0)
    return (
      <>
        <Notice tone="good" title={t('allReached')}>
          {t('allReachedBody', { when: period(dashboard.period), kind })}
        </Notice>
        <Card>
          <p className="font-bold">{t('fewest')}</p>
          <PlaceLinks
            places={fewestReached(dashboard.places)}
            address={address}
            said={({ reached }) => trend('peopleIn', { count: cell(reached) })}
          />
        </Card>
      </>
    );
  return (
    <Card>
      <p className="font-bold">{t('unreached', { count: number(left.length) ?? '', kind })}</p>
      <PlaceLinks places={left} address={address} />
    </Card>
  );
}

const fewestReached = (places: readonly PlaceRow[]) =>
  [...places].sort((one, other) => (one.reached?.value ?? 0) - (other.reached?.value ?? 0)).slice(0, 5);
