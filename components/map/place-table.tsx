import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { Link } from '@/lib/i18n/navigation';
import type { MapPlace } from '@/lib/map/schema';

/** What the maps of the administrator's page show, as a table: places with their figure, and whether they have a boundary. */
export function PlaceTable({ places, shapes }: { places: readonly MapPlace[]; shapes: ReadonlySet<number> }) {
  const t = useTranslations('map');
  return (
    <DataTable
      caption={t('sampleTable')}
      captionHidden
      rows={places}
      rowKey={({ id }) => String(id)}
      columns={[
        {
          key: 'name',
          header: t('sampleName'),
          cell: ({ name, href }) => (
            <Link href={href} prefetch={false} className="link">
              {name}
            </Link>
          ),
        },
        { key: 'below', header: t('sampleBelow'), align: 'end', cell: ({ text }) => text },
        { key: 'shape', header: t('sampleShape'), cell: ({ id }) => t(shapes.has(id) ? 'has' : 'hasNot') },
      ]}
    />
  );
}
