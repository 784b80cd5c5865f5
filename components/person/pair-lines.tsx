import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { Badge } from '@/components/ui/pill';
import { Link } from '@/lib/i18n/navigation';
import type { PairFound } from '@/lib/pair/schema';

/** Pairs that look like one person: both, why, and the way to look at them beside each other. */
export function PairLines({ pairs }: { pairs: readonly PairFound[] }) {
  const t = useTranslations('people');
  const who = ({ fullName, birthYear, village }: PairFound['one']) => (
    <span className="block min-w-36">
      {fullName}
      <span className="block text-sm font-normal text-muted">
        {birthYear ?? t('noYear')} · {village}
      </span>
    </span>
  );
  return (
    <DataTable
      caption={t('pairs.found', { count: pairs.length })}
      rows={pairs}
      rowKey={(pair) => `${pair.one.id} ${pair.other.id}`}
      columns={[
        { key: 'one', header: t('pairs.one'), cell: (pair) => who(pair.one) },
        { key: 'other', header: t('pairs.other'), cell: (pair) => who(pair.other) },
        {
          key: 'why',
          header: t('why'),
          cell: (pair) => (
            <span className="flex min-w-40 flex-wrap gap-1.5">
              {pair.reasons.map((reason) => (
                <Badge key={reason}>{t(`reasons.${reason}`)}</Badge>
              ))}
            </span>
          ),
        },
        {
          key: 'look',
          header: t('pairs.decideHeader'),
          cell: (pair) => (
            <Link
              href={`/manage/people/duplicates?one=${pair.one.id}&other=${pair.other.id}`}
              prefetch={false}
              className="link inline-flex min-h-target items-center whitespace-nowrap"
              aria-label={t('pairs.lookAt', { name: pair.one.fullName })}
            >
              {t('pairs.look')}
            </Link>
          ),
        },
      ]}
    />
  );
}
