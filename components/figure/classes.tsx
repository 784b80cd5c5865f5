import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import type { Dashboard } from '@/lib/figure/schema';
import { formatDate } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import { useFigureWords } from './words';

/** Where the drill-down ends: the classes held in this very place. Above that, those for the whole place, if any. */
export function Classes({ dashboard }: { dashboard: Dashboard }) {
  const t = useTranslations('dashboard.classes');
  const { number, period, locale } = useFigureWords();
  const { classes, places, area } = dashboard;
  if (classes.length === 0 && places.length > 0) return null;
  const title =
    places.length > 0 ? t('titleOwn', { place: locale === 'en' ? area.fullNameEn : area.fullNameVi }) : t('title');
  return (
    <section aria-labelledby="classes" className="grid gap-4">
      <h2 id="classes" tabIndex={-1} className="text-2xl">
        {title}
      </h2>
      <DataTable
        caption={title}
        captionHidden
        rows={classes}
        rowKey={(row) => row.id}
        empty={
          <EmptyState icon="calendar" title={t('empty', { when: period(dashboard.period) })}>
            {t('emptyBody')}
          </EmptyState>
        }
        columns={[
          {
            key: 'name',
            header: t('name'),
            cell: (row) => (
              <Link
                href={row.mayOpen ? `/manage/classes/${row.id}` : `/classes/${row.id}`}
                prefetch={false}
                className="link"
              >
                {locale === 'en' ? row.titleEn : row.titleVi}
                {row.status === 'cancelled' ? ` (${t('cancelled')})` : ''}
              </Link>
            ),
          },
          { key: 'from', header: t('from'), cell: (row) => (row.startsAt ? formatDate(locale, row.startsAt) : '—') },
          { key: 'venue', header: t('venue'), cell: (row) => row.venueName },
          {
            key: 'held',
            header: t('held'),
            align: 'end',
            cell: (row) => t('heldOf', { held: number(row.held) ?? '', sessions: number(row.sessions) ?? '' }),
          },
          { key: 'missing', header: t('missing'), align: 'end', cell: (row) => number(row.missing) },
        ]}
      />
    </section>
  );
}
