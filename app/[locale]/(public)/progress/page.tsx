import type { Metadata } from 'next';
import { getTranslations, setRequestLocale } from 'next-intl/server';
import { SmallNumber, SmallNumberNote } from '@/components/figure/small-number';
import { AdultsAble } from '@/components/progress/adults-able';
import { DataTable, type Column } from '@/components/ui/data-table';
import { PageHeading } from '@/components/ui/headings';
import { read } from '@/lib/access/doors';
import { formatDate, formatDateTime, formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';
import { lastDayOf } from '@/lib/period/rules';
import { adultsOf, progressOf } from '@/lib/progress/queries';
import { lastOver } from '@/lib/progress/rules';
import type { ProgressRow, PublicFigure } from '@/lib/progress/schema';

export const dynamic = 'force-dynamic';

type Props = { params: Promise<{ locale: Locale }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'progress' });
  return { title: t('title') };
}

const monthly = ['reached', 'core', 'sessions'] as const;

/** What everybody may know: the last month that is over, in words, then unit by unit. */
export default async function ProgressPage({ params }: Props) {
  const { locale } = await params;
  setRequestLocale(locale);
  const [month, year] = [lastOver('month', new Date()), lastOver('year', new Date())];
  const [{ now, past, adults }, t] = await Promise.all([
    read('public', async (tx) => {
      const told = await progressOf(tx, month.key);
      const [top] = told.rows;
      return {
        now: told,
        past: await progressOf(tx, year.key),
        adults: top?.kind === 'province' ? await adultsOf(tx, top.areaId, month) : null,
      };
    }),
    getTranslations('progress'),
  ]);
  const older = new Map(past.rows.map((row) => [row.areaId, row.figures.reached60]));
  const [province, ...units] = now.rows;
  const said = [
    ...monthly.map((name) => ({ name, count: province?.figures[name] ?? null })),
    { name: 'reached60' as const, count: province ? (older.get(province.areaId) ?? null) : null },
  ].filter(({ count }) => count !== null);
  const some = units.some(({ figures }) => monthly.some((name) => figures[name] !== null));
  const column = (name: PublicFigure, number: (row: ProgressRow) => number | null): Column<ProgressRow> => ({
    key: name,
    header: t(name, { year: year.year }),
    align: 'end',
    cell: (row) => <SmallNumber value={number(row)} />,
  });
  const columns: Column<ProgressRow>[] = [
    { key: 'unit', header: t('unit'), cell: (row) => (locale === 'vi' ? row.nameVi : row.nameEn) },
    ...monthly.map((name) => column(name, ({ figures }) => figures[name])),
    ...(units.some(({ areaId }) => (older.get(areaId) ?? null) !== null)
      ? [column('reached60', ({ areaId }) => older.get(areaId) ?? null)]
      : []),
  ];
  const dates = { from: formatDate(locale, month.from), to: formatDate(locale, lastDayOf(month)) };
  return (
    <div className="grid gap-10">
      <PageHeading lead={t('lead', { month: `${month.nth}/${month.year}`, ...dates })}>{t('heading')}</PageHeading>
      <div className="grid max-w-prose gap-2 text-xl">
        {said.map(({ name, count }) => (
          <p key={name}>{t(`said.${name}`, { count: formatNumber(locale, count), year: year.year })}</p>
        ))}
        {adults && (adults.count !== null || adults.hidden) ? <AdultsAble adults={adults} locale={locale} /> : null}
        {said.length === 0 ? <p>{t('none')}</p> : null}
      </div>
      {some ? (
        <section aria-labelledby="units" className="grid gap-3">
          <h2 id="units" className="text-2xl">
            {t('units')}
          </h2>
          <SmallNumberNote apart={false} />
          <DataTable
            caption={t('units')}
            captionHidden
            columns={columns}
            rows={units}
            rowKey={({ areaId }) => `${areaId}`}
          />
          {now.computedAt ? (
            <p className="text-sm text-muted">{t('computed', { moment: formatDateTime(locale, now.computedAt) })}</p>
          ) : null}
        </section>
      ) : null}
      <section aria-labelledby="open" className="grid max-w-prose gap-3">
        <h2 id="open" className="text-2xl">
          {t('open')}
        </h2>
        <p>{t('openLead')}</p>
        <ul className="grid gap-1">
          {(['csv', 'json', 'schema'] as const).map((kind) => (
            <li key={kind}>
              <a className="link inline-flex min-h-target items-center" href={openData[kind]}>
                {t(kind)}
              </a>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

const openData = {
  csv: '/api/v1/progress.csv',
  json: '/api/v1/progress.json',
  schema: '/api/v1/progress/schema.json',
} as const;
