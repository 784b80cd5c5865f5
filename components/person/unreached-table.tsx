import { useLocale, useTranslations } from 'next-intl';
import { DataTable, type Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { formatDate } from '@/lib/i18n/format';
import { Link } from '@/lib/i18n/navigation';
import type { PersonUnreached } from '@/lib/person/schema';
import { visitColumn } from './visit-column';

/** Whom nobody has had to do with; each name opens the record, and leads on to a visit where the caller plans them, and into a class where they may enrol. */
export function UnreachedTable({
  people,
  mayEnrol,
  mayVisit,
}: {
  people: readonly PersonUnreached[];
  mayEnrol: boolean;
  mayVisit: boolean;
}) {
  const t = useTranslations('people');
  const locale = useLocale() === 'en' ? 'en' : 'vi';
  const next: Column<PersonUnreached> = {
    key: 'next',
    header: t('unreached.next'),
    cell: ({ id, fullName }) => (
      <Link href={`/manage/people/${id}/enrol`} prefetch={false} className="link inline-block whitespace-nowrap">
        {t('unreached.enrol')} <span className="sr-only">{t('unreached.enrolWhom', { name: fullName })}</span>
      </Link>
    ),
  };
  return (
    <DataTable
      caption={t('unreached.caption')}
      captionHidden
      rows={people}
      rowKey={({ id }) => id}
      empty={<EmptyState title={t('unreached.none')}>{t('unreached.noneBody')}</EmptyState>}
      columns={[
        {
          key: 'name',
          header: t('fullName'),
          cell: ({ id, fullName }) => (
            <Link href={`/manage/people/${id}`} prefetch={false} className="link block w-fit min-w-36">
              {fullName}
            </Link>
          ),
        },
        { key: 'born', header: t('birthYear'), cell: ({ birthYear }) => birthYear ?? '—' },
        {
          key: 'village',
          header: t('village'),
          cell: ({ village, villageUnknown }) => (
            <>
              {village}
              {villageUnknown ? (
                <span className="block text-sm text-muted">{t('unreached.villageUnknown')}</span>
              ) : null}
            </>
          ),
        },
        {
          key: 'phone',
          header: t('phone'),
          cell: ({ phoneHint }) => <span className="whitespace-nowrap">{phoneHint ?? t('noPhone')}</span>,
        },
        { key: 'since', header: t('unreached.since'), cell: ({ createdAt }) => formatDate(locale, createdAt) },
        ...(mayVisit ? [visitColumn<PersonUnreached>(t('unreached.see'), t('unreached.visit'))] : []),
        ...(mayEnrol ? [next] : []),
      ]}
    />
  );
}
