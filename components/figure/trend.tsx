import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { DataTable } from '@/components/ui/data-table';
import { rateOf, type Measure, type MonthRow } from '@/lib/figure/schema';
import { Columns } from './columns';
import { RowsLink } from './rows-link';
import { SmallNumberNote } from './small-number';
import { cellOf, useFigureWords } from './words';

/** The months: a picture for the eye, and the same as a table for everybody. */
export function Trend({ months, areaId, today }: { months: readonly MonthRow[]; areaId: number; today: string }) {
  const t = useTranslations('dashboard.trend');
  const { hidden, cell, share, month, number } = useFigureWords();
  const of = ({ figures }: MonthRow, measure: Parameters<typeof cellOf>[1], group?: 'age60') =>
    cellOf(figures, measure, group);
  const opens = (row: MonthRow, measure: Measure, group: 'all' | 'age60' = 'all', words?: ReactNode) => {
    const found = cellOf(row.figures, measure, group);
    return (
      <RowsLink area={areaId} period={row.month.key} measure={measure} group={group} cell={found}>
        {words ?? cell(found)}
      </RowsLink>
    );
  };
  // Groups of months are told only to whoever may look people up: a column of nothing but hidden numbers says nothing.
  const tellsOlder = months.some((row) => of(row, 'people_reached', 'age60'));
  const points = months.map((row) => {
    const reached = of(row, 'people_reached');
    return {
      label: month(row.month),
      value: reached?.value ?? null,
      number: number(reached?.value) ?? '—',
      words: reached ? t('peopleIn', { count: number(reached.value) ?? '' }) : cell(reached),
    };
  });
  const hides = months.some(({ figures }) =>
    Object.values(figures).some((groups) => groups?.all === null || (tellsOlder && groups?.age60 === null)),
  );
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
            <Columns points={points} />
          </Card>
        ) : null}
        <DataTable
          caption={t('caption')}
          captionHidden
          rows={months}
          rowKey={(row) => row.month.key}
          columns={[
            { key: 'month', header: t('month'), cell: (row) => <Month of={row} today={today} /> },
            { key: 'reached', header: t('reached'), align: 'end', cell: (row) => opens(row, 'people_reached') },
            ...(tellsOlder
              ? [
                  {
                    key: 'age60',
                    header: t('age60'),
                    align: 'end' as const,
                    cell: (row: MonthRow) => opens(row, 'people_reached', 'age60'),
                  },
                ]
              : []),
            { key: 'held', header: t('held'), align: 'end', cell: (row) => opens(row, 'sessions_held') },
            {
              key: 'rate',
              header: t('rate'),
              align: 'end',
              cell: (row) => {
                const marks = of(row, 'attendance');
                return opens(row, 'attendance', 'all', marks === null ? hidden : (share(rateOf(marks)) ?? '—'));
              },
            },
            { key: 'skills', header: t('skills'), align: 'end', cell: (row) => opens(row, 'skills_attained') },
            { key: 'core', header: t('core'), align: 'end', cell: (row) => opens(row, 'core_attained') },
          ]}
        />
      </div>
      {hides ? <SmallNumberNote /> : null}
    </section>
  );
}

/** A month that is not over yet says so, or its numbers look as if they had fallen. */
function Month({ of: { month }, today }: { of: MonthRow; today: string }) {
  const t = useTranslations('dashboard.trend');
  const { month: words } = useFigureWords();
  return (
    <>
      {words(month)}
      {today < month.to ? <span className="block text-sm font-normal text-muted">{t('running')}</span> : null}
    </>
  );
}
