import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { Link } from '@/lib/i18n/navigation';

interface ClassOfPerson {
  readonly enrolmentId: string;
  readonly classId: string;
  readonly title: string;
  readonly area: string;
  readonly status: string;
  readonly came: number;
  readonly marked: number;
}

/** The classes somebody is or was in, and how often they came. `links`: the reader may open them. */
export function PersonClasses({ classes, links = false }: { classes: readonly ClassOfPerson[]; links?: boolean }) {
  const t = useTranslations('people');
  return (
    <section className="grid min-w-0 gap-3">
      <h2 className="text-xl">{t('classes')}</h2>
      <DataTable
        caption={t('classes')}
        captionHidden
        rows={classes}
        rowKey={(row) => row.enrolmentId}
        empty={<p className="text-muted">{t('noClasses')}</p>}
        columns={[
          {
            key: 'class',
            header: t('class'),
            cell: (row) => (
              <span className="block min-w-40">
                {links ? (
                  <Link href={`/manage/classes/${row.classId}`} prefetch={false} className="link">
                    {row.title}
                  </Link>
                ) : (
                  row.title
                )}
                <span className="block text-sm font-normal text-muted">{row.area}</span>
              </span>
            ),
          },
          { key: 'status', header: t('state'), cell: (row) => t(`enrolment.${row.status}`) },
          {
            key: 'came',
            header: t('came'),
            align: 'end',
            cell: (row) => (row.marked > 0 ? `${row.came}/${row.marked}` : '—'),
          },
        ]}
      />
    </section>
  );
}
