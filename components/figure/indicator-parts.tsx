import { useTranslations } from 'next-intl';
import { useIndicatorNumbers } from '@/components/indicator/numbers';
import { DataTable } from '@/components/ui/data-table';
import { isRowGroup, isRowMeasure, rowsBehind, type IndicatorParts as Parts } from '@/lib/figure/rules';
import { percent } from '@/lib/figure/schema';
import { Link } from '@/lib/i18n/navigation';
import { useGroupName } from './group-name';
import { PeriodPicker } from './period-picker';
import { RowsLink, rowsHref } from './rows-link';
import { LeftOut, SmallNumberNote } from './small-number';
import { useFigureWords } from './words';

type Row = Parts['by'][number]['rows'][number];

/** How many of the group live there, as declared. */
function Living({ of: { living } }: { of: Row }) {
  const { number, hidden } = useFigureWords();
  if (!living?.complete) return '—';
  return living.hidden ? hidden : <LeftOut said={number(living.people) ?? '—'} places={living.leftOut} />;
}

/** An indicator of an area and period taken apart by all that its definition names: places, and groups or organisations as tables. */
export function IndicatorParts({ parts, today, asked }: { parts: Parts; today: string; asked: number | undefined }) {
  const t = useTranslations('indicator');
  const groupWords = useTranslations('dashboard.groups');
  const { locale, cell, share, period: when } = useFigureWords();
  const { name } = useIndicatorNumbers();
  const groupName = useGroupName();
  const { area, period, version, by } = parts;
  const behind = rowsBehind(version);
  const measure = version.measure !== null && isRowMeasure(version.measure) ? version.measure : null;
  const place = locale === 'en' ? area.fullNameEn : area.fullNameVi;
  const isPart = version.whole === 'figure';
  const hides = by.some(({ rows }) => rows.some((row) => row.cell === null));
  // Tables of nothing but hidden numbers say nothing that one sentence does not.
  const saysNothing = ({ rows }: Parts['by'][number]) =>
    rows.length > 0 && rows.every((row) => row.cell === null && !row.living?.complete);
  const [told, untold] = [by.filter((one) => !saysNothing(one)), by.filter(saysNothing)];
  const few = by.some(({ rows }) => rows.some(({ living }) => living?.hidden || (living?.leftOut ?? 0) > 0));
  // A number that leaves places out is no whole to make shares of, nor one that fewer than came are said to be.
  const ofLiving = ({ cell: counted, living }: Row) =>
    counted && living?.complete && living.leftOut === 0 && (living.people ?? 0) >= counted.value
      ? share(percent(counted.value, living.people ?? 0))
      : null;
  return (
    <section aria-labelledby="parts" className="grid grid-cols-1 gap-4">
      <h2 id="parts" className="text-2xl">
        {t('partsTitle')}
      </h2>
      <p className="text-muted">
        {place}, {when(period)}
      </p>
      <PeriodPicker
        period={period}
        beside={null}
        today={today}
        areaId={asked}
        path={`/dashboard/indicators/${version.code}`}
      />
      {behind.length > 0 ? (
        <ul className="grid">
          {behind.map((one) => (
            <li key={one.group}>
              <Link
                href={rowsHref(area.id, period.key, one.measure, one.group)}
                prefetch={false}
                className="link inline-flex min-h-target items-center"
              >
                {behind.length > 1 ? t('byPlaceOf', { group: groupName(one.group) }) : t('byPlace')}
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
      {untold.length > 0 ? (
        <p className="max-w-prose">
          {t('partsUntold', { by: untold.map(({ breakdown }) => t(`breakdown.${breakdown}`)).join(', ') })}
        </p>
      ) : null}
      {told.map(({ breakdown, rows }) => (
        <DataTable
          key={breakdown}
          caption={t('partsBy', { name: name(version), by: t(`breakdown.${breakdown}`) })}
          rows={rows}
          rowKey={({ group }) => group}
          empty={t('partsNone')}
          columns={[
            { key: 'group', header: t(`breakdownHead.${breakdown}`), cell: ({ group }) => groupName(group) },
            {
              key: 'value',
              header: t('value'),
              align: 'end',
              cell: (row) =>
                measure && isRowGroup(row.group) ? (
                  <RowsLink area={area.id} period={period.key} measure={measure} group={row.group} cell={row.cell}>
                    {cell(row.cell)}
                  </RowsLink>
                ) : (
                  cell(row.cell)
                ),
            },
            ...(isPart
              ? [
                  {
                    key: 'of',
                    header: t('denominator'),
                    align: 'end' as const,
                    cell: (row: Row) => cell(row.cell && { value: row.cell.of, of: row.cell.of }),
                  },
                  {
                    key: 'share',
                    header: t('share'),
                    align: 'end' as const,
                    cell: (row: Row) =>
                      row.cell ? (share(percent(row.cell.value, row.cell.of)) ?? '—') : cell(row.cell),
                  },
                ]
              : []),
            ...(rows.some(({ living }) => living?.complete)
              ? [
                  {
                    key: 'living',
                    header: t('living'),
                    align: 'end' as const,
                    cell: (row: Row) => <Living of={row} />,
                  },
                  {
                    key: 'ofLiving',
                    header: t('ofLiving'),
                    align: 'end' as const,
                    cell: (row: Row) => ofLiving(row) ?? '—',
                  },
                ]
              : []),
          ]}
        />
      ))}
      {few ? <p className="max-w-prose text-sm text-muted">{groupWords('few')}</p> : null}
      {hides ? <SmallNumberNote period={period} /> : null}
    </section>
  );
}
