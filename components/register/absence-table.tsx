import { useLocale, useTranslations } from 'next-intl';
import { formatDay } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import { DataTable } from '../ui/data-table';
import { EmptyState } from '../ui/empty-state';

interface MissedView {
  readonly personId: string;
  readonly fullName: string;
  readonly village: string;
  readonly classId: string;
  readonly title: string;
  readonly times: number;
  readonly lastAt: Date;
  readonly lastSessionId: string;
  readonly phone: string | null;
  readonly phoneReads: string | null;
  readonly phoneOfRelative: boolean;
  readonly phoneHint: string | null;
}

/** Who missed sessions in a row, in which class and since when; the number to ring stands beside the name, also on a phone. */
export function AbsenceTable({ rows, mayReadPeople }: { rows: readonly MissedView[]; mayReadPeople: boolean }) {
  const t = useTranslations('register.absences');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const link = 'link inline-flex min-h-target items-center';
  return (
    <DataTable
      caption={t('title')}
      captionHidden
      rows={rows}
      rowKey={(row) => `${row.classId} ${row.personId}`}
      empty={<EmptyState icon="check" title={t('none')} />}
      columns={[
        {
          key: 'person',
          header: t('person'),
          cell: (row) => (
            <>
              {mayReadPeople ? (
                <Link href={`/manage/people/${row.personId}`} prefetch={false} className={link}>
                  {row.fullName}
                </Link>
              ) : (
                row.fullName
              )}
              <span className="block text-sm font-normal text-muted">{row.village}</span>
            </>
          ),
        },
        {
          key: 'phone',
          header: t('phone'),
          cell: (row) => (
            <>
              {row.phone ? (
                <a href={`tel:${row.phone}`} className={`${link} whitespace-nowrap`}>
                  {row.phoneReads}
                </a>
              ) : (
                (row.phoneHint ?? t('noPhone'))
              )}
              {row.phoneOfRelative ? <span className="block text-sm text-muted">{t('relative')}</span> : null}
            </>
          ),
        },
        { key: 'times', header: t('times'), cell: (row) => t('timesOf', { count: row.times }) },
        {
          key: 'class',
          header: t('class'),
          cell: (row) => (
            <Link href={`/manage/classes/${row.classId}`} prefetch={false} className={link}>
              {row.title}
            </Link>
          ),
        },
        {
          key: 'last',
          header: t('last'),
          cell: (row) => (
            <Link href={`/manage/sessions/${row.lastSessionId}`} prefetch={false} className={link}>
              {formatDay(locale, row.lastAt)}
            </Link>
          ),
        },
      ]}
    />
  );
}
