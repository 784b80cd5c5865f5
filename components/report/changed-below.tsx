import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { formatDateTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { ChangedBelow as Changed } from '@/lib/report/schema';
import { Part, useReportWords } from './report-parts';

/** So many figures of a place are named; the rest stand on its own report. */
const named = 3;

/** Which reports right below have frozen figures that are others by now, so that this one may differ from them. */
export function ChangedBelow({ below }: { below: { handed: number; all: number; places: readonly Changed[] } }) {
  const t = useTranslations('reports.since');
  const { t: words, locale, value } = useReportWords();
  return (
    <Part title={t('title')} lead={t('lead', { handed: below.handed, all: below.all })}>
      {below.places.length === 0 ? (
        <p>{t('none')}</p>
      ) : (
        <DataTable
          caption={t('title')}
          captionHidden
          rows={below.places}
          rowKey={({ areaId }) => String(areaId)}
          columns={[
            {
              key: 'place',
              header: t('place'),
              cell: ({ name, reportId }) => (
                <Link
                  href={`/dashboard/reports/${reportId}`}
                  prefetch={false}
                  className="link inline-flex min-h-target items-center"
                >
                  {name}
                </Link>
              ),
            },
            {
              key: 'changed',
              header: t('changed'),
              cell: ({ changed }) => (
                <ul className="min-w-40 sm:min-w-64">
                  {changed.slice(0, named).map((one) => (
                    <li key={one.code}>
                      {t('one', { name: one.name, frozen: value(one.frozen), now: value(one.now) })}
                    </li>
                  ))}
                  {changed.length > named ? <li>{t('more', { count: changed.length - named })}</li> : null}
                </ul>
              ),
            },
            { key: 'state', header: t('state'), cell: ({ state }) => words(`state.${state}`) },
            {
              key: 'at',
              header: t('frozenAt'),
              cell: ({ frozenAt }) => <span className="whitespace-nowrap">{formatDateTime(locale, frozenAt)}</span>,
            },
          ]}
        />
      )}
    </Part>
  );
}
