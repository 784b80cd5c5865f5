import { useTranslations } from 'next-intl';
import { useFigureWords } from '@/components/figure/words';
import { DataTable } from '@/components/ui/data-table';
import type { DeskFigures } from '@/lib/desk/schema';
import { Link } from '@/lib/i18n/navigation';

/** How often people were helped with each thing, in a place and in the units of it; what may not be told is said so. */
export function NeedCounts({ figures }: { figures: DeskFigures }) {
  const t = useTranslations('desk');
  const { cell } = useFigureWords();
  const { needs, counts, units, period } = figures;
  return (
    <>
      <DataTable
        caption={t('figures.byNeed')}
        rows={needs}
        rowKey={({ code }) => code}
        columns={[
          { key: 'need', header: t('need'), cell: ({ name }) => name },
          {
            key: 'count',
            header: t('figures.assists'),
            align: 'end',
            cell: (need) => cell(counts[needs.indexOf(need)]),
          },
        ]}
      />
      {units.length > 0 ? (
        <DataTable
          caption={t('figures.byUnit')}
          rows={units}
          rowKey={({ id }) => String(id)}
          columns={[
            {
              key: 'place',
              header: t('figures.place'),
              cell: ({ id, name }) => (
                <Link href={`/dashboard/desks?area=${id}&period=${period}`} prefetch={false} className="link">
                  {name}
                </Link>
              ),
            },
            ...needs.map(({ code, name }, at) => ({
              key: code,
              header: <span className="block max-w-28 whitespace-normal">{name}</span>,
              align: 'end' as const,
              cell: (unit: DeskFigures['units'][number]) => cell(unit.counts[at]),
            })),
          ]}
        />
      ) : null}
    </>
  );
}
