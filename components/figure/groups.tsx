import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { groups, percent, type FigureOf } from '@/lib/figure/schema';
import { cellOf, useFigureWords } from './words';

/** Who came, by group, beside who can do the core set. */
export function Groups({ figures }: { figures: FigureOf }) {
  const t = useTranslations('dashboard.groups');
  const { cell, share } = useFigureWords();
  const all = cellOf(figures, 'people_reached');
  return (
    <section aria-labelledby="groups" className="grid content-start gap-4">
      <h2 id="groups" className="text-2xl">
        {t('title')}
      </h2>
      <DataTable
        caption={t('title')}
        captionHidden
        rows={groups}
        rowKey={(group) => group}
        columns={[
          { key: 'group', header: t('group'), cell: (group) => t(group) },
          {
            key: 'reached',
            header: t('reached'),
            align: 'end',
            cell: (group) => cell(cellOf(figures, 'people_reached', group)),
          },
          {
            key: 'share',
            header: t('share'),
            align: 'end',
            cell: (group) => {
              const part = cellOf(figures, 'people_reached', group);
              return all && part ? (share(percent(part.value, all.value)) ?? '—') : '—';
            },
          },
          {
            key: 'core',
            header: t('core'),
            align: 'end',
            cell: (group) => cell(cellOf(figures, 'core_attained', group)),
          },
          {
            key: 'skills',
            header: t('skills'),
            align: 'end',
            cell: (group) => cell(cellOf(figures, 'skills_attained', group)),
          },
        ]}
      />
    </section>
  );
}
