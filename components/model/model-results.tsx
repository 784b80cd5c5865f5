import { useTranslations } from 'next-intl';
import { Columns } from '@/components/figure/columns';
import { Card } from '@/components/ui/card';
import { DataTable } from '@/components/ui/data-table';
import { attainedForTenHours, attainedOfTen, heldOf, hoursForTen } from '@/lib/model/rules';
import type { Came, MonthOf, Results, Told } from '@/lib/model/schema';
import { LongHead, monthWords, People, useHours, useRate } from './told';

/** Whether anything in it is rounded or kept back for this reader. */
const isRounded = ({ total, months }: Results) =>
  [total, ...months].some(({ reached, attained, rounds }) =>
    [reached, attained, rounds].some((one) => one === null || one.about),
  );

/** What came of a model: a sentence, the whole beside the month by month, and how it was counted. */
export function ModelResults({ results }: { results: Results }) {
  const t = useTranslations('model.results');
  const hours = useHours();
  const rate = useRate();
  const { total, months, classes } = results;
  if (months.length === 0)
    return (
      <section aria-labelledby="results" className="grid gap-3">
        <h2 id="results" className="text-2xl">
          {t('title')}
        </h2>
        <p>{t('none')}</p>
      </section>
    );
  const about = (one: NonNullable<Told>) => ({
    about: one.about ? ('yes' as const) : ('no' as const),
    count: one.count,
  });
  const { reached, attained, rounds } = total;
  const held = t('held', {
    sessions: total.sessions,
    both: total.sessions > 0 && rounds?.count !== 0 ? 'yes' : 'no',
    rounds: rounds === null ? t('someRounds') : rounds.count === 0 ? '' : t('roundsOf', about(rounds)),
  });
  type Row = Came & { key: string; label: string };
  const rows: Row[] = [
    ...months.map((row: MonthOf) => ({ ...row, key: row.month, label: monthWords(row.month) })),
    { ...total, key: 'all', label: '' },
  ];
  const heldRounds = rounds?.count !== 0;
  return (
    <section aria-labelledby="results" className="grid gap-4">
      <h2 id="results" className="text-2xl">
        {t('title')}
      </h2>
      <p className="max-w-prose text-lg">
        {reached === null
          ? t('sentenceOfNobody', { held })
          : attained === null
            ? t('sentenceOfSome', { held, people: t('people', about(reached)) })
            : t('sentence', { held, people: t('people', about(reached)), attained: t('people', about(attained)) })}
      </p>
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {[
          { term: t('classes'), value: String(classes) },
          { term: t('hours'), value: hours(total.helperMinutes, total) },
          { term: t('hoursForTen'), value: rate(hoursForTen(total)) },
          { term: t('ofTen'), value: rate(attainedOfTen(total)) },
        ].map(({ term, value }) => (
          <div key={term} className="rounded-card border-[1.5px] border-line bg-surface p-4">
            <dt className="text-sm text-muted">{term}</dt>
            <dd className="text-2xl font-bold tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="grid grid-cols-1 items-start gap-4 2xl:grid-cols-2">
        <Card tight>
          <p className="mb-2 font-bold" aria-hidden>
            {t('chart')}
          </p>
          <Columns
            points={months.slice(-12).map((came) => ({
              label: monthWords(came.month),
              value: heldOf(came),
              number: String(heldOf(came)),
              words: t('inMonth', { count: heldOf(came) }),
            }))}
          />
        </Card>
        <DataTable
          caption={t('months')}
          rows={rows}
          rowKey={({ key }) => key}
          columns={[
            { key: 'month', header: t('month'), cell: ({ label }) => label || <b>{t('all')}</b> },
            { key: 'sessions', header: t('sessions'), align: 'end', cell: ({ sessions }) => sessions },
            ...(heldRounds
              ? [
                  {
                    key: 'rounds',
                    header: t('rounds'),
                    align: 'end' as const,
                    cell: (row: Row) => <People told={row.rounds} />,
                  },
                ]
              : []),
            { key: 'reached', header: t('reached'), align: 'end', cell: ({ reached }) => <People told={reached} /> },
            {
              key: 'attained',
              header: t('attained'),
              align: 'end',
              cell: ({ attained }) => <People told={attained} />,
            },
            { key: 'hours', header: t('hours'), align: 'end', cell: (row) => hours(row.helperMinutes, row) },
            {
              key: 'forTenHours',
              header: <LongHead>{t('forTenHours')}</LongHead>,
              align: 'end',
              cell: (row) => rate(attainedForTenHours(row)),
            },
          ]}
        />
      </div>
      <p className="max-w-prose text-sm text-muted">{t('how')}</p>
      {isRounded(results) ? <p className="max-w-prose text-sm text-muted">{t('rounded')}</p> : null}
    </section>
  );
}
