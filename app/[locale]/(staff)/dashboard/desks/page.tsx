import { getTranslations, setRequestLocale } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { FiguresPicker, PeriodHeading } from '@/components/desk/figures-picker';
import { NeedCounts } from '@/components/desk/need-counts';
import { NeedHours } from '@/components/desk/need-hours';
import { SmallNumberNote } from '@/components/figure/small-number';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { StatFigure } from '@/components/ui/figures';
import { read } from '@/lib/access/doors';
import { deskFigures, figurePlaces } from '@/lib/desk/figures';
import { deskFiguresAddress } from '@/lib/desk/schema';
import { formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { titled } from '@/lib/i18n/title';
import { dayOf } from '@/lib/kernel/clock';
import { periodAround, periodOf } from '@/lib/period/rules';

interface Props {
  params: Promise<{ locale: Locale }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const generateMetadata = titled('desk', 'figures.title');

/** How often people were helped at the desks of a place in a period, with what and when in the day; no names. */
export default async function DeskFiguresPage({ params, searchParams }: Props) {
  const [{ locale }, given] = await Promise.all([params, searchParams]);
  setRequestLocale(locale);
  const asked = deskFiguresAddress.safeParse(given);
  if (!asked.success) notFound();
  const today = dayOf(new Date());
  const period = periodOf(asked.data.period ?? '') ?? periodAround(today, 'calendar', 'month');
  const { figures, places } = await read('figures.read', async (tx) => {
    const choices = await figurePlaces(tx, locale);
    const areaId = asked.data.area ?? choices[0]?.id;
    return {
      places: choices,
      figures: areaId === undefined ? null : await deskFigures(tx, locale, areaId, period),
    };
  });
  if (!figures) notFound();
  const t = await getTranslations('desk.figures');
  const { needs, counts, logged } = figures;
  return (
    <div className="grid grid-cols-1 gap-6">
      <PeriodHeading above={figures.place} period={period} />
      <FiguresPicker places={places} areaId={figures.areaId} period={period} today={today} />
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
