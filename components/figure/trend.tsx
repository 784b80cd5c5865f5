import { useTranslations } from 'next-intl';
import { Card } from '@/components/ui/card';
import { DataTable } from '@/components/ui/data-table';
import { rateOf, type MonthRow } from '@/lib/figure/schema';
import { Columns } from './columns';
import { TrendChart } from './trend-chart';
import { useFigureWords } from './words';

/** The months: a picture for the eye, and the same as a table for everybody. */
export function Trend({ months }: { months: readonly MonthRow[] }) {
  const t = useTranslations('dashboard.trend');
  const { cell, share, month, number } = useFigureWords();
  const points = months.map((row) => ({
    label: month(row.month),
    value: row.reached?.value ?? null,
    words: row.reached ? t('peopleIn', { count: number(row.reached.value) ?? '' }) : '—',
  }));
  return (
    <section aria-labelledby="trend" className="grid gap-4">
      <h2 id="trend" className="text-2xl">
        {t('title')}
      </h2>
      <div className="grid items-start gap-4 2xl:grid-cols-2 print:grid-cols-1">
        {points.some(({ value }) => value !== null) ? (
          <Card tight>
            <p className="mb-2 font-bold" aria-hidden>
              {t('chart')}
            </p>
            <div className="print:hidden">
              <TrendChart points={points}>
                <Columns points={points} />
              </TrendChart>
            </div>
            <div className="hidden h-60 print:block">
              <Columns points={points} />
            </div>
          </Card>
        ) : null}
        <DataTable
          caption={t('caption')}
          captionHidden
          rows={months}
          rowKey={(row) => row.month}
          columns={[
            { key: 'month', header: t('month'), cell: (row) => month(row.month) },
            { key: 'reached', header: t('reached'), align: 'end', cell: (row) => cell(row.reached) },
            { key: 'held', header: t('held'), align: 'end', cell: (row) => cell(row.held) },
            { key: 'rate', header: t('rate'), align: 'end', cell: (row) => share(rateOf(row.attendance)) ?? '—' },
            { key: 'core', header: t('core'), align: 'end', cell: (row) => cell(row.core) },
          ]}
        />
      </div>
    </section>
  );
}
