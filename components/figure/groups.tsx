import { useTranslations } from 'next-intl';
import { DataTable } from '@/components/ui/data-table';
import { groups, percent, type Dashboard, type Group, type Measure } from '@/lib/figure/schema';
import { RowsLink } from './rows-link';
import { LeftOut, SmallNumberNote } from './small-number';
import { cellOf, useFigureWords } from './words';

/** Who came, by group, beside how many of the group live here and who can do the core set. */
export function Groups({ dashboard }: { dashboard: Dashboard }) {
  const t = useTranslations('dashboard.groups');
  const { hidden, cell, share, number } = useFigureWords();
  const { figures, eligible, area, period } = dashboard;
  const opens = (measure: Measure, group: Group) => {
    const of = cellOf(figures, measure, group);
    return (
      <RowsLink area={area.id} period={period.key} measure={measure} group={group} cell={of}>
        {cell(of)}
      </RowsLink>
    );
  };
  const said = (group: string) => {
    const known = eligible[group];
    return known?.complete ? known : null;
  };
  // A number that leaves places out is no whole to make shares of.
  const living = (group: string) => {
    const known = said(group);
    return known && known.leftOut === 0 ? known.people : null;
  };
  const any = groups.some((group) =>
    (['people_reached', 'core_attained'] as const).some((measure) => cellOf(figures, measure, group) === null),
  );
  const few = groups.some((group) => said(group)?.hidden || (said(group)?.leftOut ?? 0) > 0);
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
            cell: (group) => opens('people_reached', group),
          },
          {
            key: 'living',
            header: t('living'),
            align: 'end',
            cell: (group) => {
              const known = said(group);
              if (!known) return '—';
              return known.hidden ? hidden : <LeftOut said={number(known.people) ?? '—'} places={known.leftOut} />;
            },
          },
          {
            key: 'share',
            header: t('share'),
            align: 'end',
            cell: (group) => {
              const [came, people] = [cellOf(figures, 'people_reached', group), living(group)];
              if (came === null) return hidden;
              return came && people !== null && people >= came.value
                ? (share(percent(came.value, people)) ?? '—')
                : '—';
            },
          },
          {
            key: 'core',
            header: t('core'),
            align: 'end',
            cell: (group) => opens('core_attained', group),
          },
          // By groups it is told to whoever may look people up, and to nobody else.
          ...(area.mayLookUp
            ? [
                {
                  key: 'skills',
                  header: t('skills'),
                  align: 'end' as const,
                  cell: (group: Group) => opens('skills_attained', group),
                },
              ]
            : []),
        ]}
      />
      <p className="max-w-prose text-sm text-muted">{t('note')}</p>
      {few ? <p className="max-w-prose text-sm text-muted">{t('few')}</p> : null}
      {any ? <SmallNumberNote period={period} /> : null}
    </section>
  );
}
