import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import type { FairnessLine } from '@/lib/enrolment/schema';
import { formatNumber } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/routing';

/** Who asked and who got a place, one table a way of grouping. Hidden numbers say so. */
export function FairnessTables({
  tables,
  locale,
}: {
  tables: readonly { by: string; lines: readonly FairnessLine[] }[];
  locale: Locale;
}) {
  const t = useTranslations('manage.fairness');
  const cell = (count: number | null) => (count === null ? t('hidden') : formatNumber(locale, count));
  const share = ({ asked, got }: FairnessLine) =>
    asked === null || got === null || asked === 0 ? '—' : `${formatNumber(locale, (100 * got) / asked)} %`;
  const total = tables.find(({ by }) => by === 'total')?.lines[0];
  if (total?.asked === 0) return <EmptyState icon="people" title={t('none')} />;
  const hides = tables.some(({ lines }) => lines.some(({ asked }) => asked === null));
  return (
    <div className="grid gap-6">
      {tables.map(({ by, lines }) => (
        <DataTable
          key={by}
          caption={by === 'total' ? t('total') : t(`${by}.title`)}
          rows={lines.filter(({ asked }) => asked !== 0)}
          rowKey={(line) => line.group}
          columns={[
            {
              key: 'group',
              header: t('group'),
              cell: (line) => (by === 'total' ? t('total') : t(`${by}.${line.group}`)),
            },
            { key: 'asked', header: t('asked'), align: 'end', cell: (line) => cell(line.asked) },
            { key: 'got', header: t('got'), align: 'end', cell: (line) => cell(line.got) },
            { key: 'waited', header: t('waited'), align: 'end', cell: (line) => cell(line.waited) },
            { key: 'share', header: t('share'), align: 'end', cell: share },
          ]}
        />
      ))}
      {hides ? <p className="max-w-prose text-muted">{t('hiddenNote')}</p> : null}
    </div>
  );
}
