import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { NeedCounts } from '@/components/desk/need-counts';
import { NeedHours } from '@/components/desk/need-hours';
import { SmallNumberNote } from '@/components/figure/small-number';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { FilterBar } from '@/components/ui/filter-bar';
import { StatFigure } from '@/components/ui/figures';
import { PageHeading } from '@/components/ui/headings';
import { Select } from '@/components/ui/inputs';
import { read } from '@/lib/access/doors';
import { deskFigures, figurePlaces } from '@/lib/desk/figures';
import { deskFiguresAddress } from '@/lib/desk/schema';
import { formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { dayOf } from '@/lib/kernel/clock';
import { monthsBack } from '@/lib/team/rules';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const path = '/dashboard/desks';

export const generateMetadata = titled('desk', 'figures.title');

/** How often people were helped at the desks of a place in a month, with what and when in the day; no names. */
export default async function DeskFiguresPage({ params, searchParams }: Props) {
  const [{ locale }, given] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const asked = deskFiguresAddress.safeParse(given);
  if (!asked.success) notFound();
  const now = new Date();
  const month = asked.data.month ?? dayOf(now).slice(0, 7);
  const { figures, places } = await read('figures.read', async (tx) => {
    const choices = await figurePlaces(tx, locale);
    const areaId = asked.data.area ?? choices[0]?.id;
    return {
      places: choices,
      figures: areaId === undefined ? null : await deskFigures(tx, locale, areaId, month),
    };
  });
  if (!figures) notFound();
  const t = await getTranslations('desk.figures');
  const { needs, counts, logged } = figures;
  const months = Array.from({ length: 12 }, (_, back) => monthsBack(now, back));
  const monthName = (key: string) => t('month', { month: Number(key.slice(5)), year: key.slice(0, 4) });
  return (
    <div className="grid grid-cols-1 gap-6">
      <PageHeading above={figures.place} lead={t('lead')}>
        {t('heading', { month: monthName(month) })}
      </PageHeading>
      <FilterBar path={path} label={t('filter')} submitLabel={t('see')}>
        <Select
          name="area"
          label={t('place')}
          defaultValue={String(figures.areaId)}
          choices={places.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
        <Select
          name="month"
          label={t('period')}
          defaultValue={month}
          choices={(months.includes(month) ? months : [month, ...months]).map((key) => ({
            value: key,
            label: t('monthChoice', { month: Number(key.slice(5)), year: key.slice(0, 4) }),
          }))}
        />
      </FilterBar>
      {(logged ? logged.table.total === 0 : counts.every((count) => count === undefined)) ? (
        <EmptyState icon="hand" title={t('none')}>
          {t('noneBody')}
        </EmptyState>
      ) : logged ? (
        <>
          <div className="grid gap-4 sm:grid-cols-3">
            <StatFigure label={t('assists')} value={formatNumber(locale, logged.table.total)} />
            <StatFigure label={t('settled')} value={formatNumber(locale, logged.settled)} />
            <StatFigure label={t('hours')} value={formatNumber(locale, Math.round(logged.minutes / 30) / 2, 1)} />
          </div>
          <NeedHours caption={t('byNeedAndHour')} needs={needs} hours={logged.hours} table={logged.table} />
          {logged.desks.length > 1 ? (
            <DataTable
              caption={t('byDesk')}
              rows={logged.desks}
              rowKey={({ id }) => id}
              columns={[
                { key: 'desk', header: t('desk'), cell: ({ name }) => name },
                {
                  key: 'count',
                  header: t('assists'),
                  align: 'end',
                  cell: ({ count }) => formatNumber(locale, count),
                },
              ]}
            />
          ) : null}
        </>
      ) : (
        <>
          <NeedCounts figures={figures} />
          <SmallNumberNote />
        </>
      )}
    </div>
  );
}
