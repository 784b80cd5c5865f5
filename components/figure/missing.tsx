import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { Notice } from '@/components/ui/notice';
import type { Dashboard, MissingRegister } from '@/lib/figure/schema';
import { formatDate, formatTime } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import { useFigureWords } from './words';

/** Registers nobody took, the oldest first; each opens for who may take it. */
export function Missing({ missing, area }: { missing: Dashboard['missing']; area: number }) {
  const t = useTranslations('dashboard.act');
  const { number, locale } = useFigureWords();
  if (missing.total === 0)
    return (
      <Notice tone="good" title={t('noneMissing')}>
        {t('noneMissingBody')}
      </Notice>
    );
  const title = (row: MissingRegister) => (locale === 'en' ? row.titleEn : row.titleVi);
  const where = (row: MissingRegister) =>
    (locale === 'en' ? [row.areaNameEn, row.unitNameEn] : [row.areaNameVi, row.unitNameVi]).filter(Boolean).join(', ');
  const opens = (row: MissingRegister) =>
    row.mayOpen
      ? `/manage/sessions/${row.sessionId}`
      : row.mayReadClass
        ? `/manage/classes/${row.classId}`
        : `/classes/${row.classId}`;
  return (
    <div className="grid gap-2">
      <DataTable
        caption={t('missing', { count: number(missing.total) ?? '' })}
        rows={missing.first}
        rowKey={(row) => row.sessionId}
        columns={[
          {
            key: 'session',
            header: t('session'),
            cell: (row) => (
              <Link href={opens(row)} prefetch={false} className="link">
                {title(row)}
              </Link>
            ),
          },
          {
            key: 'when',
            header: t('when'),
            cell: (row) => (
              <span className="whitespace-nowrap">
                {formatDate(locale, row.startsAt)}, {formatTime(locale, row.startsAt)}
              </span>
            ),
          },
          { key: 'where', header: t('where'), cell: where },
          { key: 'team', header: t('team'), cell: (row) => row.teamName },
        ]}
      />
      {missing.total > missing.first.length ? (
        <p className="text-sm text-muted">
          {t('missingMore', { shown: number(missing.first.length) ?? '', count: number(missing.total) ?? '' })}{' '}
          <Link
            href={`/manage/classes?need=overdue&area=${area}`}
            prefetch={false}
            className="link inline-flex min-h-target items-center print:hidden"
          >
            {t('missingAll')}
          </Link>
        </p>
      ) : null}
    </div>
  );
}
