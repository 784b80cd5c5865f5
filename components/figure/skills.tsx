import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { DataTable } from '@/components/ui/data-table';
import { Disclosure } from '@/components/ui/disclosure';
import { EmptyState } from '@/components/ui/empty-state';
import { stuckAt } from '@/lib/figure/rules';
import { rateOf, type Dashboard, type SkillRow } from '@/lib/figure/schema';
import { Link } from '@/lib/i18n/navigation';
import { rowsHref } from './rows-link';
import { SmallNumberNote } from './small-number';
import { useFigureWords } from './words';

/** What people can do alone, skill by skill, and where most of them are stuck. */
export function Skills({ dashboard }: { dashboard: Dashboard }) {
  const t = useTranslations('dashboard.skills');
  const { number, locale } = useFigureWords();
  const seen = dashboard.skills.filter(({ cell }) => cell !== undefined);
  const stuck = stuckAt(seen);
  const title = (row: SkillRow) => `${row.code} · ${locale === 'en' ? row.titleEn : row.titleVi}`;
  return (
    <section aria-labelledby="skills" className="grid content-start gap-4">
      <h2 id="skills" className="text-2xl">
        {t('title')}
      </h2>
      {seen.length === 0 ? (
        <EmptyState icon="list" title={t('none')}>
          {t('noneBody')}
        </EmptyState>
      ) : (
        <>
          {stuck.length > 0 ? (
            <div>
              <p className="font-bold">{t('stuck')}</p>
              <ol className="mt-1 list-decimal pl-6">
                {stuck.map((row) => (
                  <li key={row.code} className="py-0.5">
                    {title(row)}: {t('stuckCount', { count: number(row.left) ?? '', seen: number(row.cell?.of) ?? '' })}
                  </li>
                ))}
              </ol>
            </div>
          ) : null}
          {dashboard.area.mayLookUp ? null : <p className="text-sm text-muted">{t('rounded')}</p>}
          <Disclosure summary={t('all', { count: seen.length })}>
            <SkillTable dashboard={dashboard} rows={seen} title={title} />
          </Disclosure>
        </>
      )}
    </section>
  );
}

function SkillTable({
  dashboard,
  rows,
  title,
}: {
  dashboard: Dashboard;
  rows: readonly SkillRow[];
  title: (row: SkillRow) => string;
}) {
  const t = useTranslations('dashboard.skills');
  const { hidden, cell, share, number } = useFigureWords();
  const href = (row: SkillRow) => rowsHref(dashboard.area.id, dashboard.period.key, `skill_${row.code}`);
  return (
    <div className="grid gap-2">
      <DataTable
        caption={t('table')}
        captionHidden
        rows={rows}
        rowKey={({ code }) => code}
        columns={[
          {
            key: 'skill',
            header: t('skill'),
            cell: (row) => (
              <Link href={href(row)} prefetch={false} className="link inline-flex min-h-target items-center">
                {title(row)}
              </Link>
            ),
          },
          {
            key: 'share',
            header: t('share'),
            align: 'end',
            cell: (row) => (row.cell === null ? hidden : <Bar of={rateOf(row.cell)}>{share(rateOf(row.cell))}</Bar>),
          },
          { key: 'alone', header: t('alone'), align: 'end', cell: (row) => cell(row.cell) },
          {
            key: 'seen',
            header: t('seen'),
            align: 'end',
            cell: (row) => (row.cell === null ? hidden : (number(row.cell?.of) ?? '—')),
          },
        ]}
      />
      {rows.some((row) => row.cell === null) ? <SmallNumberNote /> : null}
    </div>
  );
}

/** A share with its length: the number says it, the bar only shows it. */
function Bar({ of, children }: { of: number | null; children: ReactNode }) {
  if (of === null) return '—';
  return (
    <span className="block min-w-20">
      {children}
      <svg
        viewBox="0 0 100 6"
        preserveAspectRatio="none"
        className="mt-1 block h-1.5 w-full"
        aria-hidden
        focusable="false"
      >
        <rect width="100" height="6" fill="var(--sunk)" />
        <rect width={of} height="6" fill="var(--chart-1)" />
      </svg>
    </span>
  );
}
