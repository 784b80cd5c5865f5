import { useLocale, useTranslations } from 'next-intl';
import { Columns } from '@/components/figure/columns';
import { Card } from '@/components/ui/card';
import { DataTable } from '@/components/ui/data-table';
import { Notice } from '@/components/ui/notice';
import { formatNumber } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { Locale } from '@/lib/i18n/routing';
import { attainedForTenHours, attainedOfTen, heldOf, hoursForTen, tooLittle } from '@/lib/model/rules';
import type { Results } from '@/lib/model/schema';
import { LongHead, monthWords, People, useHours, useRate } from './told';

export interface Side {
  id: string;
  name: string;
  owner: string;
  isFirst: boolean;
  adapted: string;
  results: Results;
}

/** The one that stands out in words; nothing where fewer than two have enough to go by. */
function Said({ sides }: { sides: readonly Side[] }) {
  const t = useTranslations('model.comparing');
  const rate = useRate();
  const known = sides
    .flatMap(({ owner, results: { total } }) => {
      const count = tooLittle(total) === null ? attainedForTenHours(total) : null;
      return count === null ? [] : [{ owner, count }];
    })
    .toSorted((one, other) => other.count - one.count);
  const [best, ...others] = known;
  if (!best || others.length === 0) return <Notice title={t('few')} />;
  return (
    <div className="grid gap-2">
      <p className="max-w-prose text-lg">
        {t('sentence', {
          owner: best.owner,
          count: rate(best.count),
          others: others.map(({ owner, count }) => t('other', { owner, count: rate(count) })).join(', '),
        })}
      </p>
      <p className="max-w-prose text-muted">{t('caution')}</p>
    </div>
  );
}

/** A model and its copies side by side: by helper hours and by ten people first, which is what one compares by, then in all; then month by month, drawn on one scale. */
export function Comparison({ sides }: { sides: readonly Side[] }) {
  const t = useTranslations('model.comparing');
  const r = useTranslations('model.results');
  const locale = useLocale() as Locale;
  const hours = useHours();
  const rate = useRate();
  const begun = sides.filter(({ results }) => results.months.length > 0);
  const months = [...new Set(begun.flatMap(({ results }) => results.months.map(({ month }) => month)))]
    .sort()
    .slice(-12);
  const monthOf = ({ results }: Side, month: string) => results.months.find((one) => one.month === month);
  const heldIn = (side: Side, month: string) => {
    const found = monthOf(side, month);
    return found ? heldOf(found) : 0;
  };
  const most = Math.max(1, ...begun.flatMap((side) => months.map((month) => heldIn(side, month))));
  const rated = (side: Side, value: number | null) => rate(tooLittle(side.results.total) === null ? value : null);
  /** Why a place is not compared, once beside its name. */
  const because = ({ results: { months: begunIn, total } }: Side) => {
    const why = begunIn.length === 0 ? null : tooLittle(total);
    return why === null ? null : t(`tooLittle.${why}`, { count: heldOf(total), noted: total.noted });
  };
  const hides = sides.some(
    ({ results: { total } }) =>
      total.reached === null || total.reached.about || total.attained === null || total.rounds === null,
  );
  return (
    <>
      <Said sides={sides} />
      <DataTable
        caption={t('table')}
        rows={sides}
        rowKey={({ id }) => id}
        columns={[
          {
            key: 'where',
            header: t('where'),
            cell: (side) => (
              <span className="block sm:min-w-44">
                <Link href={`/manage/models/${side.id}`} prefetch={false} className="link font-bold">
                  {side.owner}
                </Link>
                <span className="block text-sm font-normal text-muted">
                  {[side.isFirst ? t('first') : null, because(side)].filter(Boolean).join('; ')}
                </span>
              </span>
            ),
          },
          {
            key: 'forTenHours',
            header: <LongHead>{r('forTenHours')}</LongHead>,
            align: 'end',
            cell: (side) => rated(side, attainedForTenHours(side.results.total)),
          },
          {
            key: 'ofTen',
            header: <LongHead>{r('ofTen')}</LongHead>,
            align: 'end',
            cell: (side) => rated(side, attainedOfTen(side.results.total)),
          },
          {
            key: 'hoursForTen',
            header: <LongHead>{r('hoursForTen')}</LongHead>,
            align: 'end',
            cell: (side) => rated(side, hoursForTen(side.results.total)),
          },
          {
            key: 'reached',
            header: r('reached'),
            align: 'end',
            cell: ({ results }) => <People told={results.total.reached} />,
          },
          {
            key: 'attained',
            header: r('attained'),
            align: 'end',
            cell: ({ results }) => <People told={results.total.attained} />,
          },
          {
            key: 'hours',
            header: r('hours'),
            align: 'end',
            cell: ({ results: { total } }) => hours(total.helperMinutes, total),
          },
          {
            key: 'held',
            header: r('sessions'),
            align: 'end',
            cell: ({ results: { total } }) => formatNumber(locale, heldOf(total)),
          },
          {
            key: 'since',
            header: t('since'),
            cell: ({ results }) => {
              const [first] = results.months;
              return first ? monthWords(first.month) : <span className="text-muted">{t('notYet')}</span>;
            },
          },
        ]}
      />
      {begun.length > 0 ? (
        <section aria-labelledby="months" className="grid gap-4">
          <div>
            <h2 id="months" className="text-2xl">
              {t('months')}
            </h2>
            <p className="mt-1 max-w-prose text-muted">{t('monthLead')}</p>
          </div>
          <div className="grid gap-4 lg:grid-cols-2">
            {begun.map((side) => (
              <Card key={side.id} tight>
                <p className="mb-2 font-bold" aria-hidden>
                  {t('sessionsOf', { owner: side.owner })}
                </p>
                <Columns
                  scale={most}
                  points={months.map((month) => ({
                    label: monthWords(month),
                    value: heldIn(side, month),
                    number: String(heldIn(side, month)),
                    words: r('inMonth', { count: heldIn(side, month) }),
                  }))}
                />
              </Card>
            ))}
          </div>
          <DataTable
            caption={t('months')}
            captionHidden
            rows={months}
            rowKey={(month) => month}
            columns={[
              { key: 'month', header: r('month'), cell: monthWords },
              ...begun.map((side) => ({
                key: side.id,
                header: side.owner,
                align: 'end' as const,
                cell: (month: string) => {
                  const found = monthOf(side, month);
                  if (!found || (heldOf(found) === 0 && found.rounds !== null)) return '—';
                  return (
                    <span className="whitespace-nowrap">
                      <People told={found.reached} /> · {t('hoursShort', { hours: hours(found.helperMinutes, found) })}
                    </span>
                  );
                },
              })),
            ]}
          />
        </section>
      ) : null}
      <section aria-labelledby="different" className="grid gap-3">
        <h2 id="different" className="text-2xl">
          {t('different')}
        </h2>
        <dl className="grid max-w-prose gap-3">
          {sides
            .filter(({ isFirst }) => !isFirst)
            .map(({ id, owner, adapted }) => (
              <div key={id}>
                <dt className="font-bold">{owner}</dt>
                <dd className="whitespace-pre-line">
                  {adapted || <span className="text-muted">{t('noDifference')}</span>}
                </dd>
              </div>
            ))}
        </dl>
      </section>
      <p className="max-w-prose text-sm text-muted">{r('how')}</p>
      {hides ? <p className="max-w-prose text-sm text-muted">{r('rounded')}</p> : null}
    </>
  );
}
