import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { headlines } from '@/lib/figure/rules';
import { rateOf, type Cell, type Dashboard } from '@/lib/figure/schema';
import { formatNumber } from '@/lib/i18n/format';
import { RowsLink } from './rows-link';
import { SmallNumberNote } from './small-number';
import { capital, cellOf, headlineKey, useFigureWords } from './words';

/** Two periods side by side, figure by figure, each saying which days it means. */
export function Beside({ dashboard }: { dashboard: Dashboard }) {
  const t = useTranslations('dashboard.besides');
  const f = useTranslations('figures');
  const { hidden, locale, number, share, period, days, cell: said } = useFigureWords();
  const { area, figures, before, beside, coreSkills: skills } = dashboard;
  const rows = headlines.map(({ code, measure, group }) => ({
    code,
    measure,
    group,
    isRate: measure === 'attendance',
    name: f(`${headlineKey({ measure, group })}.name`, { skills }),
    now: cellOf(figures, measure, group),
    past: cellOf(before, measure, group),
  }));
  type Row = (typeof rows)[number];
  const shown = (row: Row, cell: Cell) =>
    row.isRate && cell ? (share(rateOf(cell)) ?? '—') : cell === null ? hidden : said(cell);
  const change = ({ isRate, now, past }: Row) => {
    if (!now || !past) return '—';
    const more = isRate ? (rateOf(now) ?? 0) - (rateOf(past) ?? 0) : now.value - past.value;
    const words = isRate
      ? t('points', { count: formatNumber(locale, Math.abs(more), 1) })
      : (number(Math.abs(more)) ?? '');
    return Math.abs(more) < 0.05 ? t('same') : more > 0 ? `+${words}` : `−${words}`;
  };
  const column = (key: 'now' | 'past', of: Dashboard['period']) => ({
    key,
    align: 'end' as const,
    header: (
      <>
        {capital(period(of))}
        <span className="block font-normal text-muted">{days(of)}</span>
      </>
    ),
    cell: (row: Row) => (
      <RowsLink area={area.id} period={of.key} measure={row.measure} group={row.group} cell={row[key]}>
        {shown(row, row[key])}
      </RowsLink>
    ),
  });
  return (
    <section aria-labelledby="beside" className="grid gap-4">
      <h2 id="beside" className="text-2xl">
        {t('title')}
      </h2>
      <DataTable
        caption={t('title')}
        captionHidden
        rows={rows}
        rowKey={({ code }) => code}
        columns={[
          { key: 'name', header: t('name'), cell: ({ name }) => name },
          column('past', beside),
          column('now', dashboard.period),
          { key: 'change', header: t('change'), align: 'end', cell: change },
        ]}
      />
      {beside.grain === dashboard.period.grain ? null : <p className="text-sm text-muted">{t('unlike')}</p>}
      {rows.some(({ now, past }) => now === null || past === null) ? (
        <SmallNumberNote period={dashboard.period} />
      ) : null}
    </section>
  );
}
